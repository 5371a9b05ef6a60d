"""Quick order: codes, sheets and rows, without Odoo and without a database."""

import io
import time
import zipfile

import openpyxl
import pytest
import xlwt

from tests.support.rules import load_rules

article_code = load_rules("b2b_portal", "article_code")
quick_rows = load_rules("b2b_portal", "quick_rows")
sheet = load_rules("b2b_portal", "sheet")
sheet_book = load_rules("b2b_portal", "sheet_book")

Known = article_code.Known
RANGE = [
    Known(1, "22720"),
    Known(2, "85123A"),
    Known(3, "85123a"),
    Known(4, "84029E"),
    Known(5, "HB-7", "own"),
    Known(6, "5012345678900", "barcode"),
]


@pytest.mark.parametrize(
    ("typed", "ids", "way"),
    [
        ("22720", (1,), "exact"),
        (" 22720\u00a0", (1,), "blanks"),
        ("227 20", (1,), "blanks"),
        ("84029e", (4,), "case"),
        ("hb-7", (5,), "case"),
        ("85123a", (3,), "exact"),
        ("2272O", (1,), "look_alike"),
        ("84029Е", (4,), "look_alike"),  # ends in a Cyrillic letter
        ("5012345 678900", (6,), "blanks"),
        ("05012345678900", (6,), "barcode"),
        ("84029", (), ""),
        ("84029F", (), ""),
        ("", (), ""),
    ],
)
def test_what_a_written_code_means(typed, ids, way):
    bones, barcode = article_code.keys(typed)
    same = [
        known
        for known in RANGE
        if article_code.skeleton(known.code) == bones
        or (barcode and article_code.barcode_key(known.code) == barcode)
    ]
    found = article_code.match(typed, same)
    assert (found.product_ids, found.way) == (ids, way)


def test_two_articles_that_differ_by_case_are_both_offered():
    found = article_code.match("85123А", RANGE[1:3])  # a Cyrillic capital
    assert found.product_ids == (2, 3)
    assert not found.is_sure


def test_a_code_that_is_too_long_matches_nothing():
    assert article_code.keys("9" * 300) == ("", "")


@pytest.mark.parametrize(
    ("typed", "meant", "slip", "alphabet"),
    [
        ("2272O", "22720", ("O", 4, 5), "letter"),
        ("8512З", "85123", ("З", 4, 5), "Cyrillic"),
        ("0A", "OA", ("0", 0, 2), "digit"),
        ("1234", "12345", None, None),
        ("O0", "0O", None, None),
    ],
)
def test_the_sign_that_differs_is_named(typed, meant, slip, alphabet):
    assert article_code.slip(typed, meant) == slip
    if slip:
        assert article_code.alphabet(slip[0]) == alphabet


def test_nearest_codes_come_in_order_and_far_ones_not_at_all():
    near = article_code.nearest(
        "84991b", [Known(1, "84990"), Known(2, "84991"), Known(3, "849"), Known(2, "X")]
    )
    assert near == [2, 1]


# -- sheets -------------------------------------------------------------------------


def read(text):
    rows = sheet.split(text)
    columns = sheet.columns_of(rows)
    return columns, sheet.pick(rows, columns)


@pytest.mark.parametrize(
    "text",
    [
        "code\tqty\n22720\t12\n\n84029E\t6\n",
        "code;qty\r\n22720;12\r\n;;\r\n84029E;6\r\n\r\n",
        "qty,code\n12,22720\n , \n6,84029E",
        'Menge,Name,Artikelnummer\n12,"Tins, small",22720\n,,\n6,x,84029E',
    ],
)
def test_separators_headings_and_their_order(text):
    columns, rows = read(text)
    assert columns.heading
    assert rows == [(2, "22720", "12"), (4, "84029E", "6")]


def test_columns_without_headings_are_told_by_what_stands_in_them():
    lines = "".join(f"{n % 3 + 1};2{n:04}\n" for n in range(40))
    columns, rows = read(lines)
    assert (columns.code, columns.quantity, columns.heading) == (1, 0, False)
    assert rows[0] == (1, "20000", "1")


def test_blanks_between_code_and_quantity():
    assert read("22720 12\n84029E  6\n")[1] == [(1, "22720", "12"), (2, "84029E", "6")]


def test_codes_alone_have_no_quantity():
    columns, rows = read("22720\n84029E\n")
    assert columns.quantity == -1
    assert rows == [(1, "22720", None), (2, "84029E", None)]


