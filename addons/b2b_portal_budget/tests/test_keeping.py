from lxml import html

from odoo.tests import tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase

NEW = "/trade/budgets/new"
CREATE = "/trade/budgets/create"


@tagged("post_install", "-at_install")
class TestKeeping(TradeHttpCase):
    """The company's administrator keeps the budgets of his people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currency = cls.env.company.currency_id
        cls.ours = cls._make_budget("Set by the seller")
        cls.own = cls._make_budget("Window", kept_by="customer")
        cls.foreign = cls._make_budget(
            "Lager", party_id=cls.rival_party.id, kept_by="customer"
        )

    @classmethod
    def _make_budget(cls, name, **values):
        values = {
            "name": name,
            "party_id": cls.party.id,
            "amount": 100.0,
            "currency_id": cls.currency.id,
            **values,
        }
        return cls.env["b2b.budget"].create(values)

    def setUp(self):
        super().setUp()
        self.sign_in(self.owner)

    def _typed(self, **values):
        return {
            "name": "Lighting",
            "use": "limit",
            "amount": "800",
            "max_order_amount": "",
            "currency": self.currency.name,
            "period": "month",
            "tax_basis": "untaxed",
            "include_delivery": "1",
            "action": "authorize",
            "alert_percents": "50, 80",
            **values,
        }

    def _made(self, name="Lighting"):
        return self.env["b2b.budget"].search([("name", "=", name)])

    def assertSentence(self, answer, field, *words):
        """The refusal stands beside its field and nothing was saved."""
        self.assertEqual(answer.status_code, 400, answer.text[:600])
        tree = html.fromstring(answer.text)
        text = tree.get_element_by_id(f"b2b_{field}_error").text_content()
        for word in words:
            self.assertIn(word, text)
        self.assertFalse(self._made())

    # -- making and changing -----------------------------------------------------

    def test_create_change_archive_and_the_log(self):
        self.assertIn("New budget", self.page(NEW).text)
        answer = self.form(
            CREATE,
            **self._typed(seat_ids=self.buyer.id, supervisor_ids=self.approver.id),
        )
        self.assertEqual(answer.status_code, 303, answer.text[:600])
        budget = self._made()
        self.assertEqual(
            (budget.kept_by, budget.party_id, budget.amount, budget.include_delivery),
            ("customer", self.party, 800.0, True),
        )
        self.assertEqual(
            budget.seat_ids | budget.supervisor_ids, self.buyer | self.approver
        )
        self.assertEqual(budget.alert_percents, "50, 80")
        page = self.page(answer.headers["Location"]).text
        self.assertIn("is saved", page)
        path = f"/trade/budgets/{budget.id}"
        self.assertIn('value="Lighting"', self.page(f"{path}/edit").text)
        typed = self._typed(amount="900", include_delivery=None)
        self.assertEqual(self.form(f"{path}/save", **typed).status_code, 303)
        self.assertEqual((budget.amount, budget.include_delivery), (900.0, False))
        for do, active in (("archive", False), ("restore", True)):
            answer = self.form(f"{path}/state", do=do)
            self.assertEqual(answer.status_code, 303)
            self.assertEqual(budget.active, active)
        lines = self.env["b2b.audit.entry"].search(
            [("model", "=", "b2b.budget"), ("res_id", "=", budget.id)]
        )
        self.assertEqual(lines.user_id, self.owner.user_id)
        self.assertEqual(set(lines.mapped("source")), {"portal"})
        budget.with_user(self.manager).amount = 1000
        self.assertIn("Lighting", self.page("/trade/team/activity").text)

    def test_what_we_made_is_read_only_unless_we_allow_it(self):
        path = f"/trade/budgets/{self.ours.id}"
        self.assertIn("set by", self.page(path).text)
        self.assertNotIn(f"{path}/edit", self.page(path).text)
        for answer in (
            self.page(f"{path}/edit"),
            self.form(f"{path}/save", **self._typed()),
            self.form(f"{path}/state", do="archive"),
        ):
            self.assertRefused(answer, 403, "was set by us")
        self.assertEqual((self.ours.amount, self.ours.active), (100.0, True))
        self.ours.customer_may_change = True
        self.assertIn(f"{path}/edit", self.page(path).text)
        answer = self.form(f"{path}/save", **self._typed(name=self.ours.name))
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.ours.amount, 800)

    def test_a_groups_budget_is_read_only(self):
        group = self.env["b2b.party.group"].create({"name": "Group"})
        self.env["b2b.party.group.member"].create(
            {"group_id": group.id, "partner_id": self.party.id}
        )
        shared = self._make_budget(
            "Group 2026",
            party_id=False,
            party_group_id=group.id,
            customer_may_change=True,
        )
        self.assertIn("all of Group", self.page(f"/trade/budgets/{shared.id}").text)
        answer = self.form(f"/trade/budgets/{shared.id}/save", **self._typed())
        self.assertRefused(answer, 403, "budget of a group")

    # -- bad input ---------------------------------------------------------------

    def test_amounts(self):
        for text in ("-5", "1e12", "many", "9999999999", "NaN"):
            answer = self.form(CREATE, **self._typed(amount=text))
            self.assertSentence(answer, "amount", text, "is not an amount")
        answer = self.form(CREATE, **self._typed(amount="0", max_order_amount="0"))
        self.assertSentence(answer, "amount", "an order maximum, or both")

    def test_the_ceiling_of_the_seller(self):
        self.party.b2b_budget_ceiling = 750
        self.assertIn(self.money(750), self.page(NEW).text)
        for field in ("amount", "max_order_amount"):
            typed = self._typed(amount="700", **{})
            typed[field] = "750.01"
            self.assertSentence(
                self.form(CREATE, **typed), field, "At most", self.money(750)
            )
        self.assertEqual(
            self.form(CREATE, **self._typed(amount="750")).status_code, 303
        )
        path = f"/trade/budgets/{self._made().id}/save"
        self.assertEqual(self.form(path, **self._typed(amount="751")).status_code, 400)
        self.assertEqual(self._made().amount, 750)

    def test_the_ceiling_counts_in_its_currency(self):
        foreign = self.env["res.currency"].create(
            {"name": "XXC", "symbol": "C", "rounding": 0.01}
        )
        self.party.b2b_budget_ceiling = 750
        typed = self._typed(currency="XXC", amount="1400")
        self.assertSentence(
            self.form(CREATE, **typed), "currency", "no exchange rate for XXC"
        )
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "name": "2020-01-01", "company_rate": 2.0}
        )
        typed["amount"] = "1501"
        self.assertSentence(self.form(CREATE, **typed), "amount", self.money(750))
        typed["amount"] = "1500"
        self.assertEqual(self.form(CREATE, **typed).status_code, 303)

    def test_people_of_others(self):
        suspended = self._make_seat(self.party, "Rob", "buyer")
        suspended.action_suspend()
        for field, value in (
            ("seat_ids", self.rival.id),
            ("seat_ids", suspended.id),
            ("seat_ids", "x"),
            ("supervisor_ids", self.rival.id),
            ("supervisor_ids", self.buyer.id),  # may not approve at all
        ):
            answer = self.form(CREATE, **self._typed(**{field: value}))
            self.assertSentence(answer, field, "does not sit in", self.party.name)
        answer = self.form(CREATE, **self._typed(category_ids="99999999"))
        self.assertRefused(answer, 400, "One of these categories is gone")

    def test_other_fields(self):
        for field, value, words in (
            ("name", " ", "Enter a name"),
            ("name", "x" * 81, "Enter a name"),
            ("period", "decade", "Choose one"),
            ("action", "", "Choose one"),
            ("currency", "ZZZ", "Choose one"),
            ("alert_percents", "50, many", "percentages"),
        ):
            answer = self.form(CREATE, **self._typed(**{field: value}))
            self.assertSentence(answer, field, words)
        once = {"period": "one_off"}
        answer = self.form(CREATE, **self._typed(**once))
        self.assertSentence(answer, "date_from", "first day")
        once["date_from"] = "2026-12-01"
        answer = self.form(CREATE, **self._typed(**once, date_to="2026-11-01"))
        self.assertSentence(answer, "date_to", "before")
        answer = self.form(CREATE, **self._typed(**once, date_to="9999-99-99"))
        self.assertSentence(answer, "date_to", "Enter a day")

    def test_another_period_with_history_offers_a_new_budget(self):
        self._make_order(quantity=2).action_confirm()
        path = f"/trade/budgets/{self.own.id}"
        typed = self._typed(name="Window", amount="100", period="week")
        answer = self.form(f"{path}/save", **typed)
        self.assertRefused(answer, 400, "make a new one", f"{NEW}?copy={self.own.id}")
        self.assertEqual(self.own.period, "month")
        self.assertIn('value="Window"', self.page(f"{NEW}?copy={self.own.id}").text)
        typed["period"] = "month"
        self.assertEqual(self.form(f"{path}/save", **typed).status_code, 303)

    # -- who ---------------------------------------------------------------------

    def _routes(self, budget):
        path = f"/trade/budgets/{budget.id}"
        return (
            lambda: self.page(f"{path}/edit"),
            lambda: self.page(f"{NEW}?copy={budget.id}"),
            lambda: self.form(f"{path}/save", **self._typed()),
            lambda: self.form(f"{path}/state", do="archive"),
        )

    def test_budgets_of_others_and_of_nobody(self):
        for call in self._routes(self.foreign):
            self.assertRefused(call(), 404)
        self.assertRefused(self.page(f"/trade/budgets/{self.foreign.id}/export"), 404)
        for number in ("987654321", "99999999999999999999"):
            self.assertRefused(self.page(f"/trade/budgets/{number}/edit"), 404)
            self.assertRefused(self.form(f"/trade/budgets/{number}/save"), 404)
        self.assertEqual((self.foreign.amount, self.foreign.active), (100.0, True))

    def test_who_does_not_keep_budgets_changes_nothing(self):
        for seat in (self.buyer, self.approver, self.viewer, self.rival):
            self.sign_in(seat)
            for call in (
                *self._routes(self.own),
                lambda: self.page(NEW),
                lambda: self.form(CREATE, **self._typed()),
            ):
                self.assertRefused(call(), 403)
        self.assertEqual((self.own.amount, self.own.active), (100.0, True))
        self.assertFalse(self._made())

    def test_forms_need_their_keys(self):
        path = f"/trade/budgets/{self.own.id}"
        for name, values in (("save", self._typed()), ("state", {"do": "archive"})):
            for keys, status in (
                ({"csrf_token": "x"}, 400),
                ({"seat_id": self.buyer.id}, 409),
                ({"seat_id": None}, 400),
            ):
                answer = self.form(f"{path}/{name}", **{**values, **keys})
                self.assertRefused(answer, status)
        self.assertRefused(self.form(CREATE, **self._typed(csrf_token="x")), 400)
        self.assertRefused(self.form(f"{path}/state", do="delete"), 400)
        self.assertTrue(self.own.active)

    def test_an_agent_keeps_no_budgets(self):
        agency = self.env["res.partner"].create(
            {"name": "Northgate", "is_company": True}
        )
        contact = self.env["res.partner"].create(
            {"name": "Ravi", "email": "ravi@northgate.example", "parent_id": agency.id}
        )
        agent = contact._b2b_agent_login(password="ravi@northgate.example")
        self.party.b2b_agent_ids = agency
        person = self.env["b2b.person"].search([("login_user_id", "=", agent.id)])
        self.authenticate(agent.login, agent.login)
        values = {"seat_id": 0, "party_id": self.party.id, "csrf_token": self.token()}
        self.url_open("/trade/agent/order", data=values, allow_redirects=False)
        self.seat = person._b2b_agent_seat(self.party)
        self.authenticate(agent.login, agent.login)
        for call in (
            *self._routes(self.own),
            lambda: self.page(NEW),
            lambda: self.form(CREATE, **self._typed()),
        ):
            self.assertIn(call().status_code, (303, 403, 409))
        self.assertEqual((self.own.amount, self.own.active), (100.0, True))
        self.assertFalse(self._made())
