from odoo import models
from odoo.exceptions import UserError

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

    def _b2b_document_html(self):
        """The page in the party's language."""
        self.ensure_one()
        order = self.with_context(lang=self.partner_id.lang or self.env.lang)
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
                "rows": order._b2b_checkout_rows(),
                "when": order._b2b_when,
            },
        )

    def _b2b_document_render(self):
        """``("pdf", bytes)``, or the page itself where no PDF can be made."""
        html = str(self._b2b_document_html())
        # sudo: paper format and program settings, nothing of the order
        Report = self.env["ir.actions.report"].sudo()
        if Report.get_wkhtmltopdf_state() not in ("ok", "workers"):
            return "html", html.encode()
        margins = {
            "data-report-margin-top": 12,
            "data-report-margin-bottom": 12,
            "data-report-header-spacing": 0,
        }
        try:
            return "pdf", Report._run_wkhtmltopdf(
                [html], specific_paperformat_args=margins
            )
        except UserError:
            return "html", html.encode()
