import re

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.b2b_portal.rules import stale
from odoo.addons.b2b_portal.tools import group_sign, number

#: Stands for the points where a page remembers the articles of its lines.
POINTS = -1
_POINTS = re.compile(r"[0-9]{1,9}")


class SaleOrder(models.Model):
    """Points that a buyer enters at checkout."""

    _inherit = "sale.order"

    def _b2b_cart_lines_domain(self):
        return super()._b2b_cart_lines_domain() & Domain("b2b_points_line", "=", False)

    def _b2b_checkout_write(self, ctx, form):
        """Use the points that were entered, after everything that changes the lines.

        Without the right nothing is read, and what was chosen before is given up.
        """
        errors = super()._b2b_checkout_write(ctx, form)
        if not ctx.can("use_points"):
            if self.b2b_points_wanted:
                self._b2b_points_choose(0)
            return errors
        if "points" not in form:
            return errors
        text = str(form["points"] or "").strip()
        plain = text.replace(group_sign(self.env), "").replace(" ", "") or "0"
        if not _POINTS.fullmatch(plain):
            errors["points"] = self.env._(
                "“%s” is not a whole number of points.", text[:20]
            )
            return errors
        if int(plain) != self.b2b_points_wanted:
            try:
                self._b2b_points_choose(int(plain))
            except UserError as refused:
                errors["points"] = refused.args[0]
        return errors

    def _b2b_look_again(self):
        """Points that other orders took meanwhile are not shown any more."""
        super()._b2b_look_again()
        for order in self.filtered("b2b_points_wanted"):
            order._b2b_points_look_again()

    def _b2b_checkout_refresh(self):
        """Points are looked at again before the page is compared with the cart."""
        super()._b2b_checkout_refresh()
        self._b2b_points_settle()

    # -- stale pages -------------------------------------------------------------

    def _b2b_seen_lines(self):
        """Points are remembered as a number, not as lines of discounts."""
        points = set(self._b2b_points_lines().ids)
        seen = [line for line in super()._b2b_seen_lines() if line.key not in points]
        if self.b2b_points_used:
            seen.append(stale.SeenLine(0, POINTS, self.b2b_points_used, 0.0))
        return seen

    def _b2b_change_text(self, change, names):
        if change.product_id != POINTS:
            return super()._b2b_change_text(change, names)
        _ = self.env._
        before, after = number(self.env, change.before), number(self.env, change.after)
        if change.kind == stale.ADDED:
            return _("%s points were added.", after)
        if change.kind == stale.REMOVED:
            return _("%s points were removed.", before)
        return _("%(before)s points → %(after)s points.", before=before, after=after)
