"""What a customer may attach to an order: told by name and by content, not by trust.

A file is taken when its ending is on the list and its content is what the ending
says. Nothing is unpacked here except the list of names inside an office file and its
small table of contents, so that a file of a few kilobytes cannot become gigabytes.
"""

import io
import math
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from . import picture

NAME_LENGTH = 120
#: So much of a file is looked at where its beginning tells what it is.
HEAD = 4096
#: A longer table of contents than this is no office file that anybody wrote.
CONTENTS_LENGTH = 500_000
MOST_PARTS = 20_000

EMPTY = "empty"
TYPE = "type"
MACRO = "macro"
MISMATCH = "mismatch"
PIXELS = "pixels"

#: Opened, a picture of more megapixels takes half a gigabyte: our people's pages open
#: it to make it small.
MOST_MEGAPIXELS = 100
MOST_POINTS = MOST_MEGAPIXELS * 1_000_000

OFFICE_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

PICTURES = {
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
    "bmp": ("image/bmp", (b"BM",)),
    "tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    "tiff": ("image/tiff", (b"II*\x00", b"MM\x00*")),
}
SIGNED = {
    **PICTURES,
    "pdf": ("application/pdf", (b"%PDF-",)),
    "dwg": ("image/vnd.dwg", (b"AC10",)),
}
#: Office files that are archives, with a part that the one and no other kind has.
ARCHIVES = {
    "docx": (f"{OFFICE_XML}wordprocessingml.document", "word/"),
    "xlsx": (f"{OFFICE_XML}spreadsheetml.sheet", "xl/"),
    "pptx": (f"{OFFICE_XML}presentationml.presentation", "ppt/"),
    "odt": (f"{OPEN_DOCUMENT}text", "content.xml"),
    "ods": (f"{OPEN_DOCUMENT}spreadsheet", "content.xml"),
    "odp": (f"{OPEN_DOCUMENT}presentation", "content.xml"),
}
OLD_OFFICE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
TEXTS = {"txt": "text/plain", "csv": "text/csv", "dxf": "image/vnd.dxf"}

MACRO_ENDINGS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "xla"} | {
    "pptm",
    "potm",
    "ppsm",
    "ppam",
    "sldm",
}
OLD_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The place where old office files keep their macros.
OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
#: A sheet of the first kind of macros: record of 8 bytes and more, type 1.
OLD_MACRO_SHEET = re.compile(rb"\x85\x00[\x08-\xff]\x00.{4}[\x00-\x02]\x01", re.DOTALL)
MACRO_PARTS = re.compile(
    r"(^|/)(vba\w*\.bin|macrosheets/|dialogsheets/|Basic/|Scripts/|activeX/)", re.I
)
#: Broken archives, and parts behind a password.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)
MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|svg|script|body|iframe|\?xml)", re.I)


@dataclass(frozen=True)
class Verdict:
    """Code of the refusal, or the type a file is kept as."""

    refusal: str = ""
    mimetype: str = ""


def clean_name(raw):
    """The name without folders and without signs that turn or hide a part of it."""
    name = re.split(r"[\\/]", raw or "")[-1]
    # Control signs and those that change the direction of reading.
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = " ".join(name.split()).strip(". ")
    stem, dot, end = name.rpartition(".")
    if len(name) > NAME_LENGTH and dot and len(end) < 10:
        return stem[: NAME_LENGTH - len(end) - 1].rstrip(". ") + dot + end
    return name[:NAME_LENGTH]


def ending(name):
    """``pdf`` of ``Order.PDF``; empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def endings():
    """All endings that are taken, for the file chooser of the browser."""
    return [*SIGNED, *ARCHIVES, *OLD_OFFICE, *TEXTS]


def size_words(size, up=False):
    """``240 kB`` or ``3.2 MB``: figure and unit, for the model to put into words.

    :param up: never less than it is, for a size that is too large
    """
    if size < 1_000_000:
        return max(1, round(size / 1000)), "kB"
    if up:
        return math.ceil(size / 100_000) / 10, "MB"
    return round(size / 1_000_000, 1), "MB"


def judge(name, file):
    """Say whether a file may be attached.

    :param str name: a cleaned name
    :param file: readable and seekable, in bytes; stands at its beginning afterwards
    """
    try:
        return _judge(ending(name), file)
    finally:
        file.seek(0)


def _judge(end, file):
    head = file.read(HEAD)
    if end in MACRO_ENDINGS:
        return Verdict(MACRO)
    if end in SIGNED:
        mimetype = SIGNED[end][0]
        good = _signed(end, head)
        if good and end in PICTURES:
            return _picture(end, file, mimetype)
        return _verdict(head, good, mimetype)
    if end in ARCHIVES:
        return _archive(head, file, *ARCHIVES[end])
    if end in OLD_OFFICE:
        if head.startswith(OLD_SIGN) and _old_macros(head + file.read()):
            return Verdict(MACRO)
        return _verdict(head, head.startswith(OLD_SIGN), OLD_OFFICE[end])
    if end in TEXTS:
        return _verdict(head, _is_text(head), TEXTS[end])
    return Verdict(TYPE)


def _verdict(head, good, mimetype):
    if not head:
        return Verdict(EMPTY)
    return Verdict("" if good else MISMATCH, mimetype if good else "")


def _signed(end, head):
    good = head.startswith(SIGNED[end][1])
    return good and (end != "webp" or head[8:12] == b"WEBP")


def points(content):
    """Points of a picture by its content, whatever its name; None for anything else."""
    for end in PICTURES:
        if _signed(end, content[:HEAD]):
            try:
                return picture.points(end, io.BytesIO(content))
            except picture.NoPicture:
                return None
    return None


def _picture(end, file, mimetype):
    try:
        number = picture.points(end, file)
    except picture.NoPicture:
        return Verdict(MISMATCH)
    if number > MOST_POINTS:
        return Verdict(PIXELS)
    return Verdict("", mimetype)


def _archive(head, file, mimetype, part):
    if not head:
        return Verdict(EMPTY)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            types = _part(archive, infos, "[Content_Types].xml")
            kind = _part(archive, infos, "mimetype")
    except UNREADABLE:
        return Verdict(MISMATCH)
    parts = any(MACRO_PARTS.search(name) for name in names)
    if parts or b"macroenabled" in types + kind:
        return Verdict(MACRO)
    own = any(name.startswith(part) for name in names)
    # Open documents say in their first part what they are.
    if part == "content.xml":
        own = own and kind.strip() == mimetype.encode()
    return _verdict(head, own and len(names) <= MOST_PARTS, mimetype)


def _part(archive, infos, name):
    """What the archive says about itself, in lower case; empty without such a part."""
    found = b""
    for info in infos:
        # A second part of the same name is the one that some programs read.
        if info.filename.lower() == name.lower():
            if info.file_size > CONTENTS_LENGTH:
                raise ValueError("no table of contents is that long")
            with archive.open(info) as part:
                found += part.read(CONTENTS_LENGTH).lower()
    return found


def _old_macros(content):
    return OLD_MACROS in content or bool(OLD_MACRO_SHEET.search(content))


def _is_text(head):
    if MARKUP.match(head.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"AutoCAD Binary DXF")):
        return not MARKUP.match(head[2:].replace(b"\x00", b"").lstrip())
    return b"\x00" not in head and not head.startswith((b"%PDF-", b"PK\x03\x04"))
