from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# A client is a company of its own: without a parent, or a branch that is a company.
CLIENTS = "['|', ('parent_id', '=', False), ('is_company', '=', True)]"


class CustomerGroup(models.Model):
    """A group of clients with common terms; every client is in exactly one."""

    _name = "b2b.customer.group"
    _description = "B2B Customer Group"
    _inherit = ["b2b.erp.number"]
    _order = "name"
    _check_company_auto = True

    # The labels are the heads of the columns in files of an ERP, so these import as
    # they are.
    name = fields.Char(
        "Group name",
        required=True,
        translate=True,
        help="As your team calls this group of clients.",
    )
    kind = fields.Selection(
        [("b2b", "B2B"), ("b2c", "B2C")],
        "Type",
        required=True,
        default="b2b",
        help="Whether the clients of this group buy for a business or for themselves.",
    )
    erp_ref = fields.Char(
        "ERP ID", help="Number of the group in your ERP; unique in a company."
    )
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the group between your companies."
    )
    active = fields.Boolean(default=True)
    partner_ids = fields.One2many(
        "res.partner",
        "b2b_customer_group_id",
        "Clients",
        domain=CLIENTS,
        help="The parties of this group.",
    )
    partner_count = fields.Integer(
        "Number of clients", compute="_compute_partner_count", help="Parties in it."
    )

    _erp_ref_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), erp_ref) WHERE erp_ref IS NOT NULL",
        "This ERP ID already belongs to another customer group.",
    )

    @api.model
    def _b2b_client_domain(self):
        return ["|", ("parent_id", "=", False), ("is_company", "=", True)]

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        # sudo: a dialog that counts must not miss clients of other reps.
        counts = dict(
            self.env["res.partner"]
            .sudo()
            ._read_group(
                [
                    ("b2b_customer_group_id", "in", self.ids),
                    *self._b2b_client_domain(),
                ],
                ["b2b_customer_group_id"],
                ["__count"],
            )
        )
        for group in self:
            group.partner_count = counts.get(group.sudo(), 0)

    @api.model
    def load(self, fields, data):
        """Blanks around a cell are typing: “B2B ” is B2B."""
        self.browse().check_access("write")
        rows = [[c.strip() if isinstance(c, str) else c for c in row] for row in data]
        return super().load(fields, rows)

    # -- what is refused ---------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._b2b_clean(vals)
            self.browse()._b2b_check_clients(vals)
        return super().create(vals_list)

    def write(self, vals):
        vals = dict(vals)
        self._b2b_clean(vals)
        self._b2b_check_kind(vals)
        self._b2b_check_clients(vals)
        return super().write(vals)

    @api.model
    def _b2b_clean(self, vals):
        """Blanks around a name are typing."""
        if isinstance(vals.get("name"), str):
            vals["name"] = vals["name"].strip()

    def _b2b_check_kind(self, vals):
        """The mark of a group with clients is changed by the dialog only."""
        if "kind" not in vals or self.env.su:
            return
        for group in self.filtered(lambda g: g.kind != vals["kind"]):
            if group.partner_count:
                raise ValidationError(
                    self.env._(
                        "%(group)s has clients (%(count)s); its mark is changed with "
                        "the button “Change mark”, which says what it concerns.",
                        group=group.name,
                        count=group.partner_count,
                    )
                )

    def _b2b_check_clients(self, vals):
        """A client in another group is not taken over from there by a list."""
        linked = set()
        for command in vals.get("partner_ids") or ():
            if command[0] == 4:
                linked.add(command[1])
            elif command[0] == 6:
                linked.update(command[2])
        # sudo: only compared, so that the sentence can name the group.
        for client in self.env["res.partner"].sudo().browse(linked):
            client = client.commercial_partner_id
            before = client.b2b_customer_group_id
            if before and before not in self.sudo():
                raise ValidationError(
                    self.env._(
                        "%(client)s is in group %(group)s; a client has one group. "
                        "Change it on the client.",
                        client=client.name,
                        group=before.name,
                    )
                )

    # -- actions -----------------------------------------------------------------------

    def action_change_kind(self):
        """Open the dialog that changes B2B to B2C or back."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change mark of %s", self.name),
            "res_model": "b2b.customer.group.kind",
            "view_mode": "form",
            "target": "new",
            "context": {"default_group_id": self.id},
        }

    def action_open_clients(self):
        """Open the clients of this group in a dialog."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Clients of %s", self.name),
            "res_model": "res.partner",
            "view_mode": "list",
            "views": [
                (self.env.ref("b2b_party.res_partner_view_list_clients").id, "list")
            ],
            "search_view_id": [
                self.env.ref("b2b_party.res_partner_view_search_b2b").id,
                "search",
            ],
            "domain": [
                ("b2b_customer_group_id", "=", self.id),
                *self._b2b_client_domain(),
            ],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
            "help": Markup('<p class="o_view_nocontent_empty_folder">{}</p>').format(
                self.env._("None of your parties is in this group")
            ),
        }
