"""A pasted text or a text file as rows of cells, and which columns mean what."""

import csv
import io
import re
from dataclasses import dataclass

#: Rows of one quick order.
MOST_ROWS = 5_000
MOST_COLUMNS = 50
#: Signs of one cell that are read; a code or a quantity has fewer.
LONGEST_CELL = 500

# Byte order marks, the longer first.
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SEPARATORS = ("\t", ";", ",", "|")

# Names of files whose contents are no text; a text under such a name is something else.
BOOK_NAMES = frozenset(
    "doc docx gif jpeg jpg odp ods odt pdf png ppt pptx rtf xls xlsb xlsm xlsx "
    "zip".split()
)
# How documents begin that are made of letters but are no rows.
DOCUMENTS = (b"%PDF-", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")

CODE_WORDS = frozenset(
    "code sku article articleno articlenumber articlecode item itemno itemnumber "
    "itemcode product productcode productno stockcode partno partnumber reference ref "
    "barcode ean gtin upc yourcode owncode artikel artikelnummer artikelnr artnr "
    "bestellnummer materialnummer".split()
)
QUANTITY_WORDS = frozenset(
    "qty quantity quantities amount pieces pcs units count number ordered orderqty "
    "menge anzahl stück stueck stk bestellmenge".split()
)


class TooManyRows(ValueError):
    """More filled rows than are read at once."""


@dataclass(frozen=True)
class Columns:
    """Places of code and quantity, counted from 0; ``quantity`` -1 if there is none.

    :param heading: whether the first filled row names the columns
    """

    code: int = 0
    quantity: int = 1
    heading: bool = False


def is_misnamed(name):
    """Whether a file of that name, being a text, is not what its name says."""
    _stem, dot, ending = name.rpartition(".")
    return bool(dot) and ending.lower() in BOOK_NAMES


def is_document(raw):
    """Whether bytes begin as a document does that holds no rows."""
    return raw[:64].lstrip().lower().startswith(tuple(map(bytes.lower, DOCUMENTS)))


def decode(raw):
    """Text out of bytes: by its mark, else UTF-8, else Windows' western letters.

    :raise UnicodeDecodeError: for bytes that are no text, such as a picture
    """
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding)
    if raw[1:2] == b"\0" or raw[:1] == b"\0":
        return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be")
    if b"\0" in raw:
        raise UnicodeDecodeError("text", raw[:20], 0, 1, "a zero byte")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def split(text):
    """Numbered rows of cells: ``[(number, [cell, ...]), ...]`` without empty rows.

    Numbers are lines as a spreadsheet shows them, empty ones counted.

    :raise TooManyRows: for more than ``MOST_ROWS`` and a heading
    """
    separator = separator_of(text)
    if not separator:
        return filled(enumerate(map(blank_separated, text.splitlines()), 1))
    source = io.StringIO(text, newline="")
    try:
        return filled(
            enumerate(csv.reader(source, delimiter=separator, strict=True), 1)
        )
    except csv.Error:
        # Quotes that do not fit: every line for itself, signs as they stand.
        return filled(
            (number, line.split(separator))
            for number, line in enumerate(text.splitlines(), 1)
        )


def blank_separated(line):
    """``22423 10`` as two cells; any other line is one code."""
    found = re.fullmatch(r"\s*(\S+)\s+([-+=]?\d+(?:[.,]\d+)?)\s*", line)
    return list(found.groups()) if found else [line]


def filled(rows):
    """Rows that hold anything, their cells shortened.

    :param rows: iterable of ``(number, list of texts)``; read only as far as needed
    """
    found = []
    for number, cells in rows:
        cells = [cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]
        while cells and not cells[-1].strip():
            del cells[-1]
        if cells:
            found.append((number, cells))
            if len(found) > MOST_ROWS + 1:
                raise TooManyRows
    return found


def separator_of(text):
    """The separator of the first filled lines, or "" when there is none."""
    lines = [line for line in text.splitlines()[:200] if line.strip()][:20]
    best, most = "", 0
    for separator in SEPARATORS:
        having = sum(separator in line for line in lines)
        if having > most and having * 2 >= len(lines):
            best, most = separator, having
    return best


def columns_of(rows):
    """Guess the columns from their headings, else from what stands in them.

    :param rows: result of :func:`split`, not empty
    :return: :class:`Columns`
    """
    named = _by_heading(rows[0][1])
    if named:
        return named
    width = max(len(cells) for _number, cells in rows[:100])
    if width == 1:
        return Columns(0, -1)
    return _by_content([cells for _number, cells in rows[:100]], width)


def _by_heading(cells):
    words = [re.sub(r"[\W_]+", "", cell.casefold()) for cell in cells]
    code = next((n for n, word in enumerate(words) if word in CODE_WORDS), None)
    quantity = next(
        (n for n, word in enumerate(words) if word in QUANTITY_WORDS and n != code),
        None,
    )
    if code is None and quantity is None:
        return None
    if code is None:
        code = next((n for n in range(len(cells)) if n != quantity), 0)
    if quantity is None:
        quantity = (
            -1 if len(cells) == 1 else next(n for n in range(len(cells)) if n != code)
        )
    return Columns(code, quantity, True)


def _by_content(rows, width):
    """Quantities are short numbers that repeat, codes differ from row to row."""

    def cells(column):
        return [row[column].strip() for row in rows if column < len(row)]

    def small(column):
        return sum(
            bool(re.fullmatch(r"[-+]?\d{1,4}([.,]\d+)?", c)) for c in cells(column)
        )

    def different(column):
        return len({cell for cell in cells(column) if cell})

    order = sorted(range(width), key=lambda n: (-small(n), different(n), n))
    quantity = order[0] if small(order[0]) else -1
    code = max(
        (n for n in range(width) if n != quantity),
        key=lambda n: (different(n), -n),
    )
    return Columns(code, quantity)


def pick(rows, columns):
    """``[(number, code, quantity text)]``; quantity None where there is no column."""

    def cell(cells, place):
        return cells[place] if 0 <= place < len(cells) else ""

    body = rows[1:] if columns.heading else rows
    return [
        (
            number,
            cell(cells, columns.code),
            None if columns.quantity < 0 else cell(cells, columns.quantity),
        )
        for number, cells in body
    ]
