"""Word documents: what a reader sees on paper, in order, and nothing else."""

from __future__ import annotations

from io import BytesIO

import docx as python_docx
import pytest
from officemaker import SENTENCE, TITLE, docx, listed, p, packed, r

from pipeline.extract.files.docx.read import read
from pipeline.extract.files.errors import DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE, UNSAFE, FileRefused
from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.formats import parse
from pipeline.extract.tables.markdown import read_back

LIMITS = Limits()
_ARTICLES = """<w:abstractNum w:abstractNumId='7'>
<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:suff w:val='space'/>
<w:lvlText w:val='第%1条'/></w:lvl>
<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>
<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%2.%3'/></w:lvl>
<w:lvl w:ilvl='3'><w:numFmt w:val='bullet'/><w:lvlText w:val='&#xF06C;'/></w:lvl>
</w:abstractNum>
<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>
<w:num w:numId='2'><w:abstractNumId w:val='7'/>
<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>
"""


def texts(body: bytes) -> list[str]:
    return [block.text for block in read(body, LIMITS).blocks]


def refusal(body: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(FileRefused) as caught:
        read(body, limits)
    return caught.value.rule


def removed(found: FileRead) -> list[tuple[str, str]]:
    return [(removal.rule, removal.evidence) for removal in found.removals]


def test_paragraphs_come_in_order_and_a_line_break_is_no_paragraph() -> None:
    found = read(docx(p("一、总体要求") + "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>" + p("")), LIMITS)
    assert [(block.text, block.line, block.begins) for block in found.blocks] == [
        ("一、总体要求", 1, True),
        ("甲", 2, True),
        ("乙", 3, False),
    ]


def test_automatic_numbers_are_counted_as_word_prints_them() -> None:
    body = docx(
        p("总则", listed(0))
        + p("甲", listed(1))
        + p("乙", listed(1))
        + p("细目", listed(2))
        + p("点", listed(3))
        + p("", listed(1))  # an empty paragraph has no number to be read
        + p("附则", listed(0))
        + p("丙", listed(1))
        + p("另起", listed(0, 2))
        + p("没有这个列表", listed(0, 9))
        + p("不编号", "<w:numPr><w:numId w:val='0'/></w:numPr>"),
        numbering=_ARTICLES,
    )
    assert texts(body) == [
        *("第一条 总则", "（一）甲", "（二）乙", "1.2.1 细目", "点", "第二条 附则", "（一）丙", "第一条 另起"),
        *("没有这个列表", "不编号"),
    ]


def test_a_style_gives_its_number_to_the_paragraph() -> None:
    numbering = _ARTICLES.replace("<w:lvl w:ilvl='1'>", "<w:lvl w:ilvl='1'><w:pStyle w:val='Item'/>")
    styles = (
        "<w:style w:type='paragraph' w:styleId='Base'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Item'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Derived'><w:basedOn w:val='Base'/></w:style>"
    )
    body = docx(
        p("甲", "<w:pStyle w:val='Derived'/>") + p("乙", "<w:pStyle w:val='Item'/>"),
        numbering=numbering,
        styles=styles,
    )
    assert texts(body) == ["第一条 甲", "（一）乙"]


def test_changes_are_accepted_and_told() -> None:
    body = docx(
        f"<w:p>{r('拨付')}<w:del>{r('旧额').replace('w:t', 'w:delText')}</w:del><w:ins>{r('新额')}</w:ins></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('并入')}</w:p>{p('下一段')}"
        f"<w:p><w:moveFrom>{r('移走')}</w:moveFrom></w:p><w:p><w:moveTo>{r('移来')}</w:moveTo></w:p>"
    )
    found = read(body, LIMITS)
    assert [block.text for block in found.blocks] == ["拨付新额", "并入下一段", "移来"]
    assert found.flags == {"tracked_changes"}
    assert removed(found) == [("files.tracked_deletion", "旧额"), ("files.tracked_deletion", "移走")]


def test_a_row_that_was_deleted_is_no_row() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc>{p(text)}</w:tc><w:tc>{p('值')}</w:tc></w:tr>"

    found = read(docx(f"<w:tbl>{row('甲')}{row('乙', '<w:del/>')}{row('丙', '<w:ins/>')}{row('丁')}</w:tbl>"), LIMITS)
    assert read_back(found.blocks[0].text, ()) == (("甲", "值"), (("丙", "值"), ("丁", "值")))
    assert removed(found) == [("files.tracked_deletion", "乙值")]


def test_hidden_text_is_dropped_and_told() -> None:
    styles = "<w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>"
    character = '<w:rStyle w:val="H"/>'
    shown = f'{character}<w:vanish w:val="0"/>'
    body = docx(
        f"<w:p>{r('可见')}{r('暗一', '<w:vanish/>')}{r('暗二', character)}{r('仍见', shown)}</w:p>",
        styles=styles,
    )
    found = read(body, LIMITS)
    assert [block.text for block in found.blocks] == ["可见仍见"]
    assert found.flags == {"hidden_text"}
    assert removed(found) == [("files.hidden_text", "暗一暗二")]


def test_a_plain_document_has_no_flags() -> None:
    found = read(docx(p(SENTENCE)), LIMITS)
    assert found.flags == frozenset()
    assert found.removals == ()


def test_footnotes_stand_at_the_end_under_their_marks() -> None:
    notes = (
        "<w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
        f"<w:footnote w:id='2'>{p('以2021年为基期。')}</w:footnote>"
    )
    body = docx(
        f"<w:p>{r('增长5%')}<w:r><w:footnoteReference w:id='2'/></w:r>{r('。')}</w:p>{p('末段')}", footnotes=notes
    )
    assert texts(body) == ["增长5%[1]。", "末段", "[1] 以2021年为基期。"]


def test_merged_cells_are_merged_as_in_html() -> None:
    document = python_docx.Document()
    table = document.add_table(rows=4, cols=3)
    for y, row in enumerate(
        (["地区", "资金（万元）", ""], ["", "上年", "本年"], ["青屿市", "12", "15"], ["海州市", "8", "9"])
    ):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    buffer = BytesIO()
    document.save(buffer)
    (block,) = read(buffer.getvalue(), LIMITS).blocks
    assert block.kind == "table"
    assert block.text.split("\n")[2] == "|  | 上年 | 本年 |"
    assert read_back(block.text, block.merged) == (
        ("地区", "资金（万元）", "资金（万元）"),
        (("地区", "上年", "本年"), ("青屿市", "12", "15"), ("海州市", "8", "9")),
    )


def test_a_table_in_a_cell_and_paragraphs_in_a_cell_are_its_text() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('内')}</w:tc></w:tr></w:tbl>"
    rows = "".join(
        f"<w:tr><w:tc>{a}</w:tc><w:tc>{b}</w:tc></w:tr>"
        for a, b in ((p("任务"), p("单位")), (p("一是") + p("二是"), inner + p("外")), (p("三"), p("四")))
    )
    (block,) = read(docx(f"<w:tbl>{rows}</w:tbl>"), LIMITS).blocks
    assert read_back(block.text, ()) == (("任务", "单位"), (("一是二是", "内外"), ("三", "四")))


