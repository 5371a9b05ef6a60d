from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.b2b_party.rules import audit
from odoo.addons.b2b_party.rules.staff_rights import ROLES

from ..rules import discount


class DiscountLimit(models.Model):
    """How much of the list's price our people may take off without asking.

    Of all limits that fit the giver, the customer and the article the tightest
    counts; where none fits, the company's setting does.
    """

    _name = "b2b.discount.limit"
    _description = "B2B Discount Limit"
    _order = "percent, id"
    _check_company_auto = True

    percent = fields.Float(
        "May give up to",
        digits="Discount",
        required=True,
        help="Whole reduction of a line in percent: discretionary discount, its share "
        "of a discount on the order, and a price typed below the list's. Above it the "
        "order waits for a sales manager.",
    )
    user_id = fields.Many2one(
        "res.users",
        ondelete="cascade",
        index="btree_not_null",
        domain=[("share", "=", False)],
        help="Who gives the discount; empty: everybody.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales team",
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
        help="For the members of this team; empty: every team.",
    )
    role = fields.Selection(
        selection="_b2b_roles",
        string="Job role",
        help="For people whom this job role was given by name; an administrator, who "
        "holds all of them, is only meant by “Administrator”.",
    )
    customer_type = fields.Selection(
        [("trade", "Trade"), ("retail", "Retail")],
        help="For customers of this type; empty: both.",
    )
    customer_group_id = fields.Many2one(
        "b2b.customer.group",
        "Customer group",
        ondelete="cascade",
        index="btree_not_null",
        help="For customers of this group; empty: every group.",
    )
    category_id = fields.Many2one(
        "product.category",
        "Product category",
        ondelete="cascade",
        index="btree_not_null",
        help="For articles of this category and of those below it; empty: all.",
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        help="Sold by this company; empty: all companies.",
    )
    active = fields.Boolean(default=True, help="Archived limits do not count any more.")

    @api.model
    def _b2b_roles(self):
        groups = {
            role: self.env.ref(f"b2b_party.group_{role}", raise_if_not_found=False)
            for role in ROLES
        }
        return [
            (role, group.sudo().name.removeprefix("B2B: ") if group else role)
            for role, group in groups.items()
        ]

    @api.constrains("percent")
    def _check_percent(self):
        for limit in self:
            if not 0 <= limit.percent <= 100:
                raise ValidationError(
                    self.env._(
                        "“May give up to” is %s %%; enter 0 to 100.",
                        audit.number(limit.percent),
                    )
                )

    @api.depends(
        "percent",
        "user_id",
        "team_id",
        "role",
        "customer_type",
        "customer_group_id",
        "category_id",
    )
    def _compute_display_name(self):
        for limit in self:
            words = limit._b2b_words() or self.env._("everybody")
            limit.display_name = self.env._(
                "%(percent)s %% · %(words)s",
                percent=audit.number(limit.percent),
                words=words,
            )

    def _b2b_words(self):
        """For whom the limit is, in a few words: “Sales rep, Department stores”."""
        self.ensure_one()
        names = (
            "user_id",
            "team_id",
            "role",
            "customer_type",
            "customer_group_id",
            "category_id",
        )
        words = []
        for name in names:
            field, value = self._fields[name], self[name]
            if value and field.type == "selection":
                value = dict(field._description_selection(self.env)).get(value)
            elif value:
                value = value.display_name
            if value:
                words.append(value)
        return ", ".join(words)

    # -- which one counts --------------------------------------------------------

    def _b2b_as_rule(self):
        self.ensure_one()
        return discount.Limit(
            percent=self.percent,
            user=self.user_id.id or 0,
            team=self.team_id.id or 0,
            role=self.role or "",
            customer_type=self.customer_type or "",
            group=self.customer_group_id.id or 0,
            category=self.category_id.id or 0,
            id=self.id,
        )

    @api.model
    def _b2b_giver(self, user):
        """A user as the rules see him."""
        if not user:
            return discount.Giver()
        user, data = user.sudo(), self.env["ir.model.data"]
        given = set(user.group_ids.ids)
        roles = {
            role
            for role in ROLES
            if data._xmlid_to_res_id(f"b2b_party.group_{role}") in given
        }
        teams = user.crm_team_member_ids.crm_team_id
        return discount.Giver(user.id, frozenset(teams.ids), frozenset(roles))

    @api.model
    def _b2b_tightest(self, company, party, asked):
        """The limit that counts, for many lines in one search.

        :param company: res.company that sells
        :param party: res.partner who buys
        :param asked: set of pairs of res.users (may be empty) and product.product
        :return: ``{pair: (percent, b2b.discount.limit or empty)}``
        """
        # sudo: whoever sells is told his limit, in whatever company rules he works.
        rows = self.sudo().search([("company_id", "in", (False, company.id))])
        limits = [row._b2b_as_rule() for row in rows]
        party = party.sudo()
        customer = discount.Customer(
            party.b2b_customer_type or "", party.b2b_customer_group_id.id or 0
        )
        givers, found = {}, {}
        for user, product in asked:
            if user not in givers:
                givers[user] = self._b2b_giver(user)
            path = product.sudo().categ_id.parent_path or ""
            categories = frozenset(int(part) for part in path.split("/") if part)
            limit = discount.tightest(limits, givers[user], customer, categories)
            found[user, product] = (
                (limit.percent, rows.browse(limit.id))
                if limit
                else (company.sudo().b2b_discount_default, rows.browse())
            )
        return found
