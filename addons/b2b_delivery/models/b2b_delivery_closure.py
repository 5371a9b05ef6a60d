from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from odoo.addons.b2b_party.tools import day as day_text

from ..rules import slot as rules

MAX_DAYS = 366
OWNERS = {"country": "country_id", "warehouse": "warehouse_id", "partner": "partner_id"}


class DeliveryClosure(models.Model):
    """Days on which a warehouse, a receiver or a whole country is closed."""

    _name = "b2b.delivery.closure"
    _description = "B2B Closed Days"
    _inherit = ["b2b.delivery.plan.part"]
    _order = "date_from, id"

    name = fields.Char("Reason", help="Shown to planners and customers: Stocktaking.")
    scope = fields.Selection(
        [
            ("country", "Public holiday"),
            ("warehouse", "Warehouse"),
            ("partner", "Party or address"),
        ],
        "Who",
        required=True,
        default="warehouse",
        help="Public holidays close our warehouses and the receivers of the country.",
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        index="btree_not_null",
        ondelete="cascade",
        help="Nothing is packed and nothing leaves on these days.",
    )
    country_id = fields.Many2one(
        "res.country", index="btree_not_null", help="Where the holiday is."
    )
    state_id = fields.Many2one(
        "res.country.state",
        domain="[('country_id', '=', country_id)]",
        help="Empty: the whole country.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Party or address",
        index="btree_not_null",
        ondelete="cascade",
        help="Takes nothing in on these days; those of a party hold for all its "
        "addresses.",
    )
    party_id = fields.Many2one(
        related="partner_id.commercial_partner_id", store=True, index=True
    )
    date_from = fields.Date("First day", required=True, help="First closed day.")
    date_to = fields.Date(
        "Last day",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        help="Last closed day; the first one when it is a single day.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        help="Leave empty for all your companies.",
    )

    @api.depends("date_from")
    def _compute_date_to(self):
        for closure in self:
            if not closure.date_to or closure.date_to < closure.date_from:
                closure.date_to = closure.date_from

    @api.depends("warehouse_id")
    def _compute_company_id(self):
        for closure in self:
            closure.company_id = closure.warehouse_id.company_id or closure.company_id

    @api.depends("date_from", "date_to", "name")
    def _compute_display_name(self):
        for closure in self:
            text = closure._b2b_days_text()
            closure.display_name = f"{text} · {closure.name}" if closure.name else text

    def _b2b_days_text(self):
        days = [day for day in (self.date_from, self.date_to) if day]
        return " – ".join(day_text(self.env, day) for day in sorted(set(days)))

    def _b2b_owner(self):
        return self[OWNERS[self.scope]]

    @api.constrains("scope", "warehouse_id", "country_id", "state_id", "partner_id")
    def _check_owner(self):
        for closure in self:
            others = [name for scope, name in OWNERS.items() if scope != closure.scope]
            if not closure._b2b_owner() or any(closure[name] for name in others):
                raise ValidationError(
                    self.env._(
                        "%s: name the one that is closed, either a country, a "
                        "warehouse, or a party or address.",
                        closure.display_name,
                    )
                )
            if closure.state_id.country_id not in (
                closure.country_id,
                self.env["res.country"],
            ):
                raise ValidationError(
                    self.env._(
                        "%(state)s is not in %(country)s.",
                        state=closure.state_id.name,
                        country=closure.country_id.name or "–",
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for closure in self:
            days = (closure.date_to - closure.date_from).days + 1
            if not 1 <= days <= MAX_DAYS:
                raise ValidationError(
                    self.env._(
                        "%(name)s: the last day lies before the first one, or more "
                        "than %(max)s days later.",
                        name=closure.display_name,
                        max=MAX_DAYS,
                    )
                )

    @api.constrains("date_from", "date_to", "state_id", "company_id", *OWNERS.values())
    def _check_once(self):
        for closure in self:
            owner = OWNERS[closure.scope]
            twice = self.sudo().search(
                [
                    ("id", "!=", closure.id),
                    (owner, "=", closure[owner].id),
                    ("state_id", "=", closure.state_id.id),
                    ("company_id", "=", closure.company_id.id),
                    ("date_from", "<=", closure.date_to),
                    ("date_to", ">=", closure.date_from),
                ],
                limit=1,
            )
            if twice:
                raise ValidationError(
                    self.env._(
                        "%(who)s is already closed on %(days)s; change that entry.",
                        who=closure._b2b_owner().display_name,
                        days=twice.display_name,
                    )
                )

    @ormcache()
    def _b2b_closures(self):
        """Closed days as plain values, kept until one changes.

        :return: ``{(scope, id): ((company id, state id, Closure), ...)}``
        """
        found = {}
        since = fields.Date.today() - timedelta(days=MAX_DAYS)
        # sudo: kept for everybody; asked only by the calculation of slots.
        for closure in self.sudo().search([("date_to", ">=", since)]):
            days = rules.Closure(closure.date_from, closure.date_to, closure.name or "")
            key = closure.scope, closure._b2b_owner().id
            found.setdefault(key, []).append(
                (closure.company_id.id, closure.state_id.id, days)
            )
        return {key: tuple(days) for key, days in found.items()}
