from odoo import api, models
from odoo.exceptions import MissingError, UserError

from ..rules.permissions import LIMITS, PERMISSIONS, RIGHTS

NAME_LENGTH = 40
# What a box that is ticked or not sends, by page and by script.
YES_NO = {
    **dict.fromkeys((True, 1, "1", "true", "on"), True),
    **dict.fromkeys((False, 0, None, "", "0", "false"), False),
}


class SeatRole(models.Model):
    """The role matrix of a company's administrator.

    Acts for whoever is signed in, as the team methods of ``b2b.seat`` do.
    """

    _inherit = "b2b.seat.role"

    @api.model
    def _b2b_labels(self, names):
        """What permission names are called on screen."""
        return [
            self._fields[name].get_description(self.env)["string"] for name in names
        ]

    @api.model
    def _b2b_matrix_groups(self):
        """The rows of the matrix: ``[(title, [permission names])]``."""
        _ = self.env._
        return [
            (
                _("Ordering"),
                [
                    "see_prices",
                    "see_stock",
                    "place_orders",
                    "order_limit",
                    "request_quotes",
                    "choose_agreement",
                    "choose_delivery",
                    "change_orders",
                    "returns",
                    "use_points",
                ],
            ),
            (
                _("Deciding"),
                ["approve", "approve_limit", "manage_budgets", "see_company_orders"],
            ),
            (
                _("Money"),
                ["pay_on_account", "see_invoices", "pay_invoices", "see_credit"],
            ),
            (
                _("Company"),
                [
                    "choose_address",
                    "add_address",
                    "manage_addresses",
                    "manage_seats",
                    "see_subsidiaries",
                ],
            ),
        ]

    @api.model
    def _b2b_matrix(self):
        """Roles and rights for the team page.

        :return: ``{"groups": [{"title", "rows": [{"name", "label", "help", "kind":
            "right"|"limit", "of"}]}], "roles": [{"id", "name", "standard",
            "based_on", "people", "people_names", "rights", "limits", "currency",
            "editable", "why_not"}], "own": frozenset, "own_limits": {name: amount}}``
        """
        actor = self.env["b2b.seat"]._b2b_team_actor()
        roles = actor.role_id.search(
            [
                ("party_id", "in", (False, actor.party_id.id)),
                ("id", "!=", self.env.ref("b2b_party.role_agent").id),
            ]
        )
        seats = actor.search([("party_id", "=", actor.party_id.id)])
        descriptions = self.fields_get(PERMISSIONS, ["string", "help"])
        groups = [
            {
                "title": title,
                "rows": [self._b2b_matrix_row(n, descriptions[n]) for n in names],
            }
            for title, names in self._b2b_matrix_groups()
        ]
        return {
            "groups": groups,
            "roles": [role._b2b_matrix_role(actor, seats) for role in roles],
            "own": actor.role_id._b2b_permissions(),
            "own_limits": actor._b2b_limits(actor.role_id.currency_id),
        }

    @api.model
    def _b2b_matrix_row(self, name, description):
        return {
            "name": name,
            "label": description["string"],
            "help": description.get("help", ""),
            "kind": "limit" if name in LIMITS else "right",
            "of": LIMITS.get(name, ""),
        }

    def _b2b_matrix_role(self, actor, seats):
        mine = seats.filtered(lambda seat: seat.role_id == self)
        why_not = self._b2b_team_fixed(actor)
        return {
            "id": self.id,
            "name": self.name,
            "standard": self.is_standard,
            "based_on": self.based_on_id.name or "",
            "people": len(mine),
            "people_names": mine.user_id.mapped("name"),
            "rights": frozenset(name for name in RIGHTS if self[name]),
            "limits": {name: self[name] for name in LIMITS},
            "currency": self.currency_id,
            "editable": not why_not,
            "why_not": why_not,
        }

    def _b2b_team_fixed(self, actor):
        """Why the actor may not change this role, one sentence or nothing."""
        if self.party_id != actor.party_id:
            return self.env._("%s is a standard role; copy it first.", self.name)
        return self._b2b_team_over(actor, self._b2b_permissions(), {})

    def _b2b_team_over(self, actor, given, limits):
        """Why the actor may not let this role be so, one sentence or nothing.

        :param given: permission names
        :param limits: amounts by name that differ from the present ones
        """
        limits = {name: limits.get(name, self[name]) for name in LIMITS}
        over = actor._b2b_team_beyond(given, limits, self.currency_id)
        if not over:
            return ""
        return self.env._(
            "Role %(role)s includes what you do not have yourself: %(rights)s.",
            role=self.name,
            rights=", ".join(over),
        )

    @api.model
    def _b2b_team_own_role(self, role_id, actor):
        """A role of the actor's own party that he may change."""
        role = self.env["b2b.seat"]._b2b_team_role(role_id, actor)
        reason = role._b2b_team_fixed(actor)
        if reason:
            raise UserError(reason)
        return role

    @api.model
    def _b2b_team_copy_role(self, role_id, name):
        """Copy a role for the actor's party; never with more than he has."""
        seats = self.env["b2b.seat"]
        actor = seats._b2b_team_actor()
        source = seats._b2b_team_role(role_id, actor)
        actor._b2b_team_check_gift(source)
        return source._b2b_copy_for(actor.party_id, self._b2b_clean_name(name))

    @api.model
    def _b2b_clean_name(self, name):
        name = " ".join(name.split()) if isinstance(name, str) else ""
        if not name or not name.isprintable() or len(name) > NAME_LENGTH:
            raise UserError(
                self.env._("A role needs a name of at most %s signs.", NAME_LENGTH)
            )
        return name

    @api.model
    def _b2b_yes_no(self, name, value):
        plain = value is None or isinstance(value, bool | int | str)
        if not plain or value not in YES_NO:
            raise UserError(
                self.env._(
                    "“%s” is ticked or not; nothing else can be saved.",
                    self._b2b_labels([name])[0],
                )
            )
        return YES_NO[value]

    @api.model
    def _b2b_save_matrix(self, changes):
        """Save what was changed in the matrix, all or nothing.

        :param changes: ``{role_id: {permission or "name": value}}`` as it came from
            the page
        :return: b2b.seat.role that were changed, with all rights
        :raise UserError: for a standard role, for more than the actor has, and when
            nobody would manage people any more
        """
        actor = self.env["b2b.seat"]._b2b_team_actor()
        changed = actor.role_id.browse()
        for role_id, values in changes.items():
            role = self._b2b_team_own_role(role_id, actor)
            values = self._b2b_matrix_values(values)
            # Before it is written: it may be the role of the actor himself.
            given = {name for name in RIGHTS if values.get(name, role[name])}
            reason = role._b2b_team_over(actor, given, values)
            if reason:
                raise UserError(reason)
            role.write(values)
            changed |= role
        for seat in actor.search([("role_id", "in", changed.ids)]) - actor:
            actor._b2b_team_check_gift(
                seat.role_id, seat._b2b_own_limits(seat.role_id.currency_id)
            )
        return changed

    @api.model
    def _b2b_matrix_values(self, values):
        result = {}
        for name, value in values.items():
            if name in RIGHTS:
                result[name] = self._b2b_yes_no(name, value)
            elif name in LIMITS:
                result[name] = self.env["b2b.seat"]._b2b_amount(value)
            elif name == "name":
                result[name] = self._b2b_clean_name(value)
            else:
                raise MissingError(self.env._("There is no such right."))
        return result

    @api.model
    def _b2b_team_delete_role(self, role_id):
        """Delete a role of the actor's party that nobody has."""
        actor = self.env["b2b.seat"]._b2b_team_actor()
        self._b2b_team_own_role(role_id, actor).unlink()
