"""Installing on a full database is cheap, uninstalling leaves nothing behind."""


def pre_init_hook(env):
    """Add the stored columns empty: otherwise Odoo would compute a slot for every
    order there is, while no schedule exists yet."""
    env.cr.execute(
        """ALTER TABLE sale_order
           ADD COLUMN IF NOT EXISTS b2b_slot_start timestamp,
           ADD COLUMN IF NOT EXISTS b2b_slot_end timestamp,
           ADD COLUMN IF NOT EXISTS b2b_slot_cutoff timestamp,
           ADD COLUMN IF NOT EXISTS b2b_frame_id integer,
           ADD COLUMN IF NOT EXISTS b2b_slot_schedule_id integer,
           ADD COLUMN IF NOT EXISTS b2b_slot_chosen boolean,
           ADD COLUMN IF NOT EXISTS b2b_slot_parts jsonb"""
    )
    env.cr.execute(
        "ALTER TABLE sale_order_line ADD COLUMN IF NOT EXISTS b2b_slot_start timestamp"
    )
    env.cr.execute(
        """ALTER TABLE stock_picking
           ADD COLUMN IF NOT EXISTS b2b_frame_id integer,
           ADD COLUMN IF NOT EXISTS b2b_zone varchar"""
    )


def uninstall_hook(env):
    """Take back the stock access that came with the role of delivery planner."""
    planner = env.ref("b2b_party.group_delivery_planner", raise_if_not_found=False)
    if planner:
        planner.implied_ids -= env.ref("stock.group_stock_user")
