from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from ..rules.segment import (
    CHOICE,
    COMPARE,
    DAYS,
    NUMBER,
    OPERATORS,
    SIGNS,
    Condition,
    Figure,
    problem,
)
from ..tools import whole_money

FIGURES = {
    "turnover_12m": Figure(NUMBER, "b2b_turnover_12m", money=True),
    "order_count_12m": Figure(NUMBER, "b2b_order_count_12m"),
    "last_order": Figure(DAYS, "b2b_last_order"),
    "first_order": Figure(DAYS, "b2b_first_order"),
    "employees": Figure(NUMBER, "b2b_employee_count", zero_is_unknown=True),
    "country": Figure(CHOICE, "country_id", "country_ids"),
    "state": Figure(CHOICE, "state_id", "state_ids"),
    "channel": Figure(CHOICE, "b2b_used_channel_ids", "channel_ids"),
    "industry": Figure(CHOICE, "industry_id", "industry_ids"),
    "customer_group": Figure(CHOICE, "b2b_customer_group_id", "customer_group_ids"),
    "category": Figure(CHOICE, "b2b_customer_category_id", "category_ids"),
}
CHOICES = [figure.values for figure in FIGURES.values() if figure.values]
SQL_OPERATORS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "="}
# "At least 90 days ago" is a date that is not later than 90 days before today.
MIRRORED = {"ge": "<=", "gt": "<", "le": ">=", "lt": ">", "eq": "="}


