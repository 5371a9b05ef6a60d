"""Approval rules, kept by the administrator of the company."""

from odoo import http
from odoo.http import request

from .base import render, to_int, trade_form, trade_page

MANAGES = "manage_seats"
MANY = ("categories", "for", "step1", "step2", "step3")
DOING = ("archive", "activate")


class TradeApprovalRules(http.Controller):
    @trade_page("/trade/approvals/rules", permission=MANAGES)
    def rules(self, ctx, done="", rule="0"):
        rules = ctx.env["b2b.portal.approval.rules"]
        values = {
            "rows": rules._b2b_rows(ctx),
            "done": done,
            "who": to_int(rule),
            "tab": "rules",
            "waiting_count": len(ctx.approvals),
        }
        return self._render("b2b_portal.approval_rules", values)

    @trade_page("/trade/approvals/rules/new", permission=MANAGES)
    def new_rule(self, ctx):
        return self._form(ctx, ctx.env["b2b.approval.rule"])

    @trade_page("/trade/approvals/rules/<int:rule_id>", permission=MANAGES)
    def rule(self, ctx, rule_id):
        rule = ctx.env["b2b.portal.approval.rules"]._b2b_rule(ctx, rule_id)
        return self._form(ctx, rule)

    @trade_form("/trade/approvals/rules/add", permission=MANAGES)
    def add_rule(self, ctx, **form):
        return self._save(ctx, ctx.env["b2b.approval.rule"], form)

    @trade_form("/trade/approvals/rules/<int:rule_id>/save", permission=MANAGES)
    def save_rule(self, ctx, rule_id, **form):
        rule = ctx.env["b2b.portal.approval.rules"]._b2b_rule(ctx, rule_id)
        return self._save(ctx, rule, form)

    @trade_form("/trade/approvals/rules/<int:rule_id>/archive", permission=MANAGES)
    def archive_rule(self, ctx, rule_id, do="archive"):
        active = do == "activate"
        rules = ctx.env["b2b.portal.approval.rules"]
        rule = rules._b2b_archive(ctx, rule_id, active)
        return self._back("activated" if active else "archived", rule)

    # -- helpers -------------------------------------------------------------------

    def _save(self, ctx, rule, form):
        sent = request.httprequest.form
        typed = {**form, **{name: set(sent.getlist(name)) for name in MANY}}
        rules = ctx.env["b2b.portal.approval.rules"]
        saved, errors = rules._b2b_save(ctx, rule, typed)
        if errors:
            request.env.cr.rollback()
            return self._form(ctx, rule, typed, errors)
        return self._back("saved", saved)

    def _back(self, done, rule):
        path = f"/trade/approvals/rules?done={done}&rule={rule.id}"
        return request.redirect(path, code=303)

    def _form(self, ctx, rule, typed=None, errors=None):
        rules = ctx.env["b2b.portal.approval.rules"]
        values = {
            "rule": rule,
            "typed": rules._b2b_typed(rule) if typed is None else typed,
            "errors": errors or {},
            **rules._b2b_choices(ctx),
        }
        return self._render(
            "b2b_portal.approval_rule_form", values, 400 if errors else 200
        )

    def _render(self, template, values, status=200):
        title = request.env._("Approval rules")
        return render(template, values, active="approvals", title=title, status=status)
