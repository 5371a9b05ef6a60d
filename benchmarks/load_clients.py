"""Buyers who look and order for a while.

`load_clients.py <url> <database> <side> <products as JSON> <log of the server>` prints
JSON: ``{kind: {"seconds": 95 of 100 stay below, "requests": n}}`` and ``errors``.
"""

import json
import random
import sys
import threading
import time

import requests

BUYERS = 20
SECONDS = 60
#: Before that nothing counts: workers load what they need with their first requests.
WARM = 15
#: Seconds between two requests of a person.
PAUSE = (0.5, 1.5)
PAGES = {
    "suite": {
        "catalog": "/trade/catalog",
        "search": "/trade/catalog?search=article+1{digit}",
        "filter": "/trade/catalog?in_stock=1",
        "cart": "/trade/cart",
    },
    "plain": {
        "catalog": "/shop",
        "search": "/shop?search=article+1{digit}",
        "filter": "/shop/page/{digit}",
        "cart": "/shop/cart",
    },
}


class Buyer(threading.Thread):
    """One person: signs in, then pages and additions to the cart until the end."""

    def __init__(self, number, url, database, side, until):
        super().__init__()
        self.url, self.database, self.side, self.until = url, database, side, until
        self.login = f"load{number}"
        self.random = random.Random(number)
        self.session = requests.Session()
        self.times, self.errors = [], []

    def call(self, path, **parameters):
        body = {"jsonrpc": "2.0", "id": 1, "params": parameters}
        answer = self.session.post(self.url + path, json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def run(self):
        self.call(
            "/web/session/authenticate",
            db=self.database,
            login=self.login,
            password=self.login,
        )
        adding = self.addition()
        while time.monotonic() < self.until:
            time.sleep(self.random.uniform(*PAUSE))
            kinds = [*PAGES[self.side], "catalog", "add"]
            kind = self.random.choice(kinds)
            self.timed(kind, adding)

    def timed(self, kind, adding):
        started = time.perf_counter()
        try:
            if kind == "add":
                answer = adding()
                fault = answer.get("error")
            else:
                path = PAGES[self.side][kind].format(digit=self.random.randint(1, 9))
                answer = self.session.get(self.url + path, timeout=60)
                fault = None if answer.status_code == 200 else answer.status_code
        except requests.RequestException as error:
            fault = str(error)
        if time.monotonic() > self.until - SECONDS:
            self.times.append((kind, time.perf_counter() - started))
        if fault:
            self.errors.append(f"{self.login} {kind}: {fault}"[:300])

    def addition(self):
        """How this side puts an article into the cart."""
        if self.side == "plain":
            return self.add_in_shop
        page = self.session.get(self.url + "/trade/catalog", timeout=60).text
        seat = page.split('data-seat-id="')[1].split('"')[0]
        return lambda: self.call(
            "/trade/cart/add",
            seat_id=int(seat),
            lines=[[self.pick()["product"], 1]],
            on_double="add",
        )

    def add_in_shop(self):
        article = self.pick()
        return self.call(
            "/shop/cart/add",
            product_template_id=article["template"],
            product_id=article["product"],
            quantity=1,
        )

    def pick(self):
        return self.random.choice(PRODUCTS)


def share(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def main(url, database, side, products, _log):
    PRODUCTS.extend(json.loads(products))
    until = time.monotonic() + WARM + SECONDS
    buyers = [Buyer(n, url, database, side, until) for n in range(1, BUYERS + 1)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    by_kind = {}
    for buyer in buyers:
        for kind, seconds in buyer.times:
            by_kind.setdefault(kind, []).append(seconds)
    found = {
        kind: {"seconds": share(times, 0.95), "requests": len(times)}
        for kind, times in by_kind.items()
    }
    errors = [error for buyer in buyers for error in buyer.errors]
    print(json.dumps({"kinds": found, "errors": errors}))


PRODUCTS = []

if __name__ == "__main__":
    main(*sys.argv[1:])
