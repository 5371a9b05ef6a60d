"""Rules for account managers hand out tickets; the turn goes on where it stood."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

TABLE = "b2b_account_manager_rule"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    last = {}
    if column_exists(cr, TABLE, "last_user_id"):
        cr.execute(SQL("SELECT id, last_user_id FROM %s", SQL.identifier(TABLE)))
        last = dict(cr.fetchall())
        cr.execute(
            SQL("ALTER TABLE %s DROP COLUMN last_user_id", SQL.identifier(TABLE))
        )
    rules = env["b2b.account.manager.rule"].with_context(active_test=False)
    for rule in rules.search([]):
        rule._b2b_make_turns()
        rule._b2b_set_turn(last.get(rule.id))
