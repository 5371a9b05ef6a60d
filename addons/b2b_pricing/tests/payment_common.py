class PaymentMixin:
    """Two providers that a customer sees: a card and a transfer, and orders to pay."""

    @classmethod
    def _make_providers(cls):
        providers = cls.env["payment.provider"]
        providers.search([]).write({"is_published": False})
        view = cls.env["ir.ui.view"].create(
            {"name": "form", "type": "qweb", "arch": "<form/>"}
        )
        cls.methods, cls.providers = {}, {}
        for key in ("card", "transfer"):
            method = cls.env["payment.method"].create(
                {
                    "name": f"Test {key}",
                    "code": f"b2b_{key}",
                    "active": False,
                    "image": False,
                }
            )
            provider = providers.create(
                {
                    "name": f"Test {key}",
                    "code": "none",
                    "company_id": cls.env.company.id,
                    "redirect_form_view_id": view.id,
                    "payment_method_ids": [(6, 0, method.ids)],
                }
            )
            provider.write({"state": "test", "is_published": True})
            method.active = True
            cls.methods[key], cls.providers[key] = method, provider

    def _transaction(self, order, key="card", amount=None, method=None, user=None):
        """As Odoo's controllers create one: all rights lifted, in the payer's name."""
        transactions = self.env["payment.transaction"]
        if user:
            transactions = transactions.with_user(user)
        return transactions.sudo().create(
            {
                "provider_id": self.providers[key].id,
                "payment_method_id": self.methods[method or key].id,
                "amount": order.amount_total if amount is None else amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"T-{order.id}-{len(order.transaction_ids)}",
                "operation": "online_redirect",
                "sale_order_ids": [(6, 0, order.ids)],
            }
        )
