from contextvars import ContextVar

from odoo import api, models

# Whether orders are being imported that their program leaves out.
_left_out = ContextVar("b2b_import_earns_nothing", default=False)


class SaleOrder(models.Model):
    """Imported orders earn as the file says, else as their program does."""

    _inherit = "sale.order"

    @api.model
    def _b2b_import_columns(self):
        return super()._b2b_import_columns() | {"b2b_earns_nothing"}

    def _b2b_historical_loaded(self):
        super()._b2b_historical_loaded()
        self._b2b_loyalty_earn_historical()

    @api.model
    def _b2b_import_create_batches(self, vals_list):
        earning, quiet = [], []
        for vals in vals_list:
            (quiet if self._b2b_import_earns_nothing(vals) else earning).append(vals)
        batches = super()._b2b_import_create_batches(earning)
        if quiet:
            batches += self._b2b_import_create_quiet(quiet)
        return batches

    def _b2b_import_create_quiet(self, vals_list):
        """Orders whose program leaves imports out: nothing is booked, not even to be
        taken back."""
        token = _left_out.set(True)
        try:
            batches = super()._b2b_import_create_batches(vals_list)
            orders = self.browse([order.id for _vals, order in batches])
            # sudo: whoever imports may lack the right to the field; the program says
            # it.
            orders.sudo().write({"b2b_earns_nothing": True})
        finally:
            _left_out.reset(token)
        return batches

    def _b2b_loyalty_program(self):
        return None if _left_out.get() else super()._b2b_loyalty_program()

    @api.model
    def _b2b_import_earns_nothing(self, vals):
        """Whether a file says nothing and the program of the order leaves it out."""
        if "b2b_earns_nothing" in vals:
            return False
        company_id = vals.get("company_id") or self.env.company.id
        facts = self.env["b2b.loyalty.program"]._b2b_facts(company_id)
        if all(program.imports for program in facts):
            return False
        names = ("partner_id", "date_order", "payment_term_id", "b2b_channel_id")
        # sudo: a program is chosen whoever imports.
        order = self.sudo().new(
            {
                "company_id": company_id,
                **{name: vals[name] for name in names if vals.get(name)},
            }
        )
        program = order._b2b_loyalty_program()
        return bool(program) and not program.imports
