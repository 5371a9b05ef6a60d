from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sale_order_compare import SHOW_ENDED_DAYS

PRICING = "b2b_party.group_pricing"
#: More than one order line can hold.
MOST = 999_999


class PriceCheck(models.AbstractModel):
    """What a party pays for an article, and why: the page for our staff."""

    _name = "b2b.price.check"
    _description = "Price check"

    @api.model
    @api.readonly
    def b2b_check(
        self,
        party_id,
        product_id,
        quantity=0.0,
        date=None,
        agreement_id=None,
        compare_id=None,
    ):
        """Price, steps, breaks, other agreements and, for pricing, a second party.

        :param quantity: in the product's unit; 0 is the smallest orderable one
        :param date: ``YYYY-MM-DD`` of prices, rates and agreements; today by default
        :param agreement_id: one that the party can use; None is its default one,
            False is none
        :param compare_id: a second party, for the pricing role only
        :return: dict for the page; amounts as text beside the numbers
        :raise AccessError: for anybody but sales staff, and for parties of others
        """
        Pricelist = self.env["product.pricelist"]
        Pricelist._b2b_check_may_ask()
        party = self._b2b_readable_party(party_id)
        product = Pricelist._b2b_record("product.product", product_id)
        if not party or not product:
            raise UserError(self.env._("Choose a party and a product."))
        quantity = self._b2b_read_quantity(quantity)
        day = self._b2b_read_day(date)
        asked = self._b2b_asked(party, product, quantity, day, agreement_id)
        return {
            **self._b2b_head(asked),
            **self._b2b_price_of(asked),
            "breaks": self._b2b_breaks(asked),
            "others": self._b2b_other_agreements(asked),
            "compare": self._b2b_compare(asked, compare_id),
            "may_compare": self.env.user.has_group(PRICING),
        }

    # -- what was asked --

    @api.model
    def _b2b_readable_party(self, party_id):
        party = self.env["res.partner"].browse(int(party_id) if party_id else [])
        # One sentence for what is not there and what is somebody else's.
        if party and not (party.exists() and party.has_access("read")):
            raise AccessError(
                self.env._("You may not see this party; choose one of yours.")
            )
        return party.commercial_partner_id

    @api.model
    def _b2b_read_quantity(self, quantity):
        try:
            value = float(quantity or 0.0)
        except (TypeError, ValueError):
            value = -1.0
        if not 0 <= value <= MOST:
            raise UserError(self.env._("Type a quantity from 0 to 999,999."))
        return value

    @api.model
    def _b2b_read_day(self, date):
        try:
            return fields.Date.to_date(date) or fields.Date.context_today(self)
        except ValueError:
            raise UserError(
                self.env._("“%s” is no date; choose one.", str(date)[:20])
            ) from None

    @api.model
    def _b2b_moment_of(self, day):
        """Now for today, else noon where the company is."""
        if day == fields.Date.context_today(self):
            return fields.Datetime.now()
        zone = pytz.timezone(self.env.company.partner_id.tz or "UTC")
        noon = zone.localize(datetime.combine(day, time(12)))
        return noon.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _b2b_asked(self, party, product, quantity, day, agreement_id=None):
        """Everything that decides one price, as a dict."""
        agreements = party._b2b_agreements(day)
        if agreement_id is None:
            agreement = party._b2b_default_agreement(day)
        else:
            agreement = agreements.browse(int(agreement_id) if agreement_id else [])
        if agreement and agreement not in agreements:
            raise UserError(
                self.env._(
                    "%(party)s cannot use this agreement on %(day)s; choose another.",
                    party=party.name,
                    day=agreements._b2b_day(day),
                )
            )
        pricelist = party._b2b_pricelist(agreement)
        rule = product._b2b_quantity_rule(party, agreement)
        return {
            "party": party,
            "product": product,
            "day": day,
            "date": self._b2b_moment_of(day),
            "agreement": agreement,
            "agreements": agreements,
            "pricelist": pricelist,
            "currency": pricelist.currency_id or self.env.company.currency_id,
            "rule": rule,
            "typed": quantity or rule.first,
            # Priced is what can be ordered, as the cart would correct it.
            "quantity": rule.correct(quantity) if quantity else rule.first,
        }

    # -- the answer --

    @api.model
    def _b2b_head(self, asked):
        product, quantity = asked["product"], asked["quantity"]
        note = asked["rule"].note(asked["typed"])
        return {
            "party": {"id": asked["party"].id, "name": asked["party"].name},
            "product": {"id": product.id, "name": product.display_name},
            "quantity": quantity,
            "unit": product.uom_id.name,
            "date": fields.Date.to_string(asked["day"]),
            "agreement_id": asked["agreement"].id or False,
            "agreements": [
                {
                    "id": agreement.id,
                    "name": self.env._("%s (default)", agreement.name)
                    if agreement.is_default
                    else agreement.name,
                }
                for agreement in asked["agreements"]
            ],
            "quantity_note": product._b2b_note_text(note) if note else "",
        }

    @api.model
    def _b2b_steps(self, asked, staff):
        return asked["pricelist"]._b2b_explain_steps(
            asked["product"],
            asked["quantity"],
            currency=asked["currency"],
            party=asked["party"],
            agreement=asked["agreement"],
            date=asked["date"],
            staff=staff,
        )

    @api.model
    def _b2b_price_of(self, asked):
        currency = asked["currency"]
        steps = self._b2b_steps(asked, staff=True)
        price = steps[-1]["amount"]
        counted = [step for step in steps[:-1] if step["amount"] is not None]
        agrees = price is not None and bool(
            counted and not currency.compare_amounts(counted[-1]["amount"], price)
        )
        return {
            "price": price,
            "price_text": self._b2b_money(price, currency),
            "total_text": self._b2b_money(
                price and price * asked["quantity"], currency
            ),
            "steps": steps,
            "buyer_steps": self._b2b_steps(asked, staff=False),
            "agrees": agrees,
            **self._b2b_margin(asked, price),
        }

    @api.model
    def _b2b_money(self, amount, currency):
        return self.env._("on request") if amount is None else currency.format(amount)

    @api.model
    def _b2b_margin(self, asked, price):
        """Margin on supplier net, else on cost, for those who may read it."""
        product, currency = asked["product"], asked["currency"]
        user = self.env.user
        sees = asked["pricelist"]._b2b_sees_cost() and user._b2b_field_allowed(
            "sale.order.line", "margin", "read"
        )
        if not sees:
            return {"sees_cost": False}
        net = product._b2b_net(
            asked["quantity"], product.uom_id, asked["date"], currency
        )
        margin = (price - net.amount) / price if net and price else None
        return {
            "sees_cost": True,
            "cost_label": self.env._("Supplier net")
            if net and net.seller
            else self.env._("Cost"),
            "cost_text": self._b2b_money(net.amount, currency)
            if net
            else self.env._("not known"),
            "margin": margin,
            "margin_text": "–" if margin is None else f"{margin * 100:.1f} %",
            "margin_low": margin is not None and margin < 0,
        }

    @api.model
    def _b2b_points(self, asked, quantities=None):
        """``(price at the asked quantity, [(from, price)])``."""
        found = asked["pricelist"]._b2b_prices(
            asked["product"],
            quantities or asked["quantity"],
            currency=asked["currency"],
            date=asked["date"],
            party=asked["party"],
            rules={asked["product"].id: asked["rule"]},
        )[asked["product"].id]
        return found["price"], found["breaks"]

    @api.model
    def _b2b_breaks(self, asked):
        _price, breaks = self._b2b_points(asked)
        lows = [low for low, _amount in breaks]
        reached = max((low for low in lows if low <= asked["quantity"]), default=None)
        return [
            {
                "label": label,
                "price_text": asked["currency"].format(amount),
                "reached": low == reached,
            }
            for (low, amount), label in zip(breaks, self._b2b_ranges(lows), strict=True)
        ]

    @api.model
    def _b2b_ranges(self, lows):
        """``1–9``, ``10+`` out of the quantities from which a price counts."""
        highs = [*lows[1:], None]
        labels = []
        for low, high in zip(lows, highs, strict=True):
            if high is None:
                labels.append(f"{low:g}+")
            elif float(low).is_integer() and float(high).is_integer():
                labels.append(f"{low:g}–{high - 1:g}" if high - 1 > low else f"{low:g}")
            else:
                labels.append(self.env._("from %g", low))
        return labels

    # -- side by side --

    @api.model
    def _b2b_other_agreements(self, asked):
        rows = []
        price, _breaks = self._b2b_points(asked)
        for agreement in asked["agreements"] - asked["agreement"]:
            other = self._b2b_asked(
                asked["party"],
                asked["product"],
                asked["quantity"],
                asked["day"],
                agreement.id,
            )
            amount, _breaks = self._b2b_points(other)
            rows.append(
                {
                    "id": agreement.id,
                    "name": agreement.name,
                    "price_text": self._b2b_money(amount, other["currency"]),
                    "note": self._b2b_difference(asked, price, other, amount),
                }
            )
        return rows + [
            {
                "id": False,
                "name": agreement.name,
                "price_text": "",
                "note": self.env._("ended %s", agreement._b2b_day(agreement.date_end)),
            }
            for agreement in self._b2b_ended(asked)
        ]

    @api.model
    def _b2b_ended(self, asked):
        """Agreements of the party that ended a short while before that day."""
        return self.env["b2b.agreement"].search(
            [
                ("party_id", "=", asked["party"].id),
                ("company_id", "=", self.env.company.id),
                ("state", "in", ("running", "closed")),
                ("date_end", "<", asked["day"]),
                ("date_end", ">=", asked["day"] - timedelta(days=SHOW_ENDED_DAYS)),
                ("number", "not in", asked["agreements"].mapped("number")),
            ],
            order="date_end desc",
        )

    @api.model
    def _b2b_difference(self, asked, price, other, amount):
        """``−3.0 %``, or ``≈ €12.59, −3.0 %`` from another currency."""
        if price is None or amount is None:
            return ""
        own, foreign = asked["currency"], other["currency"]
        converted = foreign._convert(
            amount, own, self.env.company, asked["date"], round=False
        )
        if not own.compare_amounts(converted, price):
            text = self.env._("same")
        elif not price:
            text = ""
        else:
            text = f"{(converted / price - 1) * 100:+.1f} %".replace("-", "−")
        if own == foreign:
            return text
        return f"≈ {own.format(converted)}, {text}" if text else own.format(converted)

    @api.model
    def _b2b_compare(self, asked, compare_id):
        """The same article for a second party, for the pricing role only."""
        if not compare_id:
            return False
        if not self.env.user.has_group(PRICING):
            raise AccessError(
                self.env._("Prices of two parties are compared by the pricing role.")
            )
        second = self._b2b_readable_party(compare_id)
        other = self._b2b_asked(
            second, asked["product"], asked["quantity"], asked["day"]
        )
        lows = {low for low, _p in self._b2b_points(asked)[1]}
        lows |= {low for low, _p in self._b2b_points(other)[1]}
        lows = sorted(lows | {asked["quantity"]}) if not lows else sorted(lows)
        return {
            "id": second.id,
            "name": second.name,
            "agreement": other["agreement"].name or "",
            "rows": [
                self._b2b_compared(asked, other, low, label)
                for low, label in zip(lows, self._b2b_ranges(lows), strict=True)
            ],
        }

    @api.model
    def _b2b_compared(self, asked, other, low, label):
        _ = self.env._
        mine, _breaks = self._b2b_points(asked, low)
        theirs, _breaks = self._b2b_points(other, low)
        word = ""
        if mine is not None and theirs is not None:
            own = asked["currency"]
            converted = other["currency"]._convert(
                theirs, own, self.env.company, asked["date"], round=False
            )
            order = own.compare_amounts(converted, mine)
            word = [
                _("same"),
                _("%s pays more", other["party"].name),
                _("%s pays less", other["party"].name),
            ][order]
        return {
            "label": label,
            "first": self._b2b_money(mine, asked["currency"]),
            "second": self._b2b_money(theirs, other["currency"]),
            "word": word,
        }
