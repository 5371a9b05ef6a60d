from odoo import api, models
from odoo.exceptions import MissingError
from odoo.fields import Domain

from ..rules import order_steps
from .sale_order_cart import MAX_ROWS

#: Filters of the order list: key, and the domain beside "may be seen".
WAITING = Domain("state", "in", ("draft", "sent")) & Domain(
    "b2b_submit_state", "in", ("queued", "waiting")
)


class SaleOrder(models.Model):
    """Orders as the pages of the portal show them."""

    _inherit = "sale.order"

    # -- which orders ------------------------------------------------------------

    @api.model
    def _b2b_pages_domain(self, ctx):
        """Orders of the party that this seat may see; never a cart or a draft.

        The same expression as the record rule of portal users, because pages read
        with lifted rights.
        """
        return (
            Domain(ctx.user._b2b_order_domain())
            & Domain("b2b_party_id", "=", ctx.party.id)
            & Domain("company_id", "=", ctx.company.id)
            & Domain("b2b_is_cart", "=", False)
            & (Domain("state", "=", "sale") | Domain("b2b_submitted_at", "!=", False))
        )

    @api.model
    def _b2b_pages_filters(self):
        """``{key: (label, domain)}`` in the order of the page."""
        _ = self.env._
        sale = Domain("state", "=", "sale")
        done = Domain("b2b_historical", "=", True) | Domain(
            "delivery_status", "=", "full"
        )
        return {
            "all": (_("All"), Domain.TRUE),
            "waiting": (_("Waiting"), WAITING),
            "open": (_("Coming"), sale & ~done),
            "delivered": (_("Delivered"), sale & done),
            "ended": (_("Refused or cancelled"), ~sale & ~WAITING),
        }

    @api.model
    def _b2b_pages_counts(self, domain):
        """``{key of a filter: number of orders}`` in one query."""
        counts = dict.fromkeys(self._b2b_pages_filters(), 0)
        fields = ("state", "b2b_submit_state", "b2b_historical", "delivery_status")
        for *facts, count in self._read_group(domain, fields, ["__count"]):
            counts[order_steps.drawer(*facts)] += count
            counts["all"] += count
        return counts

    @api.model
    def _b2b_pages_search(self, text):
        """Order number, PO number, name of the cart, article code or name."""
        text = (text or "").strip()
        if not text:
            return Domain.TRUE
        pattern = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return Domain.OR(
            Domain(name, "ilike", pattern)
            for name in (
                "name",
                "client_order_ref",
                "b2b_cart_name",
                "order_line.product_id.default_code",
                "order_line.product_id.product_tmpl_id.name",
            )
        )

    @api.model
    def _b2b_pages_get(self, ctx, order_id):
        """One order by id; foreign and missing ones are the same."""
        order = ctx.env["sale.order"].search(
            Domain("id", "=", order_id) & self._b2b_pages_domain(ctx)
        )
        if not order:
            raise MissingError(self.env._("There is no such order."))
        return order

    def _b2b_has_page(self):
        """Whether a buyer's order has a page here, as the domain of the pages says."""
        self.ensure_one()
        sent = self.state == "sale" or self.b2b_submitted_at
        return bool(sent and not self.b2b_is_cart)

    # -- what is told about one --------------------------------------------------

    def _b2b_situation(self):
        """One word of ``rules.order_steps`` for where the order stands."""
        self.ensure_one()
        delivered = self.b2b_historical or self.delivery_status == "full"
        return order_steps.situation(
            self.state, self.b2b_submit_state, self.b2b_gate_state, delivered
        )

    def _b2b_open_holds(self, side=None):
        """Holds that nobody has decided, of one side or both.

        In a list of orders they are read together, which a filter alone forgets.
        """
        return self.b2b_hold_ids.filtered(
            lambda hold: hold.state == "open" and side in (None, hold.side)
        ).with_prefetch(self.b2b_hold_ids._prefetch_ids)

    def _b2b_waits_for(self):
        """Names of whoever decides next; the buyer's side comes first."""
        self.ensure_one()
        holds, own = self._b2b_open_holds(), self._b2b_open_holds("buyer")
        if own:
            return own.decider_ids.mapped("name") or [self.env._("an approver")]
        return [self.company_id.name] if holds else []

    def _b2b_page_title(self, where):
        _ = self.env._
        names = _(" or ").join(self._b2b_waits_for()[:2])
        texts = {
            order_steps.WAITING: _(
                "%(order)s waits for %(who)s",
                order=self.name,
                who=names or _("a decision"),
            ),
            order_steps.QUEUED: _("%s was received", self.name),
            order_steps.CONFIRMED: _("%s is confirmed", self.name),
            order_steps.DELIVERED: _("%s was delivered", self.name),
            order_steps.REFUSED: _("%s was refused", self.name),
            order_steps.ASKED_BACK: _("%s came back to you", self.name),
            order_steps.CANCELLED: _("%s was cancelled", self.name),
            order_steps.EXPIRED: _("%s expired, submit it again", self.name),
        }
        return texts.get(where, self.name)

    def _b2b_page_lines(self):
        """Lines a reader counts: articles; delivery stands in the sum."""
        return self._b2b_cart_lines()

    def _b2b_page_pictures(self):
        """``{product_id: what the picture template needs, and the own code}``."""
        products = self._b2b_page_lines().product_id
        images = self.env["b2b.portal.rows"]._b2b_images(products)
        codes = self.env["b2b.product.code"]._b2b_codes(self.partner_id, products)
        return {
            product.id: {
                "id": product.id,
                "image": images.get(product.id, ""),
                "tint": product.categ_id.id % 6,
                "own_code": codes.get(product.id, ("", ""))[0],
            }
            for product in products
        }

    def _b2b_page_invoices(self, ctx):
        """Posted invoices and credit notes that this person may open, the oldest first.

        By his own rights and not by ours: an invoice may be another company's.
        """
        self.ensure_one()
        if self.state != "sale" or not ctx.can("see_invoices"):
            return self.env["account.move"]
        moves = self.invoice_ids.filtered(lambda move: move.state == "posted")
        return moves.with_user(ctx.user)._filtered_access("read").sudo().sorted("id")

    def _b2b_last_refusal(self):
        """The decision that refused, to say who and why."""
        refused = self.b2b_hold_ids.filtered(lambda hold: hold.state == "refused")
        return refused.decision_ids.filtered(
            lambda decision: decision.verdict == "refused"
        )[:1]

    # -- reorder -----------------------------------------------------------------

    def _b2b_list_lines(self):
        """``[(product id, quantity)]`` of the order, in the articles' own units."""
        quantities = {}
        for line in self._b2b_cart_lines():
            if line.product_uom_qty > 0:
                quantities.setdefault(line.product_id.id, 0.0)
                quantities[line.product_id.id] += line.product_uom_id._compute_quantity(
                    line.product_uom_qty, line.product_id.uom_id
                )
        return list(quantities.items())

    def _b2b_reorder(self, ctx):
        """Put the articles of this order into the open cart.

        :return: ``(added, left_out)`` numbers of articles
        """
        self.ensure_one()
        rows, results = self._b2b_list_lines(), []
        for start in range(0, len(rows), MAX_ROWS):
            results += ctx.env["sale.order"]._b2b_cart_set_lines(
                ctx, rows[start : start + MAX_ROWS], mode="add"
            )
        left_out = sum(1 for row in results if row["error"])
        return len(results) - left_out, left_out
