"""Standard roles without an amount kept the currency of the installation."""

from odoo.tools import SQL

ROLES = """
    UPDATE b2b_seat_role role
       SET currency_id = company.currency_id
      FROM res_company company
     WHERE company.id = (SELECT MIN(id) FROM res_company)
       AND role.party_id IS NULL
       AND COALESCE(role.order_limit, 0) = 0
       AND COALESCE(role.approve_limit, 0) = 0
"""
SEATS = """
    UPDATE b2b_seat seat
       SET limit_currency_id = role.currency_id
      FROM b2b_seat_role role
     WHERE role.id = seat.role_id
       AND role.party_id IS NULL
       AND COALESCE(role.order_limit, 0) = 0
       AND COALESCE(role.approve_limit, 0) = 0
       AND COALESCE(seat.order_limit, 0) = 0
       AND COALESCE(seat.approve_limit, 0) = 0
"""


def migrate(cr, version):
    cr.execute(SQL(ROLES))
    cr.execute(SQL(SEATS))
