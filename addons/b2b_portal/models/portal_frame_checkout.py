from markupsafe import Markup

from odoo import models

#: Where the bell leads for an order that waits for a decision.
DECIDE = "/trade/approvals/"


class B2bPortalFrame(models.AbstractModel):
    """Where bridges add to checkout, order page and approvals.

    All return lists of dicts with ``sequence``; those with ``template`` are drawn
    by that template with ``values``.
    """

    _inherit = "b2b.portal.frame"

    def _b2b_frame(self, ctx, active):
        """How many orders wait for this person stands beside “Approvals”."""
        frame = super()._b2b_frame(ctx, active)
        count = sum(need["url"].startswith(DECIDE) for need in frame["needs"])
        for item in frame["nav"]:
            if count and item["key"] == "approvals":
                badge = Markup('%s <span class="o_b2b_count">%s</span>')
                item["label"] = badge % (item["label"], count)
        return frame

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

    def _b2b_close_notes(self, ctx, order, untouched):
        """What else comes back with a cancelled order or a closed rest: sentences."""
        return []

    def _b2b_why_parts(self, ctx, order, hold):
        """A picture below a reason why an order waits: ``template, values``."""
        return []

    def _b2b_approval_effects(self, ctx, order):
        """What a yes does: ``template, values``, one column each."""
        return []

    def _b2b_batch_effects(self, ctx, orders):
        """What a yes to several orders does together: ``template, values``."""
        return []

    def _b2b_sorted(self, items):
        return sorted(items, key=lambda item: item.get("sequence", 100))
