from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from ..rules.people import DELIVERIES, ORDERS, party_may_receive
from ..tools import money

STAFF = "base.group_user"
ACTIVITY = "b2b_party.activity_trade_state"
# Changed by buttons only, on screen as well as by import and RPC.
STATE_FIELDS = frozenset(
    {
        "b2b_state",
        "b2b_block_level",
        "b2b_block_reason",
        "b2b_blocked_at",
        "b2b_blocked_by_id",
    }
)


class ResPartner(models.Model):
    """Whether a party may look, order and receive goods."""

    _inherit = "res.partner"

    b2b_block_level = fields.Selection(
        [
            (ORDERS, "No new orders"),
            (DELIVERIES, "No new orders and no deliveries"),
        ],
        "Block",
        copy=False,
        tracking=True,
        groups=STAFF,
        help="What a block stops. Goods of confirmed orders leave the house unless "
        "deliveries are stopped as well.",
    )
    b2b_block_reason = fields.Text(
        "Reason of the block",
        copy=False,
        tracking=True,
        groups=STAFF,
        help="For our own people; the buyer is told to ask the account manager.",
    )
    b2b_blocked_at = fields.Datetime(
        "Blocked on", copy=False, groups=STAFF, help="When the block began."
    )
    b2b_blocked_by_id = fields.Many2one(
        "res.users",
        "Blocked by",
        copy=False,
        groups=STAFF,
        ondelete="set null",
        help="Who blocked the party.",
    )

    def _b2b_check_state_write(self, vals):
        """The trade state has its own buttons: import and RPC obey them as well."""
        if self.env.su or not vals.keys() & STATE_FIELDS:
            return
        changes = any(
            party._fields[name].convert_to_write(party[name], party) != vals[name]
            for party in self.sudo()
            for name in vals.keys() & STATE_FIELDS
        )
        if changes and not self.env.user.has_group("b2b_party.group_administrator"):
            raise AccessError(
                self.env._("The trade state is changed with the buttons of the party.")
            )

    def write(self, vals):
        self._b2b_check_state_write(vals)
        result = super().write(vals)
        if "b2b_state" in vals:
            # Record rules read what a user may see, which is cached.
            self.env.registry.clear_cache()
        return result

    # -- buttons ---------------------------------------------------------------

    def action_b2b_activate(self):
        """Let the party order (again)."""
        blocked = self.sudo().filtered(lambda party: party.b2b_state == "blocked")
        self._b2b_set_state("active")
        for party in blocked.with_env(self.env):
            party._b2b_tell_free()
        return True

    def action_b2b_block(self, level=ORDERS, reason=""):
        """Stop all new orders of the party; its people still sign in and look.

        :param str level: ``orders``, or ``deliveries`` to keep goods back as well
        :param str reason: for our own people
        """
        levels = [value for value, _label in self._fields["b2b_block_level"].selection]
        if level not in levels:
            raise UserError(
                self.env._("Choose what the block stops: orders, or deliveries too.")
            )
        # Whoever was told of a block is not told again when it changes.
        fresh = self.sudo().filtered(lambda party: party.b2b_state != "blocked")
        self._b2b_set_state(
            "blocked",
            b2b_block_level=level,
            b2b_block_reason=reason,
            b2b_blocked_at=fields.Datetime.now(),
            b2b_blocked_by_id=self.env.uid,
        )
        for party in fresh:
            party._b2b_tell_stopped()
        return True

    def action_b2b_reject(self):
        """Close the portal for the party; it does not trade with us."""
        result = self._b2b_set_state("rejected")
        self._b2b_forget_activities()
        return result

    def action_b2b_open_block(self):
        """Open the dialog that asks what is stopped and why."""
        self.ensure_one()
        self._b2b_check_state_right()
        context = {"default_party_id": self.id}
        if self.b2b_state == "blocked":
            context |= {
                "default_level": self.b2b_block_level or ORDERS,
                "default_reason": self.b2b_block_reason,
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Block %s", self.name),
            "res_model": "b2b.party.block",
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def _b2b_check_state_right(self):
        allowed = ("b2b_party.group_sales_manager", "b2b_party.group_credit")
        if not any(self.env.user.has_group(group) for group in allowed):
            raise AccessError(
                self.env._(
                    "Only a sales manager or credit controller may change the trade "
                    "state of a party."
                )
            )
        self.check_access("read")

    def _b2b_set_state(self, state, **values):
        self._b2b_check_state_right()
        cleared = dict.fromkeys(STATE_FIELDS - {"b2b_state"}, False)
        # sudo: credit controllers have no write access on contacts, but this right.
        self.sudo().write({**cleared, **values, "b2b_state": state})
        return True

    # -- who is told -----------------------------------------------------------

    def _b2b_tell_stopped(self):
        """Tell buyers and account manager what a new block stops.

        Orders that wait and quotes that are out get a message for whoever ordered,
        without our reason; the account manager gets one activity with all of them.
        """
        orders = self._b2b_pending_orders()
        for order in orders:
            buyer = order.b2b_orderer_id.partner_id or order.partner_id
            words = order.with_context(lang=buyer.lang)
            order.message_post(
                body=words._b2b_stopped_text(),
                partner_ids=buyer.ids,
                subtype_xmlid="mail.mt_comment",
            )
        summary = self.env._("Blocked, orders that wait: %s", len(orders))
        self._b2b_tell_manager(orders, summary)

    def _b2b_tell_free(self):
        """Tell the account manager which orders the end of a block lets go on.

        They are not confirmed by themselves: since then prices, stock or the need
        may have changed, so that somebody looks at each and checks it again.
        """
        orders = self._b2b_pending_orders()
        summary = self.env._("Active again, orders to check again: %s", len(orders))
        self._b2b_tell_manager(orders, summary)

    def _b2b_pending_orders(self):
        self.ensure_one()
        orders = self.env["sale.order"]
        return orders.search(orders._b2b_pending_domain(self))

    def _b2b_tell_manager(self, orders, summary):
        """One activity for all orders, in place of that about the former state."""
        manager = self.user_id or self.b2b_rep_ids[:1]
        if manager or not orders:
            self._b2b_forget_activities()
        if orders and manager:
            self.activity_schedule(
                ACTIVITY,
                user_id=manager.id,
                summary=summary,
                note=self._b2b_stopped_list(orders),
            )

    def _b2b_forget_activities(self):
        # sudo: who may change the state may not touch activities of others.
        self.sudo().activity_unlink([ACTIVITY])

    def _b2b_stopped_list(self, orders):
        rows = [
            f"{order.name} · {money(self.env, order.amount_total, order.currency_id)}"
            for order in orders[:20]
        ]
        more = len(orders) - len(rows)
        if more > 0:
            rows.append(self.env._("and %s more", more))
        return plaintext2html("\n".join(rows))

    # -- deliveries ------------------------------------------------------------

    def _b2b_may_receive(self):
        """Whether goods may leave for this party (DECISIONS 10)."""
        self.ensure_one()
        party = self.sudo()
        if party.b2b_customer_type != "trade":
            return True
        return party_may_receive(party.b2b_state, party.b2b_block_level)
