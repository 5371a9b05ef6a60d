from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, format_datetime

from ..rules import audit
from ..tools import money

LONGEST = 500
#: Above it nobody means an amount, and no figure could be written.
MOST = 999_999_999_999


class AuditMixin(models.AbstractModel):
    """Writes a line of the log for each change of an audited field.

    A model says which fields count (:meth:`_b2b_audited_fields`) and whose party a
    record is about (:meth:`_b2b_audit_party`). A call costs the same number of queries
    for one record and for hundreds, and none when nothing audited is written.
    """

    _name = "b2b.audit.mixin"
    _description = "B2B Audited Record"

    # -- what a model says about itself -----------------------------------------------

    @api.model
    def _b2b_audited_fields(self):
        """Names of the fields whose changes are logged."""
        return ()

    def _b2b_audit_party(self):
        """The party that this record is about; empty when it serves all."""
        self.ensure_one()
        return self.env["res.partner"]

    def _b2b_audit_persons(self):
        """Persons whose name stands in the record's own name."""
        self.ensure_one()
        return self.env["b2b.person"]

    def _b2b_audit_value_persons(self, name):
        """Persons whose name, e-mail or phone stands in the value of a field."""
        self.ensure_one()
        value = self[name]
        kind = self._fields[name].comodel_name
        if kind == "b2b.person":
            return value
        if kind == "b2b.seat":
            return value.person_id
        if kind == "res.users":
            return value.b2b_seat_ids.person_id
        return self.env["b2b.person"]

    def _b2b_audit_name(self):
        """What the record is called in the log."""
        self.ensure_one()
        return self.display_name

    def _b2b_audit_scope(self):
        """The records whose changes count."""
        return self

    # -- the ORM's doors --------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._b2b_audited_fields():
            records._b2b_audit_whole(audit.CREATED)
        return records

    def write(self, vals):
        names = [name for name in self._b2b_audited_fields() if name in vals]
        if not names or not self:
            return super().write(vals)
        # sudo: who may write a field need not be able to read it in words.
        watched = self.sudo()._b2b_audit_scope()
        before = watched._b2b_audit_snapshot(names)
        result = super().write(vals)
        watched._b2b_audit_changes(names, before)
        return result

    def unlink(self):
        if self._b2b_audited_fields():
            self._b2b_audit_whole(audit.DELETED)
        return super().unlink()

    # -- lines ----------------------------------------------------------------------

    def _b2b_audit_speaking(self):
        """These records with all rights, in the one language of the log."""
        lang = self.env.company.sudo().partner_id.lang or "en_US"
        return self.sudo().with_context(lang=lang, active_test=False)

    def _b2b_audit_snapshot(self, names):
        """What the fields hold: ``{id: {name: (plain, words, persons)}}``."""
        records = self._b2b_audit_speaking()
        return {
            record.id: {
                name: (
                    record._b2b_audit_plain(name),
                    record._b2b_audit_words(name),
                    record._b2b_audit_value_persons(name),
                )
                for name in names
            }
            for record in records
        }

    def _b2b_audit_plain(self, name):
        value = self[name]
        return tuple(value.ids) if isinstance(value, models.BaseModel) else value

    def _b2b_audit_words(self, name):
        """The value as a reader understands it, never an id."""
        field, value = self._fields[name], self[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value) or ""
        if field.relational:
            return ", ".join(sorted(value.mapped("display_name")))
        if field.type == "monetary":
            return self._b2b_audit_money(name)
        if field.type == "date":
            return format_date(self.env, value) if value else ""
        if field.type == "datetime":
            return format_datetime(self.env, value) if value else ""
        if field.type in ("float", "integer"):
            return audit.number(value)
        return str(value)[:LONGEST] if value else ""

    def _b2b_audit_money(self, name):
        """An amount with its currency.

        :raise ValidationError: for one that nobody can mean
        """
        value = self[name]
        if not -MOST <= value <= MOST:
            raise ValidationError(
                self.env._(
                    "“%(field)s” is larger than anybody means; enter at most %(most)s.",
                    field=self._b2b_audit_label(name),
                    most=f"{MOST:,}",
                )
            )
        currency = self[self._fields[name].get_currency_field(self)]
        return money(self.env, value, currency or self.env.company.currency_id)

    def _b2b_audit_changes(self, names, before):
        rows = []
        for record in self._b2b_audit_speaking():
            old = before.get(record.id, {})
            plain = {name: old[name][0] for name in old}
            now = {name: record._b2b_audit_plain(name) for name in old}
            for name in audit.changed(plain, now):
                _plain, words, persons = old[name]
                persons |= record._b2b_audit_value_persons(name)
                after = record._b2b_audit_words(name)
                row = record._b2b_audit_row(audit.CHANGED, words, after, persons)
                row["field"], row["label"] = name, record._b2b_audit_label(name)
                row["company_id"] = record._b2b_audit_company(name).id
                rows.append(row)
        self._b2b_audit_save(rows)

    def _b2b_audit_whole(self, kind):
        """One line for each new or deleted record, with what it says."""
        rows = []
        for record in self.sudo()._b2b_audit_scope()._b2b_audit_speaking():
            pairs = [
                (record._b2b_audit_label(name), record._b2b_audit_words(name))
                for name in self._b2b_audited_fields()
                if record[name] and not record._b2b_audit_value_persons(name)
            ]
            text = audit.summary(pairs)[:LONGEST]
            words = (text, "") if kind == audit.DELETED else ("", text)
            rows.append(record._b2b_audit_row(kind, *words))
        self._b2b_audit_save(rows)

    def _b2b_audit_label(self, name):
        return self._fields[name].get_description(self.env, ["string"])["string"]

    def _b2b_audit_row(self, kind, before, after, persons=None):
        """Values of one line about this record.

        :param persons: b2b.person, those whose words stand in before or after
        """
        self.ensure_one()
        named = self._b2b_audit_persons()
        words = {"record": self._b2b_audit_name(), "before": before, "after": after}
        hidden = ("record",) * bool(named) + ("before", "after") * bool(persons)
        everybody = named | persons if persons else named
        return {
            "kind": kind,
            "model": self._name,
            "res_id": self.id,
            "party_id": self._b2b_audit_party().id,
            "company_id": self._b2b_audit_company().id,
            "label": self._b2b_audit_kind_word(kind),
            "personal_keys": ",".join(hidden),
            "personal": {key: words[key] for key in hidden} or False,
            "person_ids": [(6, 0, everybody.ids)] if everybody else False,
            **{
                f"plain_{key}": "" if key in hidden else text
                for key, text in words.items()
            },
        }

    def _b2b_audit_kind_word(self, kind):
        entries = self.env["b2b.audit.entry"]
        return dict(entries._fields["kind"]._description_selection(self.env))[kind]

    def _b2b_audit_company(self, name=None):
        if name and self._fields[name].company_dependent:
            return self.env.company
        if "company_id" in self._fields:
            return self.company_id
        return self.env["res.company"]

    def _b2b_audit_note(self, label, before="", after=""):
        """A line about something that was done, not about one field.

        :param str label: what was done: "Merged", "Invited again" ...
        """
        rows = [
            record._b2b_audit_row(audit.EVENT, before, after)
            for record in self._b2b_audit_speaking()
        ]
        self._b2b_audit_save([{**row, "label": label} for row in rows])

    def _b2b_audit_save(self, rows):
        if not rows:
            return
        user, context = self.env.user, self.env.context
        who = {
            "user_id": user.id,
            "seat_id": user._b2b_seat_id() if user.share else False,
            "source": audit.source(
                user.id == SUPERUSER_ID,
                user.share,
                bool(context.get("import_file") or "_import_current_module" in context),
            ),
        }
        # sudo: nobody has the right to write lines; this is the only place that does.
        entries = self.env["b2b.audit.entry"].sudo().with_context(tracking_disable=True)
        entries.create([{**row, **who} for row in rows])
