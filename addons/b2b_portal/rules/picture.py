"""How large a picture is, as its first bytes say; it is never opened for that.

A picture of a few kilobytes can become gigabytes of points. Where the beginning does
not say what it has to, the file is no picture, whatever its first signs are.
"""

import struct
import zlib

#: A PNG of the largest file that is taken has fewer parts.
MOST_CHUNKS = 100_000
#: So many parts may stand before the size of a JPEG.
MOST_SEGMENTS = 2_000
#: Lengths of the header of a bitmap, by its age.
OLD_BITMAP, BITMAPS = 12, (40, 52, 56, 64, 108, 124)
WIDTH, HEIGHT = 256, 257
SHORT, LONG = 3, 4
#: Frames of a JPEG that name its size; three of the row mean something else.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Marks without contents, and those at which the picture itself begins or ends.
BARE = frozenset(range(0xD0, 0xD8)) | {0x01}
DATA, END = 0xDA, 0xD9


class NoPicture(ValueError):
    """The file does not say its size where pictures of its kind do."""


def points(end, file):
    """Width times height.

    :param str end: ending of the name, such as ``png``
    :param file: readable and seekable, in bytes
    :raise NoPicture: for anything else, cut off files among it
    """
    try:
        width, height = READERS[end](file)
    except struct.error as error:
        raise NoPicture from error
    if width <= 0 or height == 0:
        raise NoPicture
    return width * abs(height)


def _read(file, place, pattern):
    """Numbers that stand at a place of the file, as of ``struct``."""
    file.seek(place)
    return struct.unpack(pattern, file.read(struct.calcsize(pattern)))


def _png(file):
    length, kind, head, check = _read(file, 8, ">I4s13sI")
    if (length, kind) != (13, b"IHDR") or zlib.crc32(kind + head) != check:
        raise NoPicture
    last, place, kinds = file.seek(0, 2), 33, set()
    for _number in range(MOST_CHUNKS):
        length, kind = _read(file, place, ">I4s")
        kinds.add(kind)
        place += length + 12
        if place > last:
            break  # cut off
        if kind == b"IEND" and b"IDAT" in kinds:
            return struct.unpack(">II", head[:8])
    raise NoPicture


def _jpeg(file):
    place = 2
    for _number in range(MOST_SEGMENTS):
        sign, mark = _read(file, place, ">BB")
        if sign != 0xFF or mark in (DATA, END):
            break
        if mark == 0xFF:
            place += 1
        elif mark in BARE:
            place += 2
        elif mark in FRAMES:
            _length, _bits, height, width = _read(file, place + 2, ">HBHH")
            return width, height
        else:
            (length,) = _read(file, place + 2, ">H")
            if length < 2:
                break
            place += 2 + length
    raise NoPicture


def _gif(file):
    width, height, flags = _read(file, 6, "<HHB")
    # Behind the colours stands a frame, or an extension.
    colours = 3 << (flags & 7) + 1 if flags & 0x80 else 0
    (mark,) = _read(file, 13 + colours, "c")
    if mark not in (b",", b"!"):
        raise NoPicture
    return width, height


def _bmp(file):
    (length,) = _read(file, 14, "<I")
    if length == OLD_BITMAP:
        width, height, planes = _read(file, 18, "<HHH")
    elif length in BITMAPS:
        width, height, planes = _read(file, 18, "<iiH")
    else:
        raise NoPicture
    if planes != 1:
        raise NoPicture
    return width, height


def _tiff(file):
    file.seek(0)
    order = "<" if file.read(2) == b"II" else ">"
    (place,) = _read(file, 4, f"{order}I")
    (count,) = _read(file, place, f"{order}H")
    found = {}
    for number in range(count):
        entry = place + 2 + 12 * number
        tag, kind = _read(file, entry, f"{order}HH")
        if tag in (WIDTH, HEIGHT) and kind in (SHORT, LONG):
            form = "H" if kind == SHORT else "I"
            (found[tag],) = _read(file, entry + 8, f"{order}{form}")
        if len(found) == 2:
            return found[WIDTH], found[HEIGHT]
    raise NoPicture


def _webp(file):
    (kind,) = _read(file, 12, "4s")
    if kind == b"VP8 ":
        sign, width, height = _read(file, 23, "<3sHH")
        if sign == b"\x9d\x01\x2a":
            return width & 0x3FFF, height & 0x3FFF
    elif kind == b"VP8L":
        sign, size = _read(file, 20, "<cI")
        if sign == b"\x2f":
            return (size & 0x3FFF) + 1, (size >> 14 & 0x3FFF) + 1
    elif kind == b"VP8X":
        width, more, height, most = _read(file, 24, "<HBHB")
        return (width | more << 16) + 1, (height | most << 16) + 1
    raise NoPicture


READERS = {
    "png": _png,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "gif": _gif,
    "bmp": _bmp,
    "tif": _tiff,
    "tiff": _tiff,
    "webp": _webp,
}
