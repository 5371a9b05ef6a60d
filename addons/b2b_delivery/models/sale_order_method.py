from odoo import api, fields, models

from odoo.addons.b2b_party.rules.finding import BLOCK, SELLER, WARN, Finding

from ..rules import methods as rules

OPEN = ("draft", "sent")


class SaleOrder(models.Model):
    """The delivery method of an order: what it brings along, whether it may be."""

    _inherit = "sale.order"

    b2b_method_kind = fields.Selection(related="carrier_id.b2b_kind")
    b2b_conditions_id = fields.Many2one(
        "b2b.delivery.conditions",
        "Ticked conditions",
        copy=False,
        readonly=True,
        ondelete="set null",
        help="The version the buyer ticked in his cart; evidence is written when he "
        "sends the order.",
    )
    b2b_acceptance_ids = fields.One2many(
        "b2b.delivery.acceptance",
        "order_id",
        "Accepted conditions",
        copy=False,
        readonly=True,
        help="Which version of the conditions was accepted, by whom and when.",
    )
    b2b_acceptance_text = fields.Char(
        "Delivery conditions",
        compute="_compute_b2b_acceptance_text",
        help="Which version of the method's conditions was accepted for this order.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {
            "b2b_conditions_id",
            "b2b_acceptance_ids",
        }

    @api.depends_context("lang", "tz")
    @api.depends("b2b_acceptance_ids", "carrier_id")
    def _compute_b2b_acceptance_text(self):
        for order in self:
            order.b2b_acceptance_text = order._b2b_acceptance_words()

    def _b2b_acceptance_words(self):
        _ = self.env._
        # sudo: the text is about this order, whoever accepted it.
        order = self.sudo()
        accepted = order.b2b_acceptance_ids.filtered(
            lambda a: a.carrier_id == order.carrier_id
        )[:1]
        if accepted:
            moment = self.env["b2b.delivery.schedule"]._b2b_moment_text(
                accepted.accepted_at, str(self.env.tz)
            )
            return _(
                "Version %(version)s accepted by %(who)s, %(when)s",
                version=accepted.version,
                who=accepted.user_id.name,
                when=moment,
            )
        if order.carrier_id and order._b2b_conditions_asked():
            return _("Not accepted by the customer")
        return ""

    # -- what a method brings along ----------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            carrier = self._b2b_carrier_of(vals)
            if carrier.b2b_kind == rules.PICKUP:
                vals.update(self._b2b_pickup_vals(carrier))
        return super().create(vals_list)

    def write(self, vals):
        if "carrier_id" not in vals:
            return super().write(vals)
        carrier = self._b2b_carrier_of(vals)
        pickup = carrier.b2b_kind == rules.PICKUP
        fresh = self.filtered(lambda o: o.state in OPEN and o.carrier_id != carrier)
        result = super(SaleOrder, self - fresh).write(vals)
        back = fresh.browse()
        if pickup:
            fresh_vals = {**vals, **self._b2b_pickup_vals(carrier)}
        else:
            fresh_vals = vals
            back = fresh.filtered(
                lambda o: o.sudo().carrier_id.b2b_kind == rules.PICKUP
            )
        result = super(SaleOrder, fresh).write(fresh_vals) and result
        back._b2b_leave_pickup()
        return result

    def _b2b_carrier_of(self, vals):
        # sudo: what a method brings along does not depend on who writes it.
        return self.env["delivery.carrier"].sudo().browse(vals.get("carrier_id") or ())

    def _b2b_pickup_vals(self, carrier):
        """Collected: handed over, and taxed, at that warehouse (DECISIONS 15)."""
        return {"b2b_pickup": True, "warehouse_id": carrier.b2b_warehouse_id.id}

    def _b2b_leave_pickup(self):
        """Delivered after all: from the warehouse Odoo chooses, taxed over there."""
        if not self:
            return
        self.env.add_to_compute(self._fields["warehouse_id"], self)
        for order in self:
            order.write({"b2b_pickup": False, "warehouse_id": order.warehouse_id.id})

    # -- whether it may be -----------------------------------------------------------

    def _b2b_method_buyer(self):
        """Facts of this order for the rule of methods."""
        self.ensure_one()
        party = (self.partner_id or self.env["res.partner"]).commercial_partner_id
        return self.env["delivery.carrier"]._b2b_buyer(
            party,
            self.partner_shipping_id or self.partner_id,
            self.company_id,
            seat=self.b2b_seat_id,
            order=self,
            portal=self._b2b_by_portal(),
        )

    def _b2b_by_portal(self):
        """Whether the buyer, or an agent for him, chooses himself."""
        # A quotation that was sent has the method our team gave it.
        draft = self.state == "draft" and self.sudo().b2b_seat_id
        return bool(draft) and self.env.user.share

    def _b2b_methods(self):
        """The delivery methods this order may use, in their order."""
        self.ensure_one()
        carriers, buyer = self.env["delivery.carrier"], self._b2b_method_buyer()
        return carriers.browse(carriers._b2b_methods()).filtered(
            lambda carrier: (
                not carrier._b2b_refusal(self, buyer)
                and carrier._b2b_fits(self.partner_shipping_id, self)
            )
        )

    def _b2b_default_method(self, among):
        """The usual method of address or party, if it is among those allowed."""
        usual = self.env["b2b.delivery.schedule"]._b2b_default_carrier(
            self.partner_shipping_id or self.partner_id, self.company_id
        )
        return among & usual

    def _b2b_method_prices(self, carriers, shown=False):
        """``{method: price}`` in the order's currency; one that is not to be had lacks.

        As Odoo's own rates, with the fixed ones priced in one call.

        :param shown: for a page only: prices of the list may be those of a while ago
        """
        self.ensure_one()
        # A cart may still name one that was archived.
        carriers = carriers.filtered(lambda carrier: carrier._b2b_kept())
        fixed = carriers.filtered(lambda c: c.delivery_type == "fixed")
        product_ids = tuple(c._b2b_kept().product_id for c in fixed)
        price_list = self.pricelist_id
        listed = (
            price_list._b2b_delivery_shown(product_ids, fields.Date.today())
            if shown
            else price_list._b2b_delivery_prices(product_ids)
        )
        prices = {}
        for carrier in carriers:
            if carrier in fixed:
                price = listed[carrier._b2b_kept().product_id]
                prices[carrier] = self._b2b_fixed_price(carrier, price)
                continue
            rate = carrier.rate_shipment(self)
            if rate.get("success"):
                prices[carrier] = rate["price"]
        return prices

    def _b2b_fixed_price(self, carrier, listed):
        """A fixed price as Odoo's rate: tax as the order has it, free above a sum."""
        company, price = carrier.company_id or self.company_id, listed
        if carrier._b2b_kept().tax_included:
            price = carrier.product_id._get_tax_included_unit_price(
                company,
                company.currency_id,
                self.date_order,
                "sale",
                fiscal_position=self.fiscal_position_id,
                product_price_unit=listed,
                product_currency=company.currency_id,
            )
        if not carrier.free_over:
            return price
        goods = carrier._compute_currency(
            self,
            self._compute_amount_total_without_delivery(),
            "pricelist_to_company",
        )
        return 0.0 if goods >= carrier.amount else price

    def _b2b_set_method(self, carrier):
        """Let the order go by a method, at its price; one delivery line at most.

        The caller has checked that it may be used.
        """
        self.ensure_one()
        if not carrier:
            self._remove_delivery_line()
            self.carrier_id = False
            return
        # First: place of supply and taxes follow, which the price may depend on.
        self.carrier_id = carrier
        price = self._b2b_method_prices(carrier).get(carrier, 0.0)
        self.set_delivery_line(carrier, price)

    # -- the gate --------------------------------------------------------------------

    def _b2b_findings(self):
        found = super()._b2b_findings()
        if self.state not in OPEN or self._b2b_channel_is_fixed():
            # What an order was sent with stays.
            return found
        extra = (self._b2b_method_finding(), self._b2b_conditions_finding())
        return found + [finding for finding in extra if finding]

    def _b2b_method_finding(self):
        """A method that is not for this order: stops buyers, warns our staff."""
        order = self.sudo()
        portal = self._b2b_by_portal()
        if not order.b2b_is_trade or order.b2b_historical:
            return None
        if not order.carrier_id:
            return self._b2b_missing_method_finding(portal)
        code = order.carrier_id._b2b_refusal(order)
        if not code:
            return None
        return Finding(
            code="delivery_method",
            severity=BLOCK if portal else WARN,
            side=SELLER,
            message=self.env._(
                "Delivery method %(method)s: %(why)s.",
                method=order.carrier_id.name,
                why=order.carrier_id._b2b_refusal_text(code),
            ),
            buyer_message=self.env._(
                "%s cannot be used for this order; choose another way.",
                order.carrier_id.name,
            ),
            solve=self.env._("Choose another delivery method."),
            key=f"{order.carrier_id.id}:{code}",
        )

    def _b2b_missing_method_finding(self, portal):
        """Goods to an end customer need the method that keeps prices off the slip."""
        order = self.sudo()
        to_end = order.partner_shipping_id.b2b_end_customer
        asked = portal and order.company_id.b2b_method_required
        if not to_end and not (asked and order._b2b_slot_goods()):
            return None
        if not to_end and not order._b2b_methods():
            return None
        return Finding(
            code="delivery_method",
            severity=BLOCK if portal else WARN,
            side=SELLER,
            message=self.env._(
                "No delivery method is chosen for %s.",
                order.partner_shipping_id.display_name,
            ),
            buyer_message=self.env._("Choose how the goods get there."),
            solve=self.env._("Choose a delivery method."),
            key="none",
        )

    def _b2b_conditions_asked(self):
        """The conditions a buyer has to accept for this order; empty for none."""
        conditions = self.env["b2b.delivery.conditions"]
        method = self.sudo().carrier_id._b2b_kept()
        asked = method and method.tick and method.conditions_id
        return conditions.browse(asked or ())

    def _b2b_conditions_ticked(self):
        """Whether what is asked was ticked, in the version that counts now."""
        asked = self._b2b_conditions_asked()
        return not asked or self.sudo().b2b_conditions_id == asked

    def _b2b_conditions_finding(self):
        # What our team enters needs no tick of the buyer.
        if self.state != "draft" or not self.sudo().b2b_seat_id:
            return None
        if self._b2b_conditions_ticked():
            return None
        carrier = self.sudo().carrier_id
        return Finding(
            code="delivery_conditions",
            severity=BLOCK if self._b2b_by_portal() else WARN,
            side=SELLER,
            message=self.env._(
                "The buyer has not accepted the conditions of %(method)s, version "
                "%(version)s.",
                method=carrier.name,
                version=self._b2b_conditions_asked().version,
            ),
            buyer_message=self.env._(
                "Read and accept the conditions of %s.", carrier.name
            ),
            solve=self.env._("Tick the conditions of the delivery method."),
            key=str(self._b2b_conditions_asked().id),
        )

    def _b2b_record_acceptance(self, user, seat):
        """Write down what was ticked, once; the evidence of this submission."""
        self.ensure_one()
        asked = self._b2b_conditions_asked()
        known = self.b2b_acceptance_ids.filtered(
            lambda a: a.conditions_id == asked and a.user_id == user
        )
        if not asked or known or self.b2b_conditions_id != asked:
            return
        # sudo: written by the submission only, after the check above.
        self.env["b2b.delivery.acceptance"].sudo().create(
            {
                "order_id": self.id,
                "carrier_id": self.carrier_id.id,
                "conditions_id": asked.id,
                "user_id": user.id,
                "seat_id": seat.id,
                "accepted_at": fields.Datetime.now(),
                "lang": self.env.lang,
            }
        )
