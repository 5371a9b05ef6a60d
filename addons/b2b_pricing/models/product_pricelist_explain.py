from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Who may ask for the price of any party.
ASKING = (
    "b2b_party.group_rep",
    "b2b_party.group_sales_manager",
    "b2b_party.group_pricing",
    "b2b_party.group_order_desk",
    "b2b_party.group_credit",
)


class ProductPricelist(models.Model):
    """Why a price is what it is."""

    _inherit = "product.pricelist"

    @api.readonly
    def b2b_explain(self, product, quantity=1.0, party=None):
        """Staff: how the price of a product comes about.

        :param product: product.product or its id
        :param quantity: in the product's unit
        :param party: res.partner or its id; without a list its own order of lists
            decides
        :return: dict with ``price``, ``currency_id`` and ``steps``, each a dict of
            ``key``, ``label``, ``text`` and ``amount`` (may be None)
        :raise AccessError: for portal users and staff without a B2B role
        """
        self._b2b_check_may_ask()
        product = self._b2b_record("product.product", product)
        party = self._b2b_record("res.partner", party).commercial_partner_id
        agreement = party._b2b_default_agreement() if party and not self else None
        pricelist = self[:1] or (
            party._b2b_pricelist(agreement) if party else self._b2b_public()
        )
        currency = pricelist.currency_id or self.env.company.currency_id
        steps = pricelist._b2b_explain_steps(
            product,
            float(quantity),
            currency=currency,
            party=party,
            agreement=agreement,
            staff=True,
        )
        return {
            "price": steps[-1]["amount"],
            "currency_id": currency.id,
            "currency": currency.name,
            "steps": steps,
        }

    @api.model
    def _b2b_check_may_ask(self):
        """Refuse whoever has no business with other people's prices."""
        user = self.env.user
        if not user._is_internal() or not any(map(user.has_group, ASKING)):
            raise AccessError(self.env._("Prices are explained to our sales staff."))

    @api.model
    def _b2b_record(self, model, value):
        """A record that the user may read, from a record or an id."""
        if isinstance(value, models.BaseModel):
            record = value if value._name == model else self.env[model]
        else:
            record = self.env[model].browse(int(value) if value else [])
        record = record.exists()
        record.check_access("read")
        return record

    @api.model
    def _b2b_step(self, key, label, text="", amount=None, currency=None):
        return {
            "key": key,
            "label": label,
            "text": text,
            "amount": amount,
            "amount_text": (
                currency.format(amount) if currency and amount is not None else ""
            ),
        }

    def _b2b_explain_steps(
        self,
        product,
        quantity,
        *,
        currency,
        party=None,
        agreement=None,
        uom=None,
        date=None,
        staff=False,
    ):
        """The steps of a price, in the order in which the engine asks.

        Staff: agreement, list, rule, base, surcharge, rounding, floor. Buyers get no
        names of lists or rules: agreement, price of the first piece, break and result.
        """
        _ = self.env._
        date = date or fields.Datetime.now()
        call = {"uom": uom, "date": date, "currency": currency, "b2b_party": party}
        price, rule_id = self._compute_price_rule(product, quantity, **call)[product.id]
        rule = self.env["product.pricelist.item"].browse(rule_id or [])
        priced = rule or not self._b2b_ends_without_price(party)
        steps = []
        if agreement:
            steps.append(self._b2b_step("agreement", _("Agreement"), agreement.name))
        if staff:
            steps += self._b2b_staff_steps(
                rule,
                product,
                quantity,
                {**call, "uom": uom or product.uom_id},
                agreement,
            )
        elif priced:
            steps += self._b2b_break_steps(product, quantity, price, call, agreement)
        steps.append(
            self._b2b_step(
                "result",
                _("Price") if staff else _("Your price"),
                "" if priced else _("on request"),
                price if priced else None,
                currency,
            )
        )
        return steps

    def _b2b_break_steps(self, product, quantity, price, call, agreement=None):
        """Price of the smallest quantity, and what the break takes off it."""
        _ = self.env._
        uom = call["uom"] or product.uom_id
        first = product.uom_id._compute_quantity(
            product._b2b_quantity_rule(call["b2b_party"], agreement).first,
            uom,
            raise_if_failure=False,
        )
        if first >= quantity:
            return []
        base = self._compute_price_rule(product, first, **call)[product.id][0]
        currency = call["currency"]
        if currency.compare_amounts(base, price) == 0:
            return []
        return [
            self._b2b_step(
                "base",
                _("From %(count)g %(unit)s", count=first, unit=uom.name),
                "",
                base,
                currency,
            ),
            self._b2b_step(
                "break", _("Break"), _("you order %g", quantity), price - base, currency
            ),
        ]
