from decimal import Decimal

from odoo import api, models

from ..rules import points as rules
from .sale_order import _weights_json

#: When points are granted by documents of accounting, and what counts as paid.
BY_INVOICE = ("invoiced", "paid")
PAID = ("paid", "in_payment")
#: What the ledger holds of a document that is not in it.
_NOTHING = (0, 0, None, None, None)


class AccountMove(models.Model):
    """Posted invoices grant points, posted credit notes take their share back.

    As with orders, one idempotent method brings the ledger to the target of the
    document; posting, cancelling and going back to draft only call it.
    """

    _inherit = "account.move"

    @api.constrains("state", "payment_state")
    def _b2b_loyalty_on_state(self):
        moves = self.filtered(
            lambda move: (
                move.move_type in ("out_invoice", "out_refund")
                and (move.state == "posted" or move.posted_before)
            )
        )
        moves.sudo()._b2b_loyalty_sync()

    def _b2b_loyalty_sync(self):
        """Bring the granted points of these documents to what they are now."""
        for move in self.sorted("id"):
            parts = move._b2b_loyalty_parts()
            move._b2b_loyalty_sync_one(parts)
            orders = move.env["sale.order"].concat(
                *(order for place in parts.values() for order in place["orders"])
            )
            orders |= move.invoice_line_ids.sale_line_ids.order_id.filtered(
                lambda order: order._b2b_loyalty_by_order()
            )
            orders._b2b_loyalty_sync()
            if any(program.granted == "paid" for program, _party in parts):
                # What was credited before it was paid takes its share now.
                credited = move.reversal_move_ids.filtered(
                    lambda m: m.state == "posted"
                )
                if move.move_type == "out_invoice" and credited:
                    credited._b2b_loyalty_sync()

    def _b2b_loyalty_parts(self):
        """The orders on this document and what their lines earn, by account key.

        :return: dict (program as a rule, party) -> dict with ``account``, ``orders``,
            ``result`` and ``rates``
        """
        self.ensure_one()
        parts = {}
        for order, lines in self._b2b_loyalty_lines_by_order().items():
            account, program, rate = order._b2b_loyalty_place()
            if not program or program.granted not in BY_INVOICE:
                continue
            if self.currency_id != order.currency_id:
                rate = order._b2b_loyalty_rate(program, self.currency_id)
            result = rules.calculate(
                self._b2b_loyalty_lines(lines, program, order),
                program,
                order._b2b_loyalty_buyer(),
                rate,
            )
            part = parts.setdefault(
                (program, order.b2b_party_id),
                {"account": account, "orders": order, "results": [], "rates": []},
            )
            part["account"] |= account
            part["orders"] |= order
            part["results"].append(result)
            part["rates"].append(rate)
        for (program, _party), part in parts.items():
            part["result"] = rules.combine(part["results"], program.terms)
        return parts

    def _b2b_loyalty_lines_by_order(self):
        by_order = {}
        for line in self.invoice_line_ids:
            sale_lines = line.sale_line_ids.filtered(
                lambda s: (
                    not s.is_downpayment
                    and not s._is_delivery()
                    and not s._b2b_is_charge()
                    and not s.order_id.b2b_historical
                )
            )
            if line.display_type != "product" or not sale_lines:
                continue
            order = sale_lines[0].order_id
            by_order[order] = by_order.get(order, line.browse()) | line
        return by_order

    def _b2b_loyalty_lines(self, lines, program, order):
        digits = self.currency_id.decimal_places
        share = self._b2b_points_paid_share(order)
        return [
            line.product_id._b2b_points_line(
                rules.decimal(line.price_subtotal, digits) * share, program
            )
            for line in lines
        ]

    def _b2b_loyalty_sync_one(self, parts):
        accounts = self.env["b2b.loyalty.account"].sudo()
        booked = accounts._b2b_booked("move_id", self)
        targets = self._b2b_loyalty_targets(parts) if self.state == "posted" else {}
        rows = []
        for account_id in sorted(booked.keys() | targets.keys()):
            points, count, rate, lot, last = booked.get(account_id, _NOTHING)
            values = targets.get(account_id, {"points": 0, "rate": rate, "lot_id": lot})
            delta = values["points"] - points
            earn = delta > 0 and self.move_type == "out_invoice"
            if not earn:
                # What takes back points at what it takes back; what gives back does.
                values = {"reversed_id": last, **values}
                values["lot_id"] = values.get("lot_id") or lot
            rows.append(
                {
                    "currency_id": self.currency_id.id,
                    **values,
                    "account_id": account_id,
                    "kind": "earn" if earn else "reverse",
                    "points": delta,
                    "date": self.invoice_date or self.date,
                    "move_id": self.id,
                    "user_id": None if earn else self.env.uid,
                    "idempotency_key": f"move:{self.id}:{account_id}:{count + 1}",
                }
            )
        accounts._b2b_book(rows)

    def _b2b_loyalty_targets(self, parts):
        """Account id -> values of the row that this posted document stands for."""
        accounts = self.env["b2b.loyalty.account"].sudo()
        targets = {}
        for (program, party), part in parts.items():
            result = part["result"]
            account = part["account"][:1]
            if self.move_type == "out_refund":
                points, lot = self._b2b_loyalty_taken_back(account, part)
            elif program.granted == "paid" and self.payment_state not in PAID:
                points, lot = 0, None
            else:
                points, lot = max(result.points, 0), None
            if not points and not account:
                continue
            account = account or accounts._b2b_get(program.id, party)
            targets[account.id] = {
                "points": points,
                "amount": result.net if points >= 0 else -result.net,
                "rate": part["rates"][0] if len(set(part["rates"])) == 1 else None,
                "weights": _weights_json(result),
                "order_id": part["orders"].id if len(part["orders"]) == 1 else None,
                "lot_id": lot,
                "reversed_id": lot,
            }
        return targets

    def _b2b_loyalty_taken_back(self, account, part):
        """Points (zero or less) that this credit note takes, and from which lot."""
        if not account:
            return 0, None
        invoice = self.reversed_entry_id
        entries = self.env["b2b.loyalty.entry"].sudo()
        if not invoice:
            # No link to an invoice: its own points, but not more than the orders gave.
            orders = part["orders"]
            granted = self._b2b_loyalty_granted(account, orders.invoice_ids - self)
            return -min(max(part["result"].points, 0), max(granted, 0)), None
        lot = entries.search(
            [
                ("account_id", "=", account.id),
                ("move_id", "=", invoice.id),
                ("kind", "=", "earn"),
            ],
            order="id",
            limit=1,
        )
        others = invoice.reversal_move_ids.filtered(
            lambda move: move.state == "posted" and move != self
        )
        credited = part["result"].basis + sum(
            (other._b2b_loyalty_basis(account) for other in others), Decimal(0)
        )
        taken = rules.taken_back(
            self._b2b_loyalty_granted(account, invoice),
            invoice._b2b_loyalty_basis(account),
            credited,
        )
        before = -self._b2b_loyalty_granted(account, others)
        return -max(taken - before, 0), lot.id or None

    def _b2b_loyalty_basis(self, account):
        """Weighted net amount that counts for an account on this document."""
        for (program, party), part in self._b2b_loyalty_parts().items():
            if program.id == account.program_id.id and party == account.party_id:
                return part["result"].basis
        return Decimal(0)

    @api.model
    def _b2b_loyalty_granted(self, account, moves):
        """What documents have earned and taken back of it, without used points."""
        groups = (
            self.env["b2b.loyalty.entry"]
            .sudo()
            ._read_group(
                [
                    ("account_id", "=", account.id),
                    ("move_id", "in", moves.ids),
                    ("kind", "in", ("earn", "reverse")),
                ],
                [],
                ["points:sum"],
            )
        )
        return groups[0][0] or 0
