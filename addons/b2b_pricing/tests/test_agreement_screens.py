from lxml import etree

from odoo.tests import new_test_user, tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestAgreementScreens(PricingCase):
    """What the forms of agreements and lists show to whom."""

    def _view(self, user, model, view):
        found = self.env[model].with_user(user).get_view(self.env.ref(view).id, "form")
        return etree.fromstring(found["arch"])

    def test_a_rep_opens_a_price_list_without_its_surcharges(self):
        rep = new_test_user(self.env, "b2b_screen_rep", "b2b_party.group_rep")
        pricing = new_test_user(self.env, "b2b_screen_pr", "b2b_party.group_pricing")
        view = "product.product_pricelist_view"
        secret = "//field[@name='price_discount']"
        self.assertFalse(self._view(rep, "product.pricelist", view).xpath(secret))
        self.assertTrue(self._view(pricing, "product.pricelist", view).xpath(secret))

    def test_only_who_keeps_agreements_has_their_buttons(self):
        rep = new_test_user(self.env, "b2b_screen_rep", "b2b_party.group_rep")
        pricing = new_test_user(self.env, "b2b_screen_pr", "b2b_party.group_pricing")
        view = "b2b_pricing.b2b_agreement_view_form"
        buttons = "//header/button[starts-with(@name, 'action_')]/@name"
        kept = {"action_run", "action_new_version", "action_close", "action_draft"}
        shown = set(self._view(rep, "b2b.agreement", view).xpath(buttons))
        self.assertFalse(shown & kept)
        shown = set(self._view(pricing, "b2b.agreement", view).xpath(buttons))
        self.assertEqual(shown & kept, kept)

    def test_a_new_agreement_is_a_draft_from_whatever_column(self):
        Agreement = self.env["b2b.agreement"].with_context(default_state="running")
        made = Agreement.create({"name": "Fast", "party_id": self.party.id})
        self.assertEqual(made.state, "draft")

    def test_another_prepaid_share_is_told(self):
        former = self.env["b2b.agreement"].create(
            {"name": "30 days net", "party_id": self.party.id}
        )
        former.action_run()
        fresh = self.env["b2b.agreement"].browse(former.action_new_version()["res_id"])
        self.assertEqual(fresh.changes, "dates only")
        fresh.prepayment_percent = 50
        self.assertIn("50", fresh.changes)
