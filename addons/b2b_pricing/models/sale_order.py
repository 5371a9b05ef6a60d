from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules.context import PriceContext


class SaleOrder(models.Model):
    """The agreement drives list, payment term, tax and Incoterm of an order."""

    _inherit = "sale.order"

    b2b_agreement_id = fields.Many2one(
        "b2b.agreement",
        "Agreement",
        compute="_compute_b2b_agreement_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'running'), "
        "('is_expired', '=', False), '|', ('party_id', '=', b2b_party_id), "
        "('customer_group_id.partner_ids', 'in', b2b_party_id)]",
        help="Sets price list, payment term, fiscal position and Incoterm of this "
        "order.",
    )
    b2b_agreement_before_id = fields.Many2one(
        "b2b.agreement",
        "Agreement before",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="From which one the open order was switched.",
    )
    b2b_agreement_changed_at = fields.Datetime(
        "Agreement changed at",
        readonly=True,
        copy=False,
        help="When the open order was last switched.",
    )
    b2b_agreement_changed_by_id = fields.Many2one(
        "res.users",
        "Agreement changed by",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who switched the open order last.",
    )

    # -- computed, each may be overruled by hand --

    @api.depends("partner_id", "company_id")
    def _compute_b2b_agreement_id(self):
        found = {}
        for order in self:
            if order.state != "draft":
                # As Odoo does with the list: what was sent stays.
                continue
            party = order.partner_id.commercial_partner_id
            if party.b2b_customer_type != "trade":
                order.b2b_agreement_id = False
                continue
            key = (party.id, order.company_id.id)
            if key not in found:
                found[key] = party.with_company(
                    order.company_id
                )._b2b_default_agreement()
            order.b2b_agreement_id = found[key].id

    @api.depends("b2b_agreement_id")
    def _compute_pricelist_id(self):
        super()._compute_pricelist_id()
        for order in self.filtered(lambda o: o.state == "draft"):
            # sudo: portal users read neither agreements nor lists.
            pricelist = order.sudo().b2b_agreement_id.pricelist_id
            if pricelist.active:
                order.pricelist_id = pricelist.id

    @api.depends("b2b_agreement_id")
    def _compute_payment_term_id(self):
        super()._compute_payment_term_id()
        for order in self:
            term = order.sudo().b2b_agreement_id.payment_term_id
            if term:
                order.payment_term_id = term.id

    @api.depends("b2b_agreement_id")
    def _compute_incoterm(self):
        super()._compute_incoterm()
        for order in self:
            incoterm = order.sudo().b2b_agreement_id.incoterm_id
            if incoterm:
                order.incoterm = incoterm.id

    # -- refusals --

    @api.constrains("b2b_agreement_id", "partner_id", "company_id")
    def _check_b2b_agreement(self):
        for order in self.sudo():
            agreement = order.b2b_agreement_id
            if not agreement or order.b2b_historical:
                continue
            if not agreement._b2b_belongs_to(order.b2b_party_id):
                raise ValidationError(
                    self.env._(
                        "Agreement “%(agreement)s” was not made with %(party)s; choose "
                        "one of its own.",
                        agreement=agreement.name,
                        party=order.b2b_party_id.name,
                    )
                )
            if agreement.company_id != order.company_id:
                raise ValidationError(
                    self.env._(
                        "Agreement “%(agreement)s” is one of %(owner)s, the order is "
                        "sold by %(company)s.",
                        agreement=agreement.name,
                        owner=agreement.company_id.name,
                        company=order.company_id.name,
                    )
                )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {
            "b2b_agreement_before_id",
            "b2b_agreement_changed_at",
            "b2b_agreement_changed_by_id",
        }

    def write(self, vals):
        if "partner_id" in vals:
            # What was switched for one customer is not told to the next one.
            others = self.filtered(lambda o: o.partner_id.id != vals["partner_id"])
            before = {order: order.b2b_party_id for order in others}
            result = self._b2b_write_agreement(vals)
            moved = others.filtered(lambda o: o.b2b_party_id != before[o])
            # sudo: the fields are set by the system.
            moved.sudo().filtered("b2b_agreement_changed_at")._b2b_forget_switch()
            return result
        return self._b2b_write_agreement(vals)

    def _b2b_write_agreement(self, vals):
        if "b2b_agreement_id" not in vals:
            return super().write(vals)
        changed = self.filtered(
            lambda o: o.b2b_agreement_id.id != (vals["b2b_agreement_id"] or False)
        )
        changed._b2b_check_switchable()
        switching = self.env.cr.cache.get("b2b_switching", frozenset())
        by_hand = changed.filtered(lambda o: o.id not in switching)
        former = {o: (o.b2b_agreement_id, o.currency_id) for o in by_hand}
        result = super().write(vals)
        for order, (agreement, currency) in former.items():
            order._b2b_note_switch(agreement)
            # Lines that come along were priced by the form, with hand-typed prices.
            if "order_line" not in vals:
                order._b2b_reprice(currency)
        return result

    def _b2b_note_switch(self, former):
        """Keep from which agreement an open order was switched, when and by whom.

        Back under the one before, nothing was changed.
        """
        # sudo: the fields are set by the system.
        order = self.sudo()
        if former and order.b2b_agreement_before_id == order.b2b_agreement_id:
            order._b2b_forget_switch()
            return
        order.write(
            {
                "b2b_agreement_before_id": former.id,
                "b2b_agreement_changed_at": fields.Datetime.now(),
                "b2b_agreement_changed_by_id": self.env.uid,
            }
        )

    def _b2b_forget_switch(self):
        """Called with all rights lifted when the change is told no longer."""
        self.write(
            {
                "b2b_agreement_before_id": False,
                "b2b_agreement_changed_at": False,
                "b2b_agreement_changed_by_id": False,
            }
        )

    def _b2b_check_switchable(self):
        """An agreement is chosen until the order is sent, submitted or confirmed."""
        for order in self.sudo():
            if order.b2b_historical:
                continue
            if order.state != "draft" or order._b2b_is_submitted():
                raise UserError(
                    self.env._(
                        "%s is no longer open; its agreement cannot be changed.",
                        order.name,
                    )
                )

    def _b2b_is_submitted(self):
        """Whether the order waits for a decision and keeps what it was made with."""
        self.ensure_one()
        return self.b2b_submit_state in ("queued", "waiting")

    def copy_data(self, default=None):
        """A copy keeps an agreement that can still be used, else starts afresh."""
        vals_list = super().copy_data(default)
        for order, vals in zip(self, vals_list, strict=True):
            agreement = order.b2b_agreement_id
            if not agreement or vals.get("b2b_agreement_id"):
                continue
            party = order.b2b_party_id.with_company(order.company_id)
            if vals.get("partner_id") == order.partner_id.id and (
                agreement in party._b2b_agreements()
            ):
                vals["b2b_agreement_id"] = agreement.id
                continue
            for name in (
                "pricelist_id",
                "payment_term_id",
                "fiscal_position_id",
                "incoterm",
            ):
                vals.pop(name, None)
        return vals_list

    def copy(self, default=None):
        orders = super().copy(default)
        for old, new in zip(self, orders, strict=True):
            if new.b2b_agreement_id != old.b2b_agreement_id:
                new._b2b_reprice(old.currency_id)
        return orders

    # -- context for catalogs and prices --

    def _b2b_price_context(self):
        """Who buys here, with lifted rights: what catalogs and prices ask for."""
        self.ensure_one()
        order = self.sudo()
        return PriceContext(
            party=order.b2b_party_id,
            seat=order.b2b_seat_id,
            agreement=order.b2b_agreement_id,
            pricelist=order.pricelist_id,
            company=order.company_id,
            address=order.partner_shipping_id,
        )
