from odoo import api, fields, models
from odoo.tools import ormcache

HELP = (
    "Replaces packing time, cut-off and frames of the customer's schedule for these "
    "goods. The customer's days, hours and closed days still hold."
)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    b2b_availability_schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        "Availability schedule",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help=HELP + " Empty: that of the category, if it has one.",
    )


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "b2b.delivery.plan.part"]

    b2b_availability_schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        "Availability schedule",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help=HELP + " Empty: that of the category above.",
    )

    @api.model
    @ormcache()
    def _b2b_schedule_ids(self):
        """``{category id: schedule id}`` of all that have one or inherit it; kept."""
        # sudo: kept for everybody; asked only by the calculation of slots.
        categories = self.sudo()
        owners = categories.search([("b2b_availability_schedule_id", "!=", False)])
        own = {owner.id: owner.b2b_availability_schedule_id.id for owner in owners}
        found = {}
        for category in categories.search([("id", "child_of", owners.ids)]):
            above = [int(part) for part in category.parent_path.split("/") if part]
            found[category.id] = next(own[id_] for id_ in reversed(above) if id_ in own)
        return found
