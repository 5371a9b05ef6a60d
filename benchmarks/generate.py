"""Many parties with orders, made by SQL: the ORM would take an hour."""

PARTIES = 100_000
ORDERS = 60_000
LINES = 200_000


def clone(env, record, count, values):
    """Copies of a record's row; ``values`` are SQL expressions of ``n`` and ``id``."""
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND column_name != 'id'",
        [record._table],
    )
    columns = [name for (name,) in env.cr.fetchall()]
    names = ", ".join(f'"{name}"' for name in columns)
    chosen = ", ".join(str(values.get(name, f't."{name}"')) for name in columns)
    env.cr.execute(
        f"""INSERT INTO {record._table} (id, {names})
            SELECT fresh.id, {chosen}
              FROM (SELECT n, nextval('{record._table}_id_seq') AS id
                      FROM generate_series(0, {count - 1}) n) fresh, {record._table} t
             WHERE t.id = {record.id}
         RETURNING id"""  # noqa: S608
    )
    return sorted(row[0] for row in env.cr.fetchall())


def _parties(env, party):
    """100,000 copies of a party, a third of them German."""
    german = env.ref("base.de").id
    return clone(
        env,
        party,
        PARTIES,
        {
            "name": "'Party ' || n",
            "complete_name": "'Party ' || n",
            "commercial_partner_id": "fresh.id",
            "country_id": f'CASE WHEN n % 3 = 0 THEN {german} ELSE t."country_id" END',
        },
    )


def business(env):
    """100,000 trade parties, 60,000 confirmed orders of two years, 200,000 lines.

    :return: ids of the parties
    """
    product = env["product.product"].create({"name": "Heart", "list_price": 10})
    party = env["res.partner"].create(
        {
            "name": "Bench",
            "is_company": True,
            "country_id": env.ref("base.uk").id,
            "b2b_customer_type": "trade",
        }
    )
    order = env["sale.order"]._b2b_create_historical(
        [
            {
                "partner_id": party.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        ]
    )
    parties = _parties(env, party)
    buyer = f"{parties[0]} + (n * 7919) % {PARTIES}"
    orders = clone(
        env,
        order,
        ORDERS,
        {
            "name": "'B' || n",
            "partner_id": buyer,
            "partner_invoice_id": buyer,
            "partner_shipping_id": buyer,
            "b2b_party_id": buyer,
            "date_order": "now() at time zone 'utc' - (n % 730) * interval '1 day'",
            "access_token": "NULL",
        },
    )
    clone(
        env,
        order.order_line,
        LINES,
        {
            "order_id": f"{orders[0]} + n % {ORDERS}",
            "order_partner_id": f"{parties[0]} + ((n % {ORDERS}) * 7919) % {PARTIES}",
            "price_subtotal": "CASE WHEN n % 20 = 0 THEN -50 ELSE n % 997 END",
        },
    )
    env.cr.execute("ANALYZE res_partner, sale_order, sale_order_line")
    env.invalidate_all()
    return parties