def test_text_boxes_are_read_once() -> None:
    mc = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    body = docx(
        f"<w:p>{r('正文')}<w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(body) == ["正文", "框中"]


def test_fields_give_their_result_and_not_their_instruction() -> None:
    body = docx(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('2022年')}</w:p>"
    )
    assert texts(body) == ["2022年"]


@pytest.mark.parametrize(
    "space",
    ["http://purl.oclc.org/ooxml/wordprocessingml/main", "http://schemas.microsoft.com/office/word/2003/wordml"],
)
def test_other_namespaces_are_the_same_to_us(space: str) -> None:
    assert texts(docx(p(SENTENCE), space)) == [SENTENCE]


def test_word_2003_in_one_file() -> None:
    body = (
        "<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument "
        "xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml' "
        "xmlns:wx='http://schemas.microsoft.com/office/word/2003/auxHint'><w:body><wx:sect>"
        f"<w:p><w:pPr><w:listPr><wx:t wx:val='一、'/></w:listPr></w:pPr>{r('总体要求')}</w:p></wx:sect></w:body>"
        "</w:wordDocument>"
    )
    assert texts(body.encode()) == ["一、总体要求"]


def test_the_title_is_the_styled_line_or_the_largest_one() -> None:
    styles = "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>"
    named = docx(
        p("附件1") + p("青屿市", "<w:pStyle w:val='T'/>") + p("防汛预案", "<w:pStyle w:val='T'/>"), styles=styles
    )
    assert read(named, LIMITS).title == "青屿市防汛预案"
    large = docx(
        p("青屿市人民政府文件", run="<w:sz w:val='72'/>") + p(TITLE, run="<w:sz w:val='44'/>") + p(SENTENCE) * 3
    )
    assert read(large, LIMITS).title == TITLE
    assert read(docx(p(TITLE) + p(SENTENCE)), LIMITS).title is None


