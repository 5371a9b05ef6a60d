from odoo import api, models
from odoo.tools import SQL

from ..rules.manager import ticket_after, ticket_user


class AccountManagerRule(models.Model):
    """Whose turn it is: each rule has a sequence of the database with tickets.

    Any number of parties may come in at one instant: nobody waits for anybody, while
    a counter in a row would let only one of them through and send the others back to
    try again, more often than Odoo tries. A party that fails after it drew a ticket
    costs its manager a turn.
    """

    _inherit = "b2b.account.manager.rule"

    def _compute_last_user_id(self):
        for rule in self:
            everybody, called, ticket = rule._b2b_everybody(), False, 0
            if isinstance(rule.id, int):
                self.env.cr.execute(
                    SQL("SELECT is_called, last_value FROM %s", rule._b2b_turns())
                )
                called, ticket = self.env.cr.fetchone()
            last = ticket_user(everybody, ticket) if called or ticket else 0
            if last and not called:
                # Set by hand: the ticket is the next one.
                last = ticket_user(everybody, ticket - 1)
            rule.last_user_id = last or False

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        for rule in rules:
            rule._b2b_make_turns()
        return rules

    def write(self, vals):
        if "user_ids" not in vals:
            return super().write(vals)
        before = {rule: rule.sudo().last_user_id.id for rule in self}
        result = super().write(vals)
        for rule, last in before.items():
            # Somebody who left or joined the list does not upset the others.
            rule._b2b_set_turn(last)
        return result

    def _b2b_turns(self):
        """Name of the sequence of this rule."""
        self.ensure_one()
        return SQL.identifier(f"b2b_account_manager_turn_{self.id}")

    def _b2b_make_turns(self):
        """The sequence; it goes with the table of the rules."""
        self.env.cr.execute(
            SQL(
                "CREATE SEQUENCE IF NOT EXISTS %s MINVALUE 0 START 0 OWNED BY %s",
                self._b2b_turns(),
                SQL.identifier(self._table, "id"),
            )
        )

    def _b2b_everybody(self):
        """Ids of the managers of this rule, archived ones too, in their order."""
        return tuple(sorted(self.sudo().with_context(active_test=False).user_ids.ids))

    def _b2b_deal(self, users, count):
        """The next users in turn; two sessions never draw the same ticket.

        :param users: ids of the active managers of this rule
        :param int count: how many parties there are
        """
        self.ensure_one()
        if len(users) == 1:
            return list(users) * count
        everybody, dealt = self._b2b_everybody(), []
        while len(dealt) < count:
            self.env.cr.execute(
                SQL(
                    "SELECT nextval(%s) FROM generate_series(1, %s)",
                    f"b2b_account_manager_turn_{self.id}",
                    count - len(dealt),
                )
            )
            drawn = [ticket_user(everybody, n) for (n,) in self.env.cr.fetchall()]
            # Who is archived passes the turn on.
            dealt += [user for user in drawn if user in users]
        self.invalidate_recordset(["last_user_id"])
        return dealt

    def _b2b_set_turn(self, last):
        """Let the turn go on after a manager.

        :param int last: id of the user, 0 for the beginning
        """
        self.ensure_one()
        ticket = ticket_after(self._b2b_everybody(), last or 0)
        self.env.cr.execute(
            SQL(
                "SELECT setval(%s, %s, false)",
                f"b2b_account_manager_turn_{self.id}",
                ticket,
            )
        )
        self.invalidate_recordset(["last_user_id"])
