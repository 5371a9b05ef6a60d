from odoo import fields, models

MOST_FILES = 50
MOST_MEGABYTES = 100


class ResCompany(models.Model):
    _inherit = "res.company"

    b2b_file_count = fields.Integer(
        "Files per order",
        default=10,
        help="So many files may a customer attach to an order in the portal; 0: none.",
    )
    b2b_file_megabytes = fields.Integer(
        "Size of a file",
        default=10,
        help="Megabytes that one file of a customer may have.",
    )

    _b2b_file_limits = models.Constraint(
        f"CHECK(b2b_file_count BETWEEN 0 AND {MOST_FILES}"
        f" AND b2b_file_megabytes BETWEEN 1 AND {MOST_MEGABYTES})",
        "An order takes up to 50 files of 1 to 100 MB.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_file_count = fields.Integer(related="company_id.b2b_file_count", readonly=False)
    b2b_file_megabytes = fields.Integer(
        related="company_id.b2b_file_megabytes", readonly=False
    )
