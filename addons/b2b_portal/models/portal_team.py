from odoo import fields, models

from odoo.addons.b2b_party.rules import amounts
from odoo.addons.b2b_party.rules.permissions import LIMITS

from ..rules import team_words
from ..tools import day, initials, money

PER_PAGE = 50


class B2bPortalTeam(models.AbstractModel):
    """What the team page shows; every change goes through the seats' own methods."""

    _name = "b2b.portal.team"
    _description = "Team page of the trade portal"

    # -- people ------------------------------------------------------------------

    def _b2b_people(self, ctx):
        """People of the company with their words, in the order of the page."""
        rows = ctx.env["b2b.seat"]._b2b_team()
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        bosses = [
            {"id": row["id"], "name": row["name"]}
            for row in rows
            if row["state"] != "suspended" and not row["is_agent"]
        ]
        for row in rows:
            row["initials"] = initials(row["name"])
            row["limit"] = self._b2b_limit_words(row)
            row["seen"] = self._b2b_seen_words(row["last_seen"], now)
            row["tag"], row["tone"] = self._b2b_state_words(row)
            row["bosses"] = [boss for boss in bosses if boss["id"] != row["id"]]
        return rows

    def _b2b_counts(self, people):
        """``7 people at Brightwell · 5 active, 1 invited``: the figures of it."""
        states = [row["state"] for row in people]
        return {
            state: states.count(state) for state in ("active", "invited", "suspended")
        }

    def _b2b_limit_words(self, row):
        _ = self.env._
        order = approve = ""
        if row["order_limit"]:
            order = money(self.env, row["order_limit"], row["order_currency"])
        if row["approve_limit"]:
            approve = money(self.env, row["approve_limit"], row["approve_currency"])
        words = {
            "free": _("no limit"),
            "order": _("%s without approval", order),
            "order_free": _("orders without limit"),
            "approve": _("approves to %s", approve),
            "approve_free": _("approves without limit"),
        }
        text = " · ".join(words[kind] for kind in team_words.limit_kinds(row))
        own = row["own_order_limit"] or row["own_approve_limit"]
        if text and own and row["order_limit"] + row["approve_limit"]:
            text = _("%s, set for this person", text)
        return text or "–"

    def _b2b_seen_words(self, seen, now):
        _ = self.env._
        local = fields.Datetime.context_timestamp(self, seen) if seen else None
        kind = team_words.seen_kind(local, now)
        if kind == "week":
            return day(self.env, local)
        if kind == "date":
            return day(self.env, local, weekday=False, year=local.year != now.year)
        return {"never": "–", "now": _("now"), "today": _("today")}[kind]

    def _b2b_state_words(self, row):
        _ = self.env._
        if row["state"] == "invited":
            when = fields.Datetime.context_timestamp(self, row["invited_at"])
            return _("invited %s", day(self.env, when, weekday=False)), "info"
        if row["state"] == "suspended":
            return _("suspended"), "bad"
        return _("active"), "ok"

    # -- roles -------------------------------------------------------------------

    def _b2b_roles(self, ctx):
        """The matrix with one drawn cell per role and permission."""
        matrix = ctx.env["b2b.seat.role"]._b2b_matrix()
        standard = {role["name"] for role in matrix["roles"] if role["standard"]}
        for role in matrix["roles"]:
            twin = not role["standard"] and role["name"] in standard
            name = role["name"]
            role["label"] = self.env._("%s (own)", name) if twin else name
        for group in matrix["groups"]:
            for row in group["rows"]:
                row["cells"] = [
                    self._b2b_cell(role, row, matrix["own"]) for role in matrix["roles"]
                ]
        return matrix

    def _b2b_cell(self, role, row, own):
        kind = team_words.cell(role, row, own)
        amount = role["limits"].get(row["name"], 0.0)
        on = row["name"] in role["rights"]
        text = ""
        if kind == "text":
            text = self.env._("no limit")
            if amount:
                text = money(self.env, amount, role["currency"])
        return {
            "kind": kind,
            "role": role,
            "on": on,
            "value": amounts.typed(amount),
            "text": text,
            "idle": kind == "amount" and row["of"] not in role["rights"],
        }

    def _b2b_giveable(self, matrix, role_id=None):
        """Roles that may be given: none with rights the giver lacks."""
        own = matrix["own"]
        return [
            role
            for role in matrix["roles"]
            if role["rights"] <= own or role["id"] == role_id
        ]

    # -- one person's form -------------------------------------------------------

    def _b2b_read_person(self, form):
        """``(values, errors)`` of limits and addresses as they were typed."""
        values, errors = {}, {}
        for name in LIMITS:
            text = str(form.get(name) or "").strip()
            limit = amounts.amount(text)
            if limit is None:
                errors[name] = self.env._(
                    "“%s” is not an amount; enter a number such as 1500.", text[:40]
                )
            values[name] = limit or 0.0
        values["default_delivery_id"] = form.get("default_delivery_id") or 0
        allowed = form.get("allowed_address_ids") or []
        values["allowed_address_ids"] = (
            [allowed] if isinstance(allowed, str) else allowed
        )
        return values, errors

    def _b2b_places(self, ctx):
        """Delivery addresses to choose from: ``[(id, name)]``."""
        book = ctx.env["b2b.portal.addresses"]._b2b_book(ctx)["delivery"]
        return [(row["place"].id, row["place"]._b2b_place_name()) for row in book]

    # -- activity ----------------------------------------------------------------

    def _b2b_activity(self, ctx, page):
        """``(rows, more)``: what was changed in the company, the latest first."""
        rows = ctx.env["b2b.audit.entry"]._b2b_for_seat(
            ctx.seat, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE
        )
        for row in rows:
            local = fields.Datetime.context_timestamp(self, row["date"])
            row["when"] = ctx.env["sale.order"]._b2b_when(row["date"])
            row["day"] = local.date()
        return rows[:PER_PAGE], len(rows) > PER_PAGE
