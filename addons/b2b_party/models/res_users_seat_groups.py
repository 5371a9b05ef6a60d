from odoo import api, models
from odoo.exceptions import ValidationError

INTERNAL = "base.group_user"


class ResUsers(models.Model):
    """Who sits in a party is a customer: never one of our own people as well."""

    _inherit = "res.users"

    @api.constrains("group_ids")
    def _check_b2b_seat_stays_outside(self):
        # sudo: whoever keeps users need not be able to read seats.
        seats = self.sudo().with_context(active_test=False).b2b_seat_ids
        agents = self.sudo().b2b_person_ids.login_user_id
        # Not has_group: what it remembers is cleared only after this check.
        internal = self.env.ref(INTERNAL)
        inside = (seats.user_id | agents).filtered(
            lambda user: internal in user.all_group_ids
        )
        if inside:
            user = inside[0]
            raise ValidationError(
                self.env._(
                    "%(user)s signs in for %(party)s and cannot get groups of our own "
                    "people; make another user with another address.",
                    user=user.name,
                    party=user.partner_id.commercial_partner_id.name,
                )
            )


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._b2b_check_seats()
        return groups

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"user_ids", "implied_ids", "implied_by_ids"}:
            self._b2b_check_seats()
        return result

    def _b2b_check_seats(self):
        """Users come into a group from the side of the group as well."""
        internal = self.env.ref(INTERNAL)
        if internal not in (self | self.all_implied_ids):
            return
        self.env.flush_all()
        # sudo: whoever keeps groups need not be able to read persons.
        people = self.env["b2b.person"].sudo().with_context(active_test=False)
        found = people.search(
            [
                "|",
                ("seat_ids.user_id.all_group_ids", "in", internal.ids),
                ("login_user_id.all_group_ids", "in", internal.ids),
            ]
        )
        users = found.seat_ids.user_id | found.login_user_id
        users._check_b2b_seat_stays_outside()
