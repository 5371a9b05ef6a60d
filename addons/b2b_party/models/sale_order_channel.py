from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.finding import SELLER, WARN, Finding

STAFF = "base.group_user"

#: States in which an order is still open for another channel.
OPEN = ("draft", "sent")


class SaleOrder(models.Model):
    """Payment term, taxation and bank account follow the channel of the order.

    Above the channel stands the agreement (``b2b_pricing`` overrides these computes),
    below it the party's own term and position. Whoever sets a fiscal position, it is
    used only where it fits the country to which the goods go.
    """

    _inherit = "sale.order"

    b2b_bank_account_id = fields.Many2one(
        "res.partner.bank",
        "Paid to",
        compute="_compute_b2b_bank_account_id",
        compute_sudo=True,
        groups=STAFF,
        help="Our bank account that the invoice will name, by what was agreed with the "
        "party. Empty: as for all invoices.",
    )
    b2b_tax_note = fields.Char(
        "Tax note",
        compute="_compute_b2b_tax_note",
        groups=STAFF,
        help="Why an agreed fiscal position is not used for this order.",
    )
    incoterm = fields.Many2one(
        compute="_compute_incoterm", store=True, readonly=False, precompute=True
    )

    def _b2b_channel_terms(self):
        """Terms of the party for the channel of this order, rights lifted."""
        self.ensure_one()
        return self.partner_id._b2b_channel_terms(self.b2b_channel_id, self.company_id)

    # -- computed, each may be overruled by hand --

    @api.depends("b2b_channel_id")
    def _compute_payment_term_id(self):
        super()._compute_payment_term_id()
        for order in self:
            term = order._b2b_channel_terms().payment_term_id
            if term:
                order.payment_term_id = term.id

    @api.depends("b2b_channel_id")
    def _compute_fiscal_position_id(self):
        super()._compute_fiscal_position_id()
        for order in self.filtered("partner_id"):
            found = order.fiscal_position_id
            position = order._b2b_position_below_agreement(found)
            if position != found:
                order.fiscal_position_id = position.id

    def _b2b_position_below_agreement(self, found=None):
        """The channel's fiscal position where it fits, else the party's own.

        :param found: what Odoo found for the party; looked up by default
        """
        self.ensure_one()
        positions = self.env["account.fiscal.position"].with_company(self.company_id)
        if found is None:
            found = positions._get_fiscal_position(
                self.partner_id, self.partner_shipping_id
            )
        position = self._b2b_channel_terms().fiscal_position_id
        if position and self._b2b_position_fits(position):
            return positions.browse(position.id)
        return self._b2b_supply_position() if self._b2b_misfits(found) else found

    def _b2b_misfits(self, position):
        """Whether the party's own position would be used outside of its country."""
        self.ensure_one()
        if not self.b2b_is_trade or not position:
            return False
        order = self.sudo().with_company(self.company_id)
        by_hand = (
            order.partner_shipping_id.property_account_position_id
            | order.partner_id.property_account_position_id
        )
        return position.id in by_hand.ids and not self._b2b_position_fits(position)

    def _b2b_supply_position(self):
        """The position that fits the delivery address by itself."""
        self.ensure_one()
        positions = self.env["account.fiscal.position"].with_company(self.company_id)
        found = positions.search(
            [
                *positions._check_company_domain(self.company_id),
                ("auto_apply", "=", True),
            ]
        )
        return found._get_first_matching_fpos(
            self.partner_shipping_id or self.partner_id
        )

    def _b2b_position_fits(self, position):
        """Tax follows the place of supply: the position must fit the address."""
        self.ensure_one()
        return position._b2b_fits(self.partner_shipping_id or self.partner_id)

    @api.depends("partner_id")
    def _compute_incoterm(self):
        for order in self:
            party = order.sudo().partner_id.commercial_partner_id
            order.incoterm = party.b2b_incoterm_id.id or order.incoterm.id

    @api.depends("b2b_channel_id", "partner_id", "company_id")
    def _compute_b2b_bank_account_id(self):
        for order in self:
            account = order._b2b_channel_terms().bank_account_id
            order.b2b_bank_account_id = account.filtered("active").id

    @api.depends("b2b_channel_id", "partner_shipping_id", "partner_id", "company_id")
    def _compute_b2b_tax_note(self):
        for order in self:
            position = order._b2b_unused_position()
            order.b2b_tax_note = position and order._b2b_unused_text(position)

    # -- a position that does not fit --

    def _b2b_unused_position(self):
        """The channel's fiscal position when it does not fit the delivery."""
        self.ensure_one()
        if not self.partner_id or not self.b2b_is_trade:
            return None
        position = self._b2b_channel_terms().fiscal_position_id
        return position if position and not self._b2b_position_fits(position) else None

    def _b2b_unused_text(self, position):
        return self.env._(
            "Fiscal position %(position)s of channel %(channel)s does not fit a "
            "delivery to %(country)s; tax follows the place of delivery.",
            position=position.name,
            channel=self.sudo().b2b_channel_id.name,
            country=self._b2b_supply_country(),
        )

    def _b2b_supply_country(self):
        address = self.sudo().partner_shipping_id or self.sudo().partner_id
        return address.country_id.name or self.env._("an unknown country")

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        is_open = not self._b2b_channel_is_fixed()
        position = self._b2b_unused_position() if is_open else None
        if position and not self._b2b_tax_is_agreed():
            findings.append(
                Finding(
                    code="tax",
                    severity=WARN,
                    side=SELLER,
                    message=self._b2b_unused_text(position),
                    buyer_message=self.env._(
                        "Tax is charged as for a delivery to %s.",
                        self._b2b_supply_country(),
                    ),
                    key="channel",
                )
            )
        return findings

    def _b2b_tax_is_agreed(self):
        """Whether something above the channel sets the taxation of this order."""
        return False

    # -- changing the channel --

    def _b2b_channel_is_fixed(self):
        """Whether the order has left the state in which its channel may change."""
        self.ensure_one()
        return self.state not in OPEN

    def write(self, vals):
        if "b2b_channel_id" not in vals:
            return super().write(vals)
        agents = self._b2b_of_agents(vals["b2b_channel_id"])
        if agents:
            rest = {k: v for k, v in vals.items() if k != "b2b_channel_id"}
            agents.write(rest)
            return (self - agents).write(vals) if self - agents else True
        changed = self.filtered(
            lambda o: o.b2b_channel_id.id != (vals["b2b_channel_id"] or False)
        )
        if not changed:
            # Writing the same again would put terms back that were changed by hand.
            vals = {k: v for k, v in vals.items() if k != "b2b_channel_id"}
            return super().write(vals) if vals else True
        changed._b2b_check_channel_open()
        before = {order: order.fiscal_position_id for order in changed}
        result = super().write(vals)
        if "order_line" not in vals:
            for order, position in before.items():
                order._b2b_follow_position(position)
        return result

    def _b2b_of_agents(self, channel_id):
        """Orders of agents, who submit in the portal: their channel stays agent."""
        channel = self.env["b2b.sales.channel"].browse(channel_id or [])
        # sudo: only the kind of a channel is asked.
        if channel.sudo().kind != "portal":
            return self.browse()
        return self.filtered("b2b_agent_id")

    def _b2b_check_channel_open(self):
        for order in self:
            if order._b2b_channel_is_fixed():
                raise UserError(
                    self.env._(
                        "%(order)s came by %(channel)s and is no longer open; its "
                        "sales channel cannot be changed.",
                        order=order.name,
                        channel=order.b2b_channel_id.name or self.env._("no channel"),
                    )
                )

    def _b2b_follow_position(self, former):
        """Taxes of the lines after another fiscal position, prices where they must.

        Prices that include tax depend on it; others stay, with hand-typed ones.
        """
        self.ensure_one()
        if self.fiscal_position_id == former or not self.order_line:
            return
        included = any(self.order_line.tax_ids.mapped("price_include"))
        self._recompute_taxes()
        if included or any(self.order_line.tax_ids.mapped("price_include")):
            self._recompute_prices()

    @api.onchange("b2b_channel_id")
    def _onchange_b2b_channel_id(self):
        """In the form the taxes follow at once, without a button."""
        former = self._origin
        if former.b2b_channel_id != self.b2b_channel_id:
            self._b2b_follow_position(former.fiscal_position_id)

    def _prepare_invoice(self):
        return {**super()._prepare_invoice(), "b2b_channel_id": self.b2b_channel_id.id}
