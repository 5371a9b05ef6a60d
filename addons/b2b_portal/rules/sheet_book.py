"""Workbooks (XLSX, XLS, ODS) as rows of texts; nothing in them is ever run.

A file of a few kilobytes can unpack to gigabytes: sizes are looked at first, and sheets
are read row by row, no further than is needed.
"""

import io
import struct
import zipfile
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import openpyxl
import xlrd
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException
from xlrd.compdoc import CompDocError

from . import sheet

#: Bytes of a file as it is sent.
MOST_BYTES = 5_000_000
#: Bytes of all parts of a workbook once unpacked.
MOST_UNPACKED = 60_000_000
MOST_PARTS = 2_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# The folder of macros of an old workbook, as its directory names it.
OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
# What the readers raise for a file that is cut off or changed by hand.
DAMAGES = (
    AssertionError, AttributeError, IndexError, KeyError, NotImplementedError,
    ParseError, TypeError, ValueError, InvalidFileException, etree.XMLSyntaxError,
    struct.error, xlrd.XLRDError, CompDocError, zipfile.BadZipFile,
)  # fmt: skip

MACROS = "macros"
TOO_LARGE = "too_large"
DAMAGED = "damaged"
PROTECTED = "protected"
UNKNOWN = "unknown"

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class NotRead(Exception):
    """A file that is not read; ``args[0]`` says why: one of the codes above."""


def is_workbook(raw):
    return raw.startswith((OLE, ZIP))


def rows_of(raw):
    """Numbered rows of the first sheet that holds anything, as of ``sheet.split``.

    :raise NotRead: for macros, passwords, damaged files and what unpacks too large
    :raise sheet.TooManyRows: for more rows than are read at once
    """
    reader = _old_sheets if raw.startswith(OLE) else _reader(raw)
    try:
        for rows in reader(raw):
            if found := sheet.filled(rows):
                return found
    except sheet.TooManyRows:
        raise
    except DAMAGES as error:
        protected = "encrypted" in str(error).lower()
        raise NotRead(PROTECTED if protected else DAMAGED) from error
    return []


def _reader(raw):
    """How a zipped workbook is read, after a look at its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise NotRead(DAMAGED) from error
    names = {info.filename for info in infos}
    if any(name.endswith("vbaProject.bin") for name in names) or any(
        name.startswith("Basic/") for name in names
    ):
        raise NotRead(MACROS)
    if any(info.flag_bits & 1 for info in infos):
        raise NotRead(PROTECTED)
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise NotRead(TOO_LARGE)
    if "content.xml" in names:
        return _open_sheets
    if "xl/workbook.xml" in names:
        return _new_sheets
    raise NotRead(UNKNOWN)


# -- XLSX ---------------------------------------------------------------------------


def _new_sheets(raw):
    book = openpyxl.load_workbook(
        io.BytesIO(raw), read_only=True, data_only=True, keep_links=False
    )
    for page in book.worksheets:
        # What the file says about its own size may be wrong.
        page.reset_dimensions()
        rows = page.iter_rows(max_col=sheet.MOST_COLUMNS, values_only=True)
        yield (
            (number, list(map(_text, row)))
            for number, row in enumerate(rows, 1)
            if any(row)
        )


# -- XLS ----------------------------------------------------------------------------


def _old_sheets(raw):
    if OLD_MACROS in raw:
        raise NotRead(MACROS)
    book = xlrd.open_workbook(
        file_contents=raw, on_demand=True, ragged_rows=True, logfile=io.StringIO()
    )
    for number in range(book.nsheets):
        page = book.sheet_by_index(number)
        yield (
            (row + 1, list(map(_text, page.row_values(row, 0, sheet.MOST_COLUMNS))))
            for row in range(page.nrows)
        )


# -- ODS ----------------------------------------------------------------------------


def _open_sheets(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        content = io.BytesIO(parts.read("content.xml"))
    # Entities stay as they are: they could grow without end.
    elements = etree.iterparse(
        content, events=("end",), tag=(f"{TABLE}table-row", f"{TABLE}table"),
        resolve_entities=False, no_network=True,
    )  # fmt: skip
    rows, number = [], 0
    for _event, element in elements:
        if element.tag == f"{TABLE}table":
            yield rows
            rows, number = [], 0
        else:
            cells = _open_cells(element)
            times = int(element.get(f"{TABLE}number-rows-repeated", 1))
            if any(cells):
                if len(rows) + times > sheet.MOST_ROWS + 1:
                    raise sheet.TooManyRows
                rows += [(number + time, cells) for time in range(1, times + 1)]
            number += times
        element.clear()


def _open_cells(row):
    cells = []
    for cell in row:
        if len(cells) >= sheet.MOST_COLUMNS:
            break
        times = int(cell.get(f"{TABLE}number-columns-repeated", 1))
        cells += [_open_text(cell)] * min(times, sheet.MOST_COLUMNS)
    return cells


def _open_text(cell):
    value = cell.get(f"{OFFICE}value")
    if value is not None:
        return _text(float(value))
    return "\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT}p"))


def _text(value):
    """A cell as it would be typed: a code of digits without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.10g}"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
