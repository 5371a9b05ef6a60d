"""Files of the budget page: no environment, no database."""

import csv
import io

import xlsxwriter

#: What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value):
    """A text that no spreadsheet runs; numbers stay numbers.

    >>> safe("=1+1")
    "'=1+1"
    """
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def as_csv(sheets):
    """The first sheet as text for a spreadsheet, with the mark of its encoding."""
    _name, head, rows = sheets[0]
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerows([[safe(value) for value in row] for row in (head, *rows)])
    return ("\ufeff" + sink.getvalue()).encode()


def as_xlsx(sheets):
    """All sheets: ``(name, head, rows)`` each."""
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        bold, money = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "#,##0.00"}),
        )
        for name, head, rows in sheets:
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(head) - 1, 18)
            for column, word in enumerate(head):
                sheet.write_string(0, column, word, bold)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, (int, float)):
                        sheet.write_number(number, column, value, money)
                    else:
                        sheet.write_string(number, column, str(value))
    return sink.getvalue()
