"""Open deliveries take over the slot of their order."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    cr.execute(
        """UPDATE stock_picking p
              SET b2b_slot_start = o.b2b_slot_start, b2b_slot_end = o.b2b_slot_end,
                  b2b_slot_schedule_id = o.b2b_slot_schedule_id
             FROM sale_order o
            WHERE o.id = p.sale_id AND o.b2b_slot_start IS NOT NULL
              AND p.b2b_slot_start IS NULL AND p.state NOT IN ('done', 'cancel')
        RETURNING p.id"""
    )
    ids = [row[0] for row in cr.fetchall()]
    pickings = api.Environment(cr, SUPERUSER_ID, {})["stock.picking"].browse(ids)
    pickings._compute_b2b_frame_id()
    pickings._compute_b2b_zone()
