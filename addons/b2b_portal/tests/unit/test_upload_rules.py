"""What may be attached to an order, by name and content."""

import io
import struct
import zipfile
import zlib

import pytest

from odoo.addons.b2b_portal.rules import upload

OLD = upload.OLD_SIGN + b"\x00" * 600
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def office(part="word/document.xml", types=b"<Types>main+xml</Types>", *more):
    return archive(
        **{"[Content_Types].xml": types, part: b"<x/>", **dict.fromkeys(more, b"x")}
    )


def open_document(kind="text", **more):
    kind = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(**{"mimetype": kind, "content.xml": b"<x/>", **more})


def chunk(kind, content=b""):
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png(width=3, height=2, sign=b"\x89PNG\r\n\x1a\n"):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return sign + head + chunk(b"IDAT", b"x" * 50) + chunk(b"IEND")


def jpg(width=3, height=2, before=b"\xff\xe1\xff\xff" + b"x" * 65_533):
    size = struct.pack(">BHH", 8, height, width)
    return b"\xff\xd8" + before + b"\xff\xc2\x00\x11" + size + b"\x03" * 10


def gif(width=3, height=2):
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00\x00\x00" + b"," * 9


def bmp(width=3, height=2):
    size = struct.pack("<IiiHH", 40, width, height, 1, 24)
    return b"BM" + struct.pack("<IHHI", 80, 0, 0, 54) + size + b"x" * 50


def tif(width=3, height=2, order="<"):
    sign = b"II*\x00" if order == "<" else b"MM\x00*"
    entries = struct.pack(f"{order}HHII", 256, 4, 1, width)
    # A short number stands at the beginning of its four bytes.
    entries += struct.pack(f"{order}HHIHH", 257, 3, 1, height, 0)
    return sign + struct.pack(f"{order}IH", 8, 2) + entries + b"\x00" * 4


def webp(kind=b"VP8 "):
    body = {
        b"VP8 ": b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 3, 2),
        b"VP8L": b"\x2f" + struct.pack("<I", (3 - 1) | (2 - 1) << 14),
        b"VP8X": b"\x00" * 4 + b"\x02\x00\x00\x01\x00\x00",
    }[kind]
    return b"RIFF" + b"\x30\x00\x00\x00WEBP" + kind + b"\x0a\x00\x00\x00" + body


def judged(name, content):
    file = io.BytesIO(content)
    verdict = upload.judge(name, file)
    assert file.tell() == 0, "who keeps the file reads it from its beginning"
    return verdict


