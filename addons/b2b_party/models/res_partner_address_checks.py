from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class ResPartner(models.Model):
    """Addresses that cannot be: what is refused, in one sentence each."""

    _inherit = "res.partner"

    @api.constrains("b2b_default_delivery_id", "b2b_default_invoice_id")
    def _check_b2b_defaults(self):
        for partner in self.sudo():
            for address in (
                partner.b2b_default_delivery_id,
                partner.b2b_default_invoice_id,
            ):
                if address and address.commercial_partner_id != partner:
                    raise ValidationError(
                        self.env._(
                            "%(address)s does not belong to %(party)s; choose one of "
                            "its own addresses.",
                            address=address.display_name,
                            party=partner.name,
                        )
                    )

    @api.constrains("parent_id", "type")
    def _check_b2b_point(self):
        for partner in self.sudo():
            parent = partner.parent_id
            if partner.type != "delivery" or not parent or partner.is_company:
                continue
            if parent != parent.commercial_partner_id and parent.type != "delivery":
                raise ValidationError(
                    self.env._(
                        "%(point)s cannot lie below %(parent)s; a delivery point "
                        "belongs below a delivery address or the company.",
                        point=partner._b2b_own_name(),
                        parent=parent.display_name,
                    )
                )
            if parent.company_id and partner.company_id != parent.company_id:
                raise ValidationError(
                    self.env._(
                        "%(point)s must belong to %(company)s like %(parent)s above "
                        "it.",
                        point=partner._b2b_own_name(),
                        company=parent.company_id.name,
                        parent=parent.display_name,
                    )
                )

    def _b2b_check_move(self, parent_id):
        """An address moves within its party only, and never below itself."""
        parent = self.sudo().browse(parent_id)
        for partner in self.sudo():
            if partner.type == "contact" or partner.parent_id == parent:
                continue
            if partner.parent_id and partner._b2b_is_above(parent):
                raise ValidationError(
                    self.env._(
                        "%(place)s cannot lie below %(point)s, which belongs to it.",
                        place=partner._b2b_own_name(),
                        point=parent.display_name,
                    )
                )
            party = partner.commercial_partner_id
            moves = partner.parent_id and parent.commercial_partner_id != party
            if moves and party.b2b_customer_type == "trade":
                raise ValidationError(
                    self.env._(
                        "%(place)s is an address of %(party)s and cannot be moved to "
                        "%(other)s; enter it there anew.",
                        place=partner._b2b_own_name(),
                        party=party.name,
                        other=parent.commercial_partner_id.name,
                    )
                )

    def _b2b_is_above(self, partner):
        seen = self.browse()
        while partner and partner not in seen:
            if partner == self:
                return True
            seen |= partner
            partner = partner.parent_id
        return False

    def _b2b_points_below(self):
        # sudo: points that this user may not see are lost as well.
        return self.sudo().search(
            [("parent_id", "in", self.ids), ("type", "=", "delivery")]
        )

    def _b2b_check_points_kept(self, vals):
        """An address with delivery points is neither archived nor made another kind."""
        archived = vals.get("active") is False
        places = self.filtered(
            lambda p: (
                p.type == "delivery"
                and p.parent_id
                and (archived or vals.get("type", "delivery") != "delivery")
            )
        )
        below = places._b2b_points_below() - self if places else places
        for place in below.parent_id:
            points = below.filtered(lambda p, at=place: p.parent_id == at)
            raise UserError(
                self.env._(
                    "%(place)s has delivery points: %(points)s. Move or archive them "
                    "first.",
                    place=place.display_name,
                    points=", ".join(p._b2b_own_name() for p in points[:10]),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_address_with_points(self):
        self._b2b_check_points_kept({"active": False})
