from markupsafe import Markup

from odoo import models

#: Orders named one by one; the page of approvals shows all.
NAMED = 3


class B2bPortalFrame(models.AbstractModel):
    """Where bridges add to checkout, order page and approvals.

    All return lists of dicts with ``sequence``; those with ``template`` are drawn
    by that template with ``values``.
    """

    _inherit = "b2b.portal.frame"

    def _b2b_frame(self, ctx, active):
        """What waits for this person stands in the bell and beside “Approvals”."""
        frame = super()._b2b_frame(ctx, active)
        if not ctx.can("approve"):
            return frame
        orders = ctx.env["sale.order"]._b2b_approvals(ctx)
        if not orders:
            return frame
        badge = Markup('%s <span class="o_b2b_count">%s</span>')
        for item in frame["nav"]:
            if item["key"] == "approvals":
                item["label"] = badge % (item["label"], len(orders))
        needs = frame["needs"] + [
            self._b2b_approval_need(order) for order in orders[:NAMED]
        ]
        frame["needs"] = self._b2b_sorted(needs)
        return frame

    def _b2b_approval_need(self, order):
        return {
            "kind": "info",
            "icon": "fa-user-o",
            "text": self.env._(
                "%(order)s of %(who)s waits for your approval",
                order=order.name,
                who=order.b2b_orderer_id.name or order.partner_id.name,
            ),
            "amount": order.amount_total,
            "currency": order.currency_id,
            "url": f"/trade/approvals/{order.id}",
            "button": self.env._("Decide"),
            "sequence": 10,
        }

    def _b2b_checkout_sections(self, ctx, cart):
        """Parts of the checkout form: ``title, template, values, sequence``.

        Ours are at 10 (address), 40 (references) and 50 (payment); a slot picker
        belongs to 30. What a part posts is read by ``_b2b_checkout_vals``.
        """
        return []

    def _b2b_checkout_parts(self, ctx, cart):
        """Parts of the sum's card, below the total: ``template, values``."""
        return []

    def _b2b_kept_rows(self, ctx, order):
        """What an order keeps: ``icon, title, text`` (with dates of the order)."""
        return []

    def _b2b_why_parts(self, ctx, order, hold):
        """A picture below a reason why an order waits: ``template, values``."""
        return []

    def _b2b_approval_effects(self, ctx, order):
        """What a yes does: ``template, values``, one column each."""
        return []

    def _b2b_sorted(self, items):
        return sorted(items, key=lambda item: item.get("sequence", 100))
