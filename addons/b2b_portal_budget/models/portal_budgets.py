from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.b2b_portal.tools import day
from odoo.addons.b2b_portal.tools import money as money_text

from ..rules import burndown

#: The picture on phones: as many units as pixels, so that its words stay readable.
NARROW = burndown.Frame(width=340, height=220, left=56, right=16)
#: From this share on the bar is amber.
NEARLY = 80


class B2bPortalBudgets(models.AbstractModel):
    """What the portal draws of budgets: bars, burn-down, figures in words."""

    _name = "b2b.portal.budgets"
    _description = "Budget pages of the trade portal"

    def _b2b_page(self, ctx, limit, offset=0):
        """Budgets this seat may see, the one that runs out first at the top.

        :return: (list of dicts for the list of the page, number of all)
        """
        items, total = ctx.env["b2b.budget"]._b2b_overview_page(
            ctx.seat, ctx.company, limit, offset
        )
        for item in items:
            item["bar"] = self._b2b_bar(item)
            item["sentence"] = self._b2b_sentence(item)
            item["day"] = ""
        return items, total

    def _b2b_visible_budget(self, ctx, budget_id):
        """The budget if this seat may see it, archived ones included, else empty."""
        budgets = ctx.env["b2b.budget"].with_context(active_test=False)
        return budgets.search(
            Domain("id", "=", budget_id)
            & Domain("company_id", "=", ctx.company.id)
            & budgets._b2b_visible(ctx.seat)
        )

    def _b2b_budget_elsewhere(self, ctx, budget_id):
        """Where else this person may open a budget; mails lead to it.

        The other seat is asked exactly as its own page would ask.

        :return: what the page that offers a switch needs, None for a stranger's
        """
        for seat in ctx.seats - ctx.seat:
            builder = ctx.env["b2b.portal.context"].with_user(seat.user_id)
            other = builder._b2b_build()
            if not other or not other.can("see_prices"):
                continue
            open_to_trade = other.party.b2b_state in ("active", "blocked")
            if open_to_trade and self._b2b_visible_budget(other, budget_id):
                return {
                    "party": other.party,
                    "action": "/trade/switch",
                    "name": "target_seat_id",
                    "value": seat.id,
                }
        return None

    def _b2b_detail(self, ctx, budget, date=None, limit=None):
        """Everything the page shows of one budget in one period.

        :param date: a day of the period; None: the running one
        :param limit: number of movements
        """
        more = {"limit": limit} if limit else {}
        (item,) = budget._b2b_details(ctx.seat, date, **more)
        item["bar"] = self._b2b_bar(item)
        item["sentence"] = self._b2b_sentence(item)
        item["picture"] = self._b2b_picture(item)
        item["pace_words"] = self._b2b_pace_words(item)
        item["alert_words"] = self._b2b_alert_words(item)
        item["basis"] = self._b2b_basis_words(item)
        item["day"] = date.isoformat() if date else ""
        item["active"] = budget.active
        item["set_by_us"] = budget.kept_by == "seller"
        item["fixed"] = budget._b2b_fixed_reason()
        whole = item["amount"]
        for person in item["people"]:
            share = person["used"] + person["pending"]
            person["share"] = 100 * share / whole if whole else 0.0
            person["bar"] = self._b2b_bar({**person, "amount": whole})
        return item

    def _b2b_basis_words(self, item):
        """What counts: “excl. tax, incl. delivery, Lighting only”."""
        _ = self.env._
        words = [_("incl. tax") if item["tax_basis"] == "total" else _("excl. tax")]
        delivery = item["include_delivery"]
        words.append(_("incl. delivery") if delivery else _("without delivery"))
        if item["categories"]:
            words.append(_("%s only", ", ".join(item["categories"])))
        return ", ".join(words)

    def _b2b_alert_words(self, item):
        """“Mails at 50 %, 80 % sent 19 Nov, 100 %”."""
        parts = []
        for percent, sent in item["alerts"]:
            local = sent and fields.Datetime.context_timestamp(self, sent)
            when = local and day(self.env, local, weekday=False)
            parts.append(
                self.env._(
                    "%(percent)s %% sent %(day)s", percent=f"{percent:g}", day=when
                )
                if when
                else f"{percent:g} %"
            )
        return parts and self.env._("Mails at %s", ", ".join(parts))

    def _b2b_formatter(self, currency):
        return lambda amount: money_text(self.env, amount, currency)

    def _b2b_bar(self, item, order=0.0):
        """Widths of the bar, and whether it is nearly used up."""
        parts = burndown.bar(item["amount"], item["used"], item["pending"], order)
        share = parts["booked"] + parts["waiting"] + parts["order"] + parts["over"]
        return {**parts, "nearly": share >= NEARLY or bool(parts["over"])}

    def _b2b_sentence(self, item):
        """The bar in words, for everybody who does not see it."""
        money = self._b2b_formatter(item["currency"])
        return self.env._(
            "%(used)s booked, %(pending)s waiting, %(left)s left of %(amount)s",
            used=money(item["used"]),
            pending=money(item["pending"]),
            left=money(item["left"]),
            amount=money(item["amount"]),
        )

    def _b2b_picture(self, item):
        """The burn-down with its labels for wide and narrow screens."""
        series = item["series"]
        if not series or not item["amount"]:
            return None
        bookings, before = [], item["amount"]
        for point in series:
            if point["left"] is None:
                break
            if point["left"] != before:
                bookings.append((point["date"], before - point["left"]))
            before = point["left"]
        facts = (
            item["amount"],
            series[0]["date"],
            series[-1]["date"],
            item["today"],
            bookings,
            item["pending"],
        )
        return [
            ("is-wide", self._b2b_drawing(item, burndown.burndown(*facts))),
            ("is-narrow", self._b2b_drawing(item, burndown.burndown(*facts, NARROW))),
        ]

    def _b2b_drawing(self, item, picture):
        money = self._b2b_formatter(item["currency"])
        right = picture.today_x < picture.frame.width * 0.75
        whole = {tick.value: money(tick.value) for tick in picture.amounts}
        return {
            "shape": picture,
            "amounts": [
                (tick.position, whole[tick.value].removesuffix(".00"))
                for tick in picture.amounts
            ],
            "dates": [
                (tick.position, day(self.env, tick.value, weekday=False))
                for tick in picture.dates
            ],
            "left": money(picture.left),
            "waiting": item["pending"] and money(item["pending"]),
            "side": "start" if right else "end",
            "shift": 9 if right else -9,
            # below the word “today” where both would stand in one place
            "left_at": max(
                (picture.left_y if right else picture.word_y) - 8,
                picture.frame.top + 28,
            ),
        }

    def _b2b_pace_words(self, item):
        """``(tone, first sentence, second sentence)`` about the pace."""
        pace, _ = item["pace"], self.env._
        if not pace or not item["date_to"] or item["today"] > item["date_to"]:
            return None
        ahead = self._b2b_formatter(item["currency"])(abs(pace["ahead"]))
        if pace["ahead"] > 0:
            tone, first = "warn", _("%s ahead of an even pace.", ahead)
        else:
            tone, first = "ok", _("%s behind an even pace.", ahead)
        runs_out = pace["runs_out"]
        if not runs_out or runs_out > item["date_to"] - timedelta(days=1):
            return tone, first, _("With what waits, it lasts.")
        ends = day(self.env, runs_out, weekday=False)
        return tone, first, _("With what waits, it ends on %s.", ends)

    def _b2b_effect_values(self, ctx, order, only=None):
        """What an order does to the budgets that have an amount.

        :param only: id of the one budget to tell about
        :return: list of dicts for the budget bar with this order in it
        """
        rows = []
        for effect in order._b2b_budget_effect():
            budget = effect["budget"]
            if not effect["total"] or only not in (None, budget.id):
                continue
            if not effect["amount"] and order.order_line:
                continue  # it takes nothing of this budget
            item = {
                "amount": effect["total"],
                "used": effect["used"],
                "pending": effect["pending"],
            }
            money = self._b2b_formatter(effect["currency"])
            rows.append(
                {
                    "id": budget.id,
                    "title": f"{budget.name} · {effect['period_label']}",
                    "before": money(effect["left_before"]),
                    "after": money(effect["left_after"]),
                    "over": effect["over"] and money(effect["over"]),
                    "left": money(effect["left_after"]),
                    "total": money(effect["total"]),
                    "bar": self._b2b_bar(item, effect["amount"]),
                    "words": self.env._(
                        "%(used)s booked, %(pending)s waiting, %(order)s this order",
                        used=money(effect["used"]),
                        pending=money(effect["pending"]),
                        order=money(effect["amount"]),
                    ),
                    "basis": self._b2b_basis(budget),
                }
            )
        return rows

    def _b2b_counting_rows(self, order):
        """What a submitted order does to each budget: booked, reserved, or neither.

        :return: rows for the card beside the order
        """
        if not order._b2b_counts_in_budgets():
            return []
        _, held = self.env._, order._b2b_held_budget_ids()
        booked = order._b2b_booked_sums()
        rows = []
        for term, amount in order._b2b_counted_in():
            used, pending = booked.get(term.id, (0.0, 0.0))
            money = self._b2b_formatter(amount.currency)
            if used:
                text = _("%s booked", money(used))
            elif pending:
                text = _("%s reserved until the decision", money(pending))
            elif term.id in held:
                text = _(
                    "%s not reserved: it waits for this budget", money(amount.value)
                )
            else:
                continue
            rows.append(
                {
                    "icon": "fa-pie-chart",
                    "title": _("Budget %s", term.name),
                    "text": text,
                    "sequence": 60,
                }
            )
        return rows

    def _b2b_basis(self, budget):
        if budget.tax_basis == "total":
            return self.env._("incl. tax")
        return self.env._("excl. tax")