def test_a_quote_that_never_closes_swallows_no_rows():
    rows = read('code;qty\n"22720;12\n84029E;6\n')[1]
    assert rows == [(2, '"22720', "12"), (3, "84029E", "6")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_of_all_usual_encodings(encoding):
    raw = "Stück;Artikel\n6;22720\n".encode(encoding)
    assert read(sheet.decode(raw))[1] == [(2, "22720", "6")]


def test_a_picture_is_no_text():
    with pytest.raises(UnicodeDecodeError):
        sheet.decode(b"\x89PNG\r\n\x1a\n\x07\x08\x00\x00\x00\rIHDR")


def test_too_many_rows_are_refused_not_cut():
    lines = "\n".join(f"{n};1" for n in range(sheet.MOST_ROWS + 2))
    with pytest.raises(sheet.TooManyRows):
        sheet.split(lines)


# -- workbooks ----------------------------------------------------------------------

ROWS = [(2, ["Code", "Menge"]), (3, ["22720", "12"]), (5, ["0084", "2.5"])]


def xlsx(extra=None):
    book, file = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    for row in ([], ["Code", "Menge"], [22720, 12], [], ["0084", 2.5]):
        page.append(row)
    if extra:
        page[extra] = 1
    book.save(file)
    return file.getvalue()


def xls():
    book, file = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("empty")
    page = book.add_sheet("rows")
    for number, cells in ROWS:
        for place, cell in enumerate(cells):
            number_like = cell.replace(".", "").isdigit() and not cell.startswith("0")
            page.write(number - 1, place, float(cell) if number_like else cell)
    book.save(file)
    return file.getvalue()


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()


NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods(body, doctype=""):
    return zipped(
        {
            "content.xml": f'<?xml version="1.0"?>{doctype}<office:document-content '
            f"{NAMES}><office:body><office:spreadsheet><table:table>{body}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>"
        }
    )


def ods_row(*cells, times=1):
    text = "".join(
        f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
        if isinstance(cell, str)
        else f'<table:table-cell office:value="{cell}"/>'
        for cell in cells
    )
    start = f'<table:table-row table:number-rows-repeated="{times}">'
    return f"{start}{text}</table:table-row>"


EMPTY = '<table:table-cell table:number-columns-repeated="1024"/>'
GAP = f'<table:table-row table:number-rows-repeated="1000000">{EMPTY}</table:table-row>'


@pytest.mark.parametrize(
    "raw",
    [
        xlsx(),
        xls(),
        ods(
            "<table:table-row/>" + ods_row("Code", "Menge") + ods_row(22720, 12)
            + "<table:table-row/>" + ods_row("0084", 2.5) + GAP
        ),
    ],
    ids=["xlsx", "xls", "ods"],
)  # fmt: skip
def test_workbooks_keep_row_numbers_and_leading_zeros(raw):
    assert sheet_book.is_workbook(raw)
    assert sheet_book.rows_of(raw) == ROWS


BOMB = "<!DOCTYPE x [<!ENTITY a0 'lol'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (zipped({"xl/workbook.xml": "", "xl/vbaProject.bin": ""}), "macros"),
        (zipped({"content.xml": "", "Basic/script-lc.xml": ""}), "macros"),
        (zipped({"content.xml": b" " * 61_000_000}), "too_large"),
        (zipped({f"{n}": "" for n in range(2_001)}), "too_large"),
        (zipped({"word/document.xml": ""}), "unknown"),
        (ods(ods_row("&a8;"), BOMB + "]>"), "damaged"),
        (xlsx()[:2000], "damaged"),
        (xls()[:900], "damaged"),
        (sheet_book.OLE + b"x" * 600, "damaged"),
        (sheet_book.OLE + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    ],
    ids=range(10),
)
def test_files_that_are_not_read(raw, code):
    with pytest.raises(sheet_book.NotRead) as refused:
        sheet_book.rows_of(raw)
    assert refused.value.args == (code,)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


