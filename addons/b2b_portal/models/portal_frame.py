import json

from odoo import models

from ..tools import clock, day, initials, money, number, price_number

#: Own waiting orders that are named; their number counts all.
WAITING_SHOWN = 20
WAITS = ("queued", "waiting")


class B2bPortalFrame(models.AbstractModel):
    """What surrounds every page, and the places where bridges add to it.

    Bridges extend by ``_inherit = "b2b.portal.frame"`` and return
    ``super()... + [item]``. Items are sorted by ``sequence``.
    """

    _name = "b2b.portal.frame"
    _description = "Frame of the trade portal"

    # -- extension points ------------------------------------------------------

    def _b2b_nav_items(self, ctx):
        """Navigation by role: dicts ``key, label, url, sequence, icon``.

        What a seat may not do is absent. ``tab`` (short label) puts the item
        into the bottom bar of phones, which has room for five.
        """
        _ = self.env._
        items = [
            {
                "key": "home",
                "label": _("Home"),
                "tab": _("Home"),
                "url": "/trade",
                "icon": "fa-home",
                "sequence": 10,
            },
            {
                "key": "catalog",
                "label": _("Catalog"),
                "tab": _("Catalog"),
                "url": "/trade/catalog",
                "icon": "fa-th-list",
                "sequence": 20,
            },
            {
                "key": "orders",
                "label": _("Orders"),
                "tab": _("Orders"),
                "url": "/trade/orders",
                "icon": "fa-truck",
                "sequence": 50,
            },
        ]
        if ctx.may_buy:
            items.append(
                {
                    "key": "quick",
                    "label": _("Quick order"),
                    "tab": _("Quick"),
                    "url": "/trade/quick-order",
                    "icon": "fa-bolt",
                    "sequence": 30,
                }
            )
        return items + self._b2b_nav_rights(ctx)

    def _b2b_nav_rights(self, ctx):
        """Items of :meth:`_b2b_nav_items` that hang on one right."""
        _ = self.env._
        items = []
        if ctx.can("place_orders"):
            items.append(
                {
                    "key": "lists",
                    "label": _("Lists"),
                    "url": "/trade/lists",
                    "icon": "fa-heart-o",
                    "sequence": 40,
                }
            )
        if ctx.can("approve") or ctx.can("manage_seats"):
            # Who keeps the rules need not approve himself.
            page = "" if ctx.can("approve") else "/rules"
            items.append(
                {
                    "key": "approvals",
                    "label": _("Approvals"),
                    "url": f"/trade/approvals{page}",
                    "icon": "fa-check-square-o",
                    "sequence": 60,
                }
            )
        return items

    def _b2b_needs(self, ctx):
        """What waits for this person: dicts for the bell and home's list.

        ``kind`` (warn, info, bad), ``icon``, ``text``, ``amount``, ``currency``,
        ``url``, ``button``, ``sequence``.
        """
        return self._b2b_needs_decision(ctx) + self._b2b_needs_patience(ctx)

    def _b2b_needs_sorted(self, ctx):
        return sorted(self._b2b_needs(ctx), key=lambda item: item["sequence"])

    def _b2b_needs_count(self, ctx, decisions):
        """Number of :meth:`_b2b_needs`, cheap enough for every page.

        Whoever extends the one extends the other.
        """
        return len(ctx.waiting) + len(decisions)

    def _b2b_waiting(self, ctx):
        """Own orders that wait, the oldest first."""
        return ctx.env["sale.order"].search(
            [
                ("b2b_orderer_id", "=", ctx.user.id),
                ("state", "=", "draft"),
                ("b2b_submit_state", "in", WAITS),
            ],
            order="b2b_submitted_at, id",
        )

    def _b2b_needs_addresses(self, ctx):
        """Where orders wait for this person's decision, without their words."""
        if not ctx.can("approve"):
            return []
        return [{"url": f"/trade/approvals/{order.id}"} for order in ctx.approvals]

    def _b2b_needs_decision(self, ctx):
        """Orders of colleagues that this person may release or refuse."""
        if not ctx.can("approve"):
            return []
        _ = self.env._
        return [
            {
                "kind": "info",
                "icon": "fa-user-o",
                "text": _(
                    "%(order)s of %(who)s waits for you",
                    order=order.name,
                    who=order.b2b_orderer_id.name or order.partner_id.name,
                ),
                "amount": order.amount_total if ctx.can("see_prices") else 0.0,
                "currency": order.currency_id,
                "url": f"/trade/approvals/{order.id}",
                "button": _("Decide"),
                "sequence": 10,
            }
            for order in ctx.approvals
        ]

    def _b2b_needs_patience(self, ctx):
        """Own orders that wait, and for whom."""
        _ = self.env._
        return [
            {
                "kind": "warn",
                "icon": "fa-exclamation-triangle",
                "text": _(
                    "%(title)s since %(when)s",
                    title=order._b2b_page_title(order._b2b_situation()),
                    when=order._b2b_when(order.b2b_submitted_at),
                ),
                "amount": order.amount_total if ctx.can("see_prices") else 0.0,
                "currency": order.currency_id,
                "url": f"/trade/orders/{order.id}",
                "button": _("View"),
                "sequence": 20,
            }
            for order in ctx.waiting[:WAITING_SHOWN]
        ]

    def _b2b_home_cards(self, ctx):
        """Cards of home's right column: dicts ``template, values, sequence``."""
        return []

    def _b2b_home_lead(self, ctx):
        """Facts of home's first line after the date: list of ``(text, strong)``."""
        return []

    def _b2b_dock_facts(self, ctx):
        """Amounts that the dock lowers while typing: dicts ``label, left``."""
        return []

    def _b2b_cart_cards(self, ctx, cart):
        """Cards beside the cart: dicts ``template, values, sequence``."""
        return []

    def _b2b_cart_summary_parts(self, ctx, cart):
        """Parts inside the total card, above the button (budget bar, points)."""
        return []

    # -- values ----------------------------------------------------------------

    def _b2b_part_values(self, ctx):
        """Values every template of the portal may use."""
        env = self.env
        return {
            "ctx": ctx,
            "money": lambda amount, currency=None: money(
                env, amount, currency or ctx.currency
            ),
            "number": lambda value, **kw: number(env, value, **kw),
            "day": lambda value, **kw: day(env, value, **kw),
            "clock": clock,
            "quoted": lambda said: env._("“%s”", said),
            "price_number": lambda price: price_number(env, price, ctx.currency),
            "initials": initials,
            "cart_key": env["b2b.portal.carts"]._b2b_key(ctx),
            "breaks_json": lambda row: json.dumps(row["breaks"]),
            "show_stock": env["b2b.portal.stock"]._b2b_mask(ctx)[0] != "hidden",
        }

    def _b2b_render_values(self, ctx, active=""):
        values = self._b2b_part_values(ctx)
        values["frame"] = self._b2b_frame(ctx, active)
        return values

    def _b2b_frame(self, ctx, active):
        nav = sorted(self._b2b_nav_items(ctx), key=lambda item: item["sequence"])
        decisions = self._b2b_needs_addresses(ctx)
        return {
            "active": active,
            "nav": nav,
            "tabs": [item for item in nav if item.get("tab")][:4],
            "needs": decisions,
            "needs_count": self._b2b_needs_count(ctx, decisions),
            "manager": self._b2b_manager(ctx),
            "seller": ctx.company.name,
            "terms": self._b2b_terms(ctx),
            "cart_total": ctx.cart.amount_untaxed,
            "cart_lines": ctx.cart_lines,
            "cart_lines_text": self._b2b_lines_text(ctx.cart_lines),
            "carts": self.env["b2b.portal.carts"]._b2b_menu(ctx),
            "cart_name": self.env["b2b.portal.carts"]._b2b_name(ctx),
            "agreements": self._b2b_agreements(ctx),
            "seats": ctx.seats - ctx.seat,
            "languages": self._b2b_languages(),
        }

    def _b2b_languages(self):
        """Languages to choose from, each in its own words; none while there is one."""
        offered = self.env["res.lang"]._get_frontend()
        if len(offered) < 2:
            return []
        return [
            {
                "code": code,
                # "German / Deutsch"
                "name": data.name.split("/")[-1].strip(),
                "tag": code.split("_")[0],
                "own": code == self.env.lang,
            }
            for code, data in offered.items()
        ]

    def _b2b_terms(self, ctx):
        """Second line of the switch: ``30 days net · GBP``; bridges add facts."""
        return " · ".join(
            part for part in (ctx.agreement.name, ctx.currency.name) if part
        )

    def _b2b_bar(self, ctx, cart):
        """Figures of the cart in the top bar."""
        count = len(cart._b2b_cart_quantities())
        return {
            "cart_id": cart.id or 0,
            "count": count,
            "lines": self._b2b_lines_text(count),
            "total": money(self.env, cart.amount_untaxed, ctx.currency)
            if ctx.can("see_prices")
            else "",
        }

    def _b2b_lines_text(self, count):
        _ = self.env._
        return _("1 line") if count == 1 else _("%s lines", count)

    def _b2b_manager_user(self, ctx):
        """Who answers this party today: its manager, or who stands in for him."""
        manager, stand_in, _until = ctx.party._b2b_manager()
        return stand_in or manager

    def _b2b_manager(self, ctx):
        """Who answers this party, with phone, mail and why; None when nobody does."""
        manager, stand_in, until = ctx.party._b2b_manager()
        contact = (stand_in or manager).partner_id
        if not contact:
            return None
        return {
            "id": (stand_in or manager).id,
            "name": contact.name,
            "initials": initials(contact.name),
            # Another face has another address: browsers keep it for a day.
            "image": f"/trade/face?v={contact.id}",
            "phone": contact.phone or ctx.company.phone or "",
            "email": contact.email or ctx.company.email or "",
            "note": self._b2b_manager_note(manager, stand_in, until),
        }

    def _b2b_manager_note(self, manager, stand_in, until):
        """Who is away until when, and who answers; empty when nobody is away."""
        if not until:
            return ""
        _ = self.env._
        who, last = (manager.name or "").split(" ")[0], day(self.env, until)
        if not stand_in:
            return _("%(who)s is away until %(day)s", who=who, day=last)
        return _(
            "%(who)s is away until %(day)s, %(other)s answers",
            who=who,
            day=last,
            other=stand_in.name,
        )

    def _b2b_agreements(self, ctx):
        """Agreements to choose from; one only when the seat may not choose."""
        if not ctx.can("choose_agreement"):
            return ctx.agreement
        return ctx.agreements
