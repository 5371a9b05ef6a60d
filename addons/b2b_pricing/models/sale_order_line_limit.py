from odoo import api, fields, models


class SaleOrderLine(models.Model):
    """How much whoever looks at the line may give, beside what is given."""

    _inherit = "sale.order.line"

    b2b_discount_limit = fields.Float(
        "Your limit",
        compute="_compute_b2b_discount_limit",
        digits="Discount",
        help="How much of the list's price you may take off this line.",
    )
    b2b_discount_hint = fields.Char(
        "You may give",
        compute="_compute_b2b_discount_limit",
        help="How much of the list's price you may take off this line; above it the "
        "order waits for a sales manager.",
    )
    b2b_reduction = fields.Float(
        "Whole reduction",
        compute="_compute_b2b_reduction",
        digits="Discount",
        help="From what the list gives to what is charged, in percent: discretionary "
        "discount, a price typed by hand and the share of a discount on the order.",
    )

    @api.depends_context("uid")
    @api.depends("product_id", "order_id.partner_id", "company_id")
    def _compute_b2b_discount_limit(self):
        user = self.env.user
        limits = self.env["b2b.discount.limit"]
        self.b2b_discount_limit, self.b2b_discount_hint = 0.0, False
        if user.share:
            return
        for order, lines in self.grouped("order_id").items():
            goods = lines.filtered(
                lambda ln: (
                    ln.product_id and not ln.display_type and not ln._b2b_is_charge()
                )
            )
            found = limits._b2b_tightest(
                order.company_id or self.env.company,
                order.partner_id.commercial_partner_id,
                {(user, product) for product in goods.product_id},
            )
            for line in goods:
                percent, _limit = found[user, line.product_id]
                line.b2b_discount_limit = percent
                line.b2b_discount_hint = self.env._(
                    "up to %s %%", order._b2b_percent(percent)
                )

    @api.depends(
        "price_unit",
        "discount",
        "b2b_manual_discount",
        "product_uom_qty",
        "order_id.amount_untaxed",
    )
    def _compute_b2b_reduction(self):
        for order, lines in self.grouped("order_id").items():
            reduced = {row.line: row.whole for row in order._b2b_reduced_lines()}
            for line in lines:
                line.b2b_reduction = reduced.get(line, 0.0)

    @api.model
    def _b2b_hidden_from_portal(self):
        return super()._b2b_hidden_from_portal() | {
            "b2b_discount_limit",
            "b2b_discount_hint",
            "b2b_reduction",
        }


class SaleOrder(models.Model):
    _inherit = "sale.order"

    b2b_discount_text = fields.Char(
        "You may give",
        compute="_compute_b2b_discount_text",
        help="How much you may take off the list's prices for this customer.",
    )

    @api.depends_context("uid")
    @api.depends("partner_id", "company_id", "order_line.product_id")
    def _compute_b2b_discount_text(self):
        for order in self:
            order.b2b_discount_text = order._b2b_discount_text()

    def _b2b_discount_text(self):
        """“You may give this customer up to 7 % (Sales rep).”"""
        lines = self.order_line.filtered(
            lambda ln: ln.product_id and ln._b2b_kind() == "goods"
        )
        if not lines or self.env.user.share:
            return False
        user = self.env.user
        found = self.env["b2b.discount.limit"]._b2b_tightest(
            self.company_id,
            self.partner_id.commercial_partner_id,
            {(user, product) for product in lines.product_id},
        )
        percents = {percent for percent, _limit in found.values()}
        low, high = (self._b2b_percent(x) for x in (min(percents), max(percents)))
        if low != high:
            return self.env._(
                "You may give this customer %(low)s to %(high)s %%, by article.",
                low=low,
                high=high,
            )
        if min(percents) >= 100:
            return False
        words = ""
        for _percent, limit in found.values():
            words = words or limit._b2b_words() if limit else words
        if not words:
            return self.env._("You may give this customer up to %s %%.", low)
        return self.env._(
            "You may give this customer up to %(percent)s %% (%(words)s).",
            percent=low,
            words=words,
        )

    @api.model
    def _b2b_hidden_from_portal(self):
        return super()._b2b_hidden_from_portal() | {"b2b_discount_text"}
