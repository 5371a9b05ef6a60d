from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_date

from ..rules.absence import Absence


class StaffAbsence(models.Model):
    """One of us is away and somebody else answers.

    The stand-in sees the parties of the absent rep and is named to their buyers.
    """

    _name = "b2b.staff.absence"
    _description = "B2B Staff Absence"
    _order = "date_from desc, id desc"

    user_id = fields.Many2one(
        "res.users",
        "Who is away",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="The colleague who is away.",
    )
    stand_in_id = fields.Many2one(
        "res.users",
        "Stand-in",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False), ('id', '!=', user_id)]",
        help="Who answers meanwhile, and sees the parties of the absent colleague.",
    )
    date_from = fields.Date(
        "First day",
        required=True,
        default=fields.Date.context_today,
        help="First day away.",
    )
    date_to = fields.Date("Last day", required=True, help="Last day away.")
    note = fields.Char(help="For the team only; buyers do not see it.")
    is_running = fields.Boolean(
        "Away now",
        readonly=True,
        help="Set by the system while the absence lasts.",
    )

    _dates = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day away is before the first one."
    )
    _other = models.Constraint(
        "CHECK(user_id != stand_in_id)",
        "Nobody stands in for the own absence; name a colleague.",
    )
    _overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(user_id, user_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&)",
        "This colleague is already away on some of these days; change that absence.",
    )

    @api.depends_context("lang")
    @api.depends("user_id", "date_from", "date_to")
    def _compute_display_name(self):
        for absence in self:
            absence.display_name = self.env._(
                "%(who)s away until %(day)s",
                who=absence.user_id.name,
                day=format_date(self.env, absence.date_to),
            )

    @api.constrains("user_id", "stand_in_id")
    def _check_people(self):
        for absence in self:
            for user in absence.user_id | absence.stand_in_id:
                if not user.sudo()._is_internal():
                    raise ValidationError(
                        self.env._(
                            "%s does not work for us; absences are for our own people.",
                            user.sudo().name,
                        )
                    )

    def _check_own(self):
        """Naming a stand-in opens one's parties to him: for oneself, or managers."""
        if self.env.su or self.env.user.has_group("b2b_party.group_sales_manager"):
            return
        if self.user_id - self.env.user:
            raise AccessError(
                self.env._("Absences of colleagues are kept by a sales manager.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences._check_own()
        absences._b2b_mark_running()
        self.env.registry.clear_cache()
        return absences

    def write(self, vals):
        self._check_own()
        result = super().write(vals)
        self._check_own()
        if vals.keys() - {"is_running"}:
            self._b2b_mark_running()
        # Record rules read for whom a user stands in, which is cached.
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self._check_own()
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _b2b_absences(self, since):
        """Absences that last until a day or longer, as plain facts.

        :param since: first day that matters
        :return: list of :class:`~..rules.absence.Absence` of everybody still with us
        """
        # sudo: who answers is needed by record rules and portal pages.
        found = self.sudo().search(
            [("date_to", ">=", since), ("user_id.active", "=", True)]
        )
        return [
            Absence(a.user_id.id, a.stand_in_id.id, a.date_from, a.date_to)
            for a in found
        ]

    def _b2b_mark_running(self):
        """Keep the mark right; it is for lists and for noticing a new day."""
        today = fields.Date.context_today(self)
        for absence in self:
            running = absence.date_from <= today <= absence.date_to
            if absence.is_running != running:
                absence.is_running = running

    @api.model
    def _b2b_new_day(self):
        """Job: absences that began or ended change who sees which parties."""
        today = fields.Date.context_today(self)
        self.search(
            [
                "|",
                ("is_running", "=", True),
                "&",
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ]
        )._b2b_mark_running()
