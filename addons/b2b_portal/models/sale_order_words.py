from odoo import models

from ..rules import order_steps
from ..tools import clock, day

#: Shape before colour: class, icon, order of severities.
SEVERITIES = {
    "block": ("bad", "fa-minus-circle", 0),
    "authorize": ("info", "fa-user-o", 1),
    "warn": ("warn", "fa-exclamation-triangle", 2),
}


class SaleOrder(models.Model):
    """Sentences about an order for its buyer."""

    _inherit = "sale.order"

    # -- findings ----------------------------------------------------------------

    def _b2b_finding_subject(self, code):
        """The subject of a finding in one or two words: ``kind · subject``."""
        _ = self.env._
        return {
            "address": _("address"),
            "agreement": _("agreement"),
            "approval_rule": _("rule"),
            "budget": _("budget"),
            "catalog": _("catalog"),
            "cost_floor": _("cost floor"),
            "credit": _("credit"),
            "discount": _("discount"),
            "minimum_order": _("minimum order"),
            "negative": _("negative"),
            "no_price": _("price"),
            "order_maximum": _("amount"),
            "party_state": _("account"),
            "payment": _("your role"),
            "permission": _("your role"),
            "po_number": _("PO number"),
            "points": _("points"),
            "prepayment": _("prepayment"),
            "quantity": _("quantity"),
            "rate": _("rate"),
            "repriced": _("repriced"),
            "seat_limit": _("amount"),
            "slot": _("delivery"),
            "tax": _("tax"),
            "unusual": _("unusual"),
        }.get(code, (code or "").replace("_", " "))

    def _b2b_finding_anchor(self, code):
        """Where on the checkout page a finding is mended: ``(anchor, word)``."""
        _ = self.env._
        return {
            "po_number": ("#b2b_references", _("References")),
            "slot": ("#b2b_delivery", _("When")),
            "catalog": ("/trade/cart", _("Cart")),
            "minimum_order": ("/trade/catalog", _("Catalog")),
            "no_price": ("/trade/cart", _("Cart")),
            "quantity": ("/trade/cart", _("Cart")),
            "agreement": ("/trade/cart", _("Cart")),
        }.get(code)

    def _b2b_finding_rows(self, findings, acknowledged=()):
        """Findings as the page draws them: what stops first, each said once."""
        _ = self.env._
        kinds = {
            "block": _("Stops the order"),
            "authorize": _("Needs approval"),
            "warn": _("Confirm"),
        }
        rows = []
        for finding in findings:
            tone, icon, rank = SEVERITIES[finding.severity]
            kind = kinds[finding.severity]
            if finding.severity == "authorize" and finding.side == "seller":
                in_advance = finding.code == "prepayment"
                kind = _("Goes on when paid") if in_advance else _("We check")
            rows.append(
                {
                    "tone": tone,
                    "icon": icon,
                    "rank": rank,
                    "head": f"{kind} · {self._b2b_finding_subject(finding.code)}",
                    "text": finding.text_for_buyer,
                    "solve": finding.solve,
                    "anchor": self._b2b_finding_anchor(finding.code),
                    "code": finding.code,
                    "tick": finding.severity == "warn",
                    "tick_name": f"ack_{finding.tick}",
                    "ticked": finding.is_ticked(acknowledged),
                    "ask": finding.severity == "authorize" and finding.side == "buyer",
                }
            )
        return sorted(rows, key=lambda row: row["rank"])

    def _b2b_finding_cards(self, rows):
        """Findings of one kind and code as one card: many lines stay few things.

        :param rows: of :meth:`_b2b_finding_rows`, sorted
        :return: list of rows; one that stands for several has them as ``parts``
        """
        groups = {}
        for row in rows:
            # What has a button of its own stays alone.
            key = id(row) if row.get("action") else (row["code"], row["head"])
            groups.setdefault(key, []).append(row)
        return [self._b2b_finding_card(group) for group in groups.values()]

    def _b2b_finding_card(self, group):
        first = group[0]
        if len(group) == 1:
            return {**first, "parts": []}
        return {
            **first,
            "head": f"{first['head']} · {len(group)}",
            # What to do is said once, as the first one says it.
            "text": "",
            "parts": group,
        }

    # -- times -------------------------------------------------------------------

    def _b2b_local(self, moment):
        return self.env["b2b.portal.home"]._b2b_local(moment)

    def _b2b_when(self, moment, year=False):
        """``Mon 23 Nov, 09:52`` in the reader's zone; on papers with the year."""
        local = self._b2b_local(moment)
        return f"{day(self.env, local, year=year)}, {clock(local)}" if local else ""

    # -- the order page ----------------------------------------------------------

    def _b2b_page_sentence(self, where):
        """What happens now, in one or two sentences below the title."""
        self.ensure_one()
        _ = self.env._
        sent = self._b2b_when(self.b2b_submitted_at or self.date_order)
        if where == order_steps.WAITING:
            text = _("Sent %s.", sent)
            if self.b2b_reason:
                text = _(
                    "Sent %(when)s with your reason “%(reason)s”.",
                    when=sent,
                    reason=self.b2b_reason,
                )
            return text + " " + self._b2b_waiting_sentence()
        if where == order_steps.REFUSED:
            refusal = self._b2b_last_refusal()
            if not refusal:
                return _("It was refused. Nothing was delivered or invoiced.")
            return _(
                "%(who)s refused it, %(when)s: “%(why)s”",
                who=refusal._b2b_who_for_buyer(),
                when=self._b2b_when(refusal.decided_at),
                why=refusal.comment or "",
            )
        if where == order_steps.ASKED_BACK:
            decision = self.b2b_decision_ids[:1]
            return _(
                "%(who)s gave it back, %(when)s: “%(why)s” Nothing is kept for it; "
                "change it and send it again.",
                who=decision._b2b_who_for_buyer(),
                when=self._b2b_when(decision.decided_at),
                why=decision.comment or "",
            )
        return {
            order_steps.QUEUED: _("It is being confirmed; you may leave this page."),
            order_steps.CONFIRMED: self._b2b_with_channel(
                _("Sent %s. Nothing is left for you to do.", sent)
            ),
            order_steps.DELIVERED: self._b2b_with_channel(_("Ordered %s.", sent)),
            order_steps.CANCELLED: _("Nothing more is delivered or invoiced."),
            order_steps.EXPIRED: self._b2b_expired_sentence(),
        }.get(where, "")

    def _b2b_waiting_sentence(self):
        return self.env._(
            "You get a mail at the decision. Nothing is left for you to do."
        )

    def _b2b_expired_sentence(self):
        if self.b2b_gate_state == "unpaid":
            return self.env._(
                "The payment did not come in time. Please do not pay it now; order "
                "again at today's prices."
            )
        return self.env._("Nobody decided in time. Order again at today's prices.")

    def _b2b_with_channel(self, text):
        """The sentence, and how the order came when it was not by these pages."""
        # sudo: the name of the channel of an own order, which the portal cannot read.
        channel = self.sudo().b2b_channel_id
        if not channel or channel.kind == "portal":
            return text
        return text + " " + self.env._("Sales channel: %s.", channel.name)

    def _b2b_step_rows(self, where):
        """The line of steps with what is known about each of them."""
        words = self._b2b_step_words()
        icons = {
            order_steps.DONE: "fa-check",
            order_steps.NOW: "fa-hourglass-half",
            order_steps.LATER: "fa-circle-o",
            order_steps.STOPPED: "fa-times",
        }
        return [
            {
                "label": words[step.name][0],
                "text": words[step.name][1],
                "state": step.state,
                "icon": icons[step.state],
            }
            for step in self._b2b_steps(where)
        ]

    def _b2b_steps(self, where):
        return order_steps.steps(where)

    def _b2b_step_words(self):
        """``{step: (label, what is known about it)}``"""
        _ = self.env._
        return {
            order_steps.RECEIVED: (
                _("Received"),
                self._b2b_when(self.b2b_submitted_at or self.date_order),
            ),
            order_steps.APPROVAL: (
                self._b2b_approval_name(),
                self._b2b_approval_fact(),
            ),
            order_steps.CONFIRMED: (_("Confirmed"), self._b2b_confirmed_fact()),
            order_steps.DELIVERY: (_("Delivery"), self._b2b_delivery_fact()),
        }

    def _b2b_approval_name(self):
        asked = self._b2b_decided_holds()
        sides = set(asked.mapped("side"))
        return self.env._("Check") if sides == {"seller"} else self.env._("Approval")

    def _b2b_approval_fact(self):
        _ = self.env._
        asked = self._b2b_decided_holds()
        if asked & self._b2b_open_holds():
            return _(" or ").join(self._b2b_waits_for()[:3])
        decision = asked.decision_ids.sorted("id", reverse=True)[:1]
        if decision:
            # Of our house the customer knows no names.
            who = decision._b2b_who_for_buyer()
            return f"{who}, {self._b2b_when(decision.decided_at)}"
        if self.b2b_submit_state == "failed":
            return _("not in time")
        return _("not needed")

    def _b2b_decided_holds(self):
        """Holds that somebody decides about: who took note has approved nothing."""
        return self.b2b_hold_ids.filtered(lambda hold: hold.severity != "warn")

    def _b2b_confirmed_fact(self):
        """Until an invoice exists there is no due date (DECISIONS 17)."""
        invoice = self.env._("invoice with the delivery")
        if self._b2b_prepayment_percent() >= 100:
            return invoice
        term = self.payment_term_id.name
        return f"{invoice}, {term}" if term else invoice

    def _b2b_delivery_fact(self):
        if self.state == "sale":
            return self.env["b2b.portal.home"]._b2b_delivery_word(self)
        return self.env._("after the decision")

    def _b2b_kept(self, where):
        """What stays as it is while the order waits, and until when."""
        if where != order_steps.WAITING:
            return []
        _ = self.env._
        agreement = self.b2b_agreement_id.name
        terms = _("agreement “%s”", agreement) if agreement else _("as you saw them")
        rows = [
            {
                "icon": "fa-lock",
                "title": _("Prices frozen"),
                "text": terms,
                "sequence": 30,
            }
        ]
        if self.b2b_keep_until:
            rows.append(
                {
                    "icon": "fa-clock-o",
                    "title": _("Until %s", self._b2b_when(self.b2b_keep_until)),
                    "text": _("then nothing is kept and the order expires"),
                    "sequence": 40,
                }
            )
        return rows

    def _b2b_po_words(self):
        """The customer's number, told as such: ``PO 45 1187``."""
        number = (self.client_order_ref or "").strip()
        known = number[:2].casefold() == "po"
        return number if known else self.env._("PO %s", number)
