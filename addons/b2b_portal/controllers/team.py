"""The team page: people of the company, and what each role may do."""

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.b2b_party.rules import amounts

from .base import (
    TradeError,
    not_found,
    render,
    to_int,
    trade_form,
    trade_json,
    trade_page,
)

DOING = ("suspend", "activate", "resend", "withdraw")
MANAGES = "manage_seats"


def tried(action):
    """``(result, sentence)``; a refusal of the models writes nothing."""
    try:
        with request.env.cr.savepoint():
            return action(), ""
    except (AccessError, MissingError):
        raise
    except UserError as refusal:
        return None, refusal.args[0]


class TradeTeam(http.Controller):
    @trade_page("/trade/team", permission=MANAGES)
    def team(self, ctx, done="", who="", invite="", copy=""):
        dialog = "invite" if invite else "copy" if copy else ""
        return self._page(ctx, done=done, who=who, dialog=dialog)

    @trade_page("/trade/team/activity", permission=MANAGES)
    def activity(self, ctx, page="1"):
        page = to_int(page, 1, low=1, high=10_000)
        rows, more = ctx.env["b2b.portal.team"]._b2b_activity(ctx, page)
        return render(
            "b2b_portal.team_activity",
            {"rows": rows, "page": page, "more": more},
            active="team",
            title=request.env._("Team"),
        )

    # -- people ------------------------------------------------------------------

    @trade_form("/trade/team/invite", permission=MANAGES)
    def invite(self, ctx, name="", email="", role_id="", **form):
        team = ctx.env["b2b.portal.team"]
        typed = {"name": name, "email": email, "role_id": role_id, **form}
        values, errors = team._b2b_read_person(self._lists(form))
        errors.update(self._invite_errors(name, email, role_id))
        boss = form.get("supervisor_id") or None
        if not errors:
            seat, refusal = tried(
                lambda: ctx.env["b2b.seat"]._b2b_team_invite(
                    name.strip(), email.strip(), role_id, boss, **values
                )
            )
            if refusal:
                errors[self._invite_field(ctx, role_id, values)] = refusal
        if errors:
            return self._page(
                ctx, dialog="invite", typed=typed, errors=errors, status=400
            )
        return self._back("invited", seat.id)

    @trade_page("/trade/team/<int:member_id>", permission=MANAGES)
    def person(self, ctx, member_id):
        return self._person(ctx, member_id)

    @trade_form("/trade/team/<int:member_id>/save", permission=MANAGES)
    def save_person(self, ctx, member_id, role_id="", supervisor_id="", **form):
        seats = ctx.env["b2b.seat"]
        row = self._row(ctx, member_id)
        typed = {"role_id": role_id, "supervisor_id": supervisor_id, **form}
        values, errors = ctx.env["b2b.portal.team"]._b2b_read_person(self._lists(form))
        if not errors and str(row["role_id"]) != str(role_id):
            _seat, refusal = tried(lambda: seats._b2b_team_set_role(member_id, role_id))
            errors = {"role_id": refusal} if refusal else {}
        if not errors:
            _seat, refusal = tried(
                lambda: seats._b2b_team_update(
                    member_id, supervisor_id=supervisor_id or 0, **values
                )
            )
            errors = {"": refusal} if refusal else {}
        if errors:
            request.env.cr.rollback()
            return self._person(ctx, member_id, typed, errors)
        return self._back("saved", member_id)

    @trade_json("/trade/team/person", permission=MANAGES)
    def change_person(self, ctx, member_id=0, field="", value=""):
        """Role or supervisor, changed in the list; answers how to undo it."""
        _ = request.env._
        seats = ctx.env["b2b.seat"]
        before = self._row(ctx, member_id)
        if field == "role_id":
            seat = seats._b2b_team_set_role(member_id, value)
            now = seat.role_id.name
            text = _("%(name)s is %(role)s now.", name=before["name"], role=now)
        elif field == "supervisor_id":
            value = 0 if str(value) in ("", "0") else value
            seat = seats._b2b_team_update(member_id, supervisor_id=value)
            boss = seat.supervisor_id.user_id.name
            text = _("Nobody decides for %s now.", before["name"])
            if boss:
                text = _(
                    "%(boss)s decides for %(name)s now.", boss=boss, name=before["name"]
                )
        else:
            raise TradeError(400, _("Only role and decider are changed in the list."))
        return {"text": text, "undo": before[field] or 0}

    @trade_form("/trade/team/<int:member_id>/state", permission=MANAGES)
    def change_state(self, ctx, member_id, do=""):
        seats = ctx.env["b2b.seat"]
        if do not in DOING:
            raise TradeError(400, request.env._("Say what to do with this person."))
        row = self._row(ctx, member_id)
        if do == "withdraw" and row["state"] != "invited":
            do = "suspend"
        method = {
            "suspend": seats._b2b_team_suspend,
            "withdraw": seats._b2b_team_suspend,
            "activate": seats._b2b_team_activate,
            "resend": seats._b2b_team_resend,
        }[do]
        _seat, refusal = tried(lambda: method(member_id))
        if refusal:
            return self._page(ctx, refused=(member_id, refusal), status=400)
        return self._back(do, member_id)

    # -- roles -------------------------------------------------------------------

    @trade_json("/trade/team/roles", permission=MANAGES)
    def save_roles(self, ctx, changes=None):
        """Save the matrix: all changes or none."""
        _ = request.env._
        valid = isinstance(changes, dict) and all(
            isinstance(values, dict) for values in changes.values()
        )
        if not valid or not changes:
            raise TradeError(400, _("There is nothing to save."))
        roles = ctx.env["b2b.seat.role"]._b2b_save_matrix(changes)
        names = ", ".join(_("“%s”", name) for name in roles.mapped("name"))
        return {"text": _("%s saved; it counts from the next click.", names)}

    @trade_form("/trade/team/roles/copy", permission=MANAGES)
    def copy_role(self, ctx, role_id="", name=""):
        role, refusal = tried(
            lambda: ctx.env["b2b.seat.role"]._b2b_team_copy_role(role_id, name)
        )
        if refusal:
            typed = {"copy_of": role_id, "copy_name": name}
            errors = {"copy_name": refusal}
            return self._page(
                ctx, dialog="copy", typed=typed, errors=errors, status=400
            )
        return self._back("copied", role.id, "#o_b2b_roles")

    @trade_form("/trade/team/roles/<int:role_id>/delete", permission=MANAGES)
    def delete_role(self, ctx, role_id):
        _none, refusal = tried(
            lambda: ctx.env["b2b.seat.role"]._b2b_team_delete_role(role_id)
        )
        if refusal:
            return self._page(ctx, role_refused=refusal, status=400)
        return self._back("deleted", 0, "#o_b2b_roles")

    # -- helpers -----------------------------------------------------------------

    def _lists(self, form):
        allowed = request.httprequest.form.getlist("allowed_address_ids")
        return {**form, "allowed_address_ids": allowed}

    def _row(self, ctx, member_id):
        """One person of the list; foreign and missing ones are the same."""
        for row in ctx.env["b2b.seat"]._b2b_team():
            if str(row["id"]) == str(member_id):
                return row
        raise not_found()

    def _invite_errors(self, name, email, role_id):
        _ = request.env._
        errors = {}
        if not name.strip():
            errors["name"] = _("Enter the name of your colleague.")
        if not email_normalize(email.strip()):
            errors["email"] = _("Enter the e-mail address, such as name@company.com.")
        if not role_id:
            errors["role_id"] = _("Choose what your colleague may do.")
        return errors

    def _invite_field(self, ctx, role_id, values):
        """Beside which input a refusal of the whole invitation stands."""
        seats = ctx.env["b2b.seat"]
        actor = seats._b2b_team_actor()
        role = seats._b2b_team_role(role_id, actor)
        limits = {name: values[name] for name in ("order_limit", "approve_limit")}
        _none, refusal = tried(lambda: actor._b2b_team_check_gift(role, limits))
        return "role_id" if refusal else "email"

    def _back(self, done, who, anchor=""):
        path = f"/trade/team?done={done}&who={who}{anchor}"
        return request.redirect(path, code=303)

    def _page(self, ctx, *, done="", who="", status=200, **values):
        team = ctx.env["b2b.portal.team"]
        people = team._b2b_people(ctx)
        matrix = team._b2b_roles(ctx)
        values = {
            "people": people,
            "counts": team._b2b_counts(people),
            "matrix": matrix,
            "giveable": team._b2b_giveable(matrix),
            "places": team._b2b_places(ctx),
            "done": self._done(people, matrix, done, who),
            "typed": {},
            "errors": {},
            "dialog": "",
            "refused": None,
            "role_refused": "",
            **values,
        }
        return render(
            "b2b_portal.team_page",
            values,
            active="team",
            title=request.env._("Team"),
            status=status,
        )

    def _done(self, people, matrix, done, who):
        """What was done on the page before: words, and the way back."""
        _ = request.env._
        names = {str(row["id"]): row["name"] for row in people}
        if done in ("copied", "deleted"):
            names = {str(role["id"]): role["name"] for role in matrix["roles"]}
        name = names.get(str(who), "")
        words = {
            "invited": _("%s is invited; the mail is on its way.", name),
            "saved": _("%s is saved.", name),
            "suspend": _("%s is suspended and signed out.", name),
            "activate": _("%s is active again.", name),
            "resend": _("The invitation of %s was sent again.", name),
            "copied": _("“%s” is yours to change.", name),
        }
        plain = {
            "withdraw": _("The invitation was taken back."),
            "deleted": _("The role was deleted."),
        }
        if done in plain:
            return {"text": plain[done], "undo": ""}
        if not name or done not in words:
            return None
        undo = who if done == "suspend" else ""
        return {"text": words[done], "undo": undo}

    def _person(self, ctx, member_id, typed=None, errors=None):
        team = ctx.env["b2b.portal.team"]
        people = team._b2b_people(ctx)
        row = next((row for row in people if row["id"] == member_id), None)
        if not row:
            raise not_found()
        matrix = team._b2b_roles(ctx)
        current = {
            **row,
            "order_limit": amounts.typed(row["own_order_limit"]),
            "approve_limit": amounts.typed(row["own_approve_limit"]),
        }
        allowed = row["allowed_address_ids"]
        if typed is not None:
            current.update(typed)
            allowed = self._lists({})["allowed_address_ids"]
        values = {
            "row": row,
            "typed": current,
            "allowed": {str(number) for number in allowed},
            "errors": errors or {},
            "giveable": team._b2b_giveable(matrix, row["role_id"]),
            "places": team._b2b_places(ctx),
        }
        return render(
            "b2b_portal.team_person",
            values,
            active="team",
            title=row["name"],
            status=400 if errors else 200,
        )
