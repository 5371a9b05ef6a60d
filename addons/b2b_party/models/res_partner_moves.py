from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .res_partner_commercial import is_merging

MOVES = {"parent_id", "is_company", "company_type"}


class ResPartner(models.Model):
    """A contact that ordered for a company stays with it.

    The party of an order is the company of its contact: with the contact, its orders
    would go over to other budgets, limits and accounts.
    """

    _inherit = "res.partner"

    def write(self, vals):
        self._b2b_check_leaving(vals)
        return super().write(vals)

    def _b2b_check_leaving(self, vals):
        """Refuse to take a contact to another company whose orders would follow.

        :raise ValidationError: with the contact, its company and what to do
        """
        if not MOVES & vals.keys() or self.env.su or is_merging():
            return
        for partner in self:
            # sudo: only looked at, whoever may change the contact.
            company = partner.sudo().commercial_partner_id
            if (partner._b2b_company_after(vals) or partner) == company:
                continue
            if company.b2b_customer_type == "trade" and partner._b2b_has_ordered():
                raise ValidationError(
                    self.env._(
                        "%(contact)s has orders or a seat at %(company)s, which would "
                        "go along; make a new contact at the other company instead.",
                        contact=partner.name,
                        company=company.name,
                    )
                )

    def _b2b_has_ordered(self):
        """Whether orders or a seat hang on this contact or on one below it."""
        self.ensure_one()
        below = Domain("partner_id", "child_of", self.ids)
        billed = Domain("partner_invoice_id", "child_of", self.ids)
        orders, seats = self.env["sale.order"].sudo(), self.env["b2b.seat"].sudo()
        return bool(
            orders.search_count(below | billed, limit=1)
            or seats.search_count([("user_id.partner_id", "child_of", self.ids)])
        )
