"""One buyer who asks for the same page again and again.

`page_clients.py <url> <database> <side> <products as JSON> <log of the server>` prints
JSON: ``{page: {"seconds": the median, "queries": of the last answer}}`` and ``errors``.
"""

import json
import re
import statistics
import sys
import time
from pathlib import Path

import requests

#: Both workers load what they need before anything counts.
WARM = 20
REPEAT = 120
PAGES = {
    "suite": {"first page": "/trade/catalog", "search": "/trade/catalog?search=0012"},
    "plain": {"first page": "/shop", "search": "/shop?search=0012"},
}


def asked(session, url):
    """Seconds of each answer."""
    times = []
    for _ in range(WARM + REPEAT):
        started = time.perf_counter()
        answer = session.get(url, timeout=120)
        times.append(time.perf_counter() - started)
        answer.raise_for_status()
    return times[WARM:]


def queries(log, path):
    """What the server wrote about its last answer to a path."""
    line = re.compile(rf'"GET {re.escape(path)} HTTP[^"]*" 200 - (\d+) ')
    time.sleep(1)  # the line is written after the answer
    return int(line.findall(Path(log).read_text(errors="replace"))[-1])


def main(url, database, side, _products, log):
    session = requests.Session()
    params = {"db": database, "login": "load1", "password": "load1"}
    body = {"jsonrpc": "2.0", "id": 1, "params": params}
    session.post(f"{url}/web/session/authenticate", json=body, timeout=120)
    found = {}
    for kind, path in PAGES[side].items():
        times = asked(session, url + path)
        found[kind] = {
            "seconds": statistics.median(times),
            "queries": queries(log, path),
        }
    print(json.dumps({"kinds": found, "errors": []}))


if __name__ == "__main__":
    main(*sys.argv[1:])
