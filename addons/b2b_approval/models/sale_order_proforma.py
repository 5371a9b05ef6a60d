from odoo import models
from odoo.exceptions import UserError

from odoo.addons.b2b_party.tools import moment

PAGE = "b2b_approval.proforma_document"
MARGINS = {
    "data-report-margin-top": 12,
    "data-report-margin-bottom": 12,
    "data-report-header-spacing": 0,
}


class SaleOrder(models.Model):
    """The pro-forma: what to pay, where to, with which reference, until when."""

    _inherit = "sale.order"

    def _b2b_prepayment_bank(self):
        """Our account that the money goes to: the channel's, else the company's."""
        self.ensure_one()
        order = self.sudo()
        own = order.company_id.partner_id.bank_ids.filtered("active")
        same = own.filtered(lambda bank: bank.currency_id == order.currency_id)
        return order.b2b_bank_account_id or (same or own)[:1]

    def _b2b_prepayment_values(self):
        """What both the pro-forma and the order's page tell about the payment."""
        self.ensure_one()
        order = self.sudo()
        bank = order._b2b_prepayment_bank()
        return {
            "reader": order._b2b_payer_contact().name or "",
            "due": order._b2b_prepayment_due(),
            "paid": order._b2b_prepayment_paid(),
            "missing": order._b2b_prepayment_missing(),
            "words": order._b2b_prepayment_words(),
            "rest": order._b2b_prepayment_rest_words(),
            "reference": order.b2b_prepayment_reference,
            "until": moment(self.env, order.b2b_keep_until),
            "holder": bank.acc_holder_name or order.company_id.name,
            "account": bank.acc_number or "",
            "bank": bank.bank_id.name or "",
            "bic": bank.bank_id.bic or "",
        }

    def _b2b_proforma_html(self):
        """The page; everything it needs is in it, so that printing asks no server."""
        self.ensure_one()
        order = self.sudo().with_context(lang=self.partner_id.lang or self.env.lang)
        lines = order.order_line.filtered(lambda line: not line.display_type)
        return order.env["ir.qweb"]._render(
            PAGE,
            {
                "order": order,
                "company": order.company_id,
                "lines": lines,
                "pay": order._b2b_prepayment_values(),
            },
        )

    def _b2b_print(self, html):
        """PDF of a page that holds all it needs, with every build of wkhtmltopdf.

        :raise UserError: when the program is missing or fails
        """
        # sudo: paper format and program settings, nothing of the order
        report = self.env["ir.actions.report"].sudo()
        if report.get_wkhtmltopdf_state() not in ("ok", "workers"):
            raise UserError(self.env._("The program wkhtmltopdf is missing."))
        try:
            content = report._run_wkhtmltopdf(
                [str(html)], specific_paperformat_args=MARGINS
            )
        except OSError as error:
            raise UserError(self.env._("wkhtmltopdf did not start.")) from error
        if not content:
            raise UserError(self.env._("The program wkhtmltopdf made nothing."))
        return content

    def _b2b_proforma_file(self):
        """``("pdf", bytes)``, or the page itself where no PDF can be made."""
        html = str(self._b2b_proforma_html())
        try:
            return "pdf", self._b2b_print(html)
        except UserError:
            return "html", html.encode()

    def _b2b_payer_contact(self):
        """Who of the customer is asked for the money, rights lifted.

        Who ordered; for what we entered the seat it is for, else the customer. Nobody
        where who ordered has no login any more.
        """
        self.ensure_one()
        order = self.sudo()
        user = order.b2b_orderer_id
        if user and not user.share:
            user = order.b2b_seat_id.user_id
        if user:
            return user.partner_id if user.active else user.partner_id.browse()
        return order.partner_id

    def _b2b_mail_prepayment(self, template):
        """Mail the customer what is to be paid, with the pro-forma.

        :param str template: XML id of the mail
        """
        self.ensure_one()
        payer = self._b2b_payer_contact()
        # The time of who reads it, whoever or whatever job sends it.
        zone = payer.tz or self.b2b_party_id.tz or self.company_id.partner_id.tz
        local = self.with_context(tz=zone or "UTC")
        kind, content = local._b2b_proforma_file()
        word = self.env._("Pro-forma")
        file = self.env["ir.attachment"].create(
            {
                "name": f"{word} {self.name}.{kind}",
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.message_post(
            body=self.env._(
                "Pro-forma: %(missing)s with reference %(reference)s",
                missing=self._b2b_money(self._b2b_prepayment_missing()),
                reference=self.b2b_prepayment_reference,
            ),
            attachment_ids=file.ids,
            subtype_xmlid="mail.mt_note",
        )
        mail = self.env.ref(template, raise_if_not_found=False)
        if mail and payer:
            mail.with_context(lang=payer.lang, tz=zone or "UTC").send_mail(
                self.id,
                email_values={
                    "recipient_ids": [(4, payer.id)],
                    "attachment_ids": [(4, file.id)],
                },
            )
