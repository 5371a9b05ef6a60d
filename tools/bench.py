"""`./b2b bench`: the suite beside plain Odoo, measured in the same run."""

import ast
import json
import os
import re

from . import addons
from .console import Failure, Step, say
from .odoo import free_port
from .paths import PYTHON, ROOT, STATE, log_path
from .process import run as run_process
from .setup import prepare
from .templates import TEST_ADDONS, Templates

FOLDER = ROOT / "benchmarks"
FIGURES = ROOT / "docs" / "benchmarks.json"
PAGE = ROOT / "docs" / "benchmarks.md"
TABLE = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)
CONF = STATE / "test.conf"
HEAD = ("What", "Plain Odoo", "With the suite", "Result", "Goal")


def known():
    """Names and settings of the benchmarks, read without running them."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text())
        values = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        if "GOAL" in values:
            title = ast.get_docstring(tree).splitlines()[0].rstrip(".")
            found[path.stem] = {"title": title, **values}
    return found


def measure(odoo, server, template, name):
    """Run one benchmark on a copy of a template."""
    database = f"b2b_bench_{os.getpid()}"
    server.copy(template, database)
    try:
        return json.loads(last_line(odoo, name, [FOLDER / "driver.py", name, database]))
    finally:
        server.drop(database)


def declared(name, constant, default):
    """A constant of a benchmark that is no plain number or text."""
    module = ast.parse((FOLDER / f"{name}.py").read_text())
    for node in module.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == constant:
            return ast.literal_eval(node.value)
    return default


def served(odoo, templates, title, name):
    """Rows of a benchmark whose clients ask running servers, one after the other."""
    rows = []
    for size in declared(name, "SIZES", (None,)):
        kinds = {}
        for side in ("plain", "suite"):
            shop = list(declared(name, "SHOP", ()))
            template = templates.plain(shop) if side == "plain" else templates.addons()
            with Step(f"{title} ({side})" + (f", {size:,}" if size else "")):
                found = under_load(odoo, templates.server, template, name, side, size)
            if errors := found["errors"]:
                raise Failure(f"{len(errors)} requests failed ({side}): {errors[0]}")
            kinds[side] = found["kinds"]
        rows += [
            {
                "what": f"{title}: {kind}" + (f", {size:,} articles" if size else ""),
                "plain": kinds["plain"][kind],
                "suite": figures,
            }
            for kind, figures in kinds["suite"].items()
        ]
    return rows


def under_load(odoo, server, template, name, side, size=None):
    """What the clients report of one server with two workers."""
    database = f"b2b_bench_{os.getpid()}"
    port = free_port()
    log = log_path(f"bench-{name}-{side}")
    settings = [f"PRODUCTS={size}"] if size else []
    server.copy(template, database)
    try:
        products = last_line(
            odoo, f"{name}-fill", [FOLDER / "driver.py", name, database, *settings]
        )
        options = ("--workers=2", "--max-cron-threads=0", "--proxy-mode")
        with odoo.serving(database, port, log, *options):
            clients = FOLDER / declared(name, "CLIENTS", "load_clients.py")
            url = f"http://127.0.0.1:{port}"
            asked = [clients, url, database, side, products, log]
            return json.loads(last_line(odoo, f"{name}-clients", asked))
    finally:
        server.drop(database)


def last_line(odoo, name, command):
    """What a script of the benchmarks printed last."""
    lines = []
    run_process(
        [PYTHON, *command],
        log=log_path(f"bench-{name}"),
        what=f"The benchmark {name} failed",
        on_line=lines.append,
        env=odoo.environment(),
    )
    return lines[-1]


def figures_of(odoo, templates, name, settings):
    """The goal and the rows of one benchmark; mostly there is one row."""
    if settings.get("SERVED"):
        rows = served(odoo, templates, settings["title"], name)
        return {"goal": settings["GOAL"], "rows": rows}
    sides = {"suite": templates.addons()}
    if settings.get("PLAIN", True):
        sides["plain"] = templates.plain(addons.outside(addons.manifests()))
    found = {}
    for side, template in sorted(sides.items()):
        with Step(f"{settings['title']} ({side})"):
            found[side] = measure(odoo, templates.server, template, name)
    if isinstance(found["suite"], list):
        rows = [compared(settings["title"], case) for case in found["suite"]]
    else:
        rows = [{"what": settings["title"], **found}]
    return {"goal": settings["GOAL"], "rows": rows}


def compared(title, case):
    """A row of a benchmark that measured both sides itself."""
    return {
        "what": f"{title}: {case['name']}",
        "plain": {"seconds": case["plain_s"], "queries": case["plain_queries"]},
        "suite": {"seconds": case["ours_s"], "queries": case["our_queries"]},
    }


def row(goal, figures):
    plain, suite = figures.get("plain"), figures["suite"]
    ratio = faster(plain["seconds"], suite["seconds"]) if plain else "-"
    cells = (figures["what"], cell(plain), cell(suite), ratio, goal)
    return "| " + " | ".join(cells) + " |"


def faster(plain, suite):
    """How the times compare, in words that need no explanation."""
    if suite <= plain:
        return f"{plain / suite:.1f}x faster"
    return f"{suite / plain:.2f}x the time"


def cell(side):
    if not side:
        return "-"
    seconds = side["seconds"]
    time = f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"
    if "requests" in side:
        return f"{time}, {side['requests']:,} requests"
    return f"{time}, {side['queries']:,} queries"


def table(figures):
    head = ["| " + " | ".join(HEAD) + " |", "| - " * len(HEAD) + "|"]
    rows = [row(f["goal"], found) for f in figures.values() for found in f["rows"]]
    return "\n".join([*head, *rows])


def save(figures):
    """Keep the figures of benchmarks that did not run this time."""
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    kept = {name: kept[name] for name in known() if name in kept} | figures
    FIGURES.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")
    page = TABLE.sub(lambda m: f"{m[1]}{table(kept)}\n{m[2]}", PAGE.read_text())
    PAGE.write_text(page)


def run(options, _rest):
    benchmarks = known()
    if unknown := sorted(set(options.names) - set(benchmarks)):
        raise Failure(
            f"There is no benchmark {', '.join(unknown)}: choose from"
            f" {', '.join(benchmarks)}."
        )
    odoo = prepare(extra_addons=(TEST_ADDONS,), conf=CONF)
    templates = Templates(odoo)
    figures = {
        name: figures_of(odoo, templates, name, benchmarks[name])
        for name in options.names or benchmarks
    }
    save(figures)
    say(table(figures))
    return 0
