from odoo import models
from odoo.exceptions import MissingError

from odoo.addons.b2b_portal.models.portal_addresses import FIELDS


class B2bPortalAddresses(models.AbstractModel):
    """End customers: whom the buyer lets us ship to, apart from his own addresses."""

    _inherit = "b2b.portal.addresses"

    def _b2b_ends(self, ctx):
        """End customers of the party, by name."""
        return ctx.env["res.partner"].search_fetch(
            self._b2b_ends_domain(ctx),
            [*FIELDS, "phone", "type", "parent_id", "b2b_unconfirmed"],
            order="name, id",
        )

    def _b2b_ends_domain(self, ctx):
        return [
            ("commercial_partner_id", "=", ctx.party.id),
            ("b2b_end_customer", "=", True),
        ]

    def _b2b_end_get(self, ctx, end_id):
        """One end customer; those of other companies and missing ones are the same."""
        found = ctx.env["res.partner"].search(
            [("id", "=", end_id), *self._b2b_ends_domain(ctx)]
        )
        if not found:
            raise MissingError(self.env._("There is no such end customer."))
        return found

    def _b2b_end_read(self, ctx, form):
        """Values and errors of a form; end customers have no e-mail address here."""
        values, errors = self._b2b_read_form(ctx, {**form, "email": ""})
        values.pop("email", None)
        if "name" in errors and not values.get("name"):
            errors["name"] = self.env._("Enter the name of the person or company.")
        return values, errors

    def _b2b_end_add(self, ctx, values):
        self._b2b_check_right(ctx, "manage_addresses")
        return self._b2b_create(
            ctx, "other", values, None, b2b_unconfirmed=True, b2b_end_customer=True
        )

    def _b2b_end_change(self, ctx, end, values):
        """Write what differs; another place is checked again with its next order."""
        self._b2b_check_right(ctx, "manage_addresses")
        place = end._b2b_place_line(), end.country_id
        self._b2b_change(ctx, end, values)
        if (end._b2b_place_line(), end.country_id) != place:
            end.b2b_unconfirmed = True
        return end

    def _b2b_end_archive(self, ctx, end):
        self._b2b_archive(ctx, end)
