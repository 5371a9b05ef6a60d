import random
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models import (
    sale_order_line,
    sale_order_line_analytic,
    sale_order_line_many,
    sale_order_line_together,
)
from .common import PricingCase

ORDERS = 60
TOGETHER = (
    sale_order_line,
    sale_order_line_analytic,
    sale_order_line_many,
    sale_order_line_together,
)
COMPARED = (
    "price_unit",
    "technical_price_unit",
    "discount",
    "price_subtotal",
    "price_total",
    "tax_ids",
    "pricelist_item_id",
)


@contextmanager
def one_by_one():
    """Each line priced and taxed by itself, as where another addon has a say."""
    with ExitStack() as patches:
        for module in TOGETHER:
            patches.enter_context(
                patch.object(module, "only_ours", lambda *args: False)
            )
        yield


@tagged("post_install", "-at_install")
class TestLinesTogether(PricingCase):
    """Lines that are priced and taxed together get what each gets by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(5)
        Tax = cls.env["account.tax"]
        cls.taxes = Tax.create(
            [
                {"name": "T20", "amount": 20},
                {"name": "T5", "amount": 5},
                {
                    "name": "T10 in",
                    "amount": 10,
                    "price_include_override": "tax_included",
                },
            ]
        )
        cls.abroad = cls.env["account.fiscal.position"].create({"name": "Abroad"})
        cls.zero = Tax.create(
            {
                "name": "T0",
                "amount": 0,
                "fiscal_position_ids": [Command.link(cls.abroad.id)],
                "original_tax_ids": [Command.set(cls.taxes.ids)],
            }
        )
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.articles = cls.env["product.product"].create(
            [
                {
                    "name": f"Article {n}",
                    "list_price": 3 + n * 1.37,
                    "standard_price": 1 + n,
                    "taxes_id": [Command.set(cls._some(cls.taxes))],
                    "uom_ids": [Command.link(cls.dozen.id)],
                }
                for n in range(14)
            ]
        )
        cls.env.user.group_ids += cls.env.ref("sale.group_discount_per_so_line")

    @classmethod
    def _some(cls, records, most=2):
        return cls.random.sample(records.ids, cls.random.randint(0, most))

    def _random_list(self, number):
        rules = []
        for product in self.articles:
            kind = self.random.choice(["fixed", "percentage", "formula", None])
            if kind:
                rules.append(
                    {
                        "applied_on": "0_product_variant",
                        "product_id": product.id,
                        "compute_price": kind,
                        "fixed_price": self.random.randint(100, 900) / 100,
                        "percent_price": self.random.choice([5, 12.5]),
                        "price_discount": self.random.choice([0, 7]),
                        "base": self.random.choice(["list_price", "standard_price"]),
                        "min_quantity": self.random.choice([0, 0, 10]),
                    }
                )
        currency = self.random.choice([self.currency, self.other_currency])
        return self._make_list(f"List {number}", None, rules, currency_id=currency.id)

    def _random_lines(self):
        lines = [(0, 0, {"display_type": "line_section", "name": "Section"})]
        for _number in range(self.random.randint(2, 12)):
            line = {
                "product_id": self.random.choice(self.articles).id,
                "product_uom_qty": self.random.choice([1, 3, 10, 24]),
            }
            if self.random.random() < 0.2:
                line["price_unit"] = 4.44
            if self.random.random() < 0.2:
                line["b2b_manual_discount"] = 10
            if self.random.random() < 0.3:
                line["product_uom_id"] = self.dozen.id
            lines.append((0, 0, line))
        return lines

    def _order(self, values):
        order = self.env["sale.order"].create(values)
        order.order_line.flush_recordset()
        self.env.invalidate_all()
        return order

    def _amounts(self, order):
        return [[line[name] for name in COMPARED] for line in order.order_line]

    def test_random_orders_agree(self):
        taxed = set()
        for number in range(ORDERS):
            position = self.random.choice([self.abroad, self.abroad.browse()])
            values = {
                "partner_id": self.party.id,
                "pricelist_id": self._random_list(number).id,
                "fiscal_position_id": position.id,
                "order_line": self._random_lines(),
            }
            together = self._order(values)
            with one_by_one():
                alone = self._order(values)
            self.assertEqual(self._amounts(together), self._amounts(alone), values)
            self.assertEqual(together.amount_total, alone.amount_total)
            taxed.add(together.order_line.tax_ids)
            self._change(together)
            with one_by_one():
                self._change(alone)
            self.assertEqual(self._amounts(together), self._amounts(alone), values)
        self.assertGreater(len(taxed), 4)

    def _change(self, order):
        """Quantities of several lines, then the prices of all."""
        goods = order.order_line.filtered("product_id")
        order.order_line = [
            Command.update(line.id, {"product_uom_qty": 12}) for line in goods[:3]
        ]
        order.action_update_prices()
        self.env.flush_all()
        self.env.invalidate_all()

    def test_another_addon_has_its_say(self):
        """Its price and its taxes count for each line, as without this suite."""
        Line = type(self.env["sale.order.line"])

        def price(line):
            return 7.0 + line.product_uom_qty

        def taxes(lines):
            for line in lines:
                line.tax_ids = self.taxes[line.product_uom_qty > 1]

        price.__module__ = taxes.__module__ = "odoo.addons.another.models"
        values = {
            "partner_id": self.party.id,
            "pricelist_id": self._random_list("other").id,
            "order_line": [
                (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                for product, quantity in zip(self.articles, (1, 2, 3), strict=False)
            ],
        }
        with (
            patch.object(Line, "_get_display_price", price),
            patch.object(Line, "_compute_tax_ids", taxes),
        ):
            order = self._order(values)
        self.assertEqual(order.order_line.mapped("price_unit"), [8.0, 9.0, 10.0])
        self.assertEqual(
            [line.tax_ids for line in order.order_line],
            [self.taxes[0], self.taxes[1], self.taxes[1]],
        )

    def test_the_public_list_is_that_of_the_lines_company(self):
        """A rep with two companies open; each order follows the list of its own."""
        other = self.env["res.company"].create({"name": "Second"})
        self.env.user.company_ids |= other
        lists = {}
        for company, percent in ((self.company, 2), (other, 50)):
            terms = {"applied_on": "3_global", "compute_price": "percentage"}
            rules = [{**terms, "percent_price": percent}]
            public = self._make_list(company.name, None, rules, b2b_private=False)
            company.b2b_public_pricelist_id = lists[company] = public
        empty = self._make_list("Empty", None, (), b2b_fallback="public")
        self.articles.write({"list_price": 100, "taxes_id": False})
        both = self.env["sale.order"].with_context(
            allowed_company_ids=[self.company.id, other.id]
        )
        lines = [(0, 0, {"product_id": product.id}) for product in self.articles[:2]]
        values = {
            "partner_id": self.party.id,
            "pricelist_id": empty.id,
            "order_line": lines,
        }
        orders = both.create(
            [{**values, "company_id": c.id} for c in (self.company, other)]
        )
        orders.flush_recordset()
        prices = [line.price_subtotal for line in orders.order_line]
        self.assertEqual(prices, [98.0, 98.0, 50.0, 50.0])
        changes = [
            Command.update(i, {"product_uom_qty": 2}) for i in orders[1].order_line.ids
        ]
        orders[1].order_line = changes
        self.assertEqual(orders[1].amount_untaxed, 200.0)
        orders[1].action_update_prices()
        self.assertEqual(orders[1].amount_untaxed, 200.0)

    def test_delivery_costs_what_the_carrier_says(self):
        if "is_delivery" not in self.env["sale.order.line"]._fields:
            self.skipTest("delivery is not installed")
        terms = {"applied_on": "3_global", "compute_price": "percentage"}
        rules = [{**terms, "percent_price": 10}]
        order = self._order(
            {
                "partner_id": self.party.id,
                "pricelist_id": self._make_list("Ten off", None, rules).id,
                "order_line": [
                    (0, 0, {"product_id": product.id}) for product in self.articles[:2]
                ],
            }
        )
        service = self.env["product.product"].create(
            {"name": "Van", "type": "service", "list_price": 9.0}
        )
        carrier = self.env["delivery.carrier"].create(
            {"name": "Van", "product_id": service.id, "fixed_price": 9.0}
        )
        order.set_delivery_line(carrier, 9.0)
        order.order_line.write({"product_uom_qty": 2})
        (delivery,) = order.order_line.filtered("is_delivery")
        self.assertEqual((delivery.price_unit, delivery.discount), (9.0, 0.0))
        self.assertFalse(delivery.pricelist_item_id)

    def test_another_addon_distributes(self):
        """As projects do: what it says of a line stays, for one and for many."""

        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create(
            {"name": "Project", "plan_id": plan.id}
        )
        wanted = {str(account.id): 100}
        Line = type(self.env["sale.order.line"])
        below = next(
            cls
            for cls in Line.__mro__
            if cls.__module__.startswith("odoo.addons.sale.")
            and "_compute_analytic_distribution" in vars(cls)
        )

        def distribute(lines):
            for line in lines:
                line.analytic_distribution = wanted

        distribute.__module__ = "odoo.addons.another.models"
        with patch.object(below, "_compute_analytic_distribution", distribute):
            order = self._order(
                {
                    "partner_id": self.party.id,
                    "order_line": [
                        (0, 0, {"product_id": product.id})
                        for product in self.articles[:3]
                    ],
                }
            )
        found = order.order_line.mapped("analytic_distribution")
        self.assertEqual(found, [wanted] * 3)

    def test_a_stored_default_counts(self):
        """What a user stored as default of a line is there, for one line and many."""
        self.env["ir.default"].set(
            "sale.order.line", "b2b_manual_discount", 15.0, user_id=True
        )
        order = self._order(
            {
                "partner_id": self.party.id,
                "order_line": [
                    (0, 0, {"product_id": product.id}) for product in self.articles[:3]
                ],
            }
        )
        self.assertEqual(set(order.order_line.mapped("b2b_manual_discount")), {15.0})
        self.assertEqual(set(order.order_line.mapped("discount")), {15.0})

    def test_a_default_of_the_context_counts(self):
        lines = self.env["sale.order.line"].with_context(default_b2b_manual_discount=5)
        order = self._order({"partner_id": self.party.id})
        made = lines.create(
            [
                {"order_id": order.id, "product_id": product.id}
                for product in self.articles[:3]
            ]
        )
        self.assertEqual(set(made.mapped("discount")), {5.0})

    def test_company_of_articles_is_checked(self):
        """Each article of another company is found, though equal lines ask once."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self.env["product.product"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        with self.assertRaisesRegex(UserError, "(?s)Theirs.*Theirs"):
            self._order(
                {
                    "partner_id": self.party.id,
                    "order_line": [
                        (0, 0, {"product_id": product.id})
                        for product in (*self.articles[:2], foreign, foreign)
                    ],
                }
            )
