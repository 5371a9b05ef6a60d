from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: What Odoo works out from the lines. Read-only is a matter of its forms: a call could
#: write another total, and limits would be measured by that.
TOTALS = frozenset({"amount_untaxed", "amount_tax", "amount_total", "b2b_party_id"})
LINE_TOTALS = frozenset({"price_subtotal", "price_tax", "price_total"})
#: What was billed and delivered comes from invoices and stock moves.
LINE_FACTS = LINE_TOTALS | {"invoice_lines"}


def plain_defaults(records, default_get, names, closed):
    """Defaults of a new record, those of closed fields as the code has them.

    A default may come with the caller's context, or be stored by a user for himself;
    neither says anything about what only the system writes.

    :param default_get: the original method
    :param names: of the fields that are asked for
    :param closed: names of fields that only the system writes
    :raise AccessError: for a customer's login that may not create such a record; our
        own people who only read orders open forms, and the client asks for defaults
    """
    # Who has all rights is asked first: this runs for every field of every line.
    if not records.env.su and not records.env.user._is_internal():
        records.check_access("create")
    values = default_get([name for name in names if name not in closed])
    for name in closed.intersection(names):
        field = records._fields[name]
        if field.default:
            values[name] = field.default(records)
    return values


class SaleOrder(models.Model):
    """Fields of an order that only the system writes, by whatever way they come."""

    _inherit = "sale.order"

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | TOTALS

    @api.model
    def default_get(self, fields):
        closed = self._b2b_protected_fields()
        return plain_defaults(self, super().default_get, fields, closed)

    def write(self, vals):
        self._b2b_check_currency(vals)
        return super().write(vals)

    def _b2b_check_currency(self, vals):
        """What is confirmed keeps its currency: the figures would mean other money."""
        if "currency_id" not in vals or self.env.su:
            return
        for order in self:
            other = order.currency_id.id != vals["currency_id"]
            if other and order.state == "sale":
                raise UserError(
                    self.env._(
                        "%s is confirmed; its currency cannot change any more.",
                        order.name,
                    )
                )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _b2b_protected_fields(self):
        """Names that only the system may write; other addons add theirs."""
        return LINE_FACTS

    def _b2b_check_facts(self, vals):
        touched = sorted(LINE_FACTS & vals.keys())
        # Views send unset values of readonly fields on create; they say nothing.
        touched = [name for name in touched if self or vals[name]]
        if "qty_delivered" in vals and any(
            line.qty_delivered_method == "stock_move" for line in self
        ):
            touched.append("qty_delivered")
        if touched and not self.env.su:
            label = self._fields[touched[0]].get_description(self.env)["string"]
            raise AccessError(
                self.env._("%s is set by the system and cannot be written.", label)
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.browse()._b2b_check_facts(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._b2b_check_facts(vals)
        return super().write(vals)
