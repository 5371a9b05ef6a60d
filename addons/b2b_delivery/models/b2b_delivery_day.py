from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .b2b_delivery_closure import OWNERS

CLOSURE, EXCEPTION = "b2b.delivery.closure", "b2b.delivery.exception"
#: Names that both have, and what they are called there.
OF_CLOSURE = {
    name: name
    for name in (
        "name", "scope", "date_from", "date_to", "warehouse_id", "country_id",
        "partner_id", "company_id",
    )
}  # fmt: skip
OF_EXCEPTION = {
    "name": "name",
    "date_from": "date",
    "schedule_id": "schedule_id",
    "hour_from": "hour_from",
    "hour_to": "hour_to",
}
KINDS = {"schedule_closed": "closed", "schedule_open": "open"}


class DeliveryDay(models.Model):
    """One calendar of all days that differ: closed days and exceptions of schedules.

    A view on both; what is written goes to where it belongs, with the rights there.
    """

    _name = "b2b.delivery.day"
    _description = "B2B Closed and Extra Days"
    _auto = False
    _order = "date_from, id"
    _depends = {
        CLOSURE: [*OF_CLOSURE, "party_id"],
        EXCEPTION: [*OF_EXCEPTION.values(), "kind", "company_id"],
    }

    name = fields.Char("Reason", help="Shown to planners and customers.")
    scope = fields.Selection(
        [
            ("schedule_closed", "Schedule closed"),
            ("schedule_open", "Schedule open"),
            ("country", "Public holiday"),
            ("warehouse", "Warehouse"),
            ("partner", "Party or address"),
        ],
        "Who",
        required=True,
        default="schedule_closed",
        help="Whom the days are about. A schedule has a single date each time.",
    )
    date_from = fields.Date("First day", required=True, help="First of the days.")
    date_to = fields.Date("Last day", help="Last of the days; empty for a single one.")
    schedule_id = fields.Many2one(
        "b2b.delivery.schedule", help="Its frames of this date are replaced."
    )
    hour_from = fields.Float("From", help="Open days only; 0:00 to 0:00: as usual.")
    hour_to = fields.Float("To", help="Open days only; 0:00 to 0:00: as usual.")
    warehouse_id = fields.Many2one("stock.warehouse", help="Packs and sends nothing.")
    country_id = fields.Many2one("res.country", help="Where the holiday is.")
    partner_id = fields.Many2one("res.partner", help="Takes nothing in.")
    party_id = fields.Many2one("res.partner", help="The party of the address.")
    company_id = fields.Many2one("res.company", help="Empty: all your companies.")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT id * 2 AS id, name, scope, date_from, date_to,
                   NULL::integer AS schedule_id, NULL::float8 AS hour_from,
                   NULL::float8 AS hour_to, warehouse_id, country_id, partner_id,
                   party_id, company_id
              FROM b2b_delivery_closure
            UNION ALL
            SELECT id * 2 + 1, name, 'schedule_' || kind, date, date, schedule_id,
                   hour_from, hour_to, NULL, NULL, NULL, NULL, company_id
              FROM b2b_delivery_exception
            """
        )

    @api.depends("name", "scope", "date_from", "schedule_id", "warehouse_id")
    def _compute_display_name(self):
        labels = dict(self._fields["scope"]._description_selection(self.env))
        for day in self:
            who = (
                day.schedule_id.name
                or day.warehouse_id.name
                or day.partner_id.name
                or day.country_id.name
                or labels.get(day.scope, "")
            )
            # The reason first: a month has little room.
            day.display_name = " · ".join(filter(None, [day.name, who]))

    def _b2b_real(self):
        """The closed day or the exception behind this entry."""
        self.ensure_one()
        model = EXCEPTION if self.id % 2 else CLOSURE
        return self.env[model].browse(self.id // 2)

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        ids = [self._b2b_create_real(vals) for vals in vals_list]
        self.env.invalidate_all()
        return self.browse(ids)

    def _b2b_create_real(self, vals):
        scope = vals.get("scope") or "schedule_closed"
        real = {k: v for k, v in vals.items() if v not in (False, None)}
        if scope in KINDS:
            self._b2b_check_single(real.get("date_from"), real.get("date_to"))
            values = self._b2b_translated(real, OF_EXCEPTION)
            made = self.env[EXCEPTION].create({**values, "kind": KINDS[scope]})
            return made.id * 2 + 1
        values = self._b2b_closure_vals(scope, real)
        return self.env[CLOSURE].create(values).id * 2

    def write(self, vals):
        self.check_access("write")
        for day in self:
            scope = vals.get("scope", day.scope)
            if (scope in KINDS) != (day.scope in KINDS):
                raise UserError(
                    self.env._(
                        "A day of a schedule does not become another kind; delete it "
                        "and add the other one."
                    )
                )
            if scope in KINDS:
                first = vals.get("date_from", day.date_from)
                self._b2b_check_single(first, vals.get("date_to"))
                values = self._b2b_translated(vals, OF_EXCEPTION)
                values["kind"] = KINDS[scope]
            else:
                values = self._b2b_closure_vals(scope, vals)
                if "date_to" in values and not values["date_to"]:
                    values["date_to"] = vals.get("date_from", day.date_from)
            day._b2b_real().write(values)
        self.env.invalidate_all()
        return True

    def unlink(self):
        self.check_access("unlink")
        for day in self:
            day._b2b_real().unlink()
        self.env.invalidate_all()
        return True

    @api.model
    def _b2b_closure_vals(self, scope, vals):
        """Values of a closed day: the form keeps owners of other kinds, hidden."""
        values = self._b2b_translated(vals, OF_CLOSURE)
        if "scope" in vals:
            others = set(OWNERS.values()) - {OWNERS.get(scope)}
            values.update(dict.fromkeys(others, False))
        return values

    def _b2b_check_single(self, first, last):
        first, last = fields.Date.to_date(first), fields.Date.to_date(last)
        if first and last and first != last:
            raise UserError(
                self.env._(
                    "An exception of a schedule is one date; add one for each day, or "
                    "close the warehouse for several days."
                )
            )

    @api.model
    def _b2b_translated(self, vals, names):
        return {names[name]: value for name, value in vals.items() if name in names}
