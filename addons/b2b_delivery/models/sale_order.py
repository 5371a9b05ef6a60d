from odoo import api, fields, models


class SaleOrder(models.Model):
    """The slot an order is promised for, computed at cart and kept."""

    _inherit = "sale.order"

    # Writable for the ORM so that a chosen slot is protected from being computed
    # again; for everybody else they are protected fields.
    b2b_slot_start = fields.Datetime(
        "Delivery slot",
        compute="_compute_b2b_slot",
        store=True,
        readonly=False,
        copy=False,
        help="Start of the promised slot.",
    )
    b2b_slot_end = fields.Datetime(
        "Slot ends",
        compute="_compute_b2b_slot",
        store=True,
        readonly=False,
        copy=False,
        help="End of the promised slot.",
    )
    b2b_slot_cutoff = fields.Datetime(
        "Slot kept until",
        compute="_compute_b2b_slot",
        store=True,
        readonly=False,
        copy=False,
        help="Last moment at which the order still gets this slot.",
    )
    b2b_frame_id = fields.Many2one(
        "b2b.delivery.frame",
        "Frame",
        compute="_compute_b2b_slot",
        store=True,
        readonly=False,
        copy=False,
        ondelete="set null",
        help="The frame of the slot; empty on days opened by an exception.",
    )
    b2b_slot_schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        "Delivery schedule",
        compute="_compute_b2b_slot",
        store=True,
        readonly=False,
        copy=False,
        ondelete="set null",
        help="The schedule the slot was taken from.",
    )
    b2b_slot_chosen = fields.Boolean(
        "Slot was chosen",
        compute="_compute_b2b_slot",
        store=True,
        readonly=False,
        copy=False,
        help="A slot that somebody chose stays while it can be had; else the first "
        "possible one counts.",
    )
    b2b_split_delivery = fields.Boolean(
        "Deliver as ready",
        copy=False,
        help="Goods with an availability schedule of their own come in their own slot "
        "instead of everything at once. A delivery date that is typed before the order "
        "is confirmed means one delivery.",
    )
    b2b_slot_parts = fields.Json(
        "Slots of the parts",
        compute="_compute_b2b_slot",
        store=True,
        readonly=False,
        copy=False,
        help="Which articles come in which slot, when they come in several.",
    )
    b2b_can_split = fields.Boolean(
        "Can come in parts",
        compute="_compute_b2b_can_split",
        help="Some lines can be there on an earlier day than others.",
    )
    b2b_slot_text = fields.Char(
        "Slot",
        compute="_compute_b2b_slot_text",
        help="The promised slot in the time zone of its schedule.",
    )
    b2b_slot_note = fields.Char(
        "About the slot",
        compute="_compute_b2b_slot_note",
        help="Until when the slot is kept, or why it can no longer be had.",
    )

    # Depends on what changes the promise and on nothing else: every other edit leaves
    # the slot as it is, whatever the time.
    @api.depends(
        "partner_shipping_id",
        "company_id",
        "commitment_date",
        "order_line.product_id",
        "carrier_id",
        "warehouse_id",
        "b2b_split_delivery",
    )
    def _compute_b2b_slot(self):
        for order in self:
            order.update(order._b2b_slot_default())

    @api.depends_context("lang", "tz", "uid")
    @api.depends(
        "b2b_slot_start",
        "b2b_slot_end",
        "b2b_slot_schedule_id",
        "b2b_slot_parts",
        "picking_ids.scheduled_date",
    )
    def _compute_b2b_slot_text(self):
        for order in self:
            order.b2b_slot_text = order._b2b_slot_text()

    @api.depends_context("lang", "tz", "uid")
    @api.depends(
        "b2b_slot_start",
        "b2b_slot_cutoff",
        "state",
        "partner_shipping_id",
        "order_line.product_id",
        "b2b_split_delivery",
    )
    def _compute_b2b_slot_note(self):
        for order in self:
            order.b2b_slot_note = order._b2b_slot_note()

    @api.depends("partner_shipping_id", "order_line.product_id", "state", "carrier_id")
    def _compute_b2b_can_split(self):
        for order in self:
            order.b2b_can_split = bool(order._b2b_parts_now())

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | set(self._b2b_slot_fields())

    @api.model
    def _b2b_slot_fields(self):
        return (
            "b2b_slot_start",
            "b2b_slot_end",
            "b2b_slot_cutoff",
            "b2b_frame_id",
            "b2b_slot_schedule_id",
            "b2b_slot_chosen",
            "b2b_slot_parts",
        )

    def _b2b_findings(self):
        finding = self._b2b_slot_check().finding
        return super()._b2b_findings() + ([finding] if finding else [])

    def _b2b_note_taken(self, finding):
        super()._b2b_note_taken(finding)
        if finding.code == "slot":
            self._b2b_slot_accept(finding)

    def _action_confirm(self):
        # Before super(): the pickings take their date from the order.
        for order in self:
            order._b2b_slot_settle()
        return super()._action_confirm()

    @api.model
    def _b2b_check_date(self, vals):
        """A delivery date that is typed is one on which something can be planned."""
        if vals.get("commitment_date"):
            self.env["b2b.delivery.schedule"]._b2b_read_moment(vals["commitment_date"])

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._b2b_check_date(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._b2b_check_date(vals)
        if "b2b_split_delivery" in vals:
            self._b2b_check_splittable(vals["b2b_split_delivery"])
            self._b2b_forget_chosen(vals["b2b_split_delivery"])
        if "commitment_date" not in vals:
            return super().write(vals)
        # With a slot it is the system that settles; without one somebody typed it.
        moved = self.browse()
        if "b2b_slot_start" not in vals:
            date = fields.Datetime.to_datetime(vals["commitment_date"] or None)
            moved = self.filtered(
                lambda order: order.commitment_date != (date or False)
            )
            moved._b2b_check_movable()
        before = {
            order: order._b2b_moving_starts()
            if order in moved
            else frozenset((order.b2b_slot_start,))
            for order in self
            if order.state == "sale"
        }
        kept = {
            order: order._b2b_before_move(before[order])
            for order in moved
            if order in before
        }
        result = super().write(vals)
        for order, starts in before.items():
            order._b2b_move_pickings(starts)
            first = order._b2b_first_open_vals() if order in moved else {}
            if first:
                # sudo: slot fields are written by the system only.
                super(SaleOrder, order.sudo()).write(first)
                order._b2b_keep_deadlines()
            if order in kept:
                order._b2b_keep_move(*kept[order])
        return result

    def action_b2b_choose_slot(self):
        """Open the schedule checker with the slots this order can have."""
        self.ensure_one()
        self.check_access("write")
        return self.env["b2b.delivery.check"]._b2b_open({"order_id": self.id})
