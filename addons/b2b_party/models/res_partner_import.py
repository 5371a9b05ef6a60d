from odoo import api, models

from ..rules.group_import import conflicting_rows, repeated_rows

IDS = ("id", ".id")


class ResPartner(models.Model):
    """An import never gives a client two groups, nor an ERP ID to two parties.

    Odoo would take the last row of a client without a word, and reports a used
    number with the words of the database.
    """

    _inherit = "res.partner"

    @api.model
    def load(self, fields, data):
        self.browse().check_access("write")
        messages = self._b2b_check_rows(list(fields), data)
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        return super().load(fields, data)

    @api.model
    def _b2b_check_rows(self, names, rows):
        """Messages as :meth:`load` gives them, one per wrong row."""
        rows = [row for row in rows if len(row) == len(names)]
        ids = [names.index(name) for name in IDS if name in names]
        messages = []
        if "b2b_erp_ref" in names:
            column = names.index("b2b_erp_ref")
            for first, second, key in repeated_rows(rows, column, ids):
                text = self.env._(
                    "ERP ID %(key)s stands in row %(first)s as well; each party has "
                    "its own.",
                    key=key,
                    first=first + 1,
                )
                messages.append(self._b2b_row_message(second, "b2b_erp_ref", text))
        groups = [
            index
            for index, name in enumerate(names)
            if name.split("/")[0] == "b2b_customer_group_id"
        ]
        for first, second, _key, before, after in conflicting_rows(rows, ids, groups):
            text = self.env._(
                "The client of this row is in group %(after)s here and in %(before)s "
                "in row %(first)s; a client has one group.",
                after=" ".join(after),
                before=" ".join(before),
                first=first + 1,
            )
            messages.append(
                self._b2b_row_message(second, "b2b_customer_group_id", text)
            )
        return messages

    @api.model
    def _b2b_row_message(self, row, field, text):
        return {
            "type": "error",
            "message": text,
            "field": field,
            "record": row,
            "rows": {"from": row, "to": row},
        }
