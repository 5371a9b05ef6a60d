from datetime import datetime

from odoo import models
from odoo.tools.misc import get_lang

from ..rules import audit
from ..tools import day, money


class AuditEntry(models.Model):
    """The log in the words of a customer's administrator.

    A line is kept in the one language of the log, with dates and amounts as that
    language writes them. What a model says about itself (labels, choices, yes and no)
    is told to the reader in his own language; names stay as they are.
    """

    _inherit = "b2b.audit.entry"

    def _b2b_portal_values(self):
        values = super()._b2b_portal_values()
        values["label"] = self._b2b_read_label()
        for name in ("before", "after"):
            values[name] = self._b2b_read(values[name])
        return values

    def _b2b_read_label(self):
        """The changed setting, or what was done, in the reader's language."""
        if self.field:
            return self._b2b_words_of(self.env).get(self.field, self.label)
        done = dict(self._fields["kind"]._description_selection(self.env))
        return self.label if self.kind == audit.EVENT else done[self.kind]

    def _b2b_read(self, text):
        if self.field:
            return self._b2b_read_value(self.field, text)
        names = {
            label: name for name, label in self._b2b_words_of(self._b2b_log()).items()
        }
        own = self._b2b_words_of(self.env)
        told = []
        for label, words in audit.parts(text, names):
            name = names.get(label)
            if not name:
                return text
            told.append((own[name], self._b2b_read_value(name, words)))
        return audit.summary(told)

    def _b2b_log(self):
        """Environment of the log's language."""
        return self.env["b2b.audit.mixin"]._b2b_audit_speaking().env

    def _b2b_words_of(self, env):
        """Labels of the fields of the line's model: ``{name: label}``."""
        if self.model not in env:
            return {}
        model = env[self.model]
        wanted = {*model._b2b_audited_fields(), self.field}
        return {
            name: model._fields[name].get_description(env, ["string"])["string"]
            for name in wanted
            if name in model._fields
        }

    def _b2b_read_value(self, name, text):
        """A value in words, read in the log's language and told in the reader's."""
        known = self.model in self.env and self.env[self.model]._fields.get(name)
        if not known or not text:
            return text
        if known.type in ("boolean", "selection"):
            return self._b2b_read_choice(known, text)
        if known.type in ("date", "datetime"):
            return self._b2b_read_day(text)
        return self._b2b_read_money(text) if known.type == "monetary" else text

    def _b2b_read_choice(self, field, text):
        here, there = self.env, self._b2b_log()
        if field.type == "boolean":
            pairs = {there._("Yes"): here._("Yes"), there._("No"): here._("No")}
            return pairs.get(text, text)
        told = dict(field._description_selection(here))
        for key, words in field._description_selection(there):
            if words == text:
                return told[key]
        return text

    def _b2b_read_day(self, text):
        written = get_lang(self._b2b_log()).date_format
        try:
            found = datetime.strptime(text, written)
        except ValueError:
            return text
        return day(self.env, found, year=True)

    def _b2b_read_money(self, text):
        lang = get_lang(self._b2b_log())
        found = audit.amount_of(text, lang.decimal_point, lang.thousands_sep)
        currency = found and self._b2b_currency_of(found[1])
        return money(self.env, found[0], currency) if currency else text

    def _b2b_currency_of(self, sign):
        """The currency with this sign or code, from memory; empty for none in use."""
        # sudo: which currencies are in use is no secret.
        currencies = self.env["res.currency"].sudo()
        for number, known in currencies.get_all_currencies().items():
            if sign and sign in (known["symbol"], known["name"]):
                return currencies.browse(int(number))
        return currencies
