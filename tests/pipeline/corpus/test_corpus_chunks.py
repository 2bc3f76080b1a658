"""Chunks share the text out and know their headings; Markdown keeps every character."""

from __future__ import annotations

from corpus_factory import document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus.chunks import Chunk, chunks
from pipeline.corpus.markdown import as_markdown
from pipeline.corpus.outline import outline
from pipeline.model import Document, Part, Section, Table

COVER = "各区人民政府：\n现将《示例市行动方案》印发给你们，请认真贯彻执行。\n"
PLAN = "示例市行动方案\n"
AIMS = "一、总体要求\n" + "坚持绿色发展。" * 9 + "\n"
TASKS = "二、重点任务\n"
WORKS = "（一）创建绿色工厂。" + "建设工厂十家。" * 9 + "\n"
PARKS = "（二）建设绿色园区。" + "改造园区三个。" * 9 + "\n"
HEAD = "| 序号 | 任务 |\n| --- | --- |\n"
ROWS = "".join(f"| {n} | 建设平台第{n}个，按期完成 |\n" for n in range(1, 12))
ANNEX = "附件1\n任务分解表\n"
TEXT = COVER + PLAN + AIMS + TASKS + WORKS + PARKS + ANNEX + HEAD + ROWS


def whole() -> Document:
    """A notice with a plan and an annex, with everything where it is."""
    plan, aims, tasks, works, parks, annex, table = map(TEXT.index, (PLAN, AIMS, TASKS, WORKS, PARKS, ANNEX, HEAD))
    sections = (
        Section(1, "一", "总体要求", aims, tasks),
        Section(1, "二", "重点任务", tasks, annex),
        Section(2, "（一）", "创建绿色工厂", works, parks),
        Section(2, "（二）", "建设绿色园区", parks, annex),
    )
    parts = (Part("cover", 0, plan), Part("addressee", 0, 7), Part("payload", plan, annex))
    return document(
        text=TEXT,
        parts=(*parts, Part("annex", annex, len(TEXT))),
        sections=sections,
        tables=(Table("任务分解表", ("序号", "任务"), (("1", "建设平台"),), table, len(TEXT)),),
    )


def test_each_chunk_stands_under_its_headings() -> None:
    found = chunks(whole(), 100)
    plan, tasks, annex = "示例市行动方案", "二、重点任务", "附件1 任务分解表"
    assert [chunk.headings for chunk in found if not chunk.table_header] == [
        (),
        (plan, "一、总体要求"),
        (plan, tasks, "（一）创建绿色工厂"),
        (plan, tasks, "（二）建设绿色园区"),
        (annex,),
    ]
    assert TEXT[found[2].start :].startswith("二、重点任务\n（一）")  # a heading does not stand alone


def test_rows_that_go_on_know_their_columns() -> None:
    found = chunks(whole(), 100)
    later = [chunk for chunk in found if chunk.table_header]
    assert later
    assert {chunk.table_header for chunk in later} == {("序号", "任务")}
    assert all(TEXT[chunk.start] == "|" and TEXT[chunk.end - 1] == "\n" for chunk in later)


def test_what_fits_stays_whole() -> None:
    assert chunks(whole(), 10_000) == [Chunk(0, len(TEXT), ())]
    assert [chunk.headings for chunk in chunks(whole(), 400)] == [(), ("示例市行动方案",), ("附件1 任务分解表",)]


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    one = document(text="建设工厂十家。" * 30, parts=(), sections=(), tables=())
    found = chunks(one, 50)
    assert {chunk.end - chunk.start for chunk in found} == {49, 14}
    solid = document(text="字" * 120, parts=(), sections=(), tables=())
    assert [chunk.end - chunk.start for chunk in chunks(solid, 50)] == [50, 50, 20]


def test_no_text_no_chunk() -> None:
    assert chunks(document(text="", parts=(), sections=(), tables=())) == []


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any text with any spans on it, also such as no reader would make."""
    text = draw(st.text(alphabet="一二（）、。；\n| 甲乙丙", max_size=300))
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    kinds = st.sampled_from(["cover", "payload", "annex", "signature"])
    return document(
        text=text,
        parts=tuple(Part(draw(kinds), *draw(span)) for _ in range(draw(st.integers(0, 3)))),
        sections=tuple(
            Section(draw(st.integers(0, 4)), "一", draw(st.sampled_from(["", "甲", "乙丙"])), *draw(span))
            for _ in range(draw(st.integers(0, 8)))
        ),
        tables=tuple(Table(None, ("甲",), (), *draw(span)) for _ in range(draw(st.integers(0, 2)))),
    )


@given(documents(), st.integers(1, 120))
def test_chunks_put_together_are_the_text(one: Document, size: int) -> None:
    found = chunks(one, size)
    assert "".join(one.text[chunk.start : chunk.end] for chunk in found) == one.text
    assert all(0 < chunk.end - chunk.start <= size for chunk in found)


@given(documents())
def test_children_lie_inside_their_parent_one_behind_the_other(one: Document) -> None:
    nodes = [outline(one)]
    while nodes:
        node = nodes.pop()
        ends = [node.start, *(child.end for child in node.children)]
        assert all(child.start >= end for child, end in zip(node.children, ends, strict=False))
        assert ends[-1] <= node.end
        nodes += node.children


def test_markdown() -> None:
    lines = as_markdown(whole()).split("\n")
    assert "### 一、总体要求" in lines
    assert "## 示例市行动方案" in lines
    assert "## 附件1" in lines
    table = lines.index("| 序号 | 任务 |")
    assert lines[table + 1 : table + 3] == ["| --- | --- |", "| 1 | 建设平台第1个，按期完成 |"]
    assert lines[table - 1] == ""


@given(documents())
def test_markdown_keeps_every_character(one: Document) -> None:
    body = as_markdown(one).split("---\n\n", 1)[1].removeprefix(f"# {one.title}\n\n")
    kept = [
        line.removeprefix("#" * (len(line) - len(line.lstrip("#"))) + " ") if line.startswith("#") else line
        for line in body.split("\n")
    ]
    assert [line for line in kept if line] == [line for line in one.text.split("\n") if line]
