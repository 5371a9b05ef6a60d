"""Workbooks (XLSX, XLS, ODS) as rows of texts; nothing in them is ever run.

A file of a few kilobytes can unpack to gigabytes, or name a row that a program would
count up to for hours: sizes are looked at first, and sheets are read row by row, no
further than is needed.
"""

import io
import lzma
import struct
import zipfile
import zlib
from datetime import date, datetime
from itertools import chain, takewhile
from xml.etree.ElementTree import ParseError

import openpyxl
import xlrd
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser
from xlrd.compdoc import CompDocError

from . import sheet

#: Bytes of a file as it is sent.
MOST_BYTES = 5_000_000
#: Bytes of all parts of a workbook once unpacked.
MOST_UNPACKED = 60_000_000
MOST_PARTS = 2_000
#: Rows of all sheets that are walked over, empty ones among them, and the number of the
#: last one that may hold something.
MOST_WALKED = 50_000
#: Signs "<" of one part: each may become an object in memory. Parts without cells have
#: fewer, and their objects are larger.
MOST_TAGS = 1_000_000
MOST_OTHER_TAGS = 200_000
CELL_PARTS = ("xl/worksheets/", "xl/sharedStrings.xml", "content.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# The folder of macros of an old workbook, as its directory names it.
OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
# What the readers raise for a file that is cut off or changed by hand.
DAMAGES = (
    ArithmeticError, AssertionError, AttributeError, EOFError, IndexError, KeyError,
    NotImplementedError, OSError, ParseError, RuntimeError, TypeError, ValueError,
    InvalidFileException, etree.XMLSyntaxError, lzma.LZMAError, struct.error,
    xlrd.XLRDError, CompDocError, zipfile.BadZipFile, zlib.error,
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
    try:
        reader = _old_rows if raw.startswith(OLE) else _reader(raw)
        walked = _within(reader(raw))
        first = next((row for row in walked if any(map(str.strip, row[2]))), None)
        if not first:
            return []
        page = takewhile(lambda row: row[0] == first[0], chain([first], walked))
        return sheet.filled(row[1:] for row in page)
    except sheet.TooManyRows:
        raise
    except DAMAGES as error:
        protected = "encrypted" in str(error).lower()
        raise NotRead(PROTECTED if protected else DAMAGED) from error


def _within(rows):
    """Rows of all sheets, ``(page, number, cells)``; refused when they have no end."""
    for walked, row in enumerate(rows, 1):
        _page, number, cells = row
        if walked > MOST_WALKED or (number > MOST_WALKED and any(cells)):
            raise NotRead(TOO_LARGE)
        yield row


def _reader(raw):
    """How a zipped workbook is read, after a look at its parts."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        infos = parts.infolist()
        _check_parts(parts, infos)
    names = {info.filename for info in infos}
    if "content.xml" in names:
        return _open_rows
    if "xl/workbook.xml" in names:
        return _new_rows
    raise NotRead(UNKNOWN)


def _check_parts(parts, infos):
    """
    :raise NotRead: for macros, passwords and what unpacks too large
    """
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
    for info in infos:
        most = MOST_TAGS if info.filename.startswith(CELL_PARTS) else MOST_OTHER_TAGS
        if info.file_size > most and _tags(parts, info) > most:
            raise NotRead(TOO_LARGE)


def _tags(parts, info):
    with parts.open(info) as part:
        return sum(piece.count(b"<") for piece in iter(lambda: part.read(2**20), b""))


# -- XLSX ---------------------------------------------------------------------------


def _new_rows(raw):
    book = openpyxl.load_workbook(
        io.BytesIO(raw), read_only=True, data_only=True, keep_links=False
    )
    for place, page in enumerate(book.worksheets):
        last = 0
        for number, cells in _new_parsed(book, page):
            if number <= last:
                raise ValueError("rows that run backwards")
            last = number
            yield place, number, _new_texts(cells)


def _new_parsed(book, page):
    """Rows as they stand in the file.

    The reader's own ``iter_rows`` makes up each row that is left out: a number is
    enough for it to count for hours.
    """
    with page._get_source() as source:
        yield from WorkSheetParser(
            source,
            page._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        ).parse()


def _new_texts(cells):
    texts = [""] * sheet.MOST_COLUMNS
    for cell in cells:
        if cell["column"] <= sheet.MOST_COLUMNS:
            texts[cell["column"] - 1] = _text(cell["value"])
    return texts


# -- XLS ----------------------------------------------------------------------------


def _old_rows(raw):
    if OLD_MACROS in raw:
        raise NotRead(MACROS)
    book = xlrd.open_workbook(
        file_contents=raw, on_demand=True, ragged_rows=True, logfile=io.StringIO()
    )
    for place in range(book.nsheets):
        page = book.sheet_by_index(place)
        for row in range(page.nrows):
            cells = page.row_values(row, 0, sheet.MOST_COLUMNS)
            yield place, row + 1, list(map(_text, cells))


# -- ODS ----------------------------------------------------------------------------


def _open_rows(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        content = io.BytesIO(parts.read("content.xml"))
    # Entities stay as they are: they could grow without end.
    elements = etree.iterparse(
        content, events=("end",), tag=(f"{TABLE}table-row", f"{TABLE}table"),
        resolve_entities=False, no_network=True,
    )  # fmt: skip
    place = number = 0
    for _event, element in elements:
        if element.tag == f"{TABLE}table":
            place, number = place + 1, 0
        else:
            cells = _open_cells(element)
            times = max(1, int(element.get(f"{TABLE}number-rows-repeated", 1)))
            # What is empty is one step, however often it is repeated.
            for time in range(1, times + 1 if any(cells) else 2):
                yield place, number + time, cells
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
