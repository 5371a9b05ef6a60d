from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

#: Agreements that ended within so many days are still shown, struck out.
SHOW_ENDED_DAYS = 90


class SaleOrder(models.Model):
    """Totals of an open order under each agreement, without changing anything."""

    _inherit = "sale.order"

    def b2b_compare_agreements(self):
        """The total of this open order under each agreement of its party.

        Nothing is written; the number of queries per agreement does not depend on
        the number of lines. Promotions are not worked out anew: reward and delivery
        lines keep their value.

        :return: list of dicts as :meth:`_b2b_totals` with ``current``, ``usable`` and
            ``note``; agreements that ended have no amounts
        :raise AccessError: no right to read the order or to choose agreements
        """
        self.ensure_one()
        self.check_access("read")
        self._b2b_check_may_compare()
        # sudo: portal users read neither agreements nor lists; checked above.
        order = self.sudo().with_company(self.company_id)
        if order.state != "draft" or order._b2b_is_submitted():
            raise UserError(
                self.env._("%s is no longer open; its agreement is fixed.", self.name)
            )
        rows = [
            order._b2b_compared_row(agreement)
            for agreement in order.b2b_party_id._b2b_agreements()
        ]
        return rows + [
            {
                **order._b2b_totals_row(
                    agreement, agreement.currency_id or order.currency_id, 0, 0, 0
                ),
                "amount_untaxed": None,
                "amount_tax": None,
                "amount_total": None,
                "text": "",
                "current": agreement == order.b2b_agreement_id,
                "usable": False,
                "note": self.env._("ended %s", agreement._b2b_day(agreement.date_end)),
            }
            for agreement in order._b2b_ended_agreements()
        ]

    def action_b2b_compare_agreements(self):
        """Open the totals of this order under each agreement of its customer."""
        self.ensure_one()
        self.check_access("write")
        lines = [
            {
                "agreement_id": row["agreement_id"],
                "currency_id": row["currency_id"],
                "is_current": row["current"],
                "is_usable": row["usable"],
                "note": self.env._("in use") if row["current"] else row["note"],
                "amount_untaxed": row["amount_untaxed"] or 0.0,
                "amount_tax": row["amount_tax"] or 0.0,
                "amount_total": row["amount_total"] or 0.0,
            }
            for row in self.b2b_compare_agreements()
        ]
        if not lines:
            raise UserError(
                self.env._("%s has no agreement in use.", self.b2b_party_id.name)
            )
        compare = self.env["b2b.agreement.compare"].create(
            {"order_id": self.id, "line_ids": [(0, 0, line) for line in lines]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("%s under each agreement", self.name),
            "res_model": "b2b.agreement.compare",
            "res_id": compare.id,
            "view_mode": "form",
            "target": "new",
        }

    def _b2b_check_may_compare(self):
        user = self.env.user
        if not user.share:
            return
        own = self.sudo().b2b_party_id.id in user._b2b_party_ids()
        if not (
            own and user._b2b_can("choose_agreement") and user._b2b_can("see_prices")
        ):
            raise AccessError(
                self.env._("Your role does not choose agreements; ask your company.")
            )

    def _b2b_ended_agreements(self):
        """Agreements of the party that were in use until a short while ago."""
        today = fields.Date.context_today(self)
        return self.env["b2b.agreement"].search(
            [
                ("party_id", "=", self.b2b_party_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("running", "closed")),
                ("date_end", "<", today),
                ("date_end", ">=", today - timedelta(days=SHOW_ENDED_DAYS)),
                # The next version stands for it.
                (
                    "number",
                    "not in",
                    self.b2b_party_id._b2b_agreements().mapped("number"),
                ),
            ],
            order="date_end desc",
        )

    def _b2b_compared_row(self, agreement):
        current = agreement == self.b2b_agreement_id
        totals = self._b2b_totals() if current else self._b2b_totals_under(agreement)
        return {**totals, "current": current, "usable": True, "note": ""}

    def _b2b_totals_under(self, agreement):
        """Totals as :meth:`_b2b_switch_agreement` would make them."""
        pricelist = self.b2b_party_id._b2b_pricelist(agreement)
        currency = pricelist.currency_id or self.company_id.currency_id
        terms = {
            "pricelist": pricelist,
            "currency": currency,
            "position": self._b2b_position_under(agreement),
            "rate": self.env["res.currency"]._get_conversion_rate(
                self.company_id.currency_id,
                currency,
                self.company_id,
                (self.date_order or fields.Datetime.now()).date(),
            ),
        }
        lines = self._get_priced_lines().filtered(lambda ln: not ln.b2b_condition_kind)
        asked = lines & self._get_update_prices_lines()
        prices = asked._b2b_prices_under(terms)
        base_lines = [
            line._b2b_base_line_under(terms, prices.get(line.id), self.currency_id)
            for line in lines
        ]
        base_lines += self._b2b_condition_base_lines(agreement, base_lines, terms)
        term = (
            agreement.payment_term_id
            or self._b2b_channel_terms().payment_term_id
            or self.with_company(self.company_id).partner_id.property_payment_term_id
        )
        base_lines = self._b2b_settled_base_lines(base_lines, terms)
        base_lines += self._b2b_early_payment_lines(base_lines, term, currency)
        return self._b2b_sum_base_lines(agreement, base_lines, currency)

    def _b2b_settled_base_lines(self, base_lines, terms):
        """Lines that follow the others (discounts, charges) under other terms.

        :param base_lines: of Odoo's tax engine, priced under these terms
        :param dict terms: as for :meth:`~SaleOrderLine._b2b_prices_under`
        :return: base lines with the following ones worked out anew
        """
        return base_lines

    def _b2b_sum_base_lines(self, agreement, base_lines, currency):
        AccountTax = self.env["account.tax"]
        AccountTax._add_tax_details_in_base_lines(base_lines, self.company_id)
        AccountTax._round_base_lines_tax_details(base_lines, self.company_id)
        totals = AccountTax._get_tax_totals_summary(
            base_lines=base_lines, currency=currency, company=self.company_id
        )
        return self._b2b_totals_row(
            agreement,
            currency,
            totals["base_amount_currency"],
            totals["tax_amount_currency"],
            totals["total_amount_currency"],
        )

    def _b2b_early_payment_lines(self, base_lines, term, currency):
        """As Odoo's own for the order's term: tax on the discounted amount."""
        if not (
            term.early_discount
            and term.early_pay_discount_computation == "mixed"
            and term.discount_percentage
        ):
            return []
        AccountTax = self.env["account.tax"]
        extra = []
        for line in base_lines:
            AccountTax._add_tax_details_in_base_line(line, self.company_id)
            AccountTax._round_base_lines_tax_details([line], self.company_id)
            part = (
                line["tax_details"]["total_excluded_currency"]
                / 100
                * term.discount_percentage
            )
            common = {
                "record": self,
                "quantity": 1.0,
                "currency_id": currency,
                "sign": 1,
                "special_type": "early_payment",
            }
            taxes = line["tax_ids"].flatten_taxes_hierarchy()
            extra.append(
                AccountTax._prepare_base_line_for_taxes_computation(
                    price_unit=-part,
                    tax_ids=taxes.filtered(lambda tax: tax.amount_type != "fixed"),
                    **common,
                )
            )
            extra.append(
                AccountTax._prepare_base_line_for_taxes_computation(
                    price_unit=part, **common
                )
            )
        return extra