def test_macros_are_told_and_nothing_else_is_done_with_them() -> None:
    body = packed(
        {
            "word/document.xml": "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
            f"<w:body>{p(SENTENCE)}</w:body></w:document>",
            "word/vbaProject.bin": b"\0",
        }
    )
    assert read(body, LIMITS).flags == {"macros"}


def test_entities_are_refused(tmp_path: object) -> None:
    laughs = "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
    outside = "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    for declared, entity in ((laughs, "&b;"), (outside, "&x;")):
        xml = (
            f"{declared}<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
            f"<w:body>{p(entity)}</w:body></w:document>"
        )
        assert refusal(packed({"word/document.xml": xml})) == UNSAFE


def test_damaged_packages_are_refused_with_the_reason() -> None:
    sound = docx(p(SENTENCE) * 200)
    assert refusal(sound[:-100]) == DAMAGED
    assert refusal(packed({"word/other.txt": "no document"})) == DAMAGED
    assert refusal(packed({"word/document.xml": "<w:document"})) == DAMAGED
    assert refusal(docx("<w:p>" * 400 + "</w:p>" * 400)) == DAMAGED  # deeper than any XML of Word


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    assert refusal(docx(" " * (3 << 20)), Limits(inflated=1 << 20)) == TOO_LARGE


