import base64

from odoo import api, models
from odoo.exceptions import UserError

from ..rules import upload


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _postprocess_contents(self, values):
        """Odoo opens each picture to make it smaller: not what customers send it.

        Messages of an order take files from everybody who has its link.

        :raise UserError: for pictures that would fill the memory once opened
        """
        raw = values.get("raw") or base64.b64decode(values.get("datas") or b"")
        if not self.env.user.share or not isinstance(raw, bytes) or not raw:
            return super()._postprocess_contents(values)
        points = upload.points(raw)
        if points is None:
            return values  # no picture that says its size, nothing to make smaller
        if points > upload.MOST_POINTS:
            raise UserError(
                self.env._(
                    "“%(name)s” has more than %(most)s megapixels. Save it smaller, or "
                    "as PDF.",
                    name=values.get("name") or "",
                    most=upload.MOST_MEGAPIXELS,
                )
            )
        return super()._postprocess_contents(values)