@pytest.mark.parametrize(
    ("name", "content", "mimetype"),
    [
        ("po.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("PO.PDF", b"%PDF-1.4", "application/pdf"),
        ("a.png", png(), "image/png"),
        ("a.png", png() + b"of some editor", "image/png"),
        ("a.jpeg", jpg(), "image/jpeg"),
        ("a.jpg", jpg(before=b"\xff\xff\xdb\x00\x03x"), "image/jpeg"),
        ("a.gif", gif(), "image/gif"),
        ("a.bmp", bmp(3, -2), "image/bmp"),
        ("a.tif", tif(), "image/tiff"),
        ("a.tiff", tif(order=">"), "image/tiff"),
        ("a.webp", webp(), "image/webp"),
        ("a.webp", webp(b"VP8L"), "image/webp"),
        ("a.webp", webp(b"VP8X"), "image/webp"),
        ("plan.dwg", b"AC1032....", "image/vnd.dwg"),
        ("plan.dxf", b"0\nSECTION\n", "image/vnd.dxf"),
        ("a.txt", "Grüße".encode("latin-1"), "text/plain"),
        ("a.csv", "a;b".encode("utf-16"), "text/csv"),
        ("a.docx", office(), upload.ARCHIVES["docx"][0]),
        ("a.xlsx", office("xl/workbook.xml"), upload.ARCHIVES["xlsx"][0]),
        ("a.odt", open_document(), upload.ARCHIVES["odt"][0]),
        ("a.doc", OLD + "Macros are bad".encode("utf-16-le"), "application/msword"),
        ("a.xls", OLD, "application/vnd.ms-excel"),
    ],
)
def test_what_is_taken(name, content, mimetype):
    assert judged(name, content) == upload.Verdict("", mimetype)


@pytest.mark.parametrize(
    "name",
    "a.exe a.html a.htm a.svg a.js a.zip a.bat a.msi a.xml a.php a.lnk a pdf .pdf.exe "
    "a.pdf.scr a.eml".split(),
)
def test_endings_that_are_not_taken(name):
    assert judged(name, b"%PDF-1.7").refusal == upload.TYPE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docm", office()),
        ("a.xlsb", office("xl/workbook.bin")),
        ("a.docx", office("word/document.xml", b"<Types/>", "word/vbaProject.bin")),
        ("a.xlsx", office("xl/workbook.xml", b"<Types/>", "xl/macrosheets/a.xml")),
        ("a.docx", office("word/document.xml", b"x.macroEnabled.main+xml")),
        (
            "a.docx",
            archive(
                **{
                    "mimetype": b"nothing to see",
                    "[Content_Types].xml": b"x.macroEnabled.main+xml",
                    "word/document.xml": b"<x/>",
                }
            ),
        ),
        ("a.odt", open_document(**{"Basic/Standard/a.xml": b"sub"})),
        ("a.ods", open_document("spreadsheet", **{"Scripts/python/a.py": b"x"})),
        ("a.doc", OLD + "_VBA_PROJECT".encode("utf-16-le")),
        ("a.xls", OLD + b"\x85\x00\x0e\x00\x10\x20\x00\x00\x00\x01\x06\x00Macro1"),
    ],
)
def test_macros_in_every_shape(name, content):
    assert judged(name, content).refusal == upload.MACRO


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", b"<html>%PDF-1.7"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.jpg", b"GIF89a"),
        ("a.png", b"\x89PNG\r\n\x1a\n...."),
        ("a.png", png()[:40]),
        ("a.png", png()[:-20]),
        ("a.png", png().replace(b"IHDR", b"IHDX")),
        ("a.png", png()[:16] + b"\x00\x00\x10\x00" + png()[20:]),
        ("a.png", png(0, 5)),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.jpg", jpg()[:-14]),
        ("a.jpg", jpg(0, 0)),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x00" + b"\x00" * 40),
        ("a.gif", b"GIF89a=1;alert(1)//"),
        ("a.gif", gif()[:9]),
        ("a.gif", gif(0, 0)),
        ("a.bmp", b"BMgarbage"),
        ("a.bmp", b"BMgarbage" * 20),
        ("a.tif", b"II*\x00"),
        ("a.tif", b"II*\x00\xff\xff\xff\xff" + b"\x00" * 40),
        ("a.tif", tif(0, 0)),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("a.webp", webp().replace(b"\x9d\x01\x2a", b"xxx")),
        ("a.txt", b"MZ\x90\x00\x03\x00"),
        ("a.txt", b"\xef\xbb\xbf  <!DOCTYPE html><script>"),
        ("a.csv", "<html>".encode("utf-16")),
        ("a.txt", b"<?xml version='1.0'?><svg/>"),
        ("a.docx", office("xl/workbook.xml")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", OLD),
        ("a.odt", open_document("spreadsheet")),
        ("a.ods", archive(**{"content.xml": b"x"})),
        ("a.doc", b"MZ\x90\x00"),
    ],
)
def test_content_that_is_not_what_the_name_says(name, content):
    assert judged(name, content).refusal == upload.MISMATCH


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png(60_000, 60_000)),
        ("a.png", png(13_000, 13_000)),
        ("a.jpg", jpg(65_000, 65_000)),
        ("a.gif", gif(65_000, 65_000)),
        ("a.bmp", bmp(1_000_000, -1_000_000)),
        ("a.tif", tif(1_000_000, 60_000)),
    ],
)
def test_pictures_that_would_fill_the_memory(name, content):
    assert judged(name, content).refusal == upload.PIXELS


def test_points_are_told_by_content_alone():
    assert [upload.points(each) for each in (png(), jpg(), gif(), bmp())] == [6] * 4
    assert [upload.points(each) for each in (tif(), webp(), webp(b"VP8L"))] == [6] * 3
    assert upload.points(b"%PDF-1.7") is upload.points(b"GIF89a") is None


def test_every_beginning_of_a_picture_is_judged():
    """Cut off anywhere, nothing is raised."""
    wholes = {"png": png(), "jpg": jpg(before=b""), "gif": gif(), "bmp": bmp()}
    wholes |= {"tif": tif(), "webp": webp(b"VP8X")}
    for end, whole in wholes.items():
        assert not judged(f"a.{end}", whole).refusal
        for length in range(1, len(whole)):
            judged(f"a.{end}", whole[:length])


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.doc", "a.txt", "a.png"])
def test_empty_files(name):
    assert judged(name, b"").refusal == upload.EMPTY


def test_a_bomb_is_not_unpacked():
    """A table of contents of a gigabyte is refused by its announced size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", b"\x00" * 5_000_000)
        book.writestr("word/document.xml", b"<x/>")
    assert judged("a.docx", file.getvalue()).refusal == upload.MISMATCH


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("PO 45.pdf", "PO 45.pdf"),
        ("C:\\Users\\me\\po.pdf", "po.pdf"),
        ("../../etc/passwd", "passwd"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00\r\nb.pdf", "ab.pdf"),
        (" . ", ""),
        (None, ""),
        ("Größe.pdf", "Größe.pdf"),
    ],
)
def test_names(raw, name):
    assert upload.clean_name(raw) == name


def test_a_long_name_keeps_its_ending():
    name = upload.clean_name("x" * 300 + ".pdf")
    assert len(name) == upload.NAME_LENGTH
    assert name.endswith("x.pdf")


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, (1, "kB")), (240_400, (240, "kB")), (3_240_000, (3.2, "MB"))],
)
def test_sizes(size, words):
    assert upload.size_words(size) == words


def test_what_is_too_large_never_reads_as_allowed():
    assert upload.size_words(10_000_001, up=True) == (10.1, "MB")
    assert upload.size_words(10_000_000, up=True) == (10.0, "MB")
