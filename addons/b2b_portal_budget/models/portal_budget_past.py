from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.b2b_portal.tools import money as money_text


class B2bPortalBudgets(models.AbstractModel):
    """Periods that are over, and budgets that were archived."""

    _inherit = "b2b.portal.budgets"

    def _b2b_past_page(self, ctx, limit, offset=0):
        """A page of past periods, the latest first.

        :return: (list of dicts for the list of the page, number of all)
        """
        Budget = ctx.env["b2b.budget"].with_context(active_test=False)
        visible = Budget._search(
            Domain("company_id", "=", ctx.company.id) & Budget._b2b_visible(ctx.seat)
        )
        over = Domain("date_to", "<", fields.Date.context_today(self))
        domain = Domain("budget_id", "in", visible) & (
            over | Domain("budget_id.active", "=", False)
        )
        # An archived budget is found through its periods.
        Period = ctx.env["b2b.budget.period"].with_context(active_test=False)
        periods = Period.search(domain, limit=limit, offset=offset)
        return [self._b2b_past_item(period) for period in periods], Period.search_count(
            domain
        )

    def _b2b_past_item(self, period):
        budget = period.budget_id
        label = budget._b2b_period_label(budget._b2b_shown_period(period.date_from))
        item = {
            "id": budget.id,
            "day": period.date_from.isoformat(),
            "title": f"{budget.name} · {label}",
            "amount": period.amount,
            "used": period.used,
            "pending": period.pending,
            "left": period.left,
            "currency": period.currency_id,
            "max_order_amount": budget.max_order_amount,
            "percent_used": 100 * period.used / period.amount if period.amount else 0,
            **budget._b2b_words(),
        }
        item["bar"] = self._b2b_bar(item)
        item["sentence"] = self._b2b_sentence(item)
        if not budget.active:
            item["action_label"] = self.env._("archived")
        return item

    def _b2b_rows_of(self, item):
        """Head and rows of the export: every movement the seat may see."""
        _ = self.env._
        head = (
            _("When"),
            _("Order"),
            _("By"),
            _("Kind"),
            _("Amount"),
            _("Left after"),
            _("Currency"),
        )
        kinds = {"pending": _("waiting"), "used": _("booked")}
        when = self.env["sale.order"]._b2b_when
        rows = [
            (
                when(move["when"]),
                move["order"],
                move["by"] or "",
                kinds[move["kind"]],
                -move["amount"],
                move["left_after"],
                item["currency"].name,
            )
            for move in item["movements"]
        ]
        return head, rows

    def _b2b_people_rows(self, item):
        _ = self.env._
        head = (_("Person"), _("Booked"), _("Waiting"), _("Share %"), _("Currency"))
        rows = [
            (
                person["name"],
                person["used"],
                person["pending"],
                round(person["share"], 1),
                item["currency"].name,
            )
            for person in item["people"]
        ]
        return head, rows

    def _b2b_title_words(self, item):
        return "{} · {}".format(
            item["title"], money_text(self.env, item["amount"], item["currency"])
        )
