from odoo import fields, models
from odoo.tools import SQL

from ..rules import order_list
from ..tools import day, number

#: Languages differ, the list of favourites is found by its mark.
FAVOURITES = "Favourites"


class B2bPortalLists(models.AbstractModel):
    """Pages of order lists: all of a seat, one as a grid, its way into the cart."""

    _name = "b2b.portal.lists"
    _description = "Order lists of the trade portal"

    # -- all lists -------------------------------------------------------------------

    def _b2b_cards(self, ctx):
        """Rows of the page of lists: own ones first, then those of others."""
        Lists = ctx.env["b2b.order.list"]
        found = Lists.search_fetch(
            Lists._b2b_domain(ctx),
            ["name", "seat_id", "is_shared", "is_favourites", "write_date"],
        )
        found = found.sorted(lambda each: each.seat_id != ctx.seat)
        return [self._b2b_card(ctx, each) for each in found]

    def _b2b_proposing(self, ctx, cards):
        """Ids of the lists with quantities: others put nothing into the cart."""
        groups = ctx.env["b2b.order.list.line"]._read_group(
            [
                ("list_id", "in", [card["list"].id for card in cards]),
                ("quantity", ">", 0),
            ],
            ["list_id"],
        )
        return {record.id for (record,) in groups}

    def _b2b_card(self, ctx, record):
        _ = self.env._
        count = record.article_count
        mine = record.seat_id == ctx.seat
        return {
            "list": record,
            "name": self._b2b_name(record),
            "count": count,
            "articles": _("1 article")
            if count == 1
            else _("%s articles", number(self.env, count)),
            "mine": mine,
            "keeper": _("you") if mine else record.seat_id.user_id.name or _("us"),
            "may_change": record._b2b_may_change(ctx),
            "changed": day(self.env, self._b2b_local(record.write_date)),
        }

    def _b2b_name(self, record):
        """Favourites speak the reader's language, other names are as typed."""
        return self.env._("Favourites") if record.is_favourites else record.name

    def _b2b_choices(self, ctx):
        """Lists the seat may put articles on, own ones first: dicts ``id, name``."""
        Lists = ctx.env["b2b.order.list"]
        found = Lists.search(Lists._b2b_domain(ctx)).sorted(
            lambda each: (each.seat_id != ctx.seat, each.is_favourites)
        )
        return [
            {"id": each.id, "name": self._b2b_choice(ctx, each)}
            for each in found
            if each._b2b_may_change(ctx)
        ]

    def _b2b_choice(self, ctx, record):
        """The name of a list, with its keeper where that is somebody else."""
        if record.seat_id == ctx.seat:
            return self._b2b_name(record)
        return self.env._(
            "%(list)s (%(keeper)s)",
            list=self._b2b_name(record),
            keeper=record.seat_id.user_id.name,
        )

    # -- one list --------------------------------------------------------------------

    def _b2b_rows(self, ctx, record):
        """Rows of the grid and the number of articles that cannot be ordered any more.

        What is in the cart or on its way starts at 0 and says so (DECISIONS 22).
        """
        wanted = {line.product_id.id: line.quantity for line in record.line_ids}
        products = ctx.env["product.product"].browse(wanted)
        allowed = set(ctx.env["b2b.catalog"]._b2b_allows(ctx, products).ids)
        products = products.filtered(lambda product: product.id in allowed)
        products = products.with_prefetch([*products.ids, *ctx.in_cart])
        coming = ctx.env["b2b.portal.home"]._b2b_coming(ctx, products)
        Rows = ctx.env["b2b.portal.rows"]
        rules = Rows._b2b_quantity_rules(ctx, products)
        start = {
            product.id: self._b2b_start(
                ctx, rules[product.id], wanted[product.id], product.id, coming
            )
            for product in products
        }
        rows = Rows._b2b_rows(ctx, products, start, others=False)
        for row in rows:
            row["wanted"] = wanted[row["id"]]
            row["coming"] = coming.get(row["id"])
        return rows, len(wanted) - len(rows)

    def _b2b_start(self, ctx, rule, wanted, product_id, coming):
        quantity = order_list.start_quantity(
            wanted, ctx.in_cart.get(product_id), coming.get(product_id)
        )
        return rule.correct(quantity) if quantity and ctx.may_buy else 0.0

    def _b2b_to_cart(self, ctx, record):
        """Put what the list proposes into the cart, at today's prices.

        :return: ``(added, left_out, there)`` numbers of articles: those that cannot be
            ordered, those in a cart or on their way; one that is kept without a
            quantity is none of them
        """
        rows, gone = self._b2b_rows(ctx, record)
        lines = [(row["id"], row["quantity"]) for row in rows if row["quantity"]]
        results = ctx.env["sale.order"]._b2b_cart_set_lines(ctx, lines, mode="add")
        added = sum(1 for result in results if not result["error"])
        wanted = sum(1 for row in rows if row["wanted"])
        return added, len(lines) - added + gone, wanted - len(lines)

    def _b2b_gone(self, ctx, record):
        """Ids of the list's articles that the seat cannot order any more."""
        products = record.line_ids.product_id.with_env(ctx.env)
        allowed = ctx.env["b2b.catalog"]._b2b_allows(ctx, products)
        return list(set(products.ids) - set(allowed.ids))

    # -- favourites ------------------------------------------------------------------

    def _b2b_favourites(self, ctx, create=False):
        """The list of the seat's favourites; empty where nothing was marked yet."""
        Lists = ctx.env["b2b.order.list"].with_context(active_test=False)
        domain = [("seat_id", "=", ctx.seat.id), ("is_favourites", "=", True)]
        found = Lists.search(domain, limit=1)
        if create and found:
            found.active = True
        if found or not create:
            return found
        Lists._b2b_one_after_another(ctx.seat)
        return Lists.create(
            {
                "name": FAVOURITES,
                "party_id": ctx.party.id,
                "seat_id": ctx.seat.id,
                "is_shared": False,
                "is_favourites": True,
            }
        )

    def _b2b_favourite(self, ctx, product):
        """Mark an article as a favourite, or no longer; returns whether it is one."""
        favourites = self._b2b_favourites(ctx, create=True)
        if product in favourites.line_ids.product_id:
            favourites._b2b_take_off(product.ids)
            return False
        favourites._b2b_put(ctx, [(product.id, 0)])
        return True

    def _b2b_favourite_ids(self, ctx):
        """Ids of the articles the seat marked, in one query."""
        ctx.env["b2b.order.list"].flush_model(["seat_id", "is_favourites", "active"])
        ctx.env["b2b.order.list.line"].flush_model(["list_id", "product_id"])
        rows = ctx.env.execute_query(
            SQL(
                """
                SELECT line.product_id
                  FROM b2b_order_list_line line
                  JOIN b2b_order_list list ON list.id = line.list_id
                 WHERE list.seat_id = %s AND list.is_favourites AND list.active
                """,
                ctx.seat.id,
            )
        )
        return frozenset(product_id for (product_id,) in rows)

    def _b2b_local(self, value):
        return fields.Datetime.context_timestamp(self, value) if value else value
