from odoo import models
from odoo.exceptions import AccessError, MissingError


class Seat(models.Model):
    _inherit = "b2b.seat"

    def _b2b_switch_target(self, wanted):
        """The seat that this seat's person may switch to.

        :param wanted: id as it came from the browser
        :raise MissingError: for anything that is not an active portal seat of the
            same person; in the same words whether it exists or not
        """
        self.ensure_one()
        if not self.env.user.share or self.user_id != self.env.user:
            raise AccessError(self.env._("Only a buyer's own session can switch."))
        text = str(wanted)
        target = self.browse()
        if text.isdecimal() and len(text) < 11:
            # sudo env: seats are not readable for portal users
            target = self.sudo().search(
                [
                    ("id", "=", int(text)),
                    ("person_id", "=", self.person_id.id),
                    ("state", "=", "active"),
                    ("user_id.active", "=", True),
                ]
            )
        user = target.user_id
        if not target or not user._is_portal() or user._is_internal():
            raise MissingError(self.env._("There is no such seat."))
        return target