def xlsx_of(body, **parts):
    """A workbook whose first sheet has these rows, as typed by hand."""
    file = io.BytesIO(xlsx())
    with zipfile.ZipFile(file) as book:
        found = {name: book.read(name) for name in book.namelist()}
    found["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    )
    return zipped({**found, **parts})


def xlsx_row(text, number=""):
    number = f' r="{number}"' if number else ""
    return f"<row{number}>{CELL.format(text)}</row>"


@pytest.mark.parametrize(
    "raw",
    [
        xlsx_of(xlsx_row("22720") + xlsx_row("84029E", "99999999999")),
        xlsx_of(xlsx_row("22720") + xlsx_row("84029E", "1e300")),
        xlsx_of("<row/>" * (sheet_book.MOST_WALKED + 1) + xlsx_row("22720")),
        xlsx_of("<row>" + "<c/>" * (sheet_book.MOST_TAGS + 1) + "</row>"),
        xlsx_of("", **{"xl/styles.xml": "<xf/>" * (sheet_book.MOST_TAGS + 1)}),
        ods(ods_row("22720") + GAP + ods_row("84029E")),
        ods("<table:table-row/>" * (sheet_book.MOST_WALKED + 1) + ods_row("1")),
        ods("<table:table-row>" + "<table:table-cell/>" * sheet_book.MOST_TAGS
            + "</table:table-row>"),
    ],
    ids="far farther rows cells styles ods-far ods-rows ods-cells".split(),
)  # fmt: skip
def test_sheets_without_end_are_left_at_once(raw):
    begun = time.process_time()
    with pytest.raises(sheet_book.NotRead) as refused:
        sheet_book.rows_of(raw)
    assert refused.value.args == ("too_large",)
    assert time.process_time() - begun < 10


def test_many_sheets_of_far_cells_are_left_as_well():
    """Each sheet alone could be read; together they would take minutes."""
    book, file = xlwt.Workbook(), io.BytesIO()
    for number in range(4):
        book.add_sheet(f"{number}").write(30_000, 60, "x")
    book.save(file)
    with pytest.raises(sheet_book.NotRead) as refused:
        sheet_book.rows_of(file.getvalue())
    assert refused.value.args == ("too_large",)


def test_an_empty_row_at_the_end_of_the_sheet_does_not_matter():
    """Office programs leave one behind, with nothing but its height."""
    raw = xlsx_of(xlsx_row("22720") + '<row r="1048576" ht="12"><c s="0"/></row>')
    assert sheet_book.rows_of(raw) == [(1, ["22720"])]


def test_a_workbook_without_a_workbook_is_damaged():
    """Its table of contents names none, though there is one."""
    raw = xlsx_of("", **{"[Content_Types].xml": "<Types/>"})
    with pytest.raises(sheet_book.NotRead) as refused:
        sheet_book.rows_of(raw)
    assert refused.value.args == ("damaged",)


def test_sheets_that_claim_to_be_huge_cost_nothing():
    """Read in full, any of these would take minutes and gigabytes."""
    with pytest.raises(sheet.TooManyRows):
        sheet_book.rows_of(ods(ods_row("22720", times=1_000_000)))
    assert sheet_book.rows_of(ods(ods_row("22720") + GAP)) == [(1, ["22720"])]
    wide = ods(f"<table:table-row>{EMPTY * 1000}</table:table-row>" + ods_row("1"))
    assert sheet_book.rows_of(wide) == [(2, ["1"])]
    assert len(sheet_book.rows_of(xlsx("XFD1048576"))) == 3


# -- rows ---------------------------------------------------------------------------


def rows(*quantities, **extra):
    return [
        quick_rows.Row(number, product_id=7, typed=quantity, **extra)
        for number, quantity in enumerate(quantities, 1)
    ]


def test_different_quantities_of_one_article_are_added_up():
    found = rows(6, 12, 1)
    quick_rows.merge_doubles(found)
    assert [row.state for row in found] == ["merged"] * 3
    assert found[0].typed == 19
    assert found[0].merged == [2, 3]
    assert [row.merged_into for row in found] == [0, 1, 1]


def test_equal_quantities_wait_for_the_buyer():
    found = rows(6, 12, 6)
    quick_rows.merge_doubles(found)
    assert [row.problem for row in found] == ["double"] * 3
    assert found[2].merged == [1, 2]


def test_doubled_rows_know_what_the_others_hold():
    found = rows(30, 12, 30)
    quick_rows.merge_doubles(found)
    assert found[0].doubles == [(12, [2]), (30, [3])]
    assert found[1].doubles == [(30, [1, 3])]


def test_what_was_accepted_is_added_up():
    found = rows(6, 6)
    found[0].keep = True
    quick_rows.merge_doubles(found)
    assert found[0].typed == 12
    assert quick_rows.counts(found) == {
        "need": 0, "corrected": 0, "merged": 2, "ready": 0
    }  # fmt: skip


def test_rows_with_a_problem_are_not_merged():
    found = rows(6, 12)
    found[1].problem = "quantity"
    quick_rows.merge_doubles(found)
    assert [row.state for row in found] == ["ready", "need"]


# -- files that are none --------------------------------------------------------------


def test_a_text_under_the_name_of_a_workbook_is_refused():
    for name in ("a.xlsx", "a.PDF", "a.docx", "a.ods"):
        assert sheet.is_misnamed(name), name
    for name in ("a.csv", "a.TXT", "a", "", "order.v2"):
        assert not sheet.is_misnamed(name), name


def test_documents_are_no_rows_whatever_they_are_called():
    for raw in (
        b"%PDF-1.4\n22423 5",
        b"{\\rtf1 22423",
        b" <!DOCTYPE html><p>",
        b"<html>",
    ):
        assert sheet.is_document(raw), raw
    for raw in (b"22423\t5", b"%\t5", b"", b"<5\t1"):
        assert not sheet.is_document(raw), raw
