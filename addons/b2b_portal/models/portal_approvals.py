from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import MissingError, UserError
from odoo.tools import SQL

#: How long the notice of a decision shows.
NOTICE = timedelta(minutes=5)
OPEN_ALONE = ("budget", "order_maximum", "budget_pot", "budget_seat")


class B2bPortalApprovals(models.AbstractModel):
    """Decisions of the portal: ten seconds to undo, several at once, who stands in."""

    _name = "b2b.portal.approvals"
    _description = "Approvals of the trade portal"

    # -- deciding ------------------------------------------------------------------

    def _b2b_decide(self, ctx, orders, verdict, comment):
        """Note a decision that takes effect in ten seconds.

        :raise UserError: when somebody else was quicker
        :return: b2b.order.decision.pending
        """
        pending = ctx.env["b2b.order.decision.pending"]
        own = pending.search(
            [
                ("order_id", "in", orders.ids),
                ("user_id", "=", ctx.user.id),
                ("state", "=", "pending"),
            ]
        )
        if own:
            # The same page sent twice: the first one counts.
            return own
        return pending._b2b_make(orders, ctx.user, verdict, comment)

    def _b2b_settle_due(self, ctx):
        """What others decided ten seconds ago counts before somebody decides anew."""
        due = ctx.env["b2b.order.decision.pending"]._b2b_due()
        due.filtered(lambda row: row.party_id == ctx.party)._b2b_take_effect()

    def _b2b_own_pending(self, ctx, sent=""):
        """Own decisions that can be undone, and those of this page.

        :param str sent: ids out of the page's address, joined by ``-``
        """
        ids = [int(n) for n in str(sent).split("-") if n.isdecimal() and len(n) < 11]
        since = fields.Datetime.now() - NOTICE
        return ctx.env["b2b.order.decision.pending"].search(
            [
                ("user_id", "=", ctx.user.id),
                ("party_id", "=", ctx.party.id),
                "|",
                ("state", "=", "pending"),
                "&",
                ("id", "in", ids),
                ("effective_at", ">", since),
            ],
            order="id",
        )

    def _b2b_notices(self, rows):
        """What became of decisions: dicts ``text, tone, seconds, order_id, url``."""
        now = fields.Datetime.now()
        return [
            {
                "id": row.id,
                "order_id": row.order_id.id,
                "url": f"/trade/orders/{row.order_id.id}",
                "name": row.order_id.name,
                "state": row.state,
                "text": self._b2b_notice_text(row),
                "seconds": max(0, int((row.effective_at - now).total_seconds()) + 1),
            }
            for row in rows
            if row.state != "undone"
        ]

    def _b2b_notice_text(self, row):
        _ = self.env._
        if row.state == "failed":
            return _(
                "%(order)s: without effect. %(why)s",
                order=row.order_id.name,
                why=row.note or "",
            )
        if row.state == "done":
            return row.order_id._b2b_decided_words()
        words = {
            "released": _("You approve %s.", row.order_id.name),
            "refused": _("You refuse %s.", row.order_id.name),
            "asked_back": _("You give %s back.", row.order_id.name),
        }
        return words[row.verdict]

    def _b2b_news(self, ctx, ids):
        """Orders of a page that do not wait for this person any more, with words."""
        orders = ctx.env["sale.order"].search(
            [
                ("id", "in", ids),
                ("b2b_party_id", "=", ctx.party.id),
                ("company_id", "=", ctx.company.id),
                ("b2b_hold_ids.decider_ids", "in", ctx.user.ids),
            ]
        )
        return [
            {"id": order.id, "text": order._b2b_decided_words()}
            for order in orders - ctx.approvals
        ]

    # -- several at once -------------------------------------------------------------

    def _b2b_batch_problems(self, ctx, orders, verdict):
        """Which orders have to be opened one by one, and why (DECISIONS 6).

        A refusal needs no look at each.

        :return: dict of sale.order to one sentence
        """
        if verdict != "approve":
            return {}
        _ = self.env._
        known, places = self._b2b_known(ctx, orders)
        problems = {}
        for order in orders:
            codes = set(order._b2b_my_holds(ctx.user).mapped("code"))
            fresh = order._b2b_page_lines().product_id.filtered(
                lambda product: product.id not in known
            )
            if codes & set(OPEN_ALONE):
                problems[order] = _("is above a budget; open it to decide.")
            elif fresh:
                problems[order] = _(
                    "has an article you never bought (%s); open it to decide.",
                    fresh[0].display_name,
                )
            elif order.partner_shipping_id.id not in places:
                problems[order] = _(
                    "goes to a new address (%s); open it to decide.",
                    order.partner_shipping_id._b2b_place_name(),
                )
        return problems

    def _b2b_known(self, ctx, orders):
        """Articles and addresses of the party's confirmed orders, as sets of ids."""
        rows = self.env.execute_query(
            SQL(
                """SELECT array_agg(DISTINCT sol.product_id),
                          array_agg(DISTINCT so.partner_shipping_id)
                     FROM sale_order so
                     JOIN sale_order_line sol ON sol.order_id = so.id
                    WHERE so.b2b_party_id = %s AND so.state = 'sale'
                      AND sol.product_id IS NOT NULL""",
                ctx.party.id,
            )
        )
        products, places = rows[0]
        return set(products or ()), set(places or ())

    # -- substitutes -----------------------------------------------------------------

    def _b2b_substitutes(self, ctx):
        """What the tab shows: own substitutes, whom one stands in for, choices."""
        seats = ctx.env["b2b.seat"].search(
            [("party_id", "=", ctx.party.id), ("state", "=", "active")]
        )
        able = seats.filtered(lambda s: s.role_id.approve and not s.is_agent)
        rows = ctx.env["b2b.approval.substitute"].search(
            [("party_id", "=", ctx.party.id)], order="date_from desc, id desc"
        )
        rows = rows.filtered(
            lambda row: not row.date_to or row._b2b_today() <= row.date_to
        )
        manages = ctx.can("manage_seats")
        own = rows if manages else rows.filtered(lambda r: r.seat_id == ctx.seat)
        return {
            "own": own,
            "others": rows.filtered(lambda r: r.substitute_id == ctx.seat) - own,
            "able": able,
            "away": able if manages else able & ctx.seat,
            "colleagues": able if manages else able - ctx.seat,
            "manages": manages,
            "today": fields.Date.context_today(self),
        }

    def _b2b_name_substitute(self, ctx, typed):
        """Name a substitute for oneself, or for anybody as an administrator.

        :param dict typed: ``seat, substitute, date_from, date_to`` as texts
        :return: sentences by the name of the input; nothing is written then
        """
        _ = self.env._
        errors, values = {}, {}
        away = self._b2b_team_seat(ctx, typed["seat"]) or ctx.seat
        if away != ctx.seat and not ctx.can("manage_seats"):
            raise MissingError(_("There is no such person."))
        substitute = self._b2b_team_seat(ctx, typed["substitute"])
        if not substitute:
            errors["substitute"] = _("Choose who decides in your place.")
        for name in ("date_from", "date_to"):
            values[name], wrong = self._b2b_read_day(typed[name])
            if wrong:
                errors[name] = wrong
        if not values.get("date_from"):
            errors.setdefault("date_from", _("Enter the first day."))
        first, last = values.get("date_from"), values.get("date_to")
        if first and last and last < first:
            errors["date_to"] = _("The last day is before the first one.")
        if last and last < fields.Date.context_today(self):
            errors["date_to"] = _("These days are over; choose later ones.")
        if errors:
            return errors
        try:
            with self.env.cr.savepoint():
                ctx.env["b2b.approval.substitute"].create(
                    {"seat_id": away.id, "substitute_id": substitute.id, **values}
                )
                self.env.flush_all()
        except UserError as refusal:
            return {"substitute": refusal.args[0]}
        return {}

    def _b2b_team_seat(self, ctx, text):
        """An active seat of the party by its number, or an empty one."""
        text = str(text or "")
        number = int(text) if text.isdecimal() and len(text) < 11 else 0
        return ctx.env["b2b.seat"].search(
            [
                ("id", "=", number),
                ("party_id", "=", ctx.party.id),
                ("state", "=", "active"),
            ]
        )

    def _b2b_read_day(self, text):
        """``(date or False, sentence)`` of a day as the browser sends it."""
        text = str(text or "").strip()
        if not text:
            return False, ""
        try:
            return fields.Date.from_string(text[:10]), ""
        except ValueError:
            return False, self.env._("“%s” is no date; choose a day.", text[:20])

    def _b2b_end_substitute(self, ctx, substitute_id):
        """End a substitution today, or drop one that has not begun.

        :raise MissingError: for none and for a colleague's, in the same words
        """
        row = ctx.env["b2b.approval.substitute"].search(
            [("id", "=", substitute_id), ("party_id", "=", ctx.party.id)]
        )
        if not row or not (ctx.can("manage_seats") or row.seat_id == ctx.seat):
            raise MissingError(self.env._("There is no such substitute."))
        yesterday = row._b2b_today() - timedelta(days=1)
        if row.date_from > yesterday:
            row.unlink()
        else:
            row.date_to = yesterday
