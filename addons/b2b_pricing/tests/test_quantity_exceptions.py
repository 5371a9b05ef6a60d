from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestQuantityExceptions(PricingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.b2b_multiple = 10
        cls.group = cls.env["b2b.customer.group"].create({"name": "Gift shops"})
        cls.party.b2b_customer_group_id = cls.group
        cls.agreement = cls._make_agreement(is_default=True)

    def _except(self, multiple, **values):
        return self.env["b2b.quantity.rule"].create(
            {
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "multiple": multiple,
                **values,
            }
        )

    def _step(self, party=None, agreement=None):
        return self.product._b2b_quantity_rule(party, agreement).step

    def test_agreement_before_party_before_group_before_article(self):
        self.assertEqual(self._step(self.party, self.agreement), 10)
        self._except(2, customer_group_id=self.group.id)
        self.assertEqual(self._step(self.party, self.agreement), 2)
        self._except(3, party_id=self.party.id)
        self.assertEqual(self._step(self.party, self.agreement), 3)
        variant = self._except(4, party_id=self.party.id, product_id=self.product.id)
        self.assertEqual(self._step(self.party), 4)
        own = self._except(5, agreement_id=self.agreement.id)
        self.assertEqual(self._step(self.party, self.agreement), 5)
        self.assertEqual(self._step(self.rival_party), 10)
        own.active = False
        variant.unlink()
        self.assertEqual(self._step(self.party, self.agreement), 3)
        # A contact of the party is the party.
        self.assertEqual(self._step(self.buyer.user_id.partner_id), 3)

    def test_a_new_one_has_no_name_yet(self):
        rule = self.env["b2b.quantity.rule"].new({})
        self.assertFalse(rule.display_name)
        rule.product_tmpl_id = self.product.product_tmpl_id
        self.assertEqual(rule.display_name, self.product.product_tmpl_id.display_name)

    def test_starts_with_the_articles_own(self):
        self.product.write({"b2b_min_qty": 20, "b2b_max_qty": 200})
        row = self.env["b2b.quantity.rule"].create(
            {
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "party_id": self.party.id,
            }
        )
        self.assertEqual((row.min_qty, row.multiple, row.max_qty), (20, 10, 200))
        self.assertEqual(row.usual, "at least 20, packs of 10, at most 200")

    def test_gate_and_finding_follow_the_customer(self):
        cart = self._make_cart(quantity=14)

        def found():
            findings = [f for f in cart._b2b_findings() if f.code == "quantity"]
            return [f.message for f in findings]

        self.assertIn("14 → 20: packs of 10", found()[0])
        self._except(7, agreement_id=self.agreement.id)
        self.assertEqual(found(), [])
        cart.order_line.product_uom_qty = 15
        self.assertIn("15 → 21: packs of 7", found()[0])

    @mute_logger("odoo.tests.form.onchange")
    def test_the_form_asks_above_half(self):
        self._except(20, party_id=self.party.id)
        with Form(self.env["sale.order"].with_user(self.manager)) as form:
            form.partner_id = self.party
            with form.order_line.new() as line:
                line.product_id = self.product
                self.assertEqual(line.product_uom_qty, 20)
                line.product_uom_qty = 14
                self.assertEqual(line.product_uom_qty, 20)
                # 11 would become 20: that is asked about.
                line.product_uom_qty = 11
                self.assertEqual(line.product_uom_qty, 11)

    def test_decimals_by_unit(self):
        rope = self.env["product.product"].create(
            {"name": "Rope", "uom_id": self.env.ref("uom.product_uom_meter").id}
        )
        self.env["b2b.quantity.rule"].create(
            {
                "product_tmpl_id": rope.product_tmpl_id.id,
                "party_id": self.party.id,
                "min_qty": 2.5,
                "multiple": 0.5,
            }
        )
        rule = rope._b2b_quantity_rule(self.party)
        self.assertEqual(rule.correct(1), 2.5)
        self.assertEqual(rule.correct(2.6), 3.0)
        self.assertEqual(rope._b2b_quantity_rule().correct(2.6), 2.6)

    def test_smallest_quantity_decides_the_shown_price(self):
        self.public.item_ids = [
            (
                0,
                0,
                {
                    "applied_on": "0_product_variant",
                    "product_id": self.product.id,
                    "compute_price": "fixed",
                    "min_quantity": 20,
                    "fixed_price": 7.0,
                },
            )
        ]
        shown = self.public._b2b_prices
        self.assertEqual(shown(self.product)[self.product.id]["price"], 8.0)
        self._except(20, party_id=self.party.id)
        row = shown(self.product, party=self.party)[self.product.id]
        self.assertEqual(row["price"], 7.0)
        self.assertEqual(row["breaks"], [(20, 7.0)])

    def test_bad_input(self):
        for values, words in (
            ({"multiple": 0}, "must be above 0"),
            ({"multiple": 12, "max_qty": 5}, "nothing could be ordered"),
            ({"multiple": 1, "min_qty": -1}, "cannot be below 0"),
            (
                {"multiple": 1, "party_id": self.buyer.user_id.partner_id.id},
                "is a contact",
            ),
        ):
            with self.refuses(ValidationError, words), self.env.cr.savepoint():
                self._except(**{"party_id": self.party.id, **values})

    def test_own_parties_and_portal(self):
        mine = self._except(2, party_id=self.party.id)
        other = self._except(2, party_id=self.rival_party.id)
        under = self._except(2, agreement_id=self.agreement.id)
        rep = new_test_user(self.env, "b2b_q_rep", "b2b_party.group_rep")
        rep.b2b_own_parties_only = True
        self.rival_party.b2b_rep_ids = rep
        seen = self.env["b2b.quantity.rule"].with_user(rep).search([])
        self.assertIn(other, seen)
        self.assertFalse((mine | under) & seen)
        with self.assertRaises(AccessError):
            mine.with_user(self.buyer.user_id).read(["multiple"])
        with self.assertRaises(AccessError):
            mine.with_user(rep).write({"multiple": 1})

    def test_queries(self):
        products = self.env["product.product"].create(
            [{"name": f"Article {n}"} for n in range(50)]
        )

        def count(picked):
            self.env.invalidate_all()
            picked.mapped("uom_id.parent_path")
            picked.product_tmpl_id.mapped("b2b_multiple")
            before = self.env.cr.sql_log_count
            picked._b2b_quantity_rules(self.party, self.agreement)
            return self.env.cr.sql_log_count - before

        count(products)
        self.assertEqual(count(products), count(products[:5]))
        self.env["b2b.quantity.rule"].create(
            [
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "party_id": self.party.id,
                }
                for product in products
            ]
        )
        self.assertLessEqual(count(products), count(products[:5]) + 2)

    def test_new_version_keeps_them(self):
        self._except(5, agreement_id=self.agreement.id)
        action = self.agreement.action_new_version()
        fresh = self.env["b2b.agreement"].browse(action["res_id"])
        self.assertEqual(fresh.quantity_rule_ids.multiple, 5)
