"""Spreadsheets: cells as a reader sees them, merged cells, sheets that are hidden."""

from __future__ import annotations

import re
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl
import pytest
import xlwt
from officemaker import packed, saved, xls, xlsx

from pipeline.extract.files import paper
from pipeline.extract.files.errors import DAMAGED, TOO_LARGE, FileRefused
from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.sheetml import read as read_sheetml
from pipeline.extract.files.sheets.display import Value, show
from pipeline.extract.files.sheets.read import read
from pipeline.extract.tables.markdown import read_back

LIMITS = Limits()


def table(found: FileRead, at: int = -1) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    block = found.blocks[at]
    assert block.kind == "table"
    return read_back(block.text, block.merged)


def test_both_formats_give_the_same_table() -> None:
    rows = (("1", "完善防汛应急预案"), ("2", "开展隐患排查"))
    assert table(read(xls(), LIMITS)) == (("序号", "任务"), rows)
    header, found = table(read(xlsx(), LIMITS))
    assert header == ("序号", "任务", "责任单位")
    assert tuple(row[:2] for row in found) == rows


def book_of(kind: str) -> bytes:
    """A title over all columns, its unit, a heading of two rows, formats, a note; in the old format and the new."""
    merged = ((0, 0, 0, 3), (2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 3, 3))
    rows: list[list[Value]] = [
        ["2022年资金分配表", None, None, None],
        ["单位：万元", None, None, None],
        ["地区", "金额", None, "日期"],
        [None, "计划", "比例", None],
        ["青屿市", 1234.5, 0.153, date(2022, 5, 19)],
        ["海州市", 7, 1, date(2022, 6, 1)],
    ]
    forms = {1: "#,##0.00", 2: "0.0%", 3: 'yyyy"年"m"月"d"日"'}
    if kind == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        for y, row in enumerate(rows, 1):
            for x, value in enumerate(row, 1):
                sheet.cell(y, x, value)
                if y > 4 and x - 1 in forms:
                    sheet.cell(y, x).number_format = forms[x - 1]
        for top, left, bottom, right in merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        return saved(book)
    old = xlwt.Workbook(encoding="utf-8")
    page = old.add_sheet("Sheet1")
    inside = {
        (y, x) for top, left, bottom, right in merged for y in range(top, bottom + 1) for x in range(left, right + 1)
    }
    for top, left, bottom, right in merged:
        page.write_merge(top, bottom, left, right, rows[top][left])
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value is not None and (y, x) not in inside:
                style = xlwt.easyxf(num_format_str=forms[x]) if y > 3 and x in forms else xlwt.Style.default_style
                page.write(y, x, value, style)
    return saved(old)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_cells_are_exact_as_they_are_shown(kind: str) -> None:
    found = read(book_of(kind), LIMITS)
    assert [block.text for block in found.blocks[:-1]] == ["2022年资金分配表", "单位：万元"]
    assert found.title == "2022年资金分配表"
    header, rows = table(found)
    assert header == ("地区", "金额", "金额", "日期")
    assert rows == (
        ("地区", "计划", "比例", "日期"),
        ("青屿市", "1,234.50", "15.3%", "2022年5月19日"),
        ("海州市", "7.00", "100.0%", "2022年6月1日"),
    )


def test_what_is_hidden_is_no_text() -> None:
    book = openpyxl.Workbook()
    shown = book.active
    shown.title = "重点任务"
    for row in (["任务", "单位", "内部"], ["甲", "市水务局", "勿传"], ["暗行", "x", "y"], ["乙", "市财政局", "z"]):
        shown.append(row)
    shown.row_dimensions[3].hidden = True
    shown.column_dimensions["C"].hidden = True
    secret = book.create_sheet("底稿")
    secret["B2"] = "草稿"
    secret.sheet_state = "hidden"
    found = read(saved(book), LIMITS)
    assert found.blocks[0].text == "重点任务"
    assert table(found) == (("任务", "单位"), (("甲", "市水务局"), ("乙", "市财政局")))
    assert found.flags == {"hidden_sheets", "hidden_text"}
    assert [(removal.rule, removal.evidence) for removal in found.removals] == [
        ("files.hidden_sheet", "底稿\n草稿"),
        ("files.hidden_text", "内部\t勿传\t暗行\tx\ty\tz"),
    ]


