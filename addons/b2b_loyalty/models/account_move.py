from decimal import Decimal

from odoo import api, models

from ..rules import points as rules
from .sale_order import AMOUNTS, _weights_json

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
            ``result``, ``rates`` and ``goods``, their net amount before points
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
                {
                    "account": account,
                    "orders": order,
                    "results": [],
                    "rates": [],
                    "goods": Decimal(0),
                },
            )
            part["goods"] += self._b2b_loyalty_net(lines)
            part["account"] |= account
            part["orders"] |= order
            part["results"].append(result)
            part["rates"].append(rate)
        for (program, _party), part in parts.items():
            part["result"] = rules.combine(part["results"], program.terms)
            part["rounding"] = program.terms.rounding
        return parts

    def _b2b_loyalty_net(self, lines):
        digits = self.currency_id.decimal_places
        nets = (rules.decimal(line.price_subtotal, digits) for line in lines)
        return sum(nets, Decimal(0))

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
        amount_of = AMOUNTS[program.basis]
        share = self._b2b_points_paid_share(order, amount_of)
        return [
            line.product_id._b2b_points_line(
                rules.decimal(line[amount_of], digits) * share, program
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
            earn = delta > 0 and (
                self.move_type == "out_invoice" or values["points"] > 0
            )
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
            if self.move_type == "out_refund" and result.points < 0:
                # Goods on what a larger down payment made a credit note.
                points, lot = -result.points, None
            elif self.move_type == "out_refund":
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
                "amount": result.net * self._b2b_sign(),
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
        basis, goods = invoice._b2b_loyalty_basis(account)
        back, back_goods = part["result"].basis, part["goods"]
        for other in others:
            more, more_goods = other._b2b_loyalty_basis(account)
            back, back_goods = back + more, back_goods + more_goods
        granted = self._b2b_loyalty_granted(account, invoice)
        taken = rules.taken_back(
            granted,
            basis,
            # The last one takes the rest: what points paid is rounded on each note.
            basis if back_goods >= goods else back,
            part["rounding"],
        )
        # What was not used in time is gone already.
        taken = min(taken, max(granted - self._b2b_loyalty_over(lot), 0))
        before = -self._b2b_loyalty_granted(account, others)
        return -max(taken - before, 0), lot.id or None

    @api.model
    def _b2b_loyalty_over(self, lot):
        """Points of a lot that were not used in time, above zero."""
        if not lot:
            return 0
        entries = self.env["b2b.loyalty.entry"].sudo()
        over = [("lot_id", "=", lot.id), ("kind", "=", "expire")]
        return -(entries._read_group(over, [], ["points:sum"])[0][0] or 0)

    def _b2b_loyalty_basis(self, account):
        """(weighted amount, net of the goods) that count for an account here."""
        for (program, party), part in self._b2b_loyalty_parts().items():
            if program.id == account.program_id.id and party == account.party_id:
                return part["result"].basis, part["goods"]
        return Decimal(0), Decimal(0)

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
