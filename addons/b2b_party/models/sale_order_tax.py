from odoo import api, fields, models
from odoo.tools import format_date

from ..rules import tax_place
from ..rules.finding import BLOCK, SELLER, WARN, Finding

#: Key of the finding about a position that somebody typed.
HAND = "hand"
#: What decides where the goods go and start.
PLACE = frozenset({"partner_shipping_id", "warehouse_id", "b2b_pickup"})
#: What else may bring another fiscal position: Odoo works it out anew, not the taxes.
#: Channel and agreement have their own way, see there.
MOVERS = PLACE | {
    "partner_id",
    "company_id",
    "b2b_seat_id",
    "b2b_orderer_id",
    "fiscal_position_id",
}


class SaleOrder(models.Model):
    """Tax follows the place of supply; what overrules it is marked (DECISIONS 15).

    First the channel's position, then the party's own one, each only where it fits
    the country, is marked, and its document is valid; else what follows from where
    the goods go and start. An agreement stands above all (``b2b_pricing``).
    """

    _inherit = "sale.order"

    b2b_pickup = fields.Boolean(
        "Collected by the customer",
        copy=False,
        tracking=True,
        help="The goods are handed over at our warehouse: tax is that of a delivery "
        "there, wherever the buyer takes them.",
    )
    b2b_tax_note = fields.Text(
        "Tax note",
        compute="_compute_b2b_tax_note",
        groups="base.group_user",
        help="Why an agreed fiscal position, or a VAT number, is not used for this "
        "order.",
    )

    # -- where --

    def _b2b_supply_place(self):
        """The address that decides: of the delivery, or our warehouse's."""
        self.ensure_one()
        if self.b2b_pickup:
            warehouse = self.sudo().warehouse_id._b2b_address()
            return warehouse or self.sudo().company_id.partner_id
        return self.partner_shipping_id or self.partner_id

    def _b2b_goods_from(self):
        """Country in which the goods start."""
        self.ensure_one()
        warehouse = self.sudo().warehouse_id._b2b_address().country_id
        return warehouse or self.sudo().company_id.country_id

    def _b2b_supply(self):
        return self.partner_id._b2b_supply(
            self._b2b_supply_place(), self._b2b_goods_from(), self.company_id
        )

    def _b2b_supply_position(self):
        """The position that follows from where the goods go and start."""
        self.ensure_one()
        return self.partner_id._b2b_supply_position(
            self._b2b_supply_place(), self._b2b_goods_from(), self.company_id
        )

    def _b2b_position_fits(self, position):
        """Tax follows the place of supply: the position must fit the address."""
        self.ensure_one()
        return position._b2b_fits(self._b2b_supply_place())

    def _b2b_supply_country(self):
        place = self._b2b_supply_place().sudo()
        return place.country_id.name or self.env._("an unknown country")

    # -- which position --

    def _b2b_tax_holders(self):
        """Who may overrule the place: ``[(key, record)]``, the strongest first.

        Records of the tax mark's mixin with a position, rights lifted.
        """
        self.ensure_one()
        order = self.sudo().with_company(self.company_id)
        terms = order._b2b_channel_terms().sudo().with_company(self.company_id)
        party = order.partner_id.commercial_partner_id
        held = [("channel", terms), ("party", party)]
        return [(key, one) for key, one in held if one and one._b2b_tax_position()]

    def _b2b_wanted_position(self, holders=None):
        """The fiscal position of this order by all rules."""
        self.ensure_one()
        place = self._b2b_supply_place()
        for _key, holder in self._b2b_tax_holders() if holders is None else holders:
            if not holder._b2b_tax_fault(place):
                return holder._b2b_tax_position().with_env(self.env)
        return self._b2b_supply_position()

    @api.depends("warehouse_id", "b2b_pickup")
    def _compute_fiscal_position_id(self):
        super()._compute_fiscal_position_id()
        for order in self.filtered(lambda o: o.partner_id and o.b2b_is_trade):
            position = order._b2b_wanted_position()
            if position != order.fiscal_position_id:
                order.fiscal_position_id = position.id

    def write(self, vals):
        if not MOVERS & vals.keys() or "order_line" in vals:
            return super().write(vals)
        open_orders = self.filtered(
            lambda o: o.b2b_is_trade and not o._b2b_channel_is_fixed()
        )
        before = {order: order.fiscal_position_id for order in open_orders}
        result = super().write(vals)
        for order, position in before.items():
            order._b2b_follow_position(position)
        return result

    @api.onchange(*sorted(MOVERS - {"company_id", "b2b_orderer_id"}))
    def _onchange_b2b_place(self):
        """In the form the taxes follow at once, without a button."""
        former = self._origin
        if not self.b2b_is_trade:
            return
        if not former:
            self._recompute_taxes()
        elif self.fiscal_position_id == former.fiscal_position_id:
            self._b2b_take_taxes_back()
        else:
            self._b2b_follow_position(former.fiscal_position_id)

    def _b2b_take_taxes_back(self):
        """The place changed there and back again in an open form: as it was saved."""
        for line in self.order_line:
            saved = line._origin
            if saved.product_id == line.product_id and saved.tax_ids != line.tax_ids:
                included = any((saved.tax_ids | line.tax_ids).mapped("price_include"))
                line.tax_ids = saved.tax_ids
                if included:
                    line.price_unit = saved.price_unit

    def _b2b_settle_lines(self):
        """A document that is over since the order was begun is not used any more."""
        for order in self:
            if order.b2b_is_trade and not order._b2b_channel_is_fixed():
                order._b2b_leave_unused_position()
        return super()._b2b_settle_lines()

    def _b2b_leave_unused_position(self):
        if self.env.user.share and self.state == "draft":
            # The buyer sends it himself: nobody typed a position, nobody is asked.
            self._b2b_follow_facts()
            return
        former = self.fiscal_position_id
        place = self._b2b_supply_place()
        faulty = [
            holder._b2b_tax_position()
            for _key, holder in self._b2b_tax_holders()
            if holder._b2b_tax_fault(place)
        ]
        if former not in faulty:
            return
        wanted = self._b2b_wanted_position()
        if wanted != former:
            self.fiscal_position_id = wanted
            self._b2b_follow_position(former)

    def _b2b_follow_facts(self):
        """Party or address changed: the position follows, with taxes and a note."""
        self.ensure_one()
        if not self.b2b_is_trade:
            return
        former, wanted = self.fiscal_position_id, self._b2b_wanted_position()
        if wanted.id == former.id:
            return
        self.fiscal_position_id = wanted.id
        none = self.env._("none")
        self.message_post(
            body=self.env._(
                "The facts for tax of %(party)s changed: fiscal position %(wanted)s "
                "instead of %(former)s, taxes of the lines with it.",
                party=self.b2b_party_id.name,
                wanted=wanted.name or none,
                former=former.name or none,
            )
        )

    # -- words --

    @api.depends(
        "b2b_channel_id",
        "partner_shipping_id",
        "partner_id",
        "company_id",
        "warehouse_id",
        "b2b_pickup",
        "fiscal_position_id",
        "order_line.tax_ids",
    )
    def _compute_b2b_tax_note(self):
        for order in self:
            notes = order._b2b_tax_notes() if order.partner_id else []
            order.b2b_tax_note = "\n".join(note[1] for note in notes) or False

    def _b2b_tax_notes(self):
        """Why something agreed about tax is not used: ``[(key, staff's words, buyer's
        words)]``."""
        self.ensure_one()
        if not self.b2b_is_trade:
            return []
        place, notes = self._b2b_supply_place(), self._b2b_hand_notes()
        for key, holder in self._b2b_tax_holders():
            fault = holder._b2b_tax_fault(place)
            position = holder._b2b_tax_position()
            if not fault:
                return notes
            if position.id != self.fiscal_position_id.id:
                notes.append(
                    (
                        key,
                        self._b2b_tax_fault_text(key, holder, position, fault),
                        self.env._(
                            "Tax is charged as for a delivery to %s.",
                            self._b2b_supply_country(),
                        ),
                    )
                )
        return notes + self._b2b_supply_notes()

    def _b2b_hand_notes(self):
        """A position that somebody typed, where another one follows by all rules.

        Buyers cannot type one, so their pages are not asked; what they accept was made
        by us.
        """
        own = self.env.user.share and self.state != "sent"
        if own or self._b2b_channel_is_fixed():
            return []
        return self._b2b_typed_notes()

    def _b2b_typed_notes(self):
        """As :meth:`_b2b_hand_notes`, whoever asks and whenever."""
        position = self.fiscal_position_id._origin
        wanted = self._b2b_wanted_position()
        if position.id == wanted.id:
            return []
        text = self.env._(
            "Fiscal position %(position)s was set by hand; by place of supply and "
            "agreed documents it is %(wanted)s for a delivery to %(country)s. Choose "
            "that, or have the exception marked with its document at the party, "
            "channel or agreement.",
            position=position.name or self.env._("none"),
            wanted=wanted.name or self.env._("none"),
            country=self._b2b_supply_country(),
        )
        return [(HAND, text, self.env._("Tax is checked by us before the delivery."))]

    def _b2b_tax_holder_name(self, key, holder):
        if key == "channel":
            return self.env._("channel %s", self.sudo().b2b_channel_id.name)
        return holder.name

    def _b2b_tax_fault_text(self, key, holder, position, fault):
        values = {
            "position": position.name,
            "holder": self._b2b_tax_holder_name(key, holder),
            "country": self._b2b_supply_country(),
        }
        if fault == "place":
            return self.env._(
                "Fiscal position %(position)s of %(holder)s does not fit a delivery "
                "to %(country)s; tax follows the place of delivery.",
                **values,
            )
        if fault == "expired":
            day = format_date(self.env, holder.b2b_tax_valid_until)
            return self.env._(
                "The tax document of %(holder)s was valid until %(day)s; fiscal "
                "position %(position)s is not used. Ask for a new one.",
                day=day,
                **values,
            )
        return self.env._(
            "Fiscal position %(position)s of %(holder)s is not marked as overruling "
            "the place of supply, with a document; tax follows the place of delivery.",
            **values,
        )

    def _b2b_supply_notes(self):
        """An unchecked VAT number, and where a position or registration is missing."""
        supply, found = self._b2b_supply(), bool(self.fiscal_position_id)
        later = self.env._("Tax is checked by us before the delivery.")
        notes = []
        if tax_place.number_would_count(supply):
            yours = self.env._("Your VAT number is not confirmed yet; tax is charged.")
            notes.append(("vat", self._b2b_number_text(), yours))
        if tax_place.is_unregistered(supply, found):
            notes.append(("registration", self._b2b_registration_text(), later))
        if tax_place.lacks_union_position(supply, found):
            notes.append(("union", self._b2b_union_text(), later))
        return notes

    def _b2b_number_text(self):
        party = self.sudo().b2b_party_id
        return self.env._(
            "VAT number %(vat)s of %(party)s was not checked or is not valid; tax is "
            "charged. Check it to deliver to %(country)s without.",
            vat=party.vat,
            party=party.name,
            country=self._b2b_supply_country(),
        )

    def _b2b_registration_text(self):
        return self.env._(
            "The goods start and stay in %(country)s, where %(company)s has no "
            "registration; add a fiscal position with its VAT number there.",
            country=self._b2b_supply_country(),
            company=self.company_id.name,
        )

    def _b2b_union_text(self):
        return self.env._(
            "The VAT number of %(party)s is valid, but no fiscal position for business "
            "deliveries within the European Union is active, so tax is charged. Add "
            "one that names the group of countries and requires a VAT number.",
            party=self.sudo().b2b_party_id.name,
        )

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if self._b2b_channel_is_fixed():
            return findings
        return findings + [
            Finding(
                code="tax",
                severity=self._b2b_tax_severity(key),
                side=SELLER,
                message=message,
                buyer_message=buyer_message,
                key=key,
            )
            for key, message, buyer_message in self._b2b_tax_notes()
        ]

    def _b2b_tax_severity(self, key):
        """Only channel, party and agreement overrule the place (DECISIONS 15)."""
        self.ensure_one()
        return BLOCK if key == HAND else WARN
