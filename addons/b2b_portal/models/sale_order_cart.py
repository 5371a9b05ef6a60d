import math
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import cart_input
from ..tools import group_sign, number

#: Rows of one call; quick order sends more in several.
MAX_ROWS = 500


def _is_plain(raw):
    """Whether a typed value can be given back as JSON: no list, no NaN."""
    if isinstance(raw, float):
        return math.isfinite(raw)
    return isinstance(raw, (int, str))


class SaleOrder(models.Model):
    """A cart is a draft order of one seat: stored, so it lives over devices."""

    _inherit = "sale.order"

    b2b_is_cart = fields.Boolean(
        "Cart",
        copy=False,
        help="A draft that a buyer is still filling in the portal.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_is_cart"}

    def _b2b_begin_submission(self):
        # An order that was submitted is no cart any more, even while it waits, and
        # whoever submitted it. A refusal rolls this back with everything else.
        if self.b2b_is_cart:
            self.sudo().write({"b2b_is_cart": False, "b2b_cart_deleted_at": False})
        return super()._b2b_begin_submission()

    # -- lines -----------------------------------------------------------------

    def _b2b_cart_lines(self):
        """Lines a buyer edits: no delivery, rewards, discounts or conditions."""
        return self.order_line.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and not line.is_delivery
                and not line.b2b_order_discount
                and not line.b2b_condition_kind
                and not line._b2b_is_points()
            )
        )

    @api.model
    def _b2b_cart_lines_domain(self):
        """:meth:`_b2b_cart_lines` as the database finds them."""
        return Domain(
            [
                ("product_id", "!=", False),
                ("display_type", "=", False),
                ("is_delivery", "=", False),
                ("b2b_order_discount", "=", False),
                ("b2b_condition_kind", "=", False),
            ]
        )

    def _b2b_cart_quantities(self):
        """``{product id: quantity}`` of the lines, in one query."""
        if not self:
            return {}
        quantities = defaultdict(float)
        if self.env.cache.contains(self, self._fields["order_line"]):
            lines = self._b2b_cart_lines()
        else:
            lines = self.env["sale.order.line"].search_fetch(
                Domain("order_id", "in", self.ids) & self._b2b_cart_lines_domain(),
                ["product_id", "product_uom_qty"],
            )
        for line in lines:
            quantities[line.product_id.id] += line.product_uom_qty
        return dict(quantities)

    # -- filling ---------------------------------------------------------------

    @api.model
    def _b2b_cart_set_lines(self, context, rows, mode="set", seen=None):
        """Write many quantities at once and say what became of each row.

        :param rows: list of ``(product_id, quantity)`` out of foreign input
        :param mode: ``add`` to what is in the cart, or ``set`` (0 removes)
        :param dict seen: ``{product_id: quantity}`` that the page showed: a row that
            was changed elsewhere meanwhile is not set, its error says so
        :return: list of dicts ``product_id, typed, quantity, note, error``: rows
            with an error changed nothing, the others are written in one go
        """
        if mode not in ("add", "set"):
            raise UserError(self.env._("Quantities can be added or set."))
        if len(rows) > MAX_ROWS:
            raise UserError(
                self.env._("At most %s rows can be sent at once.", MAX_ROWS)
            )
        context.cart._b2b_cart_lock()
        results = self._b2b_read_rows(context, rows, mode)
        self._b2b_mark_changed(context, results, seen or {})
        good = [(r["product_id"], r["quantity"]) for r in results if not r["error"]]
        if good:
            self._b2b_write_rows(context, cart_input.merge(good), mode, results)
        return results

    def _b2b_cart_lock(self):
        """Two requests that change one cart do so one after the other.

        Writing the row lets Odoo repeat the second one, which then sees the lines of
        the first, or that the cart was ordered.
        """
        if self:
            self.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE sale_order SET write_date = write_date WHERE id IN %s",
                    tuple(self.ids),
                )
            )

    @api.model
    def _b2b_mark_changed(self, context, results, seen):
        """Refuse rows whose quantity is no longer the one the page showed."""
        now = context.cart._b2b_cart_quantities() if seen else {}
        for result in results:
            product_id = result["product_id"]
            if result["error"] or product_id not in seen:
                continue
            current = now.get(product_id, 0.0)
            if abs(current - seen[product_id]) > 1e-6 and current != result["quantity"]:
                result["now"] = current
                result["error"] = self._b2b_changed_text(current)

    @api.model
    def _b2b_changed_text(self, current):
        _ = self.env._
        if not current:
            return _("Removed elsewhere. Enter it again to put it back.")
        return _(
            "Set to %s elsewhere. Enter yours again to change it.",
            number(self.env, current),
        )

    @api.model
    def _b2b_read_rows(self, context, rows, mode):
        """Read ids and quantities, check the catalog once for all rows."""
        ids = [cart_input.read_id(product_id) for product_id, _quantity in rows]
        products = context.env["product.product"].browse(
            sorted({product_id for product_id in ids if product_id})
        )
        allowed, most = self._b2b_orderable(context, products, mode)
        results, group = [], group_sign(self.env)
        for product_id, (_raw_id, raw) in zip(ids, rows, strict=False):
            product = allowed.get(product_id)
            read = cart_input.read_quantity(
                raw,
                zero_ok=mode == "set",
                whole=bool(product) and product._b2b_counted(),
                group=group,
            )
            error = cart_input.UNKNOWN if not product else read.error
            if not error and read.value > most.get(product_id, read.value):
                error = cart_input.UNKNOWN
            results.append(
                {
                    "product_id": product_id,
                    "typed": raw if _is_plain(raw) else "",
                    "quantity": read.value,
                    "note": "",
                    "error": self._b2b_row_error(error, raw, product),
                }
            )
        return results

    @api.model
    def _b2b_orderable(self, context, products, mode):
        """``{id: product}`` of what may be in this cart, ``{id: quantity}`` at most.

        A line whose article left the catalog may still be removed, kept or lowered.
        """
        allowed = context.env["b2b.catalog"]._b2b_allows(context, products)
        most = {}
        if mode == "set":
            gone = (context.cart._b2b_cart_lines().product_id & products) - allowed
            if gone:
                kept = context.cart._b2b_cart_quantities()
                most = {pid: kept.get(pid, 0.0) for pid in gone.ids}
            allowed |= gone
        return {product.id: product for product in allowed}, most

    @api.model
    def _b2b_row_error(self, code, raw, product):
        _ = self.env._
        if not code:
            return ""
        typed = self._b2b_typed(raw)
        texts = {
            cart_input.UNKNOWN: lambda: _("There is no such article."),
            cart_input.NOT_A_NUMBER: lambda: _("“%s” is not a number.", typed),
            cart_input.NEGATIVE: lambda: _("Quantity %s is below zero.", typed),
            cart_input.ZERO: lambda: _("Type a quantity above zero."),
            cart_input.NOT_WHOLE: lambda: _(
                "Quantity %s is not a whole number.", typed
            ),
            cart_input.TOO_MUCH: lambda: _(
                "%(typed)s is more than one line can hold (999,999).", typed=typed
            ),
        }
        return texts[code]()

    @api.model
    def _b2b_typed(self, raw):
        """What was typed, as it is quoted in a sentence."""
        if isinstance(raw, (int, float)) and abs(raw) < 10**15:
            return number(self.env, raw)
        return str(raw)[:20] if isinstance(raw, (int, float, str)) else "?"

    @api.model
    def _b2b_write_rows(self, context, rows, mode, results):
        cart = self._b2b_cart_get(context, create=True)
        lines = defaultdict(lambda: self.env["sale.order.line"])
        for line in cart._b2b_cart_lines():
            lines[line.product_id.id] |= line
        products = context.env["product.product"].browse([row[0] for row in rows])
        rules = self.env["b2b.portal.rows"]._b2b_quantity_rules(context, products)
        corrected = self._b2b_corrected(rows, rules, mode, lines)
        self._b2b_ask_large(context, rows, rules, corrected, results)
        commands = []
        for product_id, quantity in corrected.items():
            commands += self._b2b_line_commands(lines[product_id], product_id, quantity)
        if commands:
            self._b2b_note_questions(context, corrected, lines)
            cart.write({"order_line": commands})
        for result in results:
            product_id = result["product_id"]
            if not result["error"]:
                typed, result["quantity"] = result["quantity"], corrected[product_id]
                self._b2b_note(context, result, typed, mode, rules[product_id])

    @api.model
    def _b2b_note_questions(self, context, corrected, lines):
        """Count the quantities that are tried, before the lines change."""
        changed = [
            product_id
            for product_id, quantity in corrected.items()
            if quantity and quantity != sum(lines[product_id].mapped("product_uom_qty"))
        ]
        products = context.env["product.product"].browse(changed)
        context.env["b2b.stock.question"]._b2b_note(context, products)

    @api.model
    def _b2b_corrected(self, rows, rules, mode, lines):
        """Final quantity of each line, rounded by the customer's rule."""
        corrected = {}
        for product_id, quantity in rows:
            if mode == "add":
                quantity += sum(lines[product_id].mapped("product_uom_qty"))
            corrected[product_id] = min(
                rules[product_id].correct(quantity), cart_input.MAX_QUANTITY
            )
        return corrected

    @api.model
    def _b2b_ask_large(self, context, rows, rules, corrected, results):
        """What would be rounded up by more than half is asked about, not written.

        The pages ask before they send; this is for whoever calls without them.
        """
        for product_id, quantity in rows:
            note = rules[product_id].note(quantity)
            # With what is in the cart already it may make full packs.
            if not note or not note.ask or corrected[product_id] < note.corrected:
                continue
            del corrected[product_id]
            product = context.env["product.product"].browse(product_id)
            for result in results:
                if result["product_id"] == product_id and not result["error"]:
                    result["error"] = product._b2b_ask_text(note)

    @api.model
    def _b2b_note(self, context, result, typed, mode, rule):
        if mode == "set" and typed and typed != result["quantity"]:
            product = context.env["product.product"].browse(result["product_id"])
            result["note"] = product._b2b_quantity_note(typed, rule)

    @api.model
    def _b2b_line_commands(self, lines, product_id, quantity):
        Command = fields.Command
        if not quantity:
            return [Command.delete(line.id) for line in lines]
        if not lines:
            return [
                Command.create({"product_id": product_id, "product_uom_qty": quantity})
            ]
        commands = [Command.delete(line.id) for line in lines[1:]]
        if lines[0].product_uom_qty != quantity:
            commands.append(Command.update(lines[0].id, {"product_uom_qty": quantity}))
        return commands

    def _b2b_cart_reprice(self):
        """Take today's prices; asked for by the buyer, never slipped in."""
        if self:
            self.ensure_one()
            self._b2b_take_conditions()
            self._recompute_prices()

    def _b2b_cart_renew(self):
        """Leave an agreement that has ended, then take today's prices."""
        if self:
            self._b2b_renew_agreement()
            self._b2b_cart_reprice()

    # -- words -----------------------------------------------------------------

    def _b2b_packing(self):
        """Those of the orders that are ready to be packed, or packed now."""
        found = self.env["stock.picking"]._read_group(
            [("sale_id", "in", self.ids), ("state", "=", "assigned")], ["sale_id"]
        )
        return self.browse([order.id for (order,) in found])

    def _b2b_portal_state(self, packing=None):
        """State of an order in the buyer's words: ``(word, tone)``.

        Tones: grey, ok, info, warn, bad.

        :param packing: ``_b2b_packing`` of a whole list, asked for here without
        """
        self.ensure_one()
        _ = self.env._
        if self.state == "cancel":
            return _("cancelled"), "grey"
        if self.state in ("draft", "sent"):
            return self._b2b_portal_state_open()
        if self.delivery_status == "full" or self.b2b_historical:
            return _("delivered"), "ok"
        if self.delivery_status == "partial":
            return _("partly delivered"), "info"
        if self in (self._b2b_packing() if packing is None else packing):
            return _("packing"), "info"
        return _("confirmed"), "info"

    def _b2b_portal_state_open(self):
        _ = self.env._
        if self.b2b_is_cart:
            return _("cart"), "grey"
        if self.b2b_gate_state == "refused":
            return _("refused"), "bad"
        if self.b2b_gate_state == "asked_back":
            return _("came back"), "warn"
        if self.b2b_submit_state in ("queued", "waiting"):
            sides = set(
                self.b2b_hold_ids.filtered(lambda h: h.state == "open").mapped("side")
            )
            if "buyer" in sides:
                return _("waiting for approval"), "warn"
            return _("being checked"), "warn"
        if self.state == "sent":
            return _("offer"), "info"
        return _("expired, submit again"), "warn"
