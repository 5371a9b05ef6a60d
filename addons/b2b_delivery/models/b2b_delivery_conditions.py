from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

#: Written by the buttons only.
OURS = frozenset({"state", "version", "published_at", "published_by_id"})
#: What a published version keeps, with its translations.
FROZEN = frozenset({"text", "carrier_id"})


class DeliveryConditions(models.Model):
    """One version of a delivery method's conditions; never changed once published.

    A change is a new version: what a buyer accepted can be read word by word later.
    """

    _name = "b2b.delivery.conditions"
    _description = "B2B Delivery Conditions"
    _inherit = ["b2b.delivery.plan.part"]
    _order = "carrier_id, version desc, id desc"

    carrier_id = fields.Many2one(
        "delivery.carrier", "Delivery method", required=True, ondelete="cascade"
    )
    version = fields.Integer(
        readonly=True, copy=False, help="Counted when it is published."
    )
    text = fields.Html(
        "Conditions",
        required=True,
        translate=True,
        help="What the buyer reads and accepts. Translate it before you publish it.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        help="A draft can be changed and is shown to nobody.",
    )
    published_at = fields.Datetime("Published on", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", "Published by", readonly=True, copy=False
    )
    acceptance_count = fields.Integer(
        "Accepted", compute="_compute_acceptance_count", help="By how many orders."
    )
    active = fields.Boolean(
        default=True,
        help="An archived version is asked no more; the one before it counts again.",
    )
    company_id = fields.Many2one(
        related="carrier_id.company_id", store=True, index=True
    )

    @api.depends("carrier_id", "version", "state")
    def _compute_display_name(self):
        for one in self:
            words = self.env._("draft")
            if one.state == "published":
                words = self.env._("version %s", one.version)
            one.display_name = f"{one.carrier_id.name}, {words}"

    def _compute_acceptance_count(self):
        counts = dict(
            self.env["b2b.delivery.acceptance"]._read_group(
                [("conditions_id", "in", self.ids)], ["conditions_id"], ["__count"]
            )
        )
        for one in self:
            one.acceptance_count = counts.get(one._origin, 0)

    @api.model
    def _b2b_in_force(self, carriers):
        """The newest published version of each method: ``{carrier id: record}``."""
        found = {}
        domain = [("carrier_id", "in", carriers.ids), ("state", "=", "published")]
        for one in self.search(domain, order="version desc, id desc"):
            found.setdefault(one.carrier_id.id, one)
        return found

    def action_publish(self):
        """From now on this version counts; it is not changed any more."""
        self.check_access("write")
        for one in self.filtered(lambda c: c.state == "draft"):
            if is_html_empty(one.text):
                raise UserError(
                    self.env._("Write the conditions of %s first.", one.carrier_id.name)
                )
            every = self.with_context(active_test=False)
            last = every.search(
                [
                    ("carrier_id", "=", one.carrier_id.id),
                    ("state", "=", "published"),
                ],
                order="version desc",
                limit=1,
            )
            # sudo: these are written by this button alone, after the check above.
            one.sudo().write(
                {
                    "state": "published",
                    "version": last.version + 1,
                    "published_at": fields.Datetime.now(),
                    "published_by_id": self.env.uid,
                }
            )
        return True

    def action_new_version(self):
        """A draft with the same words in all languages, to be changed."""
        self.ensure_one()
        draft = self.copy()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Conditions"),
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # -- what stays as it is ---------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # Said outright: a default of the caller's context does not count either.
            ours = {**dict.fromkeys(OURS, False), "state": "draft", "version": 0}
            vals_list = [{**vals, **ours} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if OURS & vals.keys() and not self.env.su:
            raise UserError(self.env._("Use the button to publish conditions."))
        if FROZEN & vals.keys():
            self._b2b_check_draft()
        return super().write(vals)

    def update_field_translations(self, field_name, translations, source_lang=""):
        if field_name in FROZEN:
            self._b2b_check_draft()
        return super().update_field_translations(
            field_name, translations, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._b2b_check_draft()

    def _b2b_check_draft(self):
        for one in self.filtered(lambda c: c.state == "published"):
            raise UserError(
                self.env._(
                    "%s is published and stays as it is; make a new version.",
                    one.display_name,
                )
            )
