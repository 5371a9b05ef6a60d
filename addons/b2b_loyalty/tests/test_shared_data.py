"""A real wholesaler's documents as historical orders: all points, summed twice.

Once by the ledger, once from the rows with plain decimals. The demo's extract, or the
whole files where ``B2B_DATA`` names their folder; source and licence of the extract
stand beside it in ``b2b_demo/data/README.md``.
"""

import csv
import gzip
import os
from collections import defaultdict
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from odoo.tests import tagged

from .common import LoyaltyCase

EXTRACT = Path(__file__).resolve().parents[2] / "b2b_demo" / "data" / "documents.csv"
WHOLE = os.environ.get("B2B_DATA")
CENT = Decimal("0.01")
BATCH = 1000


def documents():
    """``{(customer, invoice): (moment, net amount)}``; cancellations are below zero."""
    found = {}
    for customer, invoice, moment, quantity, price in rows():
        amount = (Decimal(quantity) * Decimal(price)).quantize(CENT, ROUND_HALF_UP)
        first, net = found.get((customer, invoice), (moment, Decimal(0)))
        found[customer, invoice] = (min(first, moment), net + amount)
    return found


def rows():
    if WHOLE:
        with gzip.open(Path(WHOLE) / "online_retail.csv.gz", "rt") as handle:
            for row in csv.DictReader(handle):
                if row["customer_id"]:
                    yield (
                        row["customer_id"],
                        row["invoice"],
                        datetime.fromisoformat(row["invoice_date"]),
                        row["quantity"],
                        row["unit_price"],
                    )
        return
    with EXTRACT.open(newline="") as handle:
        for row in csv.DictReader(handle):
            moment = datetime.fromisoformat(row["date"])
            yield row["party"], row["invoice"], moment, row["quantity"], row["price"]


@tagged("post_install", "-at_install")
class TestSharedData(LoyaltyCase):
    def test_points_of_all_customers(self):
        found = documents()
        names = sorted({customer for customer, _invoice in found})
        parties = self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "b2b_customer_type": "trade",
                    "b2b_state": "active",
                }
                for name in names
            ]
        )
        of_name = dict(zip(names, parties, strict=True))
        wanted = defaultdict(int)
        for (customer, _invoice), (_moment, net) in found.items():
            wanted[of_name[customer].id] += int(net)
        documents_in_order = sorted(found.items(), key=lambda one: one[1][0])
        for start in range(0, len(found), BATCH):
            self.load(of_name, documents_in_order[start : start + BATCH])
        accounts = self.accounts.search([("party_id", "in", parties.ids)])
        balances = {account.party_id.id: account.balance for account in accounts}
        self.assertEqual(
            balances, {key: points for key, points in wanted.items() if key in balances}
        )
        self.assertFalse(
            any(points for key, points in wanted.items() if key not in balances)
        )
        self.assertEqual(self.accounts._b2b_drift(), [])
        print(
            f"{len(found):,} documents of {len(names):,} customers: "
            f"{sum(balances.values()):,} points, "
            f"{sum(1 for points in balances.values() if points < 0):,} below zero"
        )

    def load(self, of_name, batch):
        """One line with the net amount of each document, and twice the points."""
        orders = self.env["sale.order"]._b2b_create_historical(
            [
                {
                    "partner_id": of_name[customer].id,
                    "name": f"H{invoice}",
                    "date_order": moment,
                    "order_line": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.other.id,
                                "product_uom_qty": 1 if net >= 0 else -1,
                                "price_unit": float(abs(net)),
                                "tax_ids": False,
                            },
                        )
                    ],
                }
                for (customer, invoice), (moment, net) in batch
            ]
        )
        orders._b2b_loyalty_earn_historical()
        self.assertEqual(orders._b2b_loyalty_earn_historical(), 0)
        self.env.flush_all()
        self.env.invalidate_all()
