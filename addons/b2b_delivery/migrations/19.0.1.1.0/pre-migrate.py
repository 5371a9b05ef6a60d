"""New stored columns come empty: nothing of the past is computed anew."""


def migrate(cr, version):
    cr.execute("ALTER TABLE sale_order ADD COLUMN IF NOT EXISTS b2b_slot_parts jsonb")
    cr.execute(
        "ALTER TABLE sale_order_line ADD COLUMN IF NOT EXISTS b2b_slot_start timestamp"
    )
    cr.execute(
        """ALTER TABLE stock_picking
           ADD COLUMN IF NOT EXISTS b2b_frame_id integer,
           ADD COLUMN IF NOT EXISTS b2b_zone varchar"""
    )
