"""Days on which things happened that the builder wrote down afterwards.

Credit accounts are opened when the orders of the last weeks are there, so all their
movements would bear the moment of the installation. Movements never change; these are
minutes old, and nobody has read them yet.
"""

from odoo.tools import SQL

MOVEMENTS = """
    UPDATE b2b_credit_entry entry
       SET date = o.b2b_submitted_at,
           user_id = COALESCE(o.b2b_orderer_id, entry.user_id)
      FROM sale_order o
     WHERE o.id = entry.order_id AND entry.permission = 'before'
"""
LIMITS = """
    UPDATE b2b_credit_entry entry
       SET date = line.first + interval '9 hours', user_id = %s
      FROM (SELECT account_id, MIN(date_from) AS first FROM b2b_credit_limit
             GROUP BY account_id) line
     WHERE line.account_id = entry.account_id AND entry.kind = 'limit'
       AND line.first IS NOT NULL
"""
HOLDS = """
    UPDATE b2b_order_hold hold SET create_date = o.b2b_submitted_at
      FROM sale_order o
     WHERE o.id = hold.order_id AND o.b2b_submitted_at < hold.create_date
"""


def build(kit):
    kit.env.flush_all()
    cr = kit.env.cr
    cr.execute(SQL(MOVEMENTS))
    cr.execute(SQL(LIMITS, kit.get("user_credit").id))
    cr.execute(SQL(HOLDS))
    kit.env.invalidate_all()