@pytest.mark.parametrize(
    ("number", "shown"), [(57, "2022年5月"), (58, "5月19日"), (31, "2022年5月19日"), (14, "2022/5/19")]
)
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_formats_that_only_a_chinese_excel_knows(kind: str, number: int, shown: str) -> None:
    """Cells of WPS and Excel name them by number; xlrd has no words for most."""
    if kind == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(["日期", "数"])
        book.active.append([44700, 1])
        book.active["A2"].number_format = "0.00"
        with zipfile.ZipFile(BytesIO(saved(book))) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'numFmtId="2"', b'numFmtId="%d"' % number)
        body = packed(parts)
    else:
        old = xlwt.Workbook(encoding="utf-8")
        sheet = old.add_sheet("Sheet1")
        sheet.write(0, 0, "日期")
        sheet.write(0, 1, "数")
        sheet.write(1, 0, 44700, xlwt.easyxf(num_format_str="0.00"))
        sheet.write(1, 1, 1)
        body = saved(old)
        styles = list(re.finditer(rb"\xe0\x00\x14\x00..(?=\x02\x00)", body))
        for style in styles:
            body = body[: style.end()] + struct.pack("<H", number) + body[style.end() + 2 :]
        assert styles
    assert table(read(body, LIMITS)) == (("日期", "数"), ((shown, "1"),))


def test_sheets_with_names_have_captions_and_a_program_s_names_are_none() -> None:
    book = openpyxl.Workbook()
    for number, name in enumerate(("Sheet1", "附件1 责任清单", "工作表2")):
        sheet = book.active if not number else book.create_sheet()
        sheet.title = name
        for row in (["任务", "单位"], [f"任务{number}", "市水务局"], ["乙", "市财政局"]):
            sheet.append(row)
    blocks = read(saved(book), LIMITS).blocks
    assert [block.kind for block in blocks] == ["table", "paragraph", "table", "table"]
    assert blocks[1].text == "附件1 责任清单"


def test_a_long_sheet_becomes_tables_under_one_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_PLACES", 600)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([f"列{n}" for n in range(6)])
    for row in range(150):
        sheet.append([row * 6 + n for n in range(6)])
    blocks = read(saved(book), LIMITS).blocks
    assert [block.kind for block in blocks] == ["table", "table"]
    assert {block.text.partition("\n")[0] for block in blocks} == {blocks[0].text.partition("\n")[0]}
    assert sum(block.text.count("\n") - 1 for block in blocks) == 150


def test_a_lonely_cell_is_a_line() -> None:
    book = openpyxl.Workbook()
    book.active["C9"] = "详见附件"
    assert [(block.text, block.kind) for block in read(saved(book), LIMITS).blocks] == [("详见附件", "paragraph")]


