"""Reads, searches and exports every model as customers do, and looks for secrets.

Run with Odoo's environment and the name of a database; standard input names logins and
seeded records. Prints ``[[login, model, how, text around it]]`` of what came out.
"""

import json
import re
import sys
import threading

from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import call_kw
from odoo.tools import mute_logger

LIMIT = 300
#: Fields that hold whole files; what they say is asked over HTTP.
BIG = ("binary",)


def secrets(text, pattern):
    found = pattern.search(text)
    if not found:
        return ""
    return text[max(0, found.start() - 40) : found.end() + 40]


class Walker:
    """One login at all doors of all models, each in a savepoint that is undone."""

    def __init__(self, env, login, known, pattern):
        self.env, self.login = env, login
        self.known, self.pattern = known, pattern
        self.found = []

    def call(self, model, how, method, *arguments, **keywords):
        try:
            with self.env.cr.savepoint(flush=False) as point:
                result = call_kw(self.env[model], method, list(arguments), keywords)
                point.rollback()
        except Exception:  # a refusal of whatever kind tells nothing
            self.env.clear()
            return None
        hit = secrets(json.dumps(result, default=str), self.pattern)
        if hit:
            self.found.append([self.login, model, how, hit])
        return result

    def walk(self, model):
        found = self.call(model, "fields_get", "fields_get", [], ["type", "relation"])
        fields = {
            name: facts
            for name, facts in (found or {}).items()
            if facts["type"] not in BIG and name in self.env[model]._fields
        }
        self.names(model)
        self.by_id(model, list(fields))
        if not self.call(model, "count", "search_count", []):
            return
        self.rows(model, fields)
        self.oracle(model, fields)

    def names(self, model):
        self.call(model, "name_search", "name_search", "", [], "ilike", LIMIT)
        self.call(model, "name_search zq", "name_search", "zq", [], "ilike", LIMIT)

    def by_id(self, model, names):
        for record_id in self.known.get(model, [])[:3]:
            self.call(model, "read", "read", [record_id], names)
            self.call(model, "read name", "read", [record_id], ["display_name"])
            spec = {name: {} for name in names}
            self.call(model, "web_read", "web_read", [record_id], spec)

    def rows(self, model, fields):
        names = list(fields)
        rows = self.call(model, "search_read", "search_read", [], names, 0, LIMIT)
        if rows is None:
            # One forbidden field refuses all: ask one by one.
            for name in names:
                self.call(model, f"field {name}", "search_read", [], [name], 0, LIMIT)
        paths = [
            f"{name}/display_name" if facts.get("relation") else name
            for name, facts in fields.items()
        ]
        ids = self.call(model, "search", "search", [], 0, 40)
        self.call(model, "export", "export_data", ids or [], paths)
        nested = {
            name: {"fields": {"display_name": {}}} if facts.get("relation") else {}
            for name, facts in fields.items()
        }
        self.call(model, "web_search_read", "web_search_read", [], nested, 0, 60)

    def oracle(self, model, fields):
        """Whether a question about a name behind a relation is answered.

        What nobody may read may also not be guessed letter by letter.
        """
        for name, facts in fields.items():
            comodel = facts.get("relation")
            if comodel not in OPEN_NAMES and comodel in self.env:
                rec_name = self.env[comodel]._rec_name or "display_name"
                for path in (name, f"{name}.{rec_name}"):
                    domain = [(path, "ilike", "zq")]
                    if self.call(model, "ask", "search_count", domain):
                        hit = f"{path} ilike zq is answered"
                        self.found.append([self.login, model, "oracle", hit])


#: Comodels whose records a customer reads himself where the rules let him.
OPEN_NAMES = {"res.users", "mail.message"}


def mails(env, logins, pattern):
    """Mails and messages to the customers among all there are."""
    found = []
    partners = env["res.users"].search([("login", "in", logins)]).partner_id
    messages = env["mail.notification"].search([("res_partner_id", "in", partners.ids)])
    letters = env["mail.mail"].search(
        [
            "|",
            ("recipient_ids", "in", partners.ids),
            ("email_to", "in", partners.mapped("email")),
        ]
    )
    texts = [
        (message.subject or "", str(message.body or ""))
        for message in messages.mail_message_id
    ]
    texts += [(mail.subject or "", str(mail.body_html or "")) for mail in letters]
    texts += rendered(env)
    for subject, body in texts:
        if hit := secrets(f"{subject}\n{body}", pattern):
            found.append(["mail", subject, "body", hit])
    return found


def rendered(env):
    """All mails and papers about the buyer's own orders, as they would leave us."""
    party = env.ref("b2b_demo.party_brightwell")
    orders = env["sale.order"].search(
        [("b2b_party_id", "=", party.id), ("b2b_historical", "=", False)], limit=4
    )
    records = {
        "sale.order": orders,
        "account.move": env["account.move"].search(
            [("commercial_partner_id", "=", party.id), ("state", "=", "posted")],
            limit=2,
        ),
        "stock.picking": orders.picking_ids[:2],
        "b2b.order.hold": orders.b2b_hold_ids[:3],
        "b2b.seat": party.b2b_seat_ids[:2],
    }
    texts = []
    for template in env["mail.template"].search([("model", "in", list(records))]):
        # Mails to our staff may name what they work with.
        if "user_id" in (template.partner_to or "") + (template.email_to or ""):
            continue
        for record in records[template.model]:
            made = template._generate_template(record.ids, ["subject", "body_html"])
            for values in made.values():
                texts.append((values["subject"], str(values["body_html"])))
    for report, model in (
        ("sale.action_report_saleorder", "sale.order"),
        ("account.account_invoices", "account.move"),
        ("stock.action_report_delivery", "stock.picking"),
    ):
        for record in records[model]:
            html = env["ir.actions.report"]._render_qweb_html(report, record.ids)[0]
            texts.append((f"{report} {record.display_name}", html.decode()))
    return texts


def main(database):
    threading.current_thread().dbname = database
    question = json.load(sys.stdin)
    pattern = re.compile(question["pattern"], re.IGNORECASE)
    registry = Registry(database)
    found = []
    with registry.cursor() as cr, mute_logger("odoo.sql_db", "odoo.models"):
        root = api.Environment(cr, api.SUPERUSER_ID, {})
        users = root["res.users"].with_context(active_test=False)
        models = sorted(n for n in registry if not root[n]._abstract)
        for login in question["logins"]:
            uid = users.search([("login", "=", login)]).id
            env = api.Environment(cr, uid, {"lang": "en_US"})
            walker = Walker(env, login, question["records"], pattern)
            for model in models:
                walker.walk(model)
            found += walker.found
        found += mails(root, question["logins"], pattern)
        cr.rollback()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
