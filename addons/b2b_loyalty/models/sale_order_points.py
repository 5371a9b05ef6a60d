from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..rules import points as rules
from ..rules import redeem

#: States of a submission in which prices and points are kept (of ``b2b_approval``).
WAITING = ("queued", "waiting")
#: What of an order decides which points can be used.
MOVERS = frozenset({"partner_id", "company_id", "currency_id", "pricelist_id"})
OWN = frozenset(
    {
        "b2b_points_wanted",
        "b2b_points_used",
        "b2b_points_value",
        "b2b_points_reason",
        "b2b_points_account_id",
        "b2b_points_former",
    }
)
OPEN, KEPT = "open", "kept"

# Whether lines of points are being written right now.
_settling = ContextVar("b2b_settling_points", default=False)


@contextmanager
def settling():
    token = _settling.set(True)
    try:
        yield
    finally:
        _settling.reset(token)


def is_settling():
    """Whether lines of points are being written by the system."""
    return _settling.get()


class SaleOrder(models.Model):
    """Points that pay a part of an order (DECISIONS 13, 27).

    Who orders says how many; what of it is possible follows the lines, the balance and
    the program until the order is submitted. From then on it only becomes less.
    """

    _inherit = "sale.order"

    b2b_points_wanted = fields.Integer(
        "Points wanted",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="How many points were to be used on this order.",
    )
    b2b_points_used = fields.Integer(
        "Points used",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="How many of them are; never more than balance and program allow.",
    )
    b2b_points_value = fields.Monetary(
        "Paid by points",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What they take off the goods, excluding tax.",
    )
    b2b_points_reason = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What kept it from being as many as were wanted.",
    )
    b2b_points_account_id = fields.Many2one(
        "b2b.loyalty.account",
        "Points of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="The account that the points are taken from.",
    )
    b2b_points_note = fields.Char(
        compute="_compute_b2b_points_note",
        groups="base.group_user",
        help="Points on this order in one sentence.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | OWN

    @api.depends(
        "b2b_points_wanted", "b2b_points_used", "b2b_points_value", "b2b_points_reason"
    )
    def _compute_b2b_points_note(self):
        for order in self:
            order.b2b_points_note = order._b2b_points_words()

    # -- choosing ----------------------------------------------------------------

    def _b2b_points_choose(self, points):
        """Use so many points on this open order; 0 uses none.

        Who calls it has checked that the person may.

        :param int points: any number from 0
        :return: :class:`~..rules.redeem.Use`, perhaps fewer than asked for
        :raise UserError: with a sentence, and nothing is changed, when the number is
            above the balance, below the program's minimum, or points cannot be used
        """
        self.ensure_one()
        # sudo: points are written by the system.
        order = self.sudo()
        if points < 0:
            raise UserError(self.env._("Points are used from 0 upward."))
        if order._b2b_points_mode() != OPEN:
            raise UserError(
                self.env._(
                    "%s is submitted already; its points stay as they are.", order.name
                )
            )
        account = order._b2b_points_account()
        if points:
            order._b2b_points_check(account, points)
        values = {"b2b_points_wanted": points, "b2b_points_account_id": account.id}
        if not points and not order.b2b_points_account_id:
            return redeem.Use()
        order.write(values)
        return order._b2b_points_settle_one()

    def _b2b_points_check(self, account, points):
        """Refuse what cannot be used at all; shares and totals only lower a number."""
        _ = self.env._
        party = self.b2b_party_id
        if party.b2b_state and party.b2b_state != "active":
            raise UserError(
                _("%s cannot order at the moment, so no points are used.", party.name)
            )
        if not account:
            raise UserError(_("%s has no points.", party.name))
        if not self._b2b_points_rate():
            raise UserError(
                _(
                    "There is no exchange rate between %(order)s and %(program)s; "
                    "points can be used once there is one.",
                    order=self.currency_id.name,
                    program=account.currency_id.name,
                )
            )
        found = self._b2b_points_use(points)
        available = self._b2b_points_basket().available
        if points > available:
            raise UserError(
                _(
                    "There are %(available)s points to use, %(wanted)s were entered.",
                    available=f"{available:,}",
                    wanted=f"{points:,}",
                )
            )
        if not found.points:
            raise UserError(self._b2b_points_reason_text(found.reason))

    def _b2b_points_account(self):
        """The account this order may take points from, rights lifted."""
        self.ensure_one()
        account = self.b2b_points_account_id
        if account and self._b2b_points_is_ours(account):
            return account
        return self.env["b2b.loyalty.account"]._b2b_for_party(
            self.b2b_party_id or self.partner_id, self.company_id
        )

    def _b2b_points_is_ours(self, account):
        return (
            account.party_id == self.b2b_party_id
            and account.company_id == self.company_id
        )

    # -- what is possible --------------------------------------------------------

    def _b2b_points_submitted(self):
        """Whether the order waits for a decision; then its points are kept."""
        return "b2b_submit_state" in self._fields and self.b2b_submit_state in WAITING

    def _b2b_points_mode(self):
        """How points of this order may change; None: not at all."""
        self.ensure_one()
        if self.b2b_historical or self.state == "cancel" or self.locked:
            return None
        if self._b2b_is_closing():
            return None
        if self.state == "sale" or self._b2b_points_submitted():
            return KEPT
        # Opened again after an invoice: what is billed stays, whoever has how many.
        return KEPT if self._b2b_points_are_owed() else OPEN

    def _b2b_points_today(self):
        """Today, in the zone of the company that sells."""
        zone = self.company_id.partner_id.tz or "UTC"
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone), fields.Datetime.now()
        ).date()

    def _b2b_points_rate(self, account=None):
        """The program's currency for one of the order's; 0 when nobody knows it."""
        program = (account or self._b2b_points_account()).program_id
        target = program.currency_id
        if self.currency_id == target:
            return Decimal(1)
        for currency in self.currency_id | target:
            if currency != self.company_id.currency_id and not currency.rate_ids:
                return Decimal(0)
        return self._b2b_loyalty_rate(program._b2b_as_rule())

    def _b2b_points_goods(self):
        """Lines whose net amount points can pay: goods and discounts on them."""
        return self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and not line._is_delivery()
                and not line._b2b_is_points()
                and (not line._b2b_is_charge() or line.price_subtotal < 0)
            )
        )

    def _b2b_points_basket(self, account=None):
        """What points can pay for on this order, for the rules."""
        account = account or self._b2b_points_account()
        currency = self.currency_id
        digits = currency.decimal_places
        goods = sum(self._b2b_points_goods().mapped("price_subtotal"))
        return redeem.Basket(
            goods=max(rules.decimal(goods, digits), Decimal(0)),
            rate=self._b2b_points_rate(account),
            available=account._b2b_usable(self._b2b_points_today()),
            unit=rules.decimal(currency.rounding, digits),
        )

    def _b2b_points_use(self, wanted, account=None, basket=None):
        """:class:`~..rules.redeem.Use`: what of these points is possible now.

        :param account: and ``basket``, where they are known already
        """
        account = account or self._b2b_points_account()
        if not account:
            return redeem.Use()
        return redeem.use(
            wanted,
            account.program_id._b2b_redeem_terms(),
            basket or self._b2b_points_basket(account),
            self._b2b_points_today(),
        )

    # -- following ---------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if MOVERS & vals.keys():
            self._b2b_points_settle()
        return result

    def _b2b_settle_lines(self):
        result = super()._b2b_settle_lines()
        self._b2b_points_settle()
        return result

    def _recompute_prices(self):
        result = super()._recompute_prices()
        self._b2b_points_settle()
        return result

    def _recompute_taxes(self):
        result = super()._recompute_taxes()
        self._b2b_points_settle()
        return result

    def _get_update_prices_lines(self):
        """No list prices points."""
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line._b2b_is_points())

    def _get_copiable_order_lines(self):
        """A copy is paid by points of its own, if at all."""
        lines = super()._get_copiable_order_lines()
        return lines.filtered(lambda line: not line._b2b_is_points())

    def _b2b_rest_closed(self):
        """Points of what will not come any more are given back (DECISIONS 12)."""
        super()._b2b_rest_closed()
        self.sudo()._b2b_points_follow_lines()

    def _b2b_points_settle(self, before=None):
        """Bring lines and number of points to what is possible; harmless twice.

        :param dict before: see :meth:`_b2b_points_before`
        """
        if is_settling():
            return
        # sudo and the system's name: whoever changes a quantity writes no discount.
        for order in self.with_user(SUPERUSER_ID):
            if before and order in before:
                order._b2b_points_lower_rest(before[order])
            elif order.b2b_points_wanted or order.b2b_points_used:
                order._b2b_points_settle_one()

    def _b2b_points_settle_one(self):
        order = self.with_user(SUPERUSER_ID)
        mode = order._b2b_points_mode()
        if mode == OPEN:
            before = order.b2b_points_used
            found = order._b2b_points_open_use()
            order._b2b_points_apply(found)
            order._b2b_points_tell(before, found)
            return found
        if mode == KEPT:
            order._b2b_points_lower()
        return redeem.Use(order.b2b_points_used)

    def _b2b_points_open_use(self):
        account = self.b2b_points_account_id
        if not account or not self._b2b_points_is_ours(account):
            return redeem.Use()
        return self._b2b_points_use(self.b2b_points_wanted)

    def _b2b_points_apply(self, found):
        """Write the lines and figures of this use, what differs only."""
        value = self._b2b_points_write_lines(found)
        values = {
            "b2b_points_used": found.points,
            "b2b_points_value": value,
            "b2b_points_reason": found.reason or False,
        }
        changed = {
            name: one
            for name, one in values.items()
            if (self[name] or False) != (one or False)
        }
        if changed:
            self.write(changed)

    def _b2b_points_lower(self):
        """A submitted order that lost goods keeps no more than what is left of them."""
        if self._b2b_points_are_billed():
            # Settled with the customer already, see _b2b_points_lower_rest.
            return
        if self._b2b_points_follow_lines():
            return
        account = self.b2b_points_account_id
        basket = self._b2b_points_basket()
        terms = account.program_id._b2b_redeem_terms()
        most = redeem.points_for(basket.goods * terms.percent / 100, terms, basket)
        if not self._b2b_points_is_ours(account):
            most = 0
        before = self.b2b_points_used
        value = rules.decimal(self.b2b_points_value, self.currency_id.decimal_places)
        found = redeem.Use(before, value, self.b2b_points_reason or "")
        if most < before and redeem.worth(most, terms, basket) < value:
            found = redeem.Use(
                most, redeem.worth(most, terms, basket), redeem.SHARE if most else ""
            )
        # Also with as many as before: points go with the taxes of the goods.
        self._b2b_points_apply(found)
        self._b2b_points_tell(before, found)

    def _b2b_points_follow_lines(self):
        """Lines that shrank with a closed rest give back their share of the points."""
        self.ensure_one()
        used = self.b2b_points_used
        if not used:
            return False
        digits = self.currency_id.decimal_places
        lines = self._b2b_points_lines()
        now = rules.decimal(-sum(lines.mapped("price_subtotal")), digits)
        value = rules.decimal(self.b2b_points_value, digits)
        if now >= value:
            return False
        back = redeem.given_back(used, value, value - now)
        with settling():
            self.write({"b2b_points_used": used - back, "b2b_points_value": float(now)})
            self._b2b_points_rename()
        return True
