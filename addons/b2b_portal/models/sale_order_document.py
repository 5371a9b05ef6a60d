import hashlib

from odoo import models

TEMPLATE = "b2b_portal.order_document"


class SaleOrder(models.Model):
    """The paper of an order, named by its state (DECISIONS 17).

    Letterhead and styles are in the page itself: it prints the same with every
    build of wkhtmltopdf, and needs no way back to this server.
    """

    _inherit = "sale.order"

    def _b2b_document_title(self):
        _ = self.env._
        self.ensure_one()
        if self.state == "sale":
            return _("Order confirmation")
        return _("Order copy")

    def _b2b_document_notice(self):
        """What a copy is not, so that nobody pays or plans by it."""
        _ = self.env._
        if self.state == "sale":
            return ""
        if self.state == "cancel" or self.b2b_gate_state == "refused":
            return _("This order does not stand. Do not pay.")
        return _("Copy, not a confirmation: this order waits. Do not pay.")

    def _b2b_document_hint(self):
        """What the page says below the link to the document."""
        self.ensure_one()
        return (
            "" if self.state == "sale" else self.env._("not a confirmation, do not pay")
        )

    def _b2b_document_order(self):
        """The order in language and zone of who gets the paper, not of who looks.

        Everybody at the customer then has the same paper, made once.
        """
        self.ensure_one()
        order = self.sudo()
        zone = order.b2b_orderer_id.tz or order.b2b_party_id.tz
        zone = zone or order.company_id.partner_id.tz or "UTC"
        lang = order.partner_id.lang or self.env.lang
        return self.with_context(lang=lang, tz=zone)

    def _b2b_document_html(self):
        """The page in the party's language."""
        order = self._b2b_document_order()
        logo = order.company_id.logo
        return order.env["ir.qweb"]._render(
            TEMPLATE,
            {
                "order": order,
                "company": order.company_id,
                "logo": logo and f"data:image/png;base64,{logo.decode()}",
                "title": order._b2b_document_title(),
                "notice": order._b2b_document_notice(),
                "lines": order._b2b_page_lines(),
                "own_labels": order._b2b_own_labels(),
                "rows": order._b2b_checkout_rows(),
                "when": order._b2b_when,
            },
        )

    def _b2b_document(self, again=False):
        """The paper as it is now, made when it was not yet.

        What the page shows is its own version: a changed order has another one, and
        an old paper is never handed out for it.

        :param again: try once more what failed
        :return: ``(state, bytes or None, html)``; see ``b2b.order.document``
        """
        self.ensure_one()
        html = str(self._b2b_document_html())
        version = hashlib.sha256(html.encode()).hexdigest()
        papers = self.env["b2b.order.document"].sudo()
        state, content = papers._b2b_look(self, version)
        if state == "none" or (state == "failed" and again):
            state, content = papers._b2b_make(self, version, html)
        return state, content, html
