import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError

from ..rules import sheet, sheet_book
from ..tools import number

#: Signs of a pasted text.
MOST_TEXT = 2_000_000


class B2bPortalQuickRead(models.AbstractModel):
    """Reads what was pasted or uploaded into rows of code and quantity."""

    _name = "b2b.portal.quick.read"
    _description = "Reading of quick orders"

    @api.model
    def _b2b_read(self, text="", data="", columns=None, name=""):
        """Rows of a pasted text or of a file.

        :param str text: pasted
        :param str data: a file's bytes in base64
        :param columns: ``[code, quantity, heading]`` as chosen by the buyer; guessed
            from headings and contents by default
        :param str name: of the file
        :return: dict with ``rows`` (``[number, code, quantity]``), ``columns`` and
            ``sample`` (the first rows as they stand)
        :raise UserError: one sentence that says what to do
        """
        try:
            rows = self._b2b_rows_of(text, data, name)
        except sheet.TooManyRows as error:
            raise UserError(self._b2b_too_many()) from error
        if not rows:
            raise UserError(self.env._("There are no rows in it."))
        chosen = self._b2b_columns(columns) or sheet.columns_of(rows)
        found = sheet.pick(rows, chosen)
        if len(found) > sheet.MOST_ROWS:
            raise UserError(self._b2b_too_many())
        if not found:
            raise UserError(self.env._("There is a heading in it, but no rows."))
        return {
            "rows": [list(row) for row in found],
            "columns": [chosen.code, chosen.quantity, chosen.heading],
            "sample": [cells[:12] for _number, cells in rows[:4]],
        }

    @api.model
    def _b2b_too_many(self):
        return self.env._(
            "There are more than %s rows in it. Nothing was read; send it in parts.",
            number(self.env, sheet.MOST_ROWS),
        )

    @api.model
    def _b2b_columns(self, columns):
        if not (isinstance(columns, list) and len(columns) == 3):
            return None
        code, quantity, heading = columns
        places = range(-1, sheet.MOST_COLUMNS)
        if code not in places[1:] or quantity not in places or code == quantity:
            raise UserError(
                self.env._("Choose one column for the code and another for quantities.")
            )
        return sheet.Columns(code, quantity, bool(heading))

    @api.model
    def _b2b_rows_of(self, text, data, name=""):
        if not data:
            if not isinstance(text, str) or len(text) > MOST_TEXT:
                raise UserError(self.env._("This text is too long; send it as a file."))
            return sheet.split(text)
        raw = self._b2b_bytes(data)
        if not sheet_book.is_workbook(raw):
            return self._b2b_rows_of_text(raw, name)
        try:
            return sheet_book.rows_of(raw)
        except sheet_book.NotRead as error:
            raise UserError(self._b2b_not_read(error.args[0])) from error

    @api.model
    def _b2b_bytes(self, data):
        most = sheet_book.MOST_BYTES
        if not isinstance(data, str) or len(data) > most * 4 / 3 + 4:
            raise UserError(
                self.env._(
                    "The file is larger than %s MB; a quick order is far smaller. "
                    "Nothing was read.",
                    most // 1_000_000,
                )
            )
        try:
            return base64.b64decode(data, validate=True)
        except binascii.Error as error:
            raise UserError(
                self.env._("The file did not arrive; send it again.")
            ) from (error)

    @api.model
    def _b2b_rows_of_text(self, raw, name):
        misnamed = isinstance(name, str) and sheet.is_misnamed(name)
        if misnamed or sheet.is_document(raw):
            raise UserError(self._b2b_not_read(sheet_book.UNKNOWN))
        try:
            return sheet.split(sheet.decode(raw))
        except UnicodeDecodeError as error:
            raise UserError(self._b2b_not_read(sheet_book.UNKNOWN)) from error

    @api.model
    def _b2b_not_read(self, code):
        _ = self.env._
        texts = {
            sheet_book.MACROS: lambda: _(
                "The file holds macros and was not opened; save it as a workbook "
                "without macros (.xlsx)."
            ),
            sheet_book.PROTECTED: lambda: _(
                "The file is protected by a password; save it without one."
            ),
            sheet_book.TOO_LARGE: lambda: _(
                "The sheet is far too large to be a quick order; copy the rows into a "
                "new file."
            ),
            sheet_book.DAMAGED: lambda: _(
                "The file is damaged; open it in your spreadsheet and save it anew."
            ),
            sheet_book.UNKNOWN: lambda: _(
                "This is no spreadsheet: CSV, XLSX, XLS and ODS can be read."
            ),
        }
        return texts[code]()
