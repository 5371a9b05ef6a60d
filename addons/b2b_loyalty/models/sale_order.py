from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import points as rules

#: The amount of a line that a program counts, on orders and on documents.
AMOUNTS = {rules.NET: "price_subtotal", rules.GROSS: "price_total"}
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

    @api.depends("amount_untaxed", "b2b_points_value", "partner_id", "company_id")
    def _compute_b2b_points(self):
        for order in self:
            order.b2b_points = order._b2b_points_preview()

    b2b_earns_nothing = fields.Boolean(
        "Earns no points",
        copy=False,
        groups="b2b_party.group_loyalty,b2b_party.group_data_import,"
        "b2b_party.group_sales_manager",
        help="For imports whose points were granted elsewhere.",
    )

    @api.constrains(
        "state",
        "amount_untaxed",
        "partner_id",
        "company_id",
        "currency_id",
        "b2b_earns_nothing",
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
        return self.env["b2b.loyalty.program"]._b2b_buyer(
            self.b2b_party_id or self.partner_id, self
        )

    def _b2b_loyalty_methods(self):
        """Payment methods of what was paid, or is being paid, of this order."""
        paid = self.transaction_ids.filtered(
            lambda payment: payment.state in ("pending", "authorized", "done")
        )
        methods = paid.payment_method_id
        return methods | methods.primary_payment_method_id

    def _b2b_loyalty_program(self):
        """The program (as a rule) that this order takes part in by its date."""
        if self.b2b_earns_nothing:
            return None
        return rules.first_fitting(
            self.env["b2b.loyalty.program"]._b2b_facts(self.company_id.id),
            self._b2b_loyalty_buyer(),
            self._b2b_loyalty_date(),
        )

    def _b2b_loyalty_rate(self, program, currency=None):
        """The program's currency for one of the order's, at the order's date."""
        currency = currency or self.currency_id
        target = currency.browse(program.currency_id)
        if currency == target:
            return Decimal(1)
        rate = currency._get_conversion_rate(
            currency, target, self.company_id, self._b2b_loyalty_date()
        )
        return Decimal(repr(rate))

    def _b2b_loyalty_lines(self, program, part=None):
        """Lines that earn: goods and services, without delivery and charges.

        What points pay of them earns nothing (DECISIONS 27).

        :param part: function of a line: the share of it that is asked for
        """
        digits = self.currency_id.decimal_places
        amount_of = AMOUNTS[program.basis]
        share = self._b2b_points_paid_share(amount_of)
        lines = []
        for line in self.order_line:
            if line.display_type or line.is_downpayment or line._is_delivery():
                continue
            if line._b2b_is_charge():
                continue
            amount = rules.decimal(line[amount_of], digits) * share
            if part and amount:
                amount *= part(line)
            lines.append(line.product_id._b2b_points_line(amount, program))
        return lines

    def _b2b_loyalty_result(self, program, rate, part=None):
        lines = self._b2b_loyalty_lines(program, part)
        return rules.calculate(lines, program, self._b2b_loyalty_buyer(), rate)

    def _b2b_points_preview(self):
        """Points the whole order earns, for cart, checkout and form. Writes nothing."""
        self.ensure_one()
        order = self.sudo()
        if not order.partner_id or not order.company_id:
            return 0
        program = order._b2b_loyalty_program()
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
        for account_id, (points, count, rate, *_lot) in booked.items():
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
        result = self._b2b_loyalty_result(
            program, rate, lambda line: line._b2b_loyalty_open_share(program.granted)
        )
        points = max(result.points, 0)
        if not account and not points:
            return None
        account = account or accounts._b2b_get(program.id, self.b2b_party_id)
        return {
            "account_id": account.id,
            "points": points,
            "amount": result.net,
            "rate": rate,
            "weights": _weights_json(result),
        }

    def _b2b_loyalty_place(self, accounts=None, booked=None):
        """Account (may be empty), program (may be None) and rate of this order."""
        if accounts is None:
            booked = self.env["b2b.loyalty.account"]._b2b_booked("order_id", self)
            accounts = self.env["b2b.loyalty.account"].sudo().browse(booked)
        account = accounts.filtered(
            lambda a: (
                a.party_id == self.b2b_party_id and a.company_id == self.company_id
            )
        )[:1]
        if self.b2b_earns_nothing:
            return account, None, Decimal(1)
        if account:
            facts = self.env["b2b.loyalty.program"]._b2b_facts(self.company_id.id)
            program = next(p for p in facts if p.id == account.program_id.id)
            rate = booked[account.id][2]
            if rate is not None:
                return account, program, Decimal(repr(rate))
        else:
            program = self._b2b_loyalty_program()
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
        places, rows = {}, []
        for order in orders.sorted("id"):
            program = order._b2b_loyalty_program()
            if not program:
                continue
            row = order._b2b_loyalty_historical_row(program)
            place = (program.id, order.b2b_party_id)
            if row["points"] and place not in places:
                places[place] = accounts._b2b_get(*place).id
            rows.append({"account_id": places.get(place), **row})
        rows = [row for row in rows if row["points"]]
        before = accounts.browse(sorted({row["account_id"] for row in rows}))
        balance = sum(before.mapped("balance"))
        accounts._b2b_book(rows)
        return sum(before.mapped("balance")) - balance

    def _b2b_loyalty_historical_row(self, program):
        rate = self._b2b_loyalty_rate(program)
        result = self._b2b_loyalty_result(program, rate)
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
