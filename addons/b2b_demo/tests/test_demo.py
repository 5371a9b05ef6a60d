from odoo.tests import tagged

from ..builder.agents import ASSIGNED
from ..builder.agreements import AGREEMENTS, NOT_ABROAD
from ..builder.budgets import BUDGETS
from ..builder.order_plan import PLANS
from ..builder.parties import ADDRESSES, GROUPS, PARTIES
from ..builder.people import SEATS, STAFF
from ..builder.pictures import draw
from .common import DemoCase

LOGINS = (
    "admin", "manager", "rep", "agent", "buyer", "approver", "owner", "finance",
    "credit", "pricing", "rival",
)  # fmt: skip

# How each state of a plan shows on the order: (state, submission, invoice status)
STATES = {
    "cart": ("draft", "none", "no"),
    "sent": ("sent", "none", "no"),
    "waiting": ("draft", "waiting", "no"),
    "approved": ("sale", "done", "no"),
    "refused": ("draft", "failed", "no"),
    "cancelled": ("cancel", "none", "no"),
    "confirmed": ("sale", "done", "no"),
    "partly": ("sale", "done", "to invoice"),
    "rest": ("sale", "done", "to invoice"),
    "delivered": ("sale", "done", "to invoice"),
    "invoiced": ("sale", "done", "invoiced"),
    "paid": ("sale", "done", "invoiced"),
}


