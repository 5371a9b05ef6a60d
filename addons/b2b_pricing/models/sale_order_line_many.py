from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError

from .product_pricelist_engine import only_ours

#: Contexts that Odoo adds to round an amount, to check a company, to set a price. It
#: makes an environment for it, forgets it and makes it again: 20,000 of them for an
#: order of 1,000 lines. One that somebody holds is found again.
PASSING = (
    {"prefetch_fields": False},
    {"bin_size": False},
    {"bin_size": False, "prefetch_fields": False},
    {"active_test": False},
    {"sale_write_from_compute": True},
)

#: Whose taxes of a line depend on its article, company and fiscal position alone.
TAXING = ("odoo.addons.sale.", "odoo.addons.sale_loyalty.", "odoo.addons.b2b_")


@contextmanager
def passing_environments(records):
    """While it lasts, environments that Odoo makes for a moment are there to be found.

    :param records: of the environment in which lines are written
    """
    everybody = (records, records.sudo())
    held = [one.with_context(**added).env for one in everybody for added in PASSING]
    yield
    held.clear()


class SaleOrderLine(models.Model):
    """Orders of many lines: what Odoo does anew for each line, done once."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        if len(vals_list) == 1:
            return super().create(vals_list)
        with passing_environments(self):
            return super().create(vals_list)

    def _compute_tax_ids(self):
        """Lines whose articles have the same taxes get theirs together."""
        if len(self) == 1 or not only_ours(self, "_compute_tax_ids", TAXING):
            return super()._compute_tax_ids()
        alike = {}
        for line in self:
            alike.setdefault(line._b2b_tax_question(), []).append(line.id)
        firsts = self.browse(ids[0] for ids in alike.values())
        super(SaleOrderLine, firsts)._compute_tax_ids()
        for ids in alike.values():
            if len(ids) > 1:
                self.browse(ids[1:]).tax_ids = self.browse(ids[:1]).tax_ids
        return None

    def _b2b_tax_question(self):
        """What the taxes depend on; the line itself where that is not known."""
        self.ensure_one()
        if self._b2b_is_charge() or not self._b2b_is_taxed_as_article():
            return self
        return (
            self.company_id._ids,
            self.order_id.fiscal_position_id._ids,
            self.product_id.taxes_id._ids,
            self._get_custom_compute_tax_cache_key(),
        )

    def _check_company(self, fnames=None):
        """Lines of one company with the same articles and taxes need one check."""
        if len(self) == 1:
            return super()._check_company(fnames)
        try:
            self._b2b_check_company_once(fnames)
        except UserError:
            # In Odoo's own words, which name each line and field.
            return super()._check_company(fnames)
        return None

    def _b2b_check_company_once(self, fnames):
        if fnames is None or "company_id" in fnames:
            fnames = self._fields
        for name in fnames:
            field = self._fields[name]
            if field.relational and field.check_company:
                # sudo: as the check itself reads them, whoever writes the lines.
                alike = {
                    (line.company_id._ids, line[name]._ids): line.id
                    for line in self.sudo()
                }
                lines = self.browse(alike.values())
                super(SaleOrderLine, lines)._check_company([name])
