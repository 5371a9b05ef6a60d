from io import BytesIO

from odoo.tests import freeze_time, tagged
from odoo.tools.pdf import PdfFileReader

from .common import MONDAY_MORNING, DeliveryCase, utc


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestNeutralSlip(DeliveryCase):
    """What an end customer of the buyer holds in his hands."""

    def dropped(self):
        """A confirmed order that goes to an end customer of the buyer."""
        self.goods.write({"default_code": "OURS-1", "list_price": 4321.0})
        way = self.env["product.product"].create(
            {"name": "Way", "type": "service", "list_price": 20.0}
        )
        drop = self.env["delivery.carrier"].create(
            {
                "name": "To end customers",
                "product_id": way.id,
                "delivery_type": "fixed",
                "fixed_price": 20.0,
                "b2b_kind": "dropship",
            }
        )
        end = self.env["res.partner"].create(
            {
                "name": "Hotel Severn",
                "parent_id": self.party.id,
                "type": "other",
                "b2b_end_customer": True,
                "street": "Clifton Road 4",
            }
        )
        order = self.order(client_order_ref="PO 99")
        order.partner_shipping_id = end
        order._b2b_set_method(drop)
        order.action_confirm()
        self.assertEqual(order.order_line[0].price_unit, 4321.0)
        return order

    def test_the_slip_on_paper_has_no_price_and_a_plain_date(self):
        report = self.env["ir.actions.report"]
        if report.get_wkhtmltopdf_state() not in ("ok", "upgrade", "workers"):
            self.skipTest("wkhtmltopdf is not installed")
        order = self.dropped()
        # Whoever prints it sits where it is the next day already.
        report = report.with_context(force_report_rendering=True, tz="Asia/Tokyo")
        picking = order.picking_ids
        pages = {}
        for kind, date in (("planned", utc("2026-12-03 20:00")), ("day", False)):
            if date:
                picking.scheduled_date = date
            else:
                self.env.ref("base.lang_en").date_format = "%d/%m/%Y"
            content, _kind = report._render_qweb_pdf(
                "stock.action_report_delivery", picking.ids
            )
            found = (p.extract_text() for p in PdfFileReader(BytesIO(content)).pages)
            pages[kind] = " ".join(" ".join(found).split())
        for text in pages.values():
            for words in ("Hotel Severn", "Cake stand", "PO 99", "December 3, 2026"):
                self.assertIn(words, text)
            # The buyer is the first thing that is read: the sender.
            self.assertTrue(text.startswith(self.party.name), text)
            self.assertNotRegex(text, r"\d+[.,]\d\d\b|[€£$]")
            self.assertNotRegex(text, r"\d\d?[/.-]\d\d?[/.-]\d\d")
            currency = order.currency_id
            prices = ("4321", "12963", currency.symbol, currency.name)
            for words in (*prices, "OURS-1", self.company.name, order.name):
                self.assertNotIn(words, text.replace(",", ""))
