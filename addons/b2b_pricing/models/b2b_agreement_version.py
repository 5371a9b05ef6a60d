from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

#: What was agreed. A running version keeps it; a change makes a new version.
TERMS = frozenset(
    {
        "company_id",
        "party_id",
        "customer_group_id",
        "pricelist_id",
        "payment_term_id",
        "prepayment_percent",
        "fiscal_position_id",
        "incoterm_id",
        "date_start",
    }
)


class Agreement(models.Model):
    """States and versions: what orders were made under never changes afterwards."""

    _inherit = "b2b.agreement"

    @api.model
    def _b2b_terms(self):
        """Names of the fields that a running agreement keeps."""
        return TERMS

    def write(self, vals):
        self._b2b_check_frozen(vals)
        result = super().write(vals)
        if "pricelist_id" in vals:
            self.pricelist_id._b2b_mark_private()
        return result

    def _b2b_check_frozen(self, vals):
        if "state" in vals and not self.env.su:
            for agreement in self:
                if agreement.state != vals["state"]:
                    raise UserError(
                        self.env._("The state is changed with the buttons above.")
                    )
        touched = self._b2b_terms() & vals.keys()
        for agreement in self.filtered(lambda a: a.state != "draft"):
            changed = [
                name for name in touched if agreement._b2b_differs(name, vals[name])
            ]
            if changed:
                raise UserError(agreement._b2b_frozen_text(sorted(changed)))

    def _b2b_differs(self, name, value):
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(
            self[name], self
        )

    def _b2b_frozen_text(self, names):
        labels = ", ".join(
            self._fields[name].get_description(self.env)["string"] for name in names
        )
        if self.state == "closed":
            return self.env._(
                "“%(name)s” is closed and keeps its terms: %(fields)s.",
                name=self.name,
                fields=labels,
            )
        return self.env._(
            "“%(name)s” is running and keeps its terms: %(fields)s. Make a new version "
            "instead, old orders keep theirs.",
            name=self.name,
            fields=labels,
        )

    def _b2b_set_state(self, state, **values):
        self.check_access("write")
        # sudo: nobody writes the state but the buttons that end here.
        self.sudo().write({"state": state, **values})

    def action_run(self):
        """Let new orders use the agreement; it takes the place of its forerunner."""
        today = fields.Date.context_today(self)
        for agreement in self:
            if agreement.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” is not a draft; only drafts can be started.",
                        agreement.name,
                    )
                )
            start = agreement.date_start or today
            agreement._b2b_end_forerunners(start, today)
            agreement._b2b_set_state("running", date_start=start)
        return True

    def _b2b_end_forerunners(self, start, today):
        """Older versions end the day before this one begins."""
        older = self._b2b_versions().filtered(
            lambda a: a.state == "running" and a.version < self.version
        )
        last = start - timedelta(days=1)
        for forerunner in older:
            if forerunner.is_default:
                self.is_default = True
            begin = forerunner.date_start or last
            end = max(begin, min(forerunner.date_end or last, last))
            if start <= today or begin > last:
                forerunner._b2b_set_state("closed", date_end=end, is_default=False)
            else:
                forerunner.date_end = end

    def action_close(self):
        """No new orders from now on; orders under it keep their terms."""
        today = fields.Date.context_today(self)
        for agreement in self.filtered(lambda a: a.state == "running"):
            end = agreement.date_end
            values = {"is_default": False}
            if not end or end > today:
                values["date_end"] = max(today, agreement.date_start or today)
            agreement._b2b_set_state("closed", **values)
        return True

    def action_draft(self):
        """Back to draft, as long as no order was made under it."""
        for agreement in self:
            used = (
                self.env["sale.order"]
                .sudo()
                .search_count([("b2b_agreement_id", "=", agreement.id)], limit=1)
            )
            if used:
                raise UserError(
                    self.env._(
                        "“%s” is used by orders and keeps its terms; make a new "
                        "version.",
                        agreement.name,
                    )
                )
            agreement._b2b_set_state("draft")
        return True

    def action_new_version(self):
        """Open a draft with the same terms that will replace this version."""
        self.ensure_one()
        newest = self._b2b_versions()[:1] or self
        if newest.state == "draft":
            return newest._b2b_open()
        tomorrow = fields.Date.context_today(self) + timedelta(days=1)
        start = max(tomorrow, newest.date_start or tomorrow)
        end = newest.date_end
        fresh = newest.copy(
            {
                "number": newest.number,
                "version": newest.version + 1,
                "previous_id": newest.id,
                "date_start": start,
                "date_end": end if end and end >= start else False,
                "name": newest.name,
            }
        )
        fresh._b2b_take_over(newest)
        return fresh._b2b_open()

    def _b2b_take_over(self, former):
        """What a new version keeps that a copy does not; addons add."""
        self.ensure_one()

    def _b2b_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "b2b.agreement",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_open_orders(self):
        """Open the orders under this version."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders under %s", self.name),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("b2b_agreement_id", "=", self.id)],
        }
