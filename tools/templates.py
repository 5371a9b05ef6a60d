"""Template databases for tests and benchmarks, cached until what they hold changes."""

import hashlib
import json
import time

from . import addons, marker
from .console import say
from .database import Server
from .paths import ROOT

TEST_ADDONS = ROOT / "tests" / "addons"
PREFIX = "b2b_tpl_"
# Older templates of a kind are dropped; a few stay for those who switch branches.
KEPT = {"odoo": 8, "addons": 2, "demo": 2}
# Another checkout may be copying it or building on it.
IN_USE_SECONDS = 3600
DEMO = "b2b_demo"


class Templates:
    """Builds each template once; a copy of it takes a second."""

    def __init__(self, odoo):
        self.odoo = odoo
        self.server = Server(odoo.address)

    def plain(self, modules):
        """A database with modules of Odoo only."""
        modules = sorted(modules)

        def build(name):
            base, known = self.largest_part(modules)
            if base:
                self.server.copy(base, name)
            else:
                self.server.create(name)
            missing = sorted(set(modules) - set(known))
            self.install(name, missing, "Building a template of plain Odoo")

        return self.get("odoo", modules, build)

    def largest_part(self, modules):
        """A template of this Odoo to start from, and the modules it was made of."""
        version = self.odoo.source.version
        parts = [
            (mark["content"], name)
            for name, mark in self.server.databases().items()
            if name.startswith(f"{PREFIX}odoo_")
            and mark
            and mark.get("complete")
            and mark.get("version") == version
            and set(mark["content"]) < set(modules)
        ]
        content, name = max(parts, key=lambda part: len(part[0]), default=([], None))
        return name, content

    def addons(self):
        """All addons but the demo business, plus those only tests need."""
        found = addons.manifests()
        wanted = [name for name in addons.installed_explicitly(found) if name != DEMO]
        prints = {**addons.fingerprints(), **addons.fingerprints(TEST_ADDONS)}
        prints.pop(DEMO, None)
        tests_only = list(addons.manifests(TEST_ADDONS))

        def build(name):
            # What the lowest addons need is a template of its own on the way, for the
            # tests that install addons one by one.
            lowest = {
                n: m for n, m in found.items() if not set(m["depends"]) & set(found)
            }
            self.plain(addons.outside(lowest))
            self.server.copy(self.plain(addons.outside(found)), name)
            self.install(
                name, [*wanted, *tests_only], "Building a template of all addons"
            )

        return self.get("addons", [addons.outside(found), prints], build)

    def demo(self):
        """All addons and the demo business."""
        prints = {**addons.fingerprints(), **addons.fingerprints(TEST_ADDONS)}
        template = self.addons()

        def build(name):
            self.server.copy(template, name)
            modules = [DEMO] if DEMO in prints else []
            if modules:
                self.install(name, modules, "Building a template of the demo business")

        return self.get("demo", [template, prints], build)

    def install(self, name, modules, title):
        self.odoo.install(name, modules, title=title, log_name=name)

    def get(self, kind, content, build):
        """The name of a complete template; built if there is none of this content."""
        text = json.dumps([self.odoo.source.version, content], sort_keys=True)
        name = f"{PREFIX}{kind}_{hashlib.sha256(text.encode()).hexdigest()[:10]}"
        waiting = f"  Waiting for another run that builds {name}"
        with marker.lock(f"template-{kind}", lambda: say(waiting)):
            known = self.server.databases().get(name)
            if not (known and known.get("complete")):
                self.server.drop(name)
                build(name)
            mark = {"kind": kind, "version": self.odoo.source.version}
            if kind == "odoo":
                mark["content"] = content
            self.server.mark(name, complete=True, used=time.time(), **mark)
            self.prune(kind)
        return name

    def prune(self, kind):
        marks = self.server.databases()
        # An unfinished one may be in the making by another checkout.
        own = [
            name
            for name, mark in marks.items()
            if mark and mark.get("complete") and mark.get("kind") == kind
        ]
        own.sort(key=lambda name: marks[name]["used"], reverse=True)
        for name in own[KEPT[kind] :]:
            if time.time() - marks[name]["used"] > IN_USE_SECONDS:
                self.server.drop(name)
