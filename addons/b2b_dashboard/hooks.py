from odoo.tools import SQL


def pre_init_hook(env):
    """Fill the stored figures of existing orders by two statements.

    Left to the ORM, a database with many orders would compute them one by one while
    the addon is installed.
    """
    env.cr.execute(
        SQL(
            """
            ALTER TABLE sale_order
                ADD COLUMN IF NOT EXISTS b2b_net_company numeric,
                ADD COLUMN IF NOT EXISTS b2b_cost_company numeric
            """
        )
    )
    env.cr.execute(
        SQL(
            """
            UPDATE sale_order o
               SET b2b_net_company = ROUND(
                       o.amount_untaxed
                       / COALESCE(NULLIF(o.currency_rate, 0), 1)::numeric, 2),
                   b2b_cost_company = ROUND(COALESCE((
                       SELECT SUM(
                           l.product_uom_qty * COALESCE(
                               (p.standard_price ->> o.company_id::text)::numeric, 0))
                         FROM sale_order_line l
                         JOIN product_product p ON p.id = l.product_id
                        WHERE l.order_id = o.id
                          AND NOT COALESCE(l.is_downpayment, FALSE)), 0), 2)
             WHERE o.b2b_net_company IS NULL
            """
        )
    )


def uninstall_hook(env):
    """The heading stays in b2b_party; without this it would point to nothing."""
    menu = env.ref("b2b_party.menu_dashboard", raise_if_not_found=False)
    if menu:
        menu.action = False
