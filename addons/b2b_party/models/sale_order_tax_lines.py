from odoo import api, models
from odoo.exceptions import UserError

from .sale_order_tax import HAND

#: Lines that a message names.
NAMED = 3


class SaleOrder(models.Model):
    """Taxes that somebody typed on single lines, where others follow by all rules."""

    _inherit = "sale.order"

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and "fiscal_position_id" in vals:
            self._b2b_refuse_tax_by_hand()
        return result

    def _b2b_tax_is_closed(self):
        """Whether nobody of ours is asked any more before this order is confirmed.

        Then a tax that was typed would be found by nobody: it waits for a decision;
        addons say more.
        """
        self.ensure_one()
        return self.state in ("draft", "sent") and self._b2b_channel_is_fixed()

    def _b2b_refuse_tax_by_hand(self):
        """:raise UserError: for a typed position or tax where no gate would ask"""
        if self.env.user.share:
            return
        for order in self.filtered("b2b_is_trade"):
            notes = order._b2b_tax_is_closed() and order._b2b_typed_notes()
            if notes:
                raise UserError(
                    self.env._("%(order)s: %(why)s", order=order.name, why=notes[0][1])
                )

    def _b2b_typed_notes(self):
        """Also says which lines bear other taxes than article and position give."""
        notes = super()._b2b_typed_notes()
        odd = [] if notes else self._b2b_odd_taxes()
        if not odd:
            return notes
        none = self.env._("none")
        words = "; ".join(
            self.env._(
                "%(article)s: %(taxes)s instead of %(wanted)s",
                article=line.product_id.display_name,
                taxes=", ".join(line.tax_ids.mapped("name")) or none,
                wanted=", ".join(wanted.mapped("name")) or none,
            )
            for line, wanted in odd[:NAMED]
        )
        if len(odd) > NAMED:
            words = self.env._(
                "%(words)s; and %(more)s more", words=words, more=len(odd) - NAMED
            )
        text = self.env._(
            "Taxes of lines were set by hand (%s). Take those of the article, or have "
            "the exception marked with its document at the party, channel or "
            "agreement.",
            words,
        )
        return [(HAND, text, self.env._("Tax is checked by us before the delivery."))]

    def _b2b_odd_taxes(self):
        """``[(line, taxes it should have)]`` of goods with other taxes than Odoo's.

        Charges, discounts, rewards and down payments follow rules of their own.
        """
        self.ensure_one()
        position, known, odd = self.fiscal_position_id, {}, []
        for line in self._get_update_prices_lines():
            if not line._b2b_is_taxed_as_article():
                continue
            taxes = line.product_id.taxes_id._filter_taxes_by_company(self.company_id)
            if taxes not in known:
                known[taxes] = position.map_tax(taxes)
            if line.tax_ids._origin != known[taxes]._origin:
                odd.append((line, known[taxes]))
        return odd


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su and any("tax_ids" in vals for vals in vals_list):
            lines.order_id._b2b_refuse_tax_by_hand()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and "tax_ids" in vals:
            self.order_id._b2b_refuse_tax_by_hand()
        return result

    def _b2b_is_taxed_as_article(self):
        """Whether the taxes of the line are those of its article."""
        self.ensure_one()
        return bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and self.product_type != "combo"
            and not self._is_global_discount()
            and not ("is_reward_line" in self._fields and self.is_reward_line)
        )
