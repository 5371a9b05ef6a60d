from odoo import fields, models

from odoo.addons.b2b_approval.rules import prepayment
from odoo.addons.b2b_party.rules.finding import BLOCK, BUYER, Finding

from ..rules import pay_words

CHANNELS = ("b2b_party.channel_portal", "b2b_party.channel_agent")


class SaleOrder(models.Model):
    """How an order of the portal is paid: on account or in advance."""

    _inherit = "sale.order"

    b2b_pay_choice = fields.Selection(
        [(pay_words.ACCOUNT, "On account"), (pay_words.ADVANCE, "In advance")],
        "Payment chosen",
        copy=False,
        readonly=True,
        help="What the buyer chose at checkout. Empty: on account where his role and "
        "his company may, else in advance.",
    )

    # -- on account is a right, and a matter of terms ------------------------------

    def _b2b_findings(self):
        finding = self._b2b_account_finding()
        return super()._b2b_findings() + ([finding] if finding else [])

    def _b2b_from_portal(self):
        """Whether a seat of the customer orders here, in the role it has."""
        order = self.sudo()
        role, channel = order.b2b_seat_id.role_id, order.b2b_channel_id
        if not role:
            return False
        # By the number first, which costs no query on pages with many orders.
        number = self.env["ir.model.data"]._xmlid_to_res_id
        usual = (number(name, raise_if_not_found=False) for name in CHANNELS)
        return bool(
            order.b2b_is_cart
            or (channel.id and channel.id in usual)
            or channel.code in ("portal", "agent")
        )

    def _b2b_role_on_account(self):
        """Whether the role of the orderer includes ordering on account."""
        role = self.sudo().b2b_seat_id.role_id
        return not self._b2b_from_portal() or role.pay_on_account

    def _b2b_pays_in_advance(self):
        if super()._b2b_pays_in_advance():
            return True
        if not self._b2b_from_portal():
            return False
        return pay_words.in_advance(self.b2b_pay_choice, self._b2b_role_on_account())

    def _b2b_account_finding(self):
        """Portal orders on account need the right of the role."""
        if self._b2b_role_on_account() or self._b2b_prepayment_percent() >= 100:
            return None
        return Finding(
            code="payment",
            severity=BLOCK,
            side=BUYER,
            message=self.env._(
                "%s may not order on account; give the role this right.",
                self.sudo().b2b_seat_id.display_name,
            ),
            buyer_message=self.env._(
                "Your role does not order on account; pay in advance, or ask your "
                "company's administrator."
            ),
        )

    # -- the choice at checkout ----------------------------------------------------

    def _b2b_checkout_vals(self, ctx, form):
        vals, errors = super()._b2b_checkout_vals(ctx, form)
        choice = form.get("pay")
        if choice in (pay_words.ACCOUNT, pay_words.ADVANCE):
            vals["b2b_pay_choice"] = choice
        return vals, errors

    def _b2b_pay_options(self):
        """What a checkout offers: dicts ``key``, ``chosen`` and words.

        ``part``: what the agreement asks in advance all the same, ``share`` of total.
        """
        order = self.sudo()
        may = self._b2b_role_on_account() and order._b2b_terms_on_account()
        allowed = order.b2b_party_id._b2b_allowed_method_ids(order.b2b_agreement_id)
        methods = order.env["payment.provider"]._b2b_early_methods(
            order.company_id, allowed
        )
        keys = pay_words.offered(may, bool(methods))
        share = order.b2b_agreement_id.prepayment_percent
        part = prepayment.due(order.amount_total, share, order.currency_id.round)
        advance = order._b2b_pays_in_advance() or keys[0] == pay_words.ADVANCE
        chosen = pay_words.ADVANCE if advance else pay_words.ACCOUNT
        return [
            {
                "key": key,
                "chosen": key == chosen,
                "methods": ", ".join(methods),
                "part": order._b2b_money(part) if share else "",
                "share": f"{share:g} %",
            }
            for key in keys
        ]

    def _b2b_terms_on_account(self):
        """Whether the customer's terms let any of this order be paid later."""
        if self.b2b_agreement_id.prepayment_percent >= 100:
            return False
        return self.b2b_party_id._b2b_may_on_account(self.b2b_agreement_id)

    def _b2b_online_methods(self):
        """Methods with which this order can be paid before it is sent, rights lifted.

        Cash on delivery is none of them: it comes with the goods.
        """
        self.ensure_one()
        order = self.sudo()
        terms = {"currency_id": order.currency_id.id, "sale_order_id": order.id}
        partner = order.partner_invoice_id or order.partner_id
        # As a customer: what is not published is not offered to him.
        providers = order.env["payment.provider"]._get_compatible_providers(
            order.company_id.id, partner.id, order.amount_total, **terms
        )
        providers = providers.filtered(
            lambda p: p.is_published and p.custom_mode != "cash_on_delivery"
        )
        methods = order.env["payment.method"]
        if not providers:
            return methods
        return methods._get_compatible_payment_methods(
            providers.ids, partner.id, **terms
        )
