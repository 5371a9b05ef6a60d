from datetime import timedelta

from odoo import api, fields, models

#: Removed files can be brought back so long, then they are deleted.
UNDO_DAYS = 1
#: So many of an order can be brought back, the latest ones.
MOST_REMOVED = 10


class OrderFile(models.Model):
    """What a customer attached to an order.

    The content is bound to this record and not to the order: who may read an order,
    such as a portal role without prices, may not read its papers for that.
    """

    _name = "b2b.order.file"
    _description = "B2B File of an Order"
    _order = "id"

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The order, or the cart that becomes one.",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    party_id = fields.Many2one(
        related="order_id.b2b_party_id", store=True, index=True, help="Who orders."
    )
    name = fields.Char(required=True, readonly=True, help="Name of the file.")
    size = fields.Integer(readonly=True, help="Bytes.")
    checksum = fields.Char(
        readonly=True, help="Of the content: the same file sent twice is kept once."
    )
    user_id = fields.Many2one(
        "res.users",
        "Attached by",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The login that attached it.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment",
        "Content",
        readonly=True,
        ondelete="cascade",
        help="The content, as it was sent.",
    )
    handed_over = fields.Boolean(
        readonly=True, help="It stands in the order's messages, for our people."
    )
    active = fields.Boolean(
        default=True, readonly=True, help="Off: removed, and deleted after a day."
    )

    @api.model
    def _b2b_keep(self, values, raw, mimetype):
        """A file with its content, as the type that it was judged to be."""
        file = self.create(values)
        # Never markup, whatever Odoo would make of the content; and pictures as they
        # were sent: opened to be made smaller, a small file can fill the memory.
        here = self.env["ir.attachment"].with_context(
            attachments_mime_plainxml=True, image_no_postprocess=True
        )
        file.attachment_id = here.create(
            {
                "name": file.name,
                "res_model": self._name,
                "res_id": file.id,
                "raw": raw,
                "mimetype": mimetype,
            }
        )
        return file

    @api.model
    def _b2b_purge_removed(self, order):
        """Delete the oldest of many removed files: they take room until the night."""
        removed = self.with_context(active_test=False).search(
            [
                ("order_id", "=", order.id),
                ("active", "=", False),
                ("handed_over", "=", False),
            ],
            order="write_date DESC, id DESC",
        )
        removed[MOST_REMOVED:].unlink()

    @api.autovacuum
    def _gc_removed(self):
        limit = fields.Datetime.now() - timedelta(days=UNDO_DAYS)
        domain = [("active", "=", False), ("write_date", "<", limit)]
        # Those that our people have in a message stay there.
        self.search([*domain, ("handed_over", "=", False)]).unlink()
