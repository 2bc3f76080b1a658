"""From a stored file to a document: the steps after reading are the same as for a web page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from docmaker import Line, doc
from officemaker import SENTENCE, TITLE, docx, listed, p, packed, rtf, xlsx

from crawler.page import Page, RawRecord, document_id
from pipeline.assemble import assemble
from pipeline.draft import Draft
from pipeline.extract.files.documents import drafted, member_records, parent_id
from pipeline.extract.files.heading import Printed, leading_title
from pipeline.extract.files.read import read_file
from pipeline.model import Document, Removal
from pipeline.steps import STEPS, clean, read

PARENT = "http://www.example.gov.cn/zfwj/202205/t1.html"
FILE = "http://www.example.gov.cn/zfwj/202205/P020220519.docx"
NUMBERING = (
    "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/>"
    "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
)
_AFTER_READING = STEPS[STEPS.index(read) + 1 :]


def record(body: bytes, name: str = "附件1：应急预案.docx", url: str = FILE) -> RawRecord:
    page = Page(
        url=url,
        source="demo",
        body=body,
        media_type="application/msword",
        captured=datetime(2022, 5, 20, tzinfo=UTC),
        status=200,
        hints=(("parent", PARENT), ("name", name)),
    )
    return RawRecord(page=page, sha256=page.sha256, warc="demo/1.warc.gz", offset=0)


def document(raw: RawRecord) -> Document:
    draft: Draft | Removal = drafted(Draft(raw=raw), read_file(raw.page.body))
    for step in _AFTER_READING:
        assert isinstance(draft, Draft), draft
        draft = step(draft)
    assert isinstance(draft, Draft), draft
    return assemble(draft)


def test_a_docx_becomes_a_document_with_title_sections_and_table() -> None:
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (["序号", "任务"], ["1", "排查隐患"], ["2", "组织演练"])
    )
    body = (
        p(TITLE, run="<w:sz w:val='44'/>")
        + p("各区人民政府：")
        + p("总体要求", listed(0))
        + p(SENTENCE)
        + p("重点任务", listed(0))
        + p(SENTENCE)
        + f"<w:tbl>{table}</w:tbl>"
        + p("青屿市人民政府")
        + p("2022年5月19日")
    )
    made = document(record(docx(body, numbering=NUMBERING)))
    assert made.title == TITLE
    assert [(section.number, section.heading) for section in made.sections] == [
        ("一", "总体要求"),
        ("二", "重点任务"),
    ]
    assert [table.rows for table in made.tables] == [(("1", "排查隐患"), ("2", "组织演练"))]
    assert [part.kind for part in made.parts if part.kind in ("addressee", "signature", "date")] == [
        *("addressee", "signature", "date"),
    ]
    assert made.extractor == "file:docx"


@pytest.mark.parametrize(
    "body",
    [
        docx(p(TITLE) + p("各区人民政府：") + p(SENTENCE)),
        doc([Line(f"{TITLE}\r"), Line("各区人民政府：\r"), Line(f"{SENTENCE}\r")]),
        rtf(rf"{TITLE}\par 各区人民政府：\par {SENTENCE}\par"),
        f"<html><body><p>{TITLE}</p><p>各区人民政府：</p><p>{SENTENCE}</p>".encode("gb18030"),
        f"{TITLE}\n各区人民政府：\n{SENTENCE}\n".encode("gb18030"),
    ],
)
def test_the_same_text_from_every_format(body: bytes) -> None:
    made = document(record(body))
    assert (made.title, made.text) == (TITLE, f"各区人民政府：\n{SENTENCE}")


def test_a_file_without_a_title_is_called_as_its_link_or_its_name() -> None:
    assert document(record(xlsx(), "附件1：责任清单.xlsx")).title == "责任清单"
    assert document(record(xlsx(), "下载", "http://a.gov.cn/%E6%B8%85%E5%8D%95.xlsx")).title == "清单"


_LARGE = "<w:sz w:val='44'/>"


def test_the_heading_of_a_file_is_its_title_whatever_is_printed_around_it() -> None:
    """A decision of 2020 stands in brackets between the title and the text; its lines read like titles."""
    head = ("青屿市人民法院", "关于审理融资租赁合同纠纷案件适用法律", "若干问题的解释")
    note = (
        "（2013年11月25日青屿市人民法院审判委员会第1597次会议通过，根据2020年12月23日",
        "审判委员会第1823次会议通过的《青屿市人民法院关于修改",
        "〈关于担保问题的解释〉等十九件解释的决定》修正）",
    )
    large = "".join(p(line, run=_LARGE) for line in head)
    body = p("政策信息发布平台") + large + "".join(map(p, note)) + p(SENTENCE) * 5
    made = clean(record(docx(body))).document
    assert made is not None
    assert made.title == "".join(head)
    assert made.text.splitlines()[0] == "政策信息发布平台"
    assert [line for line in head if line in made.text.splitlines()] == []


def test_the_date_and_the_contents_of_a_cover_are_no_part_of_a_title() -> None:
    cover = ("青屿市智慧水务建设规划", "青屿市水务局", "2022年5月", "目录")
    made = document(record(docx("".join(p(line, run=_LARGE) for line in cover[:1]) + p("") + p(SENTENCE) * 5)))
    assert made.title == cover[0]
    lines = [Printed(line, 44) for line in cover]
    assert leading_title(lines, 20) == "青屿市智慧水务建设规划青屿市水务局"


def test_a_refusal_is_the_outcome_with_its_reason() -> None:
    found = drafted(Draft(raw=record(b"7z\xbc\xaf\x27\x1c\0\4")), read_file(b"7z\xbc\xaf\x27\x1c\0\4"))
    assert isinstance(found, Removal)
    assert (found.rule, found.scope) == ("files.unsupported", "page")


def test_an_archive_and_its_members_are_linked_both_ways() -> None:
    raw = record(packed({"预案/1.docx": docx(p(TITLE) + p(SENTENCE)), "清单.xlsx": xlsx()}), "附件.zip", f"{FILE}.zip")
    found = read_file(raw.page.body)
    archive = document(raw)
    members = list(member_records(raw, found))
    assert parent_id(raw) == document_id(PARENT)
    assert archive.title == "附件.zip"
    assert archive.flags == ("archive", "body_in_attachment")
    assert [one.document_id for one in archive.attachments] == [member.id for member in members]
    assert [one.raw_sha256 for one in archive.attachments] == [member.sha256 for member in members]
    assert [parent_id(member) for member in members] == [archive.id, archive.id]
    assert document(members[0]).title == TITLE
