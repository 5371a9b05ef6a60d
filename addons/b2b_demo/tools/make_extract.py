#!/usr/bin/env python3
"""Cut the demo extract out of the Online Retail data set.

    python make_extract.py FOLDER

FOLDER holds ``online_retail.csv.gz`` and ``price_list.xlsx`` (see ../data/README.md
for source and licence).  Writes ``articles.csv``, ``prices.csv`` and
``documents.csv`` into ``../data``; two runs give identical bytes.  Needs ``openpyxl``.
"""

import csv
import gzip
import hashlib
import sys
from collections import Counter, defaultdict
from pathlib import Path

from extract_plan import ARTICLES, PARTIES, PRICE_GROUPS, STOCK_PLAN, WINDOW

DATA = Path(__file__).resolve().parents[1] / "data"


def digits(text, length):
    """A stable number of ``length`` digits made from ``text``."""
    return str(int(hashlib.sha256(text.encode()).hexdigest(), 16))[-length:]


def ean13(code):
    """An in-house EAN-13 (prefix 200 is reserved for use inside a company)."""
    body = "200" + digits("ean" + code, 9)
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body))
    return body + str(-total % 10)


def read_transactions(folder):
    with gzip.open(
        folder / "online_retail.csv.gz", "rt", encoding="utf-8", newline=""
    ) as f:
        wanted = {code for code, *_ in ARTICLES}
        return [row for row in csv.DictReader(f) if row["stock_code"] in wanted]


def read_prices(folder):
    from openpyxl import load_workbook

    sheet = load_workbook(folder / "price_list.xlsx", read_only=True).active
    prices = defaultdict(dict)
    for group, code, quantity, price, currency in sheet.iter_rows(
        min_row=2, values_only=True
    ):
        amount = float(str(price).replace(",", "."))
        prices[group, code][int(quantity)] = (amount, currency)
    return prices


def names_of(rows):
    seen = defaultdict(Counter)
    for row in rows:
        if row["invoice"].isdigit() and float(row["unit_price"]) > 0:
            seen[row["stock_code"]][" ".join(row["description"].split())] += 1
    return {code: counts.most_common(1)[0][0] for code, counts in seen.items()}


def write(name, header, rows):
    with (DATA / name).open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def write_articles(names, prices):
    rows = []
    for code, category, drawing, colour, pack in ARTICLES:
        trade = prices["0020", code][1][0]
        cost = round(trade * (0.52 + int(digits("cost" + code, 2)) / 1000), 2)
        retail = round(trade * 1.4 / 0.05) * 0.05
        stock = STOCK_PLAN.get(code, 150 + int(digits("stock" + code, 4)) // 5)
        rows.append(
            [code, names[code], category, drawing, colour, pack]
            + [f"{retail:.2f}", f"{cost:.2f}", ean13(code), stock]
        )
    header = "code,name,category,drawing,colour,pack,list_price,cost,barcode,stock"
    write("articles.csv", header.split(","), rows)


def write_prices(prices):
    rows = []
    for group in PRICE_GROUPS:
        for code, *_ in ARTICLES:
            before = None
            for quantity, (price, currency) in sorted(prices[group, code].items()):
                if price != before:
                    rows.append([group, code, quantity, f"{price:.2f}", currency])
                before = price
    write("prices.csv", "group,code,min_quantity,price,currency".split(","), rows)


def write_documents(rows):
    owners = {}
    for party, this_year, year_before, last_day in PARTIES:
        owners[this_year] = (party, 0, last_day)
        owners[year_before] = (party, 1, WINDOW[1])
    lines = []
    for row in rows:
        party, years_back, last_day = owners.get(row["customer_id"], (None,) * 3)
        day = row["invoice_date"][:10]
        if not party or not WINDOW[0] <= day <= last_day:
            continue
        if row["invoice"][0] == "A" or float(row["unit_price"]) <= 0:
            continue
        lines.append(
            [party, years_back, row["invoice"], row["invoice_date"][:16]]
            + [row["stock_code"], row["quantity"], row["unit_price"]]
        )
    lines.sort(key=lambda line: (line[0], line[1], line[3], line[2]))
    header = "party,years_back,invoice,date,code,quantity,price"
    write("documents.csv", header.split(","), lines)


def main():
    folder = Path(sys.argv[1])
    rows, prices = read_transactions(folder), read_prices(folder)
    write_articles(names_of(rows), prices)
    write_prices(prices)
    write_documents(rows)


if __name__ == "__main__":
    main()
