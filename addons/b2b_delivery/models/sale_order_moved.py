from datetime import datetime

from odoo import api, fields, models


class SaleOrder(models.Model):
    """Deliveries that our people moved after an order was confirmed.

    Kept as moments, so that whoever reads of it does so in his own language.
    """

    _inherit = "sale.order"

    b2b_slot_moves = fields.Json(
        "Moved deliveries",
        copy=False,
        readonly=True,
        help="When the date of the confirmed order was changed, from which slots and "
        "to which.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_slot_moves"}

    def _b2b_before_move(self, starts):
        """What :meth:`_b2b_keep_move` has to know from before the date is changed.

        :param starts: those of the parts that follow
        :return: goods of these parts, none for one delivery; their slots
        """
        parts = [part for part in self._b2b_parts() if part.slot.start in starts]
        goods = {good for part in parts for good in part.goods}
        return goods, self._b2b_slots_of(goods)

    def _b2b_slots_of(self, goods):
        """``[(start, end, zone)]`` promised for some goods, none: for everything.

        A date outside every slot begins and ends at once.
        """
        slots = [p.slot for p in self._b2b_parts() if goods.intersection(p.goods)]
        if slots:
            return sorted({(slot.start, slot.end, slot.tz) for slot in slots})
        start = self.b2b_slot_start or self.commitment_date
        end = self.b2b_slot_end or start
        return [(start, end, self._b2b_slot_zone())] if start else []

    def _b2b_keep_move(self, goods, old):
        """Keep that the date was changed, and say so in the chatter."""
        new = self._b2b_slots_of(goods)
        if not new or new == old or not self.b2b_is_trade or self.b2b_historical:
            return
        at = fields.Datetime.now().isoformat()
        move = {"at": at, "old": _dump(old), "new": _dump(new)}
        # sudo: written by the system only.
        order = self.sudo()
        order.b2b_slot_moves = [*(order.b2b_slot_moves or ()), move]
        self.message_post(body=self._b2b_move_text(old, new))

    def _b2b_moves(self):
        """``[(moment, old slots, new slots)]`` of all changes, the first one first."""
        self.ensure_one()
        # sudo: hidden from customers' logins, whose page tells it in words.
        return [
            (datetime.fromisoformat(row["at"]), _load(row["old"]), _load(row["new"]))
            for row in self.sudo().b2b_slot_moves or ()
        ]

    def _b2b_move_text(self, old, new):
        """What was moved, without a word about who did it: the customer reads it."""
        before, after = (
            ", ".join(
                self._b2b_slot_words(start, tz)._b2b_slot_text(start, end, tz)
                for start, end, tz in slots
            )
            for slots in (old, new)
        )
        if not before:
            return self.env._("Delivery agreed for %s.", after)
        return self.env._(
            "Delivery moved from %(old)s to %(new)s.", old=before, new=after
        )


def _dump(slots):
    return [[start.isoformat(), end.isoformat(), tz] for start, end, tz in slots]


def _load(rows):
    moment = datetime.fromisoformat
    return [(moment(start), moment(end), tz) for start, end, tz in rows]