@tagged("post_install", "-at_install")
class TestDemo(DemoCase):
    def test_every_record_exists(self):
        articles = [row["code"].lower() for row in self.kit.rows("articles.csv")]
        names = [
            *(f"group_{key}" for key in GROUPS),
            *(f"party_{key}" for key in PARTIES),
            *(
                f"address_{key}_{row[0]}"
                for key, rows in ADDRESSES.items()
                for row in rows
            ),
            *(f"user_{key}" for key in STAFF),
            *(f"seat_{key}" for key in (*SEATS, *ASSIGNED)),
            *(f"user_{key}" for key in ("buyer", "approver", "owner", "finance")),
            *(f"user_{key}" for key in ("rival", "agent")),
            *(f"agreement_{key}" for key in AGREEMENTS),
            *(f"budget_{key}" for key in (*BUDGETS, "lighting", "group")),
            *(f"article_{code}" for code in articles),
            *(f"order_{plan.key}" for plan in PLANS),
            "schedule_van", "program_points", "catalog_trade", "catalog_not_abroad",
            "pricelist_uk", "pricelist_eu", "pricelist_key", "pricelist_small",
            "carrier_van", "carrier_parcel", "carrier_collect", "bank_account_gbp",
        ]  # fmt: skip
        missing = [name for name in names if not self.kit.find(name)]
        self.assertEqual(missing, [])
        self.assertGreaterEqual(len(articles), 75)

    def test_company(self):
        company = self.env.ref("base.main_company")
        self.assertEqual(company.name, "Finch & Harbour Ltd")
        self.assertEqual(company.currency_id.name, "GBP")
        self.assertEqual(company.chart_template, "uk")
        self.assertEqual(company.country_id.code, "GB")
        self.assertTrue(company.vat)
        bank = self.get("bank_account_gbp")
        self.assertEqual(bank.partner_id, company.partner_id)

    def test_every_login_has_its_name_as_password(self):
        for login in LOGINS:
            with self.subTest(login):
                credential = {"type": "password", "login": login, "password": login}
                found = self.env["res.users"].authenticate(
                    credential, {"interactive": False}
                )
                user = self.env["res.users"].browse(found["uid"])
                self.assertEqual(user.login, login)

    def test_people_sit_where_the_guide_says(self):
        for login, party, role in (
            ("buyer", "brightwell", "role_buyer_brightwell"),
            ("approver", "brightwell", "role_approver_brightwell"),
            ("rival", "lindner", None),
        ):
            user = self.get(f"user_{login}")
            self.assertEqual(user._b2b_party(), self.get(f"party_{party}"))
            if role:
                self.assertEqual(user._b2b_seat().role_id, self.get(role))
        self.assertEqual(
            self.get("seat_buyer").supervisor_id, self.get("seat_approver")
        )
        agent = self.get("seat_agent").person_id
        self.assertEqual(len(agent.seat_ids), 2)
        self.assertEqual(agent.login_user_id, self.get("user_agent"))
        self.assertEqual(
            agent.login_user_id._b2b_party_ids(), sorted(agent.seat_ids.party_id.ids)
        )
        order = self.env["sale.order"].search([("b2b_agent_id", "!=", False)])
        self.assertEqual(order.b2b_party_id, self.get("party_oak_thistle"))
        self.assertTrue(self.get("user_rep").b2b_own_parties_only)
        self.assertTrue(self.get("user_rep").has_group("b2b_party.group_rep"))

    def test_eight_parties_three_countries_two_currencies(self):
        parties = self.env["res.partner"].union(*self.parties().values())
        self.assertEqual(len(parties), 8)
        self.assertEqual(set(parties.mapped("country_id.code")), {"GB", "DE", "FR"})
        self.assertEqual(set(parties.mapped("b2b_currency_id.name")), {"GBP", "EUR"})
        self.assertEqual(set(parties.mapped("b2b_customer_type")), {"trade"})
        blocked = parties.filtered(lambda party: party.b2b_state == "blocked")
        self.assertEqual(blocked, self.get("party_noemie"))
        others = parties - blocked
        self.assertEqual(set(others.mapped("b2b_state")), {"active"})

    def test_articles_are_complete(self):
        rows = self.kit.rows("articles.csv")
        articles = self.kit.many(f"article_{row['code'].lower()}" for row in rows)
        for row, article in zip(rows, articles, strict=True):
            self.assertEqual(article.default_code, row["code"])
            self.assertEqual(article.b2b_multiple, float(row["pack"]))
            self.assertEqual(article.standard_price, float(row["cost"]))
            self.assertTrue(article.image_128, row["code"])
            self.assertTrue(article.is_storable)
            self.assertLess(article.standard_price, article.list_price)
        self.assertEqual(len(set(articles.mapped("barcode"))), len(articles))

    def test_drawings_are_small_and_always_the_same(self):
        for row in self.kit.rows("articles.csv"):
            picture = draw(row["drawing"], row["colour"])
            self.assertTrue(picture.startswith(b"\x89PNG"))
            self.assertLess(len(picture), 8000)
        self.assertEqual(draw("bird", "teal"), draw("bird", "teal"))

    def test_every_plan_is_in_its_state(self):
        self.assertEqual({plan.state for plan in PLANS}, set(STATES))
        for plan in PLANS:
            order = self.get(f"order_{plan.key}")
            shown = (order.state, order.b2b_submit_state, order.invoice_status)
            self.assertEqual(shown, STATES[plan.state], plan.key)
        payment = self.get("order_paid").invoice_ids.payment_state
        self.assertIn(payment, ("paid", "in_payment"))
        self.assertEqual(
            self.get("order_invoiced").invoice_ids.payment_state, "not_paid"
        )
        self.assertEqual(self.get("order_refused").b2b_gate_state, "refused")
        released = self.get("order_approved").b2b_hold_ids
        self.assertEqual(set(released.mapped("state")), {"released"})

    def test_what_waits_waits_for_the_right_person(self):
        hold = self.get("order_waiting_budget").b2b_open_hold_ids
        self.assertEqual(hold.mapped("code"), ["budget"])
        self.assertEqual(hold.decider_ids, self.get("user_approver"))
        hold = self.get("order_waiting_limit").b2b_open_hold_ids
        self.assertEqual(hold.mapped("code"), ["seat_limit"])
        self.assertTrue(hold._b2b_can_decide(self.get("user_approver")))
        self.assertFalse(hold._b2b_can_decide(self.get("user_rival")))

    def test_prices_are_those_of_the_agreement(self):
        party = self.get("party_brightwell")
        names = party._b2b_agreements().mapped("name")
        self.assertEqual(names[0], "30 days net")
        self.assertIn("Prepaid, 3 % off", names)
        self.assertNotIn("Spring range", names, "it has ended")
        line = self.get("order_paid").order_line.filtered(
            lambda ln: ln.product_id == self.get("article_85123a")
        )
        self.assertEqual((line.product_uom_qty, line.price_unit), (48.0, 2.55))
        prepaid = self.get("pricelist_uk_prepaid")
        price = prepaid._get_product_price(line.product_id, 48.0)
        self.assertAlmostEqual(price, 2.55 * 0.97, places=2)
        self.assertEqual(self.get("order_rival_confirmed").currency_id.name, "EUR")

    def test_catalog_hides_signs_abroad(self):
        articles = self.kit.many(f"article_{code}" for code in NOT_ABROAD)
        catalog = self.env["b2b.catalog"]
        company = self.env.ref("base.main_company")
        for key, count in (("brightwell", len(articles)), ("lindner", 0)):
            domain = catalog._b2b_visible_domain(self.get(f"party_{key}"), company)
            found = self.env["product.product"].search(
                domain & catalog._b2b_base_domain(company)
            )
            self.assertEqual(len(found & articles), count, key)
            self.assertGreater(len(found), 70)

    def test_nobody_gets_mail(self):
        waiting = self.env["mail.mail"].search_count([("state", "=", "outgoing")])
        self.assertEqual(waiting, 0)
