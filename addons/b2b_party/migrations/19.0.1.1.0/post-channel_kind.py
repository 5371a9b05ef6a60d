"""Channels learn of what sort they are; their codes said it until now."""

from odoo.tools import SQL

KINDS = ("portal", "rep", "phone", "agent", "edi", "shop", "webshop", "marketplace")


def migrate(cr, version):
    cr.execute(SQL("UPDATE b2b_sales_channel SET kind = code WHERE code IN %s", KINDS))