class PartySegmentCondition(models.Model):
    """One condition of a segment.

    An addon brings a figure of its own by ``selection_add`` on ``figure`` and an
    entry in :meth:`_b2b_figures`; the figure must be a stored field of the party.
    """

    _name = "b2b.party.segment.condition"
    _description = "B2B Segment Condition"
    _order = "sequence, id"

    segment_id = fields.Many2one(
        "b2b.party.segment",
        required=True,
        index=True,
        ondelete="cascade",
        help="The segment this condition belongs to.",
    )
    company_id = fields.Many2one(related="segment_id.company_id")
    sequence = fields.Integer(default=10)
    figure = fields.Selection(
        [
            ("turnover_12m", "Turnover, 12 months"),
            ("order_count_12m", "Orders, 12 months"),
            ("last_order", "Last order, days ago"),
            ("first_order", "First order, days ago"),
            ("country", "Country"),
            ("state", "State or county"),
            ("channel", "Sales channel used, 12 months"),
            ("industry", "Industry"),
            ("employees", "Employees"),
            ("customer_group", "Customer group"),
            ("category", "Customer category"),
        ],
        required=True,
        default="turnover_12m",
        help="What is looked at. Figures of orders are those of the last refresh.",
    )
    kind = fields.Char(compute="_compute_kind", help="What kind of figure it is.")
    operator = fields.Selection(
        [
            ("ge", "at least"),
            ("gt", "more than"),
            ("le", "at most"),
            ("lt", "less than"),
            ("eq", "exactly"),
            ("in", "is one of"),
            ("not_in", "is none of"),
            ("set", "is known"),
            ("unset", "is not known"),
        ],
        required=True,
        default="ge",
        help="How it is compared. Who never ordered has no first and last order: "
        "only “is not known” is true then.",
    )
    number = fields.Float(
        "Value",
        help="Amounts in the currency of the company; days before today; or a count.",
    )
    country_ids = fields.Many2many("res.country", help="One of these countries.")
    state_ids = fields.Many2many("res.country.state", help="One of these states.")
    channel_ids = fields.Many2many(
        "b2b.sales.channel", help="At least one order of 12 months came by one of them."
    )
    industry_ids = fields.Many2many("res.partner.industry", help="One of these.")
    customer_group_ids = fields.Many2many("b2b.customer.group", help="One of these.")
    category_ids = fields.Many2many("b2b.customer.category", help="One of these.")
    block = fields.Selection(
        [(letter, letter) for letter in "ABCDE"],
        help="Conditions with the same letter are taken together. Where all conditions "
        "are demanded, one of the same letter suffices; where one suffices, all of the "
        "same letter are demanded.",
    )

    # -- what there is to compare ----------------------------------------------

    @api.model
    def _b2b_figures(self):
        """All figures: ``{name: rules.segment.Figure}``; addons add theirs."""
        return dict(FIGURES)

    @api.depends("figure")
    def _compute_kind(self):
        figures = self._b2b_figures()
        for condition in self:
            figure = figures.get(condition.figure)
            condition.kind = figure.kind if figure else ""

    @api.onchange("figure")
    def _onchange_figure(self):
        for condition in self:
            possible = OPERATORS.get(condition.kind, ())
            if possible and condition.operator not in possible:
                condition.operator = possible[0]

    def _b2b_chosen(self):
        """The chosen records of a choice."""
        self.ensure_one()
        return self[self._b2b_figures()[self.figure].values]._origin

    def _b2b_rule(self):
        """This condition as plain facts, for the pure functions."""
        self.ensure_one()
        value = self.number
        if self._b2b_figures()[self.figure].kind == CHOICE:
            value = frozenset(self._b2b_chosen().ids)
        return Condition(self.figure, self.operator, value, self.block or "")

    @api.constrains("figure", "operator", "number", *CHOICES)
    def _check_sense(self):
        for condition in self:
            wrong = problem(condition._b2b_rule(), condition.kind)
            if wrong:
                raise ValidationError(condition._b2b_problem_text(wrong))

    def _b2b_problem_text(self, wrong):
        words = self._b2b_labels()
        values = {"figure": words["figure"], "operator": words["operator"]}
        if wrong == "operator":
            return self.env._(
                "“%(figure)s” cannot be compared with “%(operator)s”; choose another "
                "comparison.",
                **values,
            )
        if wrong == "empty":
            return self.env._(
                "“%(figure)s %(operator)s” names nothing; add a value or remove the "
                "condition.",
                **values,
            )
        return self.env._(
            "“%(figure)s” counts days before today; enter a whole number.", **values
        )

    def _b2b_labels(self):
        """The words of figure and operator in the reader's language."""
        self.ensure_one()
        return {
            name: dict(self._fields[name]._description_selection(self.env))[self[name]]
            for name in ("figure", "operator")
        }

    # -- all parties at once ---------------------------------------------------

    def _b2b_domain(self, today):
        """The parties that fulfil this condition, as a domain of stored fields."""
        self.ensure_one()
        figure = self._b2b_figures()[self.figure]
        if figure.kind == CHOICE:
            return self._b2b_choice_domain(figure)
        if self.operator in ("set", "unset"):
            return self._b2b_known_domain(figure, self.operator == "set")
        if figure.kind == DAYS:
            day = today - relativedelta(days=int(self.number))
            return Domain(figure.field, MIRRORED[self.operator], day)
        domain = Domain(figure.field, SQL_OPERATORS[self.operator], self.number)
        if figure.zero_is_unknown:
            domain &= Domain(figure.field, "!=", 0)
        return domain

    def _b2b_choice_domain(self, figure):
        if self.operator in ("set", "unset"):
            return Domain(figure.field, "!=" if self.operator == "set" else "=", False)
        operator = "in" if self.operator == "in" else "not in"
        return Domain(figure.field, operator, self._b2b_chosen().ids)

    @api.model
    def _b2b_known_domain(self, figure, known):
        if figure.kind == DAYS:
            return Domain(figure.field, "!=" if known else "=", False)
        if figure.zero_is_unknown:
            return Domain(figure.field, "!=" if known else "=", 0)
        return Domain.TRUE if known else Domain.FALSE

    # -- one party, in words ---------------------------------------------------

    def _b2b_fact(self, party, today):
        """What is known of a party, for the pure functions."""
        self.ensure_one()
        figure = self._b2b_figures()[self.figure]
        value = party[figure.field]
        if figure.kind == CHOICE:
            return frozenset(value.ids)
        if figure.kind == DAYS:
            return (today - value).days if value else None
        return None if figure.zero_is_unknown and not value else value

    def _b2b_reason(self, party, today):
        """Why a party fulfils this condition: “turnover £12,400 ≥ £10,000”."""
        self.ensure_one()
        figure = self._b2b_figures()[self.figure]
        if self.operator in COMPARE:
            fact = self._b2b_fact(party, today)
            return self._b2b_number_reason(figure, party, fact)
        label = self._b2b_labels()["figure"].split(",")[0]
        if self.operator == "unset":
            return self.env._("%s is not known", label)
        if figure.kind != CHOICE:
            return self.env._("%s is known", label)
        has = ", ".join(party[figure.field].mapped("display_name"))
        if self.operator == "not_in":
            chosen = ", ".join(self._b2b_chosen().mapped("display_name"))
            has = has or self.env._("none")
            return self.env._(
                "%(label)s %(has)s, not %(chosen)s",
                label=label, has=has, chosen=chosen,
            )  # fmt: skip
        return f"{label} {has}"

    def _b2b_number_reason(self, figure, party, fact):
        label = self._b2b_labels()["figure"].split(",")[0]
        currency = party.b2b_company_currency_id
        if figure.kind == DAYS:
            one = fact == 1
            ago = self.env._("1 day ago") if one else self.env._("%s days ago", fact)
            return f"{label} {ago} {SIGNS[self.operator]} {int(self.number)}"
        fact, limit = (
            self._b2b_number_text(figure, value, currency)
            for value in (fact, self.number)
        )
        return f"{label} {fact} {SIGNS[self.operator]} {limit}"

    @api.model
    def _b2b_number_text(self, figure, value, currency):
        if figure.money:
            return whole_money(self.env, value, currency)
        return formatLang(self.env, value, digits=0 if value == int(value) else 2)

    # -- the segment learns of changes -----------------------------------------

    @api.depends("figure", "operator", "number", *CHOICES)
    def _compute_display_name(self):
        for condition in self:
            if not (condition.figure and condition.operator):
                condition.display_name = ""
                continue
            words = condition._b2b_labels()
            parts = [f"{words['figure']}:", words["operator"]]
            if condition.kind == CHOICE and condition.operator in ("in", "not_in"):
                parts.append(", ".join(condition._b2b_chosen().mapped("display_name")))
            elif condition.operator in COMPARE:
                figure = self._b2b_figures()[condition.figure]
                currency = condition.segment_id.currency_id
                number = condition.number
                parts.append(self._b2b_number_text(figure, number, currency))
            condition.display_name = " ".join(parts)

    @api.model_create_multi
    def create(self, vals_list):
        conditions = super().create(vals_list)
        conditions.segment_id._b2b_mark_changed()
        return conditions

    def write(self, vals):
        result = super().write(vals)
        self.segment_id._b2b_mark_changed()
        return result

    def unlink(self):
        segments = self.segment_id
        result = super().unlink()
        segments.exists()._b2b_mark_changed()
        return result
