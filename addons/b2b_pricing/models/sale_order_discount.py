from contextlib import contextmanager
from contextvars import ContextVar

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.b2b_party.rules import audit

from ..rules import discount
from .sale_order_line_discount import pricing_by_system

KIND = "order_discount"
FIELDS = frozenset(
    {
        "b2b_order_discount_kind",
        "b2b_order_discount_percent",
        "b2b_order_discount_amount",
    }
)
# Whether rows of discounts are being written right now.
_settling = ContextVar("b2b_settling_discount", default=False)


@contextmanager
def settling():
    token = _settling.set(True)
    try:
        with pricing_by_system():
            yield
    finally:
        _settling.reset(token)


def is_settling():
    """Whether rows are being written by the system."""
    return _settling.get()


class SaleOrder(models.Model):
    """A discount on the whole order: one row per tax that follows the lines.

    Odoo fixes the amount when the discount is given; here kind and value are kept and
    the rows are worked out again with each change of a line.
    """

    _inherit = "sale.order"

    b2b_order_discount_kind = fields.Selection(
        [("percent", "Percent"), ("amount", "Amount")],
        "Order discount",
        help="What is given on all goods of the order together.",
    )
    b2b_order_discount_percent = fields.Float(
        "Order discount %",
        digits="Discount",
        help="Percent of the goods; the amount follows every change of the lines.",
    )
    b2b_order_discount_amount = fields.Monetary(
        "Order discount amount",
        help="Excluding tax where the prices of the order exclude it; never more than "
        "the goods come to.",
    )
    b2b_order_discount_by_id = fields.Many2one(
        "res.users",
        "Order discount by",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who gave the discount on the order.",
    )

    @api.constrains(*FIELDS)
    def _check_b2b_order_discount(self):
        for order in self:
            percent = order.b2b_order_discount_percent
            if not 0 <= percent <= 100:
                raise ValidationError(
                    self.env._(
                        "The discount of the order is %s %%; enter 0 to 100.",
                        audit.number(round(percent, 2)),
                    )
                )
            if order.b2b_order_discount_amount < 0:
                raise ValidationError(
                    self.env._("The discount of the order is below zero; enter more.")
                )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_order_discount_by_id"}

    @api.model
    def _b2b_hidden_from_portal(self):
        return super()._b2b_hidden_from_portal() | FIELDS | {"b2b_order_discount_by_id"}

    # -- who gives it ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        given = orders.browse(
            [
                order.id
                for order, vals in zip(orders, vals_list, strict=True)
                if vals.get("b2b_order_discount_kind")
            ]
        )
        given._b2b_note_order_discount()
        return orders

    def write(self, vals):
        if not FIELDS & vals.keys():
            return super().write(vals)
        if self.env.user.share and not self.env.su:
            raise AccessError(self.env._("Prices and discounts are set by our staff."))
        result = super().write(vals)
        self._b2b_note_order_discount()
        return result

    def _b2b_note_order_discount(self):
        if not self:
            return
        user = self.env.user
        if not is_settling() and not user.share and user.id != SUPERUSER_ID:
            # sudo: who gave it is written by the system.
            self.sudo().write({"b2b_order_discount_by_id": user.id})
        self._b2b_settle_order_discount()

    def _b2b_clear_order_discount(self):
        with settling():
            self.filtered("b2b_order_discount_kind").write(
                {
                    "b2b_order_discount_kind": False,
                    "b2b_order_discount_percent": 0.0,
                    "b2b_order_discount_amount": 0.0,
                }
            )

    # -- rows --------------------------------------------------------------------

    def _b2b_settle_lines(self):
        result = super()._b2b_settle_lines()
        self._b2b_settle_order_discount()
        return result

    def _b2b_settle_order_discount(self):
        """Write the rows of order discounts as the lines are now."""
        for order in self:
            rows = order.order_line.filtered("b2b_order_discount")
            if not rows and not order.b2b_order_discount_kind:
                continue
            if order.b2b_historical or order.locked or order.state == "cancel":
                continue
            if any(row.qty_invoiced for row in rows):
                # Settled with the customer already.
                continue
            with settling():
                # sudo: the discount was given before by somebody who may; a buyer
                # who changes a quantity may not write prices.
                order.sudo()._b2b_write_discount_rows(rows.sudo())

    def _b2b_write_discount_rows(self, rows):
        parts = self._b2b_discount_parts()
        several = len(parts) > 1
        for row, (taxes, amount) in zip(rows, parts, strict=False):
            row._b2b_update_discount_row(taxes, amount, several)
        if not isinstance(self.id, int):
            # In a form that is not saved yet rows are neither made nor removed.
            for row in rows[len(parts) :]:
                row.price_unit = row.technical_price_unit = 0.0
            return
        surplus = rows[len(parts) :]
        if self.state == "sale":
            surplus.write({"price_unit": 0.0, "technical_price_unit": 0.0})
        else:
            surplus.unlink()
        missing = parts[len(rows) :]
        if missing:
            self._b2b_add_discount_rows(missing, several)

    def _b2b_add_discount_rows(self, parts, several):
        product = self._b2b_discount_product()
        self.env["sale.order.line"].with_context(sale_no_log_for_new_lines=True).create(
            [
                {
                    "order_id": self.id,
                    "product_id": product.id,
                    "product_uom_qty": 1.0,
                    "sequence": 999,
                    "b2b_order_discount": True,
                    "b2b_discount_by_id": self.b2b_order_discount_by_id.id,
                    "discount": 0.0,
                    "extra_tax_data": {"computation_key": "global_discount,b2b"},
                    **self._b2b_discount_row(taxes, amount, several),
                }
                for taxes, amount in parts
            ]
        )

    def _b2b_discount_row(self, taxes, amount, several):
        return {
            "name": self._b2b_discount_row_name(taxes, several),
            "price_unit": -amount,
            "technical_price_unit": -amount,
            "tax_ids": [Command.set(taxes.ids)],
        }

    def _b2b_discount_row_name(self, taxes, several):
        order = self.with_context(lang=self._get_lang())
        name = order.env._("Discount")
        if order.b2b_order_discount_kind == "percent":
            percent = audit.number(round(order.b2b_order_discount_percent, 2))
            name = order.env._("Discount %s %%", percent)
        if several and taxes:
            return f"{name} ({', '.join(taxes.with_env(order.env).mapped('name'))})"
        return name

    def _b2b_discount_product(self):
        """The article of discount rows, as Odoo makes it for its own."""
        # sudo: the first discount makes the article, whoever gives it.
        wizard = self.env["sale.order.discount"].sudo()
        wizard = wizard.with_company(self.company_id)
        return wizard.new({"sale_order_id": self.id})._get_discount_product()

    # -- amounts -----------------------------------------------------------------

    def _b2b_discountable_lines(self):
        """Goods that are charged: no delivery, rewards, down payments or credits."""
        return self._b2b_goods_lines().filtered(lambda ln: ln._b2b_line_amount() > 0)

    def _b2b_discount_parts(self):
        """What the order discount comes to: ``[(taxes, amount)]``, one per tax."""
        self.ensure_one()
        groups = {}
        for line in self._b2b_discountable_lines():
            key = line._b2b_discount_taxes()
            groups[key] = groups.get(key, 0.0) + line._b2b_line_amount()
        return self._b2b_discount_of(groups, self.currency_id)

    def _b2b_discount_of(self, groups, currency, amount=None):
        """The same for given sums by taxes, perhaps in another currency."""
        kind = self.b2b_order_discount_kind
        if not kind:
            return []
        value = self.b2b_order_discount_percent
        if kind == "amount":
            value = self.b2b_order_discount_amount if amount is None else amount
        amounts = discount.order_discount(
            kind, value, list(groups.values()), currency.rounding
        )
        return [pair for pair in zip(groups, amounts, strict=True) if pair[1]]

    # -- what else changes the lines -----------------------------------------------

    def _recompute_taxes(self):
        result = super()._recompute_taxes()
        self._b2b_settle_order_discount()
        return result

    def _recompute_prices(self):
        result = super()._recompute_prices()
        self._b2b_settle_order_discount()
        return result

    def _get_update_prices_lines(self):
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line.b2b_order_discount)

    def _b2b_reprice(self, former_currency=None):
        """An amount that was given keeps its value in the other currency."""
        result = super()._b2b_reprice(former_currency)
        changed = former_currency and former_currency != self.currency_id
        if changed and self.b2b_order_discount_kind == "amount":
            with settling():
                self.b2b_order_discount_amount = self._b2b_discount_in(
                    former_currency, self.currency_id
                )
        self._b2b_settle_order_discount()
        return result

    def _b2b_discount_in(self, former, currency):
        return former._convert(
            self.b2b_order_discount_amount,
            currency,
            self.company_id,
            self.date_order or fields.Datetime.now(),
        )

    @api.onchange("order_line")
    def _onchange_b2b_order_discount(self):
        """In the form the rows follow at once."""
        self._b2b_settle_order_discount()

    # -- under another agreement, without writing ----------------------------------

    def _b2b_settled_base_lines(self, base_lines, terms):
        """The discount of the order as it would be under other terms."""
        base_lines = super()._b2b_settled_base_lines(base_lines, terms)
        if not self.b2b_order_discount_kind:
            return base_lines
        goods, currency = self._b2b_goods_lines(), terms["currency"]
        kept, groups = [], {}
        for line in base_lines:
            record = line["record"]
            if getattr(record, "b2b_order_discount", False):
                continue
            kept.append(line)
            net = line["price_unit"] * (1 - line["discount"] / 100)
            amount = currency.round(net * line["quantity"])
            if record in goods and amount > 0:
                key = self._b2b_taxes_of_discount(line["tax_ids"])
                groups[key] = groups.get(key, 0.0) + amount
        amount = self._b2b_discount_in(self.currency_id, currency)
        return kept + [
            self.env["account.tax"]._prepare_base_line_for_taxes_computation(
                self,
                price_unit=-part,
                quantity=1.0,
                tax_ids=taxes,
                currency_id=currency,
                rate=terms["rate"],
                special_type="global_discount",
                computation_key="global_discount,b2b",
            )
            for taxes, part in self._b2b_discount_of(groups, currency, amount)
        ]

    @api.model
    def _b2b_taxes_of_discount(self, taxes):
        """Taxes of a discount row: fixed ones per piece are not given back."""
        return taxes.flatten_taxes_hierarchy().filtered(
            lambda tax: tax._can_be_discounted()
        )
