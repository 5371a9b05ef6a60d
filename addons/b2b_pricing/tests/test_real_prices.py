import logging
import random
import time

from odoo.tests import tagged

from .common import PricingCase
from .real_prices import WHOLE, Prices, sales

#: `B2B_DATA=<folder> ./b2b test <this file>` looks longer, at the whole list.
SAMPLES = 1000 if WHOLE else 200
_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestRealPrices(PricingCase):
    """Lists of a real wholesaler charge what his file says.

    One list for each customer group, one party in each group; articles and quantities
    are those of real sales.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prices = Prices()
        started = time.monotonic()
        cls._load_articles()
        cls._load_lists()
        cls._load_parties()
        cls.env.flush_all()
        _logger.info(
            "%d prices of %d articles in %d lists took %.1f s to load",
            cls.prices.rows,
            len(cls.prices.codes),
            len(cls.prices.groups),
            time.monotonic() - started,
        )
        known = set(cls.prices.codes)
        sold = [sale for sale in sales() if sale[0] in known]
        cls.samples = [
            (group, *random.Random(group).choices(sold, k=SAMPLES)[number])
            for number, group in enumerate(cls.prices.groups * SAMPLES)
            if number < SAMPLES
        ]

    @classmethod
    def _load_articles(cls):
        made = cls.env["product.product"].create(
            [
                # What no rule covers would cost this, and be seen.
                {"name": code, "default_code": code, "list_price": 999_999}
                for code in cls.prices.codes
            ]
        )
        cls.articles = dict(zip(cls.prices.codes, made, strict=True))

    @classmethod
    def _load_lists(cls):
        currencies = {
            currency.name: currency
            for currency in cls.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "in", list(cls.prices.currencies.values()))])
        }
        for currency in currencies.values():
            cls._give_rate(currency)
        rules = {group: [] for group in cls.prices.groups}
        for (group, code), steps in cls.prices.breaks.items():
            for minimum, price in steps.items():
                rules[group].append(
                    {
                        "applied_on": "1_product",
                        "product_tmpl_id": cls.articles[code].product_tmpl_id.id,
                        "min_quantity": minimum,
                        "compute_price": "fixed",
                        "fixed_price": price,
                    }
                )
        cls.lists = {
            group: cls._make_list(
                f"Group {group}",
                rules=rules[group],
                currency_id=currencies[cls.prices.currencies[group]].id,
            )
            for group in cls.prices.groups
        }

    @classmethod
    def _give_rate(cls, currency):
        """A list in a currency without rate cannot be given to anybody."""
        if currency != cls.currency:
            currency.active = True
            if currency != cls.other_currency:
                cls.env["res.currency.rate"].create(
                    {
                        "currency_id": currency.id,
                        "rate": 1.15,
                        "name": "2010-01-01",
                        "company_id": cls.company.id,
                    }
                )

    @classmethod
    def _load_parties(cls):
        cls.parties = {}
        for code, pricelist in cls.lists.items():
            group = cls.env["b2b.customer.group"].create(
                {
                    "name": f"Group {code}",
                    "kind": "b2b",
                    "erp_ref": f"real {code}",
                    "pricelist_id": pricelist.id,
                }
            )
            cls.parties[code] = cls._make_party(
                f"Customer of {code}", b2b_customer_group_id=group.id
            )

    def test_sampled_prices_are_those_of_the_file(self):
        started = time.monotonic()
        wrong = []
        for group, code, quantity in self.samples:
            found = self.lists[group]._get_product_price(self.articles[code], quantity)
            if found != self.prices.of(group, code, quantity):
                wrong.append((group, code, quantity, found))
        _logger.info(
            "%d prices of single articles took %.2f s",
            len(self.samples),
            time.monotonic() - started,
        )
        self.assertEqual(len(self.samples), SAMPLES)
        self.assertEqual(wrong, [])

    def test_every_break_is_where_the_file_has_it(self):
        """All articles of a list at once, on and just below each minimum."""
        everything = self.env["product.product"].union(*self.articles.values())
        minima = {minimum for steps in self.prices.breaks.values() for minimum in steps}
        asked = sorted({q for minimum in minima for q in (minimum, minimum - 0.5)})
        for group, pricelist in self.lists.items():
            for quantity in asked:
                found = pricelist._get_products_price(everything, quantity)
                expected = {
                    self.articles[code].id: self.prices.of(group, code, quantity)
                    for code in self.prices.codes
                }
                # Below the first minimum: the public price, which has none of these.
                covered = {i: price for i, price in expected.items() if price}
                self.assertEqual({i: found[i] for i in covered}, covered)
                self.assertTrue(
                    all(found[i] > 9999 for i in expected.keys() - covered.keys())
                )

    def test_orders_charge_what_the_file_says(self):
        """As the customer of each group orders them, on lines of one order."""
        for group, party in self.parties.items():
            mine = [sample[1:] for sample in self.samples if sample[0] == group]
            order = self.env["sale.order"].create(
                {
                    "partner_id": party.id,
                    "order_line": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.articles[code].id,
                                "product_uom_qty": quantity,
                            },
                        )
                        for code, quantity in mine
                    ],
                }
            )
            self.assertEqual(order.pricelist_id, self.lists[group])
            self.assertEqual(order.currency_id, self.lists[group].currency_id)
            self.assertEqual(
                order.order_line.mapped("price_unit"),
                [self.prices.of(group, *sale) for sale in mine],
            )
