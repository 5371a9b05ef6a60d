from odoo import api, models


class ResPartner(models.Model):
    """Links in old mails: who leaves a party keeps no key to its documents."""

    _inherit = "res.partner"

    def _b2b_rotate_links(self):
        """Make the links to documents of these parties worthless.

        Quotes, orders, deliveries, invoices and their files open by a token without
        signing in. Colleagues sign in and get new links in new mails.
        """
        for model, path in self._b2b_linked_documents().items():
            # sudo: documents that whoever ends an access cannot see are meant too.
            documents = self.env[model].sudo().with_context(active_test=False)
            own = [(path, "in", self.ids)]
            found = documents.search([*own, ("access_token", "!=", False)])
            # Neither mail nor check is wanted: nothing of the business changes.
            found._b2b_forget_tokens()
            files = (
                self.env["ir.attachment"]
                .sudo()
                .search(
                    [
                        ("res_model", "=", model),
                        ("res_id", "in", documents._search(own)),
                        ("access_token", "!=", False),
                    ]
                )
            )
            files.access_token = False

    @api.model
    def _b2b_linked_documents(self):
        """Models with an access token, and the path to their commercial partner.

        A delivery opens by the token of its order.
        """
        return {
            "sale.order": "b2b_party_id",
            "account.move": "commercial_partner_id",
        }
