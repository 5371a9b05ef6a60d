from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Switching an open order to another agreement."""

    _inherit = "sale.order"

    def _b2b_switch_agreement(self, agreement):
        """Put an open order under another agreement and price it anew.

        For callers that have checked the right to choose; the agreement must be one
        of the party's own that can be used today.

        :param agreement: b2b.agreement
        :return: ``{'before': totals, 'after': totals}``, see :meth:`_b2b_totals`
        :raise UserError: order no longer open, or not one of the party's agreements
        """
        self.ensure_one()
        self._b2b_check_switchable()
        party = self.b2b_party_id.with_company(self.company_id)
        if agreement not in party._b2b_agreements():
            # The same sentence for foreign and for missing ones.
            raise UserError(
                self.env._(
                    "This agreement cannot be used for the order; choose another."
                )
            )
        before = self._b2b_totals()
        if agreement == self.b2b_agreement_id:
            return {"before": before, "after": before}
        currency, former = self.currency_id, self.b2b_agreement_id
        with self._b2b_switching():
            self.write({"b2b_agreement_id": agreement.id})
        self._b2b_note_switch(former)
        self._b2b_reprice(currency)
        return {"before": before, "after": self._b2b_totals()}

    def _b2b_next_agreement(self):
        """What an open order goes on under when its agreement is no longer usable.

        A newer version of it, else what a new order of the party would get, which may
        be none.
        """
        self.ensure_one()
        # sudo: asked for portal users, who have no access to agreements.
        order = self.sudo()
        party = order.b2b_party_id.with_company(order.company_id)
        versions = order.b2b_agreement_id._b2b_versions()
        return (versions & party._b2b_agreements())[:1] or (
            party._b2b_default_agreement()
        )

    def _b2b_renew_agreement(self):
        """Put an open order whose agreement has ended under the next one.

        Prices, taxes and terms follow; an order with a usable agreement stays as it
        is. For callers that have checked who may change the order.
        """
        self.ensure_one()
        if not self.sudo()._b2b_agreement_finding():
            return
        former, currency = self.b2b_agreement_id, self.currency_id
        following = self._b2b_next_agreement()
        with self._b2b_switching():
            self.write({"b2b_agreement_id": following.id})
        self._b2b_note_switch(former)
        self._b2b_reprice(currency)

    @contextmanager
    def _b2b_switching(self):
        """While it lasts, ``write`` leaves the pricing to the switch."""
        before = self.env.cr.cache.get("b2b_switching", frozenset())
        self.env.cr.cache["b2b_switching"] = before | set(self.ids)
        try:
            yield
        finally:
            self.env.cr.cache["b2b_switching"] = before

    def _b2b_reprice(self, former_currency=None):
        """Taxes and prices of an open order by its present list and position."""
        self.ensure_one()
        self._recompute_taxes()
        self._recompute_prices()
        if former_currency and former_currency != self.currency_id:
            self._b2b_convert_kept_lines(former_currency)

    def _b2b_convert_kept_lines(self, former_currency):
        """Lines that no list prices (delivery cost) keep their value, not figure."""
        kept = self.order_line.filtered("price_unit") - self._get_update_prices_lines()
        for line in kept.filtered(lambda ln: not ln.display_type):
            price = self._b2b_kept_price(line, former_currency, self.currency_id)
            line.write({"price_unit": price, "technical_price_unit": price})

    def _b2b_kept_price(self, line, former_currency, currency):
        return former_currency._convert(
            line.price_unit,
            currency,
            self.company_id,
            self.date_order or fields.Datetime.now(),
            round=False,
        )

    def _b2b_totals(self):
        """Totals of the order with its agreement, for comparing and messages."""
        self.ensure_one()
        return self._b2b_totals_row(
            self.sudo().b2b_agreement_id,
            self.currency_id,
            self.amount_untaxed,
            self.amount_tax,
            self.amount_total,
        )

    @api.model
    def _b2b_totals_row(self, agreement, currency, untaxed, tax, total):
        return {
            "agreement_id": agreement.id,
            "name": agreement.name or "",
            "currency_id": currency.id,
            "currency": currency.name,
            "amount_untaxed": untaxed,
            "amount_tax": tax,
            "amount_total": total,
            "text": currency.format(total),
        }

    @api.onchange("b2b_agreement_id")
    def _onchange_b2b_agreement_id(self):
        """In the form the lines follow at once; the message shows both totals."""
        former = self._origin
        if not self.order_line or former.b2b_agreement_id == self.b2b_agreement_id:
            return None
        self._b2b_reprice(former.currency_id)
        self.show_update_pricelist = False
        return {
            "warning": {
                "title": self.env._("Agreement changed"),
                "message": self._b2b_switch_text(former),
                "type": "notification",
            }
        }

    def _b2b_switch_text(self, former):
        """The total now, beside that of the saved order where there is one."""
        values = {
            "agreement": self.b2b_agreement_id.name or self.env._("no agreement"),
            "after": self.currency_id.format(self.amount_total),
        }
        if not former:
            return self.env._("Prices follow %(agreement)s: %(after)s.", **values)
        return self.env._(
            "Prices follow %(agreement)s: %(before)s → %(after)s.",
            before=former.currency_id.format(former.amount_total),
            **values,
        )

    @api.onchange("pricelist_id")
    def _onchange_pricelist_id_show_update_prices(self):
        super()._onchange_pricelist_id_show_update_prices()
        if self._origin.b2b_agreement_id != self.b2b_agreement_id:
            # The lines were priced together with the agreement.
            self.show_update_pricelist = False