def test_a_package_with_a_password_is_encrypted() -> None:
    body = bytearray(docx(p(SENTENCE)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        while at >= 0:
            body[at + offset] |= 1
            at = body.find(mark, at + 4)
    assert refusal(bytes(body)) == ENCRYPTED


def test_signs_are_read_by_their_fonts() -> None:
    signs = "".join(
        f"<w:sym w:font='{font}' w:char='{code}'/>"
        for font, code in (("Symbol", "F0A3"), ("Wingdings", "F0A8"), ("MS Gothic", "2612"), ("Webdings", "F061"))
    )
    ticked = r("\uf0fe", "<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>")
    assert texts(docx(f"<w:p><w:r>{signs}</w:r>{ticked}{r('同意')}</w:p>")) == ["≤□☒☑同意"]


_COUNTED = (
    "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
)


def test_an_empty_paragraph_counts_as_word_counts_it() -> None:
    assert texts(docx(p("甲", listed(0)) + p("", listed(0)) + p("乙", listed(0)), numbering=_COUNTED)) == [
        "1. 甲",
        "3. 乙",
    ]


def test_paragraphs_whose_mark_was_deleted_have_one_number() -> None:
    joins = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = p("甲", listed(0) + joins) + p("乙", listed(0)) + p("丙", listed(0))
    assert texts(docx(body, numbering=_COUNTED)) == ["1. 甲乙", "2. 丙"]


def _cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


_INNER = f"<w:tbl><w:tr>{_cell(p('内'))}</w:tr></w:tbl>"


@pytest.mark.parametrize(
    "inside",
    [
        f"{p('前')}<w:sdt><w:sdtContent>{_INNER}</w:sdtContent></w:sdt>{p('后')}",
        f"{p('前')}{_INNER}{p('后')}",
        f"<w:p>{r('前')}<w:r><w:pict><w:txbxContent>{_INNER}</w:txbxContent></w:pict></w:r></w:p>{p('后')}",
    ],
)
def test_no_table_inside_a_cell_is_lost_or_out_of_order(inside: str) -> None:
    rows = f"<w:tr>{_cell(inside)}{_cell(p('b'))}</w:tr><w:tr>{_cell(p('c'))}{_cell(p('d'))}</w:tr>"
    (block,) = read(docx(f"<w:tbl>{rows}</w:tbl>"), LIMITS).blocks
    assert block.text.splitlines()[0] == "| 前内后 | b |"


def test_cells_that_old_word_merged_along_the_row() -> None:
    first, rest = ("<w:hMerge w:val='restart'/>", "<w:hMerge/>")
    rows = f"<w:tr>{_cell(p('甲'), first)}{_cell(p(''), rest)}{_cell(p('乙'))}</w:tr>"
    rows += f"<w:tr>{_cell(p('1'))}{_cell(p('2'))}{_cell(p('3'))}</w:tr>"
    (block,) = read(docx(f"<w:tbl>{rows}</w:tbl>"), LIMITS).blocks
    assert read_back(block.text, block.merged) == (("甲", "甲", "乙"), (("1", "2", "3"),))


def test_a_page_that_word_would_convert_is_read_in_its_place() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    links = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='c1' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk' Target='afchunk.htm'/>"
        "</Relationships>"
    )
    chunk = "<w:altChunk r:id='c1' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'/>"
    body = packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document xmlns:w='{space}'><w:body>{p('前')}{chunk}{p('后')}</w:body>"
            "</w:document>",
            "word/_rels/document.xml.rels": links,
            "word/afchunk.htm": f"<html><body><p>{SENTENCE}</p></body></html>",
        }
    )
    assert texts(body) == ["前", SENTENCE, "后"]


def test_notes_of_the_flat_form_of_a_package() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        "<?xml version='1.0'?><?mso-application progid='Word.Document'?><p><w:document "
        f"xmlns:w='{space}'><w:body><w:p>{r('甲')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p></w:body>"
        f"</w:document><w:footnotes xmlns:w='{space}'><w:footnote w:id='2'>{p('注文')}</w:footnote></w:footnotes></p>"
    )
    assert [block.text for block in read(body.encode(), LIMITS).blocks] == ["甲[1]", "[1] 注文"]


@pytest.mark.parametrize(("media", "rule"), [({"word/media/image1.png": b"x"}, NEEDS_OCR), ({}, EMPTY)])
def test_a_document_without_text_says_why(media: dict[str, bytes], rule: str) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {"word/document.xml": f"<w:document xmlns:w='{space}'><w:body>{p('')}</w:body></w:document>"}
    found = parse(packed({"[Content_Types].xml": "<Types/>", **parts, **media}), LIMITS)
    assert found.refusal is not None
    assert found.refusal.rule == rule


def test_letters_drawn_along_a_path_are_text() -> None:
    drawn = "<v:textpath xmlns:v='urn:schemas-microsoft-com:vml' string='青屿市人民政府文件'/>"
    assert texts(docx(f"<w:p><w:r><w:pict>{drawn}</w:pict></w:r></w:p>{p(SENTENCE)}")) == [
        "青屿市人民政府文件",
        SENTENCE,
    ]
