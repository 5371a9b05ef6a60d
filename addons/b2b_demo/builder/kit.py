"""What the builders share: external ids, batched create, the calendar, the files."""

import csv
from datetime import date, datetime, time, timedelta
from functools import cached_property

import pytz

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import file_open

MODULE = "b2b_demo"
BUILT = "b2b_demo.built"
TZ = "Europe/London"
LAST_DAY = date(2011, 12, 9)
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "sale_no_log_for_new_lines": True,
}


class Kit:
    """One run of the demo builder."""

    def __init__(self, env):
        company = env.ref("base.main_company")
        self.env = env(
            su=True,
            context=dict(
                env.context,
                lang="en_US",
                tz=TZ,
                allowed_company_ids=company.ids,
                **QUIET,
            ),
        )
        self.company = company.with_env(self.env)

    def check_empty(self):
        """A demo business is never mixed with a real one."""
        if self.env["account.move"].search_count([("state", "=", "posted")], limit=1):
            raise UserError(
                self.env._(
                    "This database already has posted entries; the demo business "
                    "needs an empty one."
                )
            )

    # -- records by external id ---------------------------------------------------

    @property
    def is_built(self):
        return bool(self.env["ir.config_parameter"].get_param(BUILT))

    def done(self):
        self.env["ir.config_parameter"].set_param(BUILT, str(self.today))

    def find(self, name):
        """The record of this name, or None."""
        return self.env.ref(f"{MODULE}.{name}", raise_if_not_found=False)

    def get(self, name):
        """The record of this name; it must exist."""
        return self.env.ref(f"{MODULE}.{name}")

    def many(self, names):
        """Records of several names of one model."""
        records = [self.get(name) for name in names]
        return records[0].browse([record.id for record in records])

    def record(self, name, model, values):
        """One record, made when it is missing."""
        found = self.find(name)
        if not found:
            found = self.env[model].create(values)
            self.name(found, [name])
        return found

    def records(self, model, values_by_name):
        """Several records made in one batch; those that exist are left alone."""
        missing = {
            name: values
            for name, values in values_by_name.items()
            if not self.find(name)
        }
        made = self.env[model].create(list(missing.values()))
        self.name(made, missing)
        return self.many(values_by_name)

    def name(self, records, names):
        """Give records their external ids; an update of the addon keeps them."""
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": f"{MODULE}.{name}", "record": record, "noupdate": True}
                for name, record in zip(names, records, strict=True)
            ]
        )

    @cached_property
    def warehouse(self):
        """The company's own warehouse; it is renamed, never made."""
        return self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], order="id", limit=1
        )

    # -- calendar -----------------------------------------------------------------

    @cached_property
    def today(self):
        return fields.Date.context_today(self.company)

    @cached_property
    def _shift(self):
        """Whole weeks, so that weekdays stay, to the last Friday before today."""
        return timedelta(days=(self.today - LAST_DAY).days // 7 * 7)

    def moved(self, text, years_back=0):
        """A moment of the data set, moved to end today, as naive UTC."""
        local = datetime.fromisoformat(text) + self._shift
        local -= timedelta(weeks=52 * years_back)
        moment = pytz.timezone(TZ).localize(local)
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    def moment(self, days_ago, hour=9, minute=0):
        """A moment some days before today, as naive UTC."""
        day = self.today - timedelta(days=days_ago)
        local = pytz.timezone(TZ).localize(datetime.combine(day, time(hour, minute)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def month_start(self):
        """The first moment of this month, as naive UTC."""
        return self.moment(self.today.day - 1, 0)

    # -- files --------------------------------------------------------------------

    def rows(self, filename):
        """Rows of a CSV file of the extract."""
        with file_open(f"{MODULE}/data/{filename}", "r") as stream:
            return list(csv.DictReader(stream))
