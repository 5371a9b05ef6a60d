from odoo.tests import tagged

from .approval_common import ApprovalHttpCase


@tagged("post_install", "-at_install")
class TestHoldWords(ApprovalHttpCase):
    """An approver reads the reasons in his language, whoever ordered in which."""

    def setUp(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["ir.module.module"].search(
            [("name", "in", ["b2b_approval", "b2b_portal"])]
        )._update_translations(["de_DE"])
        self.approver.user_id.lang = "de_DE"
        super().setUp()
        website = "website" in self.env and self.env["website"].search([])
        if website:
            website.language_ids |= self.env.ref("base.lang_de")

    @property
    def hold(self):
        return self.order.b2b_open_hold_ids[:1]

    def test_the_reason_is_told_in_the_readers_language(self):
        german = self.hold.with_context(lang="de_DE")
        english = self.hold.with_context(lang="en_US")
        self.assertEqual(english._b2b_told("message"), self.hold.message)
        self.assertNotEqual(german._b2b_told("message"), self.hold.message)
        page = self.page(f"/trade/approvals/{self.order.id}").text
        self.assertIn('lang="de-DE"', page)
        told = german._b2b_told("message").split("“")[0].split("„")[0][:30]
        self.assertIn(told, page)
        self.assertNotIn(self.hold.message, page)

    def test_a_sentence_that_was_changed_since_is_told_as_it_is(self):
        self.hold.message = "Written anew."
        german = self.hold.with_context(lang="de_DE")
        self.assertEqual(german._b2b_told("message"), "Written anew.")

    def test_a_language_nobody_reads_costs_nothing(self):
        holds = self.env["b2b.order.hold"]
        self.assertEqual(holds._b2b_reader_languages(self.order), ["de_DE"])
        self.approver.user_id.lang = "en_US"
        self.assertEqual(holds._b2b_reader_languages(self.order), [])
