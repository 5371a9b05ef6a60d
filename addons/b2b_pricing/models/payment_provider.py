from odoo import api, models, tools

from odoo.addons.payment import utils as payment_utils

from ..rules.payment import is_allowed


class PaymentMethod(models.Model):
    _inherit = "payment.method"

    def write(self, vals):
        result = super().write(vals)
        if {"active", "name", "primary_payment_method_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def _b2b_primary(self):
        """The method that is chosen: the card, not its brand."""
        self.ensure_one()
        return self.primary_payment_method_id or self

    def _b2b_filter_allowed(self, allowed):
        """Those of the methods that are allowed.

        :param allowed: ids, None for all
        """
        return self.filtered(lambda m: is_allowed(m._b2b_primary().id, allowed))

    @api.model
    def _get_compatible_payment_methods(
        self, provider_ids, partner_id, *args, sale_order_id=None, report=None, **kwargs
    ):
        """Only what agreement, party or group allow is offered."""
        methods = super()._get_compatible_payment_methods(
            provider_ids,
            partner_id,
            *args,
            sale_order_id=sale_order_id,
            report=report,
            **kwargs,
        )
        allowed = self.env["payment.provider"]._b2b_allowed_for(
            partner_id, sale_order_id
        )
        offered = methods._b2b_filter_allowed(allowed)
        payment_utils.add_to_report(
            report,
            methods - offered,
            available=False,
            reason=self.env._("not agreed with this customer"),
        )
        return offered


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    @api.model
    @tools.ormcache("company_id", "lang")
    def _b2b_published(self, company_id, lang):
        """``[(method id, name)]`` with which customers can pay before we deliver.

        Cash on delivery is none of them. What a provider refuses by country or
        amount is found out on the page where money is taken.
        """
        # sudo: names that are shown to everybody who pays.
        providers = self.sudo().search(
            [
                ("company_id", "=", company_id),
                ("state", "in", ("enabled", "test")),
                ("is_published", "=", True),
            ]
        )
        if "custom_mode" in self._fields:
            providers = providers.filtered(
                lambda p: p.custom_mode != "cash_on_delivery"
            )
        methods = providers.payment_method_ids.filtered("is_primary")
        return [(m.id, m.name) for m in methods.with_context(lang=lang or None)]

    @api.model
    def _b2b_early_methods(self, company, allowed):
        """Names of the published methods that are allowed, for a checkout."""
        published = self._b2b_published(company.id, self.env.lang or "")
        return [name for id_, name in published if is_allowed(id_, allowed)]

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        self.env.registry.clear_cache()
        return providers

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _get_compatible_providers(
        self, company_id, partner_id, *args, sale_order_id=None, report=None, **kwargs
    ):
        """Only who offers an allowed method is offered."""
        providers = super()._get_compatible_providers(
            company_id,
            partner_id,
            *args,
            sale_order_id=sale_order_id,
            report=report,
            **kwargs,
        )
        offered = providers._b2b_filter_allowed(
            self._b2b_allowed_for(partner_id, sale_order_id)
        )
        payment_utils.add_to_report(
            report,
            providers - offered,
            available=False,
            reason=self.env._("not agreed with this customer"),
        )
        return offered

    def _b2b_filter_allowed(self, allowed):
        """Those of the providers that offer an allowed method."""
        if allowed is None:
            return self
        return self.filtered(
            lambda p: p.payment_method_ids._b2b_filter_allowed(allowed)
        )

    @api.model
    def _b2b_allowed_for(self, partner_id, order_id=None):
        """Ids of the methods that are allowed, None for all.

        An order decides for its own party, whoever pays it.
        """
        # sudo: asked while a customer or a visitor with a link pays.
        order = self.env["sale.order"].sudo().browse(order_id or []).exists()
        if order.b2b_is_trade:
            return order.b2b_party_id._b2b_allowed_method_ids(order.b2b_agreement_id)
        partner = self.env["res.partner"].sudo().browse(partner_id or []).exists()
        return partner._b2b_allowed_method_ids() if partner else None
