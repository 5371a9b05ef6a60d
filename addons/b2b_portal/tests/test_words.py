import datetime

from odoo.tests import TransactionCase, tagged

from odoo.addons.b2b_party.tools import moment

from ..tools import day, month


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    def test_dates_stand_in_the_order_of_the_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        date = datetime.date(2026, 11, 25)
        english = self.env(context={"lang": "en_US"})
        german = self.env(context={"lang": "de_DE"})
        self.assertEqual(day(english, date), "Wed 25 Nov")
        self.assertEqual(day(english, date, year=True), "Wed 25 Nov 2026")
        self.assertEqual(day(german, date), "Mi., 25. Nov.")
        self.assertEqual(day(german, date, weekday=False), "25. Nov.")
        self.assertEqual(day(german, date, year=True), "Mi., 25. Nov. 2026")
        self.assertEqual(day(german, date, long=True), "Mi., 25. November")
        noon = datetime.datetime(2026, 11, 25, 12, 30)
        self.assertEqual(moment(english, noon, "Europe/Paris"), "Wed 25 Nov 13:30")
        self.assertEqual(moment(german, noon, "UTC"), "Mi., 25. Nov. 12:30")
        self.assertEqual(moment(german, False), "")
        self.assertEqual(month(german, date), "Nov")
        self.assertEqual(day(german, None), "")
