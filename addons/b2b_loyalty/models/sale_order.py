from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import points as rules

STAFF = "sales_team.group_sale_salesman,b2b_party.group_loyalty"


class SaleOrder(models.Model):
    """Confirmed orders have pending points for what is not invoiced yet.

    One idempotent method brings the ledger to that target. A constraint calls it, so
    every way to confirm, change or cancel an order passes here: buttons, imports,
    RPC and the recomputation of totals.
    """

    _inherit = "sale.order"

    b2b_points = fields.Integer(
        "Points",
        compute="_compute_b2b_points",
        groups=STAFF,
        help="What this order earns in full; pending until it is invoiced.",
    )

    @api.depends("amount_untaxed", "partner_id", "company_id")
    def _compute_b2b_points(self):
        for order in self:
            order.b2b_points = order._b2b_points_preview()

    @api.constrains(
        "state", "amount_untaxed", "partner_id", "company_id", "currency_id"
    )
    def _b2b_loyalty_on_change(self):
        self.filtered(lambda o: o.state in ("sale", "cancel"))._b2b_loyalty_sync()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("draft", "sent"):
            # Not a way that the buttons go, but one that RPC and imports can.
            self._b2b_loyalty_sync()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_points(self):
        entries = self.env["b2b.loyalty.entry"].sudo()
        entry = entries.search([("order_id", "in", self.ids)], limit=1)
        if entry:
            raise UserError(
                self.env._(
                    "%s stands in the points ledger and stays; archive or cancel it.",
                    entry.order_id.name,
                )
            )

    def action_b2b_open_points(self):
        """Open the ledger rows of this order and its invoices."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Points of %s", self.name),
            "res_model": "b2b.loyalty.entry",
            "view_mode": "list,form",
            "domain": [
                "|",
                ("order_id", "=", self.id),
                ("move_id", "in", self.invoice_ids.ids),
            ],
        }

    # -- calculation -----------------------------------------------------------------

    def _b2b_loyalty_date(self):
        """Day of the order, in the zone of the company that sells."""
        self.ensure_one()
        zone = self.company_id.partner_id.tz or "UTC"
        moment = self.date_order or fields.Datetime.now()
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone), moment
        ).date()

    def _b2b_loyalty_buyer(self):
        party = self.b2b_party_id or self.partner_id.commercial_partner_id
        return rules.Buyer(
            party.b2b_customer_type or None, party.b2b_customer_group_id.id or None
        )

    def _b2b_loyalty_rate(self, program, currency=None):
        """The program's currency for one of the order's, at the order's date."""
        rate = self.env["res.currency"]._get_conversion_rate(
            currency or self.currency_id,
            program.currency_id,
            self.company_id,
            self._b2b_loyalty_date(),
        )
        return Decimal(repr(rate))

    def _b2b_loyalty_lines(self, open_only=False):
        """Lines that earn: goods and services, net, without delivery charges."""
        digits = self.currency_id.decimal_places
        lines = []
        for line in self.order_line:
            if line.display_type or line.is_downpayment or line._is_delivery():
                continue
            amount = rules.decimal(line.price_subtotal, digits)
            if open_only and amount:
                amount *= line._b2b_loyalty_open_share()
            lines.append(rules.Line(amount, line.product_id.categ_id.id or None))
        return lines

    def _b2b_loyalty_result(self, program, rate, open_only=False, weights=None):
        return rules.calculate(
            self._b2b_loyalty_lines(open_only),
            program._b2b_weights() if weights is None else weights,
            self._b2b_loyalty_buyer(),
            program._b2b_terms(),
            rate,
        )

    def _b2b_points_preview(self):
        """Points the whole order earns, for cart, checkout and form. Writes nothing."""
        self.ensure_one()
        order = self.sudo()
        if not order.partner_id or not order.company_id:
            return 0
        program = self.env["b2b.loyalty.program"]._b2b_for_party(
            order.partner_id, order.company_id, order._b2b_loyalty_date()
        )
        if not program:
            return 0
        rate = order._b2b_loyalty_rate(program)
        return max(order._b2b_loyalty_result(program, rate).points, 0)

    # -- pending ---------------------------------------------------------------------

    def _b2b_loyalty_sync(self):
        """Bring the pending points of these orders to what they are now."""
        for order in self.sudo().sorted("id"):
            if not order.b2b_historical:
                order._b2b_loyalty_sync_one()

    def _b2b_loyalty_sync_one(self):
        accounts = self.env["b2b.loyalty.account"].sudo()
        booked = accounts._b2b_booked("order_id", self)
        rows = []
        target = None
        if self.state == "sale":
            target = self._b2b_loyalty_target(accounts.browse(booked), booked)
        if target and target["account_id"] not in booked:
            booked[target["account_id"]] = (0, 0, None)
        for account_id, (points, count, rate) in booked.items():
            mine = bool(target) and target["account_id"] == account_id
            values = target if mine else {"points": 0, "rate": rate}
            rows.append(
                {
                    "currency_id": self.currency_id.id,
                    **values,
                    "account_id": account_id,
                    "kind": "pending",
                    "points": values["points"] - points,
                    "date": self._b2b_loyalty_date(),
                    "order_id": self.id,
                    "idempotency_key": f"pending:{self.id}:{account_id}:{count + 1}",
                }
            )
        accounts._b2b_book(rows)

    def _b2b_loyalty_target(self, accounts, booked):
        """Values of the ledger row that the whole open rest would be, or None.

        Program and rate are those of the first booking: later changes of the terms do
        not move an order to another program.
        """
        account, program, rate = self._b2b_loyalty_place(accounts, booked)
        if not program:
            return None
        result = self._b2b_loyalty_result(program, rate, open_only=True)
        points = max(result.points, 0)
        if not account and not points:
            return None
        account = account or accounts._b2b_get(program, self.b2b_party_id)
        return {
            "account_id": account.id,
            "points": points,
            "amount": result.net,
            "rate": rate,
            "weights": _weights_json(result),
        }

    def _b2b_loyalty_place(self, accounts=None, booked=None):
        """Account (may be empty), program and rate that this order belongs to."""
        if accounts is None:
            booked = self.env["b2b.loyalty.account"]._b2b_booked("order_id", self)
            accounts = self.env["b2b.loyalty.account"].sudo().browse(booked)
        account = accounts.filtered(
            lambda a: (
                a.party_id == self.b2b_party_id and a.company_id == self.company_id
            )
        )[:1]
        if account:
            rate = booked[account.id][2]
            if rate is None:
                return (
                    account,
                    account.program_id,
                    self._b2b_loyalty_rate(account.program_id),
                )
            return account, account.program_id, Decimal(repr(rate))
        program = self.env["b2b.loyalty.program"]._b2b_for_party(
            self.b2b_party_id, self.company_id, self._b2b_loyalty_date()
        )
        rate = self._b2b_loyalty_rate(program) if program else Decimal(1)
        return account, program, rate

    # -- historical ------------------------------------------------------------------

    def _b2b_loyalty_earn_historical(self):
        """Book the points of historical orders at once, each with its own date.

        Repeating it changes nothing. Returns take points back, rounded towards zero.

        :return: number of points booked
        """
        accounts = self.env["b2b.loyalty.account"].sudo()
        orders = self.sudo().filtered(lambda o: o.b2b_historical and o.state == "sale")
        programs = self.env["b2b.loyalty.program"].sudo()
        programs = programs.search([("company_id", "in", orders.company_id.ids)])
        weights = {program: program._b2b_weights() for program in programs}
        places, rows = {}, []
        for order in orders.sorted("id"):
            program = programs.filtered(
                lambda p, company=order.company_id: p.company_id == company
            )._b2b_first_fitting(order.b2b_party_id, order._b2b_loyalty_date())
            if not program:
                continue
            row = order._b2b_loyalty_historical_row(program, weights[program])
            place = (program, order.b2b_party_id)
            if row["points"] and place not in places:
                places[place] = accounts._b2b_get(*place).id
            rows.append({"account_id": places.get(place), **row})
        rows = [row for row in rows if row["points"]]
        before = accounts.browse(sorted({row["account_id"] for row in rows}))
        balance = sum(before.mapped("balance"))
        accounts._b2b_book(rows)
        return sum(before.mapped("balance")) - balance

    def _b2b_loyalty_historical_row(self, program, weights):
        rate = self._b2b_loyalty_rate(program)
        result = self._b2b_loyalty_result(program, rate, weights=weights)
        return {
            "kind": "earn" if result.points > 0 else "reverse",
            "points": result.points,
            "date": self._b2b_loyalty_date(),
            "order_id": self.id,
            "idempotency_key": f"historical:{self.id}",
            "amount": result.net,
            "currency_id": self.currency_id.id,
            "rate": rate,
            "weights": _weights_json(result),
        }


def _weights_json(result):
    return [
        {"id": weight.id, "name": weight.name, "factor": str(weight.factor)}
        for weight in result.weights
    ]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_loyalty_open_share(self):
        """The part that is not on a posted invoice yet.

        Credit notes do not open it again: what was invoiced has been granted, and
        the credit note takes its share back.
        """
        self.ensure_one()
        invoiced = sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in self.invoice_lines
            if line.move_id.move_type == "out_invoice"
            and line.move_id.state == "posted"
        )
        return rules.open_share(
            rules.decimal(self.product_uom_qty, 6), rules.decimal(invoiced, 6)
        )
