from odoo import models
from odoo.exceptions import MissingError


class SaleOrder(models.Model):
    """Delivery points at the checkout: chosen below their address."""

    _inherit = "sale.order"

    def _b2b_checkout_places(self, addresses, chosen_id):
        """The addresses with the delivery points below them, for the page.

        A point stands below its address; one whose address the seat may not choose
        stands for itself.

        :param addresses: of :meth:`_b2b_checkout_addresses`
        :param int chosen_id: of the address or point the order goes to
        :return: dicts ``address``, ``points`` (id and name below the address),
            ``chosen`` and ``point_id``
        """
        places, of_address = [], {}
        for address in addresses:
            top = address
            while top.b2b_is_point and top.parent_id in addresses:
                top = top.parent_id
            of_address.setdefault(top, []).append(address)
        for address, members in of_address.items():
            prefix = address._b2b_place_name() + " · "
            ids = [member.id for member in members]
            places.append(
                {
                    "address": address,
                    "points": [
                        (point.id, point._b2b_place_name().removeprefix(prefix))
                        for point in members
                        if point != address
                    ],
                    "chosen": chosen_id in ids,
                    "point_id": chosen_id if chosen_id in ids else address.id,
                }
            )
        return places

    def _b2b_checkout_point(self, ctx, form):
        """The address of a form, or the delivery point that was chosen below it."""
        address = self._b2b_checkout_address(ctx, form["address_id"])
        point_id = form.get(f"point_{address.id}")
        if not point_id or str(point_id) == str(address.id):
            return address
        point = self._b2b_checkout_address(ctx, point_id)
        above = point.parent_id
        while above and above != address:
            above = above.parent_id
        if not above:
            raise MissingError(self.env._("There is no such delivery address."))
        return point
