from odoo import fields, models

from odoo.addons.b2b_party.rules.finding import BLOCK, SELLER, WARN, Finding

from ..rules.agreement import is_valid_on

#: Codes that are not asked again about a confirmed order.
ONCE = ("agreement", "quantity", "minimum_order")


class SaleOrder(models.Model):
    """Findings about agreement, catalog, missing prices and quantities."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if not self.b2b_is_trade or self.b2b_historical:
            return findings
        # sudo: asked in the name of portal users as well.
        order = self.sudo()
        own = [
            order._b2b_agreement_finding(),
            *order._b2b_catalog_findings(),
            *order._b2b_no_price_findings(),
            *order._b2b_quantity_findings(),
        ]
        return findings + [f for f in own if f and order._b2b_still_asked(f)]

    def _b2b_still_asked(self, finding):
        """What an order was submitted with stays valid while it waits (DECISIONS 2).

        Only reasons for which it waits already are asked again.
        """
        if self.b2b_gate_pass and self.state == "sale":
            return finding.code not in ONCE
        if not self._b2b_is_submitted():
            return True
        return any(
            hold.code == finding.code and (hold.key or "") == finding.key
            for hold in self.b2b_hold_ids
            if hold.state in ("open", "released")
        )

    def _b2b_by_buyer(self):
        """Whether the order is placed by the customer, and not by our staff."""
        return (self.b2b_orderer_id or self.env.user).share

    def _b2b_goods_lines(self):
        """Lines of articles: no delivery, rewards, sections or down payments."""
        lines = self._get_update_prices_lines().filtered(
            lambda ln: ln.product_id and not ln.display_type and not ln.is_downpayment
        )
        if "is_reward_line" in lines._fields:
            lines = lines.filtered(lambda ln: not ln.is_reward_line)
        return lines

    # -- agreement --

    def _b2b_agreement_finding(self):
        agreement = self.b2b_agreement_id
        if not agreement:
            return None
        today = fields.Date.context_today(self)
        name, end = agreement.name, agreement.date_end
        if agreement.date_start and agreement.date_start > today:
            text = self.env._(
                "Agreement “%(name)s” begins on %(day)s; choose another one.",
                name=name,
                day=agreement._b2b_day(agreement.date_start),
            )
        elif not is_valid_on(today, None, end or None):
            text = self.env._(
                "Agreement “%(name)s” ended on %(day)s; choose another one.",
                name=name,
                day=agreement._b2b_day(end),
            )
        elif agreement.state != "running" or not agreement.active:
            text = self.env._(
                "Agreement “%s” is not in use any more; choose another one.", name
            )
        elif not agreement._b2b_belongs_to(self.b2b_party_id):
            text = self.env._(
                "Agreement “%(name)s” was not made with %(party)s; choose another one.",
                name=name,
                party=self.b2b_party_id.name,
            )
        else:
            return None
        return Finding(
            code="agreement",
            severity=BLOCK,
            side=SELLER,
            message=text,
            buyer_message=self._b2b_agreement_buyer_text(),
        )

    def _b2b_agreement_buyer_text(self):
        """A buyer may not be allowed to choose: he is told how it goes on."""
        name, following = self.b2b_agreement_id.name, self._b2b_next_agreement()
        if not following:
            return self.env._(
                "“%s” can no longer be used; the order can go on at your usual prices.",
                name,
            )
        return self.env._(
            "“%(name)s” can no longer be used; the order can go on under "
            "“%(following)s”.",
            name=name,
            following=following.sudo().name,
        )

    # -- lines --

    def _b2b_catalog_findings(self):
        lines = self._b2b_goods_lines()
        allowed = self.env["b2b.catalog"]._b2b_allows(
            self._b2b_price_context(), lines.product_id
        )
        severity = BLOCK if self._b2b_by_buyer() else WARN
        return [
            Finding(
                code="catalog",
                severity=severity,
                side=SELLER,
                key=f"product:{product.id}",
                message=self.env._(
                    "%(product)s is not in the catalog of %(party)s.",
                    product=product.display_name,
                    party=self.b2b_party_id.name,
                ),
                buyer_message=self.env._(
                    "%s is no longer in your catalog; remove it.", product.display_name
                ),
                solve=self.env._("Remove the line."),
            )
            for product in lines.product_id - allowed
        ]

    def _b2b_no_price_findings(self):
        lines = self._b2b_goods_lines().filtered(
            lambda ln: (
                not ln.price_unit
                and not ln.technical_price_unit
                and not ln.combo_item_id
                and ln.product_type != "combo"
            )
        )
        pricelist = self.pricelist_id
        if not lines or not pricelist._b2b_ends_without_price(self.b2b_party_id):
            return []
        found = lines._b2b_find_rules(pricelist)
        unpriced = lines.filtered(lambda ln: not found[ln][1])
        return [
            Finding(
                code="no_price",
                severity=BLOCK,
                side=SELLER,
                key=f"product:{product.id}",
                message=self.env._(
                    "%(list)s has no price for %(product)s; type one, or add a rule.",
                    list=pricelist.name,
                    product=product.display_name,
                ),
                buyer_message=self.env._(
                    "%s has a price on request only; ask for it, or remove the line.",
                    product.display_name,
                ),
            )
            for product in unpriced.product_id
        ]

    def _b2b_quantity_findings(self):
        findings = []
        lines = self._b2b_goods_lines()
        rules = lines._b2b_quantity_rules_of_customer()
        for line in lines:
            corrected, note = line._b2b_corrected_quantity(rules.get(line))
            if not note:
                continue
            findings.append(
                Finding(
                    code="quantity",
                    severity=BLOCK,
                    side=SELLER,
                    key=f"line:{line.id}",
                    message=self.env._(
                        "%(product)s: %(note)s.",
                        product=line.product_id.display_name,
                        note=line.product_id._b2b_note_text(note),
                    ),
                    solve=self.env._("Order %g.", corrected),
                )
            )
        return findings
