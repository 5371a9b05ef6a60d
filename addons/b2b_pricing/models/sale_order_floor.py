from odoo import api, models, tools

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, SELLER, Finding

CODE = "cost_floor"


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    @api.model
    @tools.ormcache()
    def _b2b_floor_lists(self):
        """Ids of the lists with a floor: orders by other lists cost no query."""
        # sudo: asked for portal users, who have no access; only ids are kept.
        rows = self.sudo()._read_group(
            [("b2b_never_below_cost", "=", True)], ["pricelist_id"]
        )
        return frozenset(pricelist.id for (pricelist,) in rows)

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        if any(rule.b2b_never_below_cost for rule in rules):
            self.env.registry.clear_cache()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if {"b2b_never_below_cost", "base", "compute_price", "pricelist_id"} & {*vals}:
            self.env.registry.clear_cache()
        return result


class SaleOrder(models.Model):
    """A line below the floor of its rule waits for a sales manager (C6)."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if not self.b2b_is_trade or self.b2b_historical:
            return findings
        # sudo: asked in the name of portal users as well.
        order = self.sudo()
        own = order._b2b_floor_findings()
        return findings + [f for f in own if order._b2b_still_asked(f)]

    def _b2b_may_have_floor(self):
        floors = self.env["product.pricelist.item"]._b2b_floor_lists()
        pricelist = self.pricelist_id
        if not floors or not pricelist:
            return False
        public = self.company_id.b2b_public_pricelist_id
        (pricelist | public).mapped("b2b_fallback")  # both in one query
        if pricelist.id in floors or pricelist.b2b_fallback == "next":
            return True
        return pricelist.b2b_fallback == "public" and public.id in floors

    def _b2b_floor_findings(self):
        if not self._b2b_may_have_floor():
            return []
        lines = self._b2b_goods_lines().filtered(lambda ln: ln.product_uom_qty > 0)
        # The whole reduction counts, also that of the order (DECISIONS 13).
        share, _givers = self._b2b_order_share(lines)
        return [
            Finding(
                code=CODE,
                severity=AUTHORIZE,
                side=SELLER,
                key=f"line:{line.id}",
                message=self.env._(
                    "%s is sold below what it costs.", line.product_id.display_name
                ),
                buyer_message=self.env._(
                    "We look at the price of %s before we confirm.",
                    line.product_id.display_name,
                ),
                solve=self.env._("Take back the discount, or raise the price."),
            )
            for line in lines
            if line._b2b_is_below_floor(share)
        ]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_is_below_floor(self, share=0.0):
        """Whether the net price, as its list counts it, is below the rule's floor.

        :param share: percent that is given on the order as a whole
        """
        rule = self.pricelist_item_id
        if not rule.b2b_never_below_cost:
            return False
        floor = rule._b2b_floor(
            self.product_id,
            self.product_uom_qty,
            self.product_uom_id or self.product_id.uom_id,
            self._get_order_date(),
            self.currency_id,
        )
        own = self.price_unit * (1 - (self.discount or 0.0) / 100)
        net = own * (1 - share / 100) if own > 0 else own
        return self.currency_id.compare_amounts(net, floor) < 0


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {**super()._b2b_reasons(), CODE: self.env._("Below cost")}

    def _b2b_staff_group(self):
        if self.code == CODE and not self.sudo().rule_id.staff_group:
            return "b2b_party.group_sales_manager"
        return super()._b2b_staff_group()

    def _b2b_close(self, state, verdict, user, comment=""):
        """A price below cost that was let through stands in the party's log."""
        super()._b2b_close(state, verdict, user, comment)
        if state != "released":
            return
        for hold in self.filtered(lambda hold: hold.code == CODE):
            hold.party_id._b2b_audit_note(
                self.env._("Sold below cost"),
                after=f"{hold.order_id.name}: {hold.message}",
            )
