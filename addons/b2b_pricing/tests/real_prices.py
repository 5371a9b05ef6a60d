"""A real wholesaler's prices and sales: the demo's extract, or the whole files.

``B2B_DATA`` names the folder of the whole ones; the extract's licence and source stand
beside it in ``b2b_demo/data/README.md``.
"""

import csv
import os
from collections import defaultdict
from pathlib import Path

EXTRACT = Path(__file__).resolve().parents[2] / "b2b_demo" / "data"
WHOLE = os.environ.get("B2B_DATA")


def _sheet(name):
    # Only for the whole files.
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(Path(WHOLE) / name)
    return book.get_sheet_by_index(0).to_python()[1:]


def _text(value):
    """Codes of digits are numbers in the sheets."""
    return str(int(value)) if isinstance(value, float) else value.strip()


def _number(value):
    """Some are text with a decimal comma."""
    return float(str(value).replace(",", "."))


def _table(name):
    with (EXTRACT / name).open(newline="") as handle:
        yield from csv.DictReader(handle)


def price_rows():
    """``(group, code, minimum quantity, price, currency)`` of every row."""
    if WHOLE:
        for group, code, minimum, price, currency in _sheet("price_list.xlsx"):
            yield group, _text(code), _number(minimum), _number(price), currency
        return
    for row in _table("prices.csv"):
        minimum, price = float(row["min_quantity"]), float(row["price"])
        yield row["group"], row["code"], minimum, price, row["currency"]


def sales():
    """``(code, quantity)`` of every row that sold something."""
    if WHOLE:
        rows = _sheet("orders_december.xlsx")
        pairs = ((_text(row[3]), row[4]) for row in rows)
    else:
        rows = _table("documents.csv")
        pairs = ((row["code"], float(row["quantity"])) for row in rows)
    return [(code, quantity) for code, quantity in pairs if quantity > 0]


class Prices:
    """The rows, and what the file says a quantity costs, found without the engine."""

    def __init__(self):
        self.breaks = defaultdict(dict)
        self.currencies = {}
        self.rows = 0
        for group, code, minimum, price, currency in price_rows():
            self.breaks[group, code][minimum] = price
            self.currencies[group] = currency
            self.rows += 1
        self.groups = sorted(self.currencies)
        self.codes = sorted({code for _group, code in self.breaks})

    def of(self, group, code, quantity):
        """The price of the highest minimum that is reached; None below the first."""
        steps = self.breaks[group, code]
        reached = [minimum for minimum in steps if minimum <= quantity]
        return steps[max(reached)] if reached else None