_MONTH = 'yyyy"年"m"月"'


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.1 + 0.2, None, "0.3"),
        (3.0, None, "3"),
        (1e20, None, "100000000000000000000"),
        (1.5e-7, None, "0.00000015"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (-1234.5, "#,##0.0", "-1,234.5"),
        (0.0, '0.00;-0.00;"—"', "—"),
        (12.0, "0.##", "12"),
        (12.25, '"约"0.0"万元"', "约12.3万元"),
        (7, "[Red]000", "007"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (-0.125, "0.00%", "-12.50%"),
        (5.0, 'General"元"', "5元"),
        (5.0, "G/通用格式", "5"),
        (1234567.0, '#,##0.0,"千元"', "1,234.6千元"),
        (123456.0, '0!.0,"万元"', "123456"),
        (0.0, "0;-0;;@", ""),
        (2.0, '[=1]"是";[=2]"否";0', "否"),
        (0.5, "#.00", ".50"),
        (44682.0, _MONTH, "44682"),
        (date(2022, 5, 1), "[$-F800]dddd, mmmm dd, yyyy", "2022年5月1日"),
        (date(2022, 5, 1), "d-mmm-yy", "1-May-22"),
        (date(2022, 5, 21), '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二二年五月二十一日"),
        (44700.0, "0.00E+00", "44700"),
        (True, None, "TRUE"),
        ("0012", "0", "0012"),
        (datetime(2022, 5, 19, 8, 5), "yyyy/m/d h:mm", "2022/5/19 8:05"),
        (datetime(2022, 5, 19, 20, 5), "h:mm am/pm", "8:05 PM"),
        (date(2022, 5, 19), "aaaa", "星期四"),
        (date(2022, 5, 19), None, "2022-05-19"),
        (time(8, 30), None, "08:30:00"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
    ],
)
def test_values_are_shown_as_the_sheet_shows_them(value: Value, form: str | None, shown: str) -> None:
    assert show(value, form) == shown


def test_macros_are_told() -> None:
    buffer = BytesIO(xlsx())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")
    assert read(buffer.getvalue(), LIMITS).flags == {"macros"}


@pytest.mark.parametrize("made", [xlsx, xls])
def test_half_a_workbook_is_damaged(made: type) -> None:
    body = made()
    with pytest.raises((FileRefused, ArithmeticError, LookupError, ValueError, AssertionError)) as caught:
        read(body[: len(body) // 2], LIMITS)
    assert not isinstance(caught.value, FileRefused) or caught.value.rule == DAMAGED


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        read(xlsx(), Limits(inflated=1000))
    assert caught.value.rule == TOO_LARGE


def test_the_xml_of_excel_2003_places_its_cells_and_shows_its_dates() -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"

    def cell(text: str, says: str = "", kind: str = "String") -> str:
        return f"<Cell {says}><Data ss:Type='{kind}'>{text}</Data></Cell>"

    rows = (
        "<Row>" + cell("地区", "ss:MergeDown='1'") + cell("日期") + "</Row>",
        "<Row>" + cell("起", "ss:Index='2'") + cell("比例") + "</Row>",
        "<Row ss:Hidden='1'>" + cell("暗") + "</Row>",
        "<Row ss:Index='9'>" + cell("甲"),
        cell("2022-05-01T00:00:00.000", "ss:StyleID='d'", "DateTime"),
        cell("0.153", "ss:StyleID='p'", "Number") + "</Row>",
    )
    body = (
        f"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='{space}' xmlns:ss='{space}'>"
        "<Styles><Style ss:ID='d'><NumberFormat ss:Format='Short Date'/></Style>"
        "<Style ss:ID='p'><NumberFormat ss:Format='Percent'/></Style></Styles>"
        f"<Worksheet ss:Name='a'><Table>{''.join(rows)}</Table></Worksheet></Workbook>"
    )
    found = read_sheetml(body.encode(), LIMITS)
    assert table(found) == (("地区", "日期", ""), (("地区", "起", "比例"), ("甲", "2022/5/1", "15.30%")))
    assert [removal.evidence for removal in found.removals] == ["暗"]


def test_the_xml_of_excel_2003() -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = "<Cell><Data ss:Type='String'>{}</Data></Cell>"
    body = (
        f"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='{space}' xmlns:ss='{space}'>"
        "<Worksheet ss:Name='a'><Table>"
        f"<Row>{cell.format('地区')}<Cell ss:MergeAcross='1'><Data ss:Type='String'>资金</Data></Cell></Row>"
        f"<Row>{cell.format('甲')}<Cell ss:Index='3'><Data ss:Type='Number'>12</Data></Cell></Row>"
        f"<Row>{cell.format('乙')}{cell.format('3')}{cell.format('4')}</Row></Table></Worksheet></Workbook>"
    )
    assert table(read_sheetml(body.encode(), LIMITS)) == (
        ("地区", "资金", "资金"),
        (("甲", "", "12"), ("乙", "3", "4")),
    )
