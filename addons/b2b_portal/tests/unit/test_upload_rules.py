"""What may be attached to an order, by name and content."""

import io
import zipfile

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
        ("a.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
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


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.doc", "a.txt"])
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
