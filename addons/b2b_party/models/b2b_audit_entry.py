from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import audit

PORTAL_LIMIT = 200


class AuditEntry(models.Model):
    """One line of the log: who changed what, when, from what to what.

    Written by :class:`AuditMixin` only; nobody changes or deletes a line. Words about
    persons sit in ``personal`` and are emptied when the person is erased; everything
    else stays as it was written.
    """

    _name = "b2b.audit.entry"
    _description = "B2B Log Entry"
    _order = "id desc"
    _rec_name = "label"

    create_date = fields.Datetime("When", readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Who",
        readonly=True,
        ondelete="set null",
        index=True,
        help="The user who made the change.",
    )
    seat_id = fields.Many2one(
        "b2b.seat",
        "Acting seat",
        readonly=True,
        ondelete="set null",
        help="The customer's seat that made the change in the portal.",
    )
    party_id = fields.Many2one(
        "res.partner",
        readonly=True,
        ondelete="set null",
        index=True,
        help="The party the change is about; empty for what serves all parties.",
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        help="The company of the changed record, or whose value it is.",
    )
    model = fields.Char("Kind of record", readonly=True, index=True)
    model_name = fields.Char("Record type", compute="_compute_model_name")
    res_id = fields.Many2oneReference("Record", model_field="model", readonly=True)
    kind = fields.Selection(
        [
            (audit.CREATED, "Created"),
            (audit.CHANGED, "Changed"),
            (audit.DELETED, "Deleted"),
            (audit.EVENT, "Done"),
        ],
        required=True,
        default=audit.CHANGED,
        readonly=True,
        help="What happened.",
    )
    field = fields.Char("Technical field", readonly=True)
    label = fields.Char("What", readonly=True, help="The setting that was changed.")
    source = fields.Selection(
        [
            (audit.BACK_OFFICE, "Back office"),
            (audit.PORTAL, "Portal"),
            (audit.IMPORT, "Import"),
            (audit.SYSTEM, "System"),
        ],
        required=True,
        readonly=True,
        help="Where the change was made.",
    )
    plain_record = fields.Char(readonly=True)
    plain_before = fields.Char(readonly=True)
    plain_after = fields.Char(readonly=True)
    personal_keys = fields.Char(
        readonly=True, help="Which words of the line are about a person."
    )
    personal = fields.Json(readonly=True)
    person_ids = fields.Many2many(
        "b2b.person",
        "b2b_audit_entry_person_rel",
        "entry_id",
        "person_id",
        "Persons",
        readonly=True,
        help="Whose name or address stands in this line.",
    )
    record_name = fields.Char(
        "Record name", compute="_compute_words", search="_search_record_name"
    )
    before = fields.Char(compute="_compute_words", search="_search_before")
    after = fields.Char(compute="_compute_words", search="_search_after")

    _party_date = models.Index("(party_id, id DESC)")
    _record = models.Index("(model, res_id)")

    @api.depends("model")
    def _compute_model_name(self):
        for entry in self:
            known = entry.model in self.env
            name = self.env["ir.model"]._get(entry.model).name if known else entry.model
            if entry.model == "res.partner":
                name = self.env._("Party")
            entry.model_name = (name or "").removeprefix("B2B ")

    @api.depends("personal", "personal_keys")
    def _compute_words(self):
        for entry in self:
            for name, key in (
                ("record_name", "record"),
                ("before", "before"),
                ("after", "after"),
            ):
                entry[name] = audit.shown(
                    entry[f"plain_{key}"], entry.personal, entry.personal_keys, key
                )

    def _search_record_name(self, operator, value):
        return self._b2b_search_words("record", operator, value)

    def _search_before(self, operator, value):
        return self._b2b_search_words("before", operator, value)

    def _search_after(self, operator, value):
        return self._b2b_search_words("after", operator, value)

    def _b2b_search_words(self, key, operator, value):
        if operator not in ("ilike", "=ilike", "like", "in"):
            return NotImplemented
        plain = Domain(f"plain_{key}", operator, value)
        if operator != "ilike":
            return plain
        return plain | Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s->>%s ILIKE %s", SQL.identifier(alias, "personal"), key, f"%{value}%"
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The log is written by the system only."))
        return super().create(vals_list)

    def write(self, vals):
        raise UserError(self.env._("The log cannot be changed."))

    def unlink(self):
        raise UserError(self.env._("The log cannot be deleted."))

    def copy_data(self, default=None):
        raise UserError(self.env._("The log is written by the system only."))

    def action_open_record(self):
        """Open what was changed; a merged party opens where it went to."""
        self.ensure_one()
        self.check_access("read")
        target = self._b2b_target()
        if not target:
            raise UserError(
                self.env._(
                    "%s does not exist any more.", self.record_name or self.label
                )
            )
        target.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": target.display_name,
            "res_model": target._name,
            "res_id": target.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _b2b_target(self):
        if self.model not in self.env:
            return self.party_id
        record = self.env[self.model].browse(self.res_id).exists()
        if not record and self.model == "res.partner":
            return self.party_id
        return record

    # -- what others ask ------------------------------------------------------------

    @api.model
    def _b2b_erase(self, persons):
        """Empty the personal words of these persons; the lines themselves stay.

        :param persons: b2b.person
        :return: number of lines that lost their words
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE b2b_audit_entry
                      SET personal = NULL
                    WHERE personal IS NOT NULL
                      AND id IN (SELECT entry_id FROM b2b_audit_entry_person_rel
                                  WHERE person_id IN %s)""",
                tuple(persons.ids) or (0,),
            )
        )
        count = self.env.cr.rowcount
        self.invalidate_model(["personal", "record_name", "before", "after"])
        return count

    @api.model
    def _b2b_portal_models(self):
        """Kinds of records whose log a company administrator may see; addons add."""
        return {"b2b.seat", "b2b.seat.role"}

    @api.model
    def _b2b_for_seat(self, seat, limit=50, offset=0, model=None):
        """The log of a party as its own administrator sees it.

        Seats, roles and (with ``b2b_budget``) budgets of the own party; nothing of
        prices, cost or credit. People of ours are shown as our company.

        :param seat: b2b.seat that asks; has to have the right to manage people
        :param int limit: at most 200
        :param str model: only this kind of record
        :return: list of dict: id, date (UTC), who, own (one of our people did it),
            source, kind, model, model_name, record, label, before, after
        :raise AccessError: for a seat without the right
        """
        seat.ensure_one()
        if seat.state != "active" or not seat.sudo().user_id._b2b_can("manage_seats"):
            raise AccessError(self.env._("Your role does not show the log."))
        models_shown = self._b2b_portal_models() & ({model} if model else {*self.env})
        # sudo: seats have no right on the log; right and party were checked above.
        entries = self.sudo().search(
            [
                ("party_id", "=", seat.sudo().party_id.id),
                ("model", "in", sorted(models_shown)),
            ],
            limit=min(max(int(limit), 1), PORTAL_LIMIT),
            offset=max(int(offset), 0),
        )
        return [entry._b2b_portal_values() for entry in entries]

    def _b2b_portal_values(self):
        self.ensure_one()
        own = self.user_id._is_internal() or not self.user_id.share
        who = (self.company_id or self.env.company).name if own else self.user_id.name
        return {
            "id": self.id,
            "date": self.create_date,
            "who": who,
            "own": own,
            "source": self.source,
            "kind": self.kind,
            "model": self.model,
            "model_name": self.model_name,
            "record": self.record_name,
            "label": self.label,
            "before": self.before,
            "after": self.after,
        }
