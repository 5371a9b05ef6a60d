from odoo import api, fields, models
from odoo.exceptions import UserError

STAFF = "base.group_user"

#: States in which an order is still open for another channel.
OPEN = ("draft", "sent")


class SaleOrder(models.Model):
    """Payment term, taxation and bank account follow the channel of the order.

    Above the channel stands the agreement (``b2b_pricing`` overrides these computes),
    below it the party's own term and position. About taxation see ``sale_order_tax``.
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
        # What it becomes is told in ``sale_order_tax``.
        super()._compute_fiscal_position_id()

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
