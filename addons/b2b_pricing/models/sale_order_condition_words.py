from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BLOCK, SELLER, Finding

from ..rules import conditions as rules


class SaleOrder(models.Model):
    """What the conditions say: the finding of the minimum order, and the hints."""

    _inherit = "sale.order"

    b2b_condition_note = fields.Html(
        "What is missing",
        compute="_compute_b2b_condition_note",
        groups="base.group_user",
        sanitize=False,
        help="What may still be reached by ordering more, and what is below a minimum.",
    )

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        # sudo: asked in the name of portal users as well.
        order = self.sudo()
        finding = order._b2b_minimum_finding()
        if finding and order._b2b_still_asked(finding):
            findings.append(finding)
        return findings

    def _b2b_minimum_finding(self):
        result = self.b2b_condition_result or {}
        if not result.get("stop") or self.b2b_historical or not self.b2b_is_trade:
            return None
        _kind, missing, threshold, _gain = result["stop"]
        values = {
            "net": self._b2b_money(result["net"]),
            "missing": self._b2b_money(missing),
            "minimum": self._b2b_money(threshold),
        }
        return Finding(
            code="minimum_order",
            severity=AUTHORIZE if result["below"] == rules.CHECK else BLOCK,
            side=SELLER,
            amount=result["net"],
            message=self.env._(
                "The goods are %(net)s net, %(missing)s below the minimum order of "
                "%(minimum)s.",
                **values,
            ),
            buyer_message=self.env._(
                "%(missing)s below the minimum order of %(minimum)s, tax not included.",
                **values,
            ),
            solve=self.env._("Add goods for %s.", values["missing"]),
        )

    def _b2b_condition_hints(self):
        """What ordering more would change: dicts ``kind, text, reached, share``.

        ``share`` says how much of the way is done, 0 to 100.
        """
        self.ensure_one()
        # sudo: the buyer's own order, in words.
        result = self.sudo().b2b_condition_result or {}
        hints = [
            {
                "kind": rules.DELIVERY,
                "text": self.env._("Delivery is free for this order."),
                "reached": True,
                "share": 100,
            }
            for kind in result.get("reached", ())
            if kind == rules.DELIVERY
        ]
        for kind, missing, threshold, gain in result.get("hints", ()):
            hints.append(
                {
                    "kind": kind,
                    "text": self._b2b_hint_text(kind, missing, threshold, gain),
                    "reached": False,
                    "share": round(100 * max(threshold - missing, 0.0) / threshold)
                    if threshold
                    else 0,
                }
            )
        return hints

    def _b2b_hint_text(self, kind, missing, threshold, gain):
        _ = self.env._
        values = {
            "missing": self._b2b_money(missing),
            "threshold": self._b2b_money(threshold),
            "gain": self._b2b_money(gain),
        }
        if kind == rules.DELIVERY:
            return _("Add %(missing)s to get free delivery.", **values)
        if kind == rules.DISCOUNT:
            return _(
                "Add %(missing)s to get %(percent)s %% off the order.",
                missing=values["missing"],
                percent=f"{gain:g}",
            )
        if kind == rules.SMALL_ORDER:
            return _("Add %(missing)s to save the charge of %(gain)s.", **values)
        return _(
            "%(missing)s below the minimum order of %(threshold)s: %(gain)s is "
            "charged.",
            **values,
        )

    @api.depends("b2b_condition_result", "state", "b2b_submit_state")
    def _compute_b2b_condition_note(self):
        for order in self:
            texts = []
            if order.state in ("draft", "sent") and not order._b2b_is_submitted():
                finding = order.sudo()._b2b_minimum_finding()
                texts = [finding.message] if finding else []
                texts += [
                    hint["text"]
                    for hint in order._b2b_condition_hints()
                    if not hint["reached"]
                ]
            order.b2b_condition_note = Markup("<br/>").join(texts) if texts else False
