from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    b2b_party_id = fields.Many2one(
        "res.partner",
        "Party",
        related="partner_id.commercial_partner_id",
        store=True,
        index=True,
        precompute=True,
        help="The company that buys, whoever of it ordered.",
    )
    b2b_is_trade = fields.Boolean(
        "Trade order",
        compute="_compute_b2b_is_trade",
        help="Orders of trade customers pass the order gate.",
    )
    b2b_channel_id = fields.Many2one(
        "b2b.sales.channel",
        "Sales channel",
        index=True,
        copy=False,
        default=lambda self: self._default_b2b_channel_id(),
        help="The way by which this order reached us.",
    )
    b2b_orderer_id = fields.Many2one(
        "res.users",
        "Ordered by",
        readonly=True,
        copy=False,
        index=True,
        help="Who submitted this order. Set by the system.",
    )
    b2b_seat_id = fields.Many2one(
        "b2b.seat",
        "On behalf of",
        compute="_compute_b2b_seat_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index=True,
        ondelete="restrict",
        domain="[('party_id', '=', b2b_party_id)]",
        help="The customer's seat whose budgets and limits count. Empty: the party.",
    )
    # Not readonly: Odoo's import offers no readonly column. Who may is asked there.
    b2b_historical = fields.Boolean(
        "Historical",
        copy=False,
        index=True,
        help="Brought over from an earlier system: delivered, invoiced and closed. "
        "It counts in figures only.",
    )

    @api.model
    def _default_b2b_channel_id(self):
        if self.env.user._is_internal():
            return self.env.ref("b2b_party.channel_rep", raise_if_not_found=False)
        return self.env["b2b.sales.channel"]

    @api.depends("b2b_party_id")
    def _compute_b2b_is_trade(self):
        for order in self:
            order.b2b_is_trade = order.b2b_party_id.b2b_customer_type == "trade"

    # Not of the party: merging two companies must not empty the seats of their orders.
    @api.depends("partner_id")
    def _compute_b2b_seat_id(self):
        """Another customer: the seat of the former one goes."""
        # sudo: who enters an order need not read the seats of the former customer.
        for order in self.sudo():
            seat, party = order.b2b_seat_id, order.partner_id.commercial_partner_id
            order.b2b_seat_id = seat if seat.party_id == party else False

    @api.constrains("b2b_seat_id", "partner_id")
    def _check_b2b_seat(self):
        for order in self.sudo():
            if order.b2b_seat_id and order.b2b_seat_id.party_id != order.b2b_party_id:
                raise UserError(
                    self.env._(
                        "%(seat)s does not sit in %(party)s; choose a seat of the "
                        "party that buys.",
                        seat=order.b2b_seat_id.display_name,
                        party=order.b2b_party_id.name,
                    )
                )

    @api.model
    def _b2b_protected_fields(self):
        """Names that only the system may write; other addons add theirs."""
        return frozenset({"b2b_orderer_id", "b2b_historical"})

    def _b2b_check_protected(self, vals):
        touched = self._b2b_protected_fields() & vals.keys()
        # Views send unset values of readonly fields on create; they say nothing.
        touched = {name for name in touched if vals[name]} if not self else touched
        if touched and not self.env.su:
            labels = ", ".join(
                self._fields[name].get_description(self.env)["string"]
                for name in sorted(touched)
            )
            raise AccessError(
                self.env._("%s is set by the system and cannot be written.", labels)
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.browse()._b2b_check_protected(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._b2b_check_protected(vals)
        if not self.env.su and vals.keys() - self._b2b_historical_writable():
            historical = self.filtered("b2b_historical")
            if historical:
                raise UserError(
                    self.env._(
                        "%s was brought over from an earlier system and cannot be "
                        "changed.",
                        historical[0].name,
                    )
                )
        return super().write(vals)

    @api.model
    def _b2b_historical_writable(self):
        """What may still be written on a historical order: mail and activities."""
        return frozenset(
            name
            for name in self._fields
            if name.startswith(("message_", "activity_", "website_message_"))
        ) | {"access_token"}
