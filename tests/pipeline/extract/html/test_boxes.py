"""Boxes of a page: which of them fits the text best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.extract.html.body import read_page
from pipeline.extract.html.boxes import Box, best, goes_on, outermost

if TYPE_CHECKING:
    from pipeline.extract.html.boxes import Boxes

SENTENCE = "各单位要加强组织领导，压实工作责任，确保各项任务按期完成。"
MENU = "<div id=menu>" + "".join(f"<p><a href={n}>栏目之{n}的名称</a>" for n in range(12)) + "</div>"


def boxes_of(inner: str) -> Boxes:
    return read_page(html.document_fromstring(f"<body>{inner}</body>")).boxes


def texts(boxes: Boxes, found: Box | None) -> list[str]:
    assert found is not None
    return [line.text for line in boxes.lines[found.start : found.stop]]


def of(prose: int, size: int, lines: range, *, tier: int = 0, linked: int = 0) -> Box:
    return Box(lines.start, lines.stop, prose, size, linked, tier)


def test_a_box_counts_what_is_shown() -> None:
    boxes = boxes_of(f"<div>{SENTENCE}<p><a href=x>链接</a>到此</p><p>甲<span hidden>彩票彩票</span></p></div>")
    found = boxes.box(0, len(boxes.lines))
    assert (found.prose, found.size, found.linked) == (len(SENTENCE), len(SENTENCE) + 5, 2)
    assert boxes.total == found.prose
    assert 0 < found.fit < len(SENTENCE)
    assert boxes.box(1, 2).fit == boxes.box(2, 2).fit == 0


def test_the_box_that_fits_best_wins_and_a_slightly_wider_one_around_it() -> None:
    narrow, wide, page = of(1000, 1000, range(5, 9)), of(1000, 1150, range(4, 12)), of(1000, 4000, range(20))
    assert best([narrow, page]) is narrow
    assert best([page, narrow, wide]) is wide
    beside = of(1000, 1150, range(10, 30))
    assert best([narrow, beside]) is narrow


def test_of_boxes_that_fit_alike_the_better_evidence_wins() -> None:
    weak, strong = of(900, 900, range(3), tier=2), of(900, 900, range(3, 6), tier=0)
    assert best([weak, strong]) is strong


def test_fields_side_by_side_are_all_kept_and_those_inside_others_are_not() -> None:
    one, other, inside = of(500, 500, range(5)), of(400, 420, range(6, 9)), of(300, 300, range(2))
    assert outermost([inside, other, one]) == [one, other]


def test_a_field_with_much_around_its_text_is_narrowed() -> None:
    wide, inside = of(500, 5000, range(50)), of(500, 510, range(10, 14))
    assert outermost([wide, inside]) == [inside]


def test_a_body_served_for_telephones_too_counts_once() -> None:
    other = "另一段正文，与上文不同，应当保留。"
    boxes = boxes_of(f"<div>{SENTENCE}</div><div>{SENTENCE}</div><div>{other}</div>")
    found = boxes.without_copies([boxes.box(at, at + 1) for at in (2, 1, 0)])
    assert [texts(boxes, one) for one in found] == [[SENTENCE], [other]]


def test_the_densest_element_holds_the_text_and_not_the_menu() -> None:
    boxes = boxes_of(f"{MENU}<div id=text><p>{SENTENCE}<p>{SENTENCE}<p>特此通知</div>{MENU}")
    assert texts(boxes, boxes.densest(0.5)) == [SENTENCE, SENTENCE, "特此通知"]


def test_no_paragraph_alone_is_a_body_and_a_page_without_text_has_none() -> None:
    boxes = boxes_of(f"<div><p>第一</p><p>{SENTENCE * 3}</p></div>")
    assert texts(boxes, boxes.densest(0.5))[0] == "第一"
    assert boxes_of(MENU).densest(0.5) is None


def test_below_a_title_the_text_is_taken_with_its_margin_and_without_the_menus() -> None:
    boxes = boxes_of(
        f"{MENU}<div><h1>关于防汛的通知</h1><div id=t><p>{SENTENCE * 3}<p>{SENTENCE}</div>"
        f"<div>示例市水务局</div></div>{MENU}<p>{SENTENCE}</p>"
    )
    title = next(at for at, line in enumerate(boxes.lines) if line.text == "关于防汛的通知")
    found = texts(boxes, boxes.below(title))
    assert found[-3:] == [SENTENCE * 3, SENTENCE, "示例市水务局"]
    assert not any("栏目" in text for text in found)
    assert boxes.below(len(boxes.lines) - 1) is None


def test_the_document_goes_on_where_more_text_stands() -> None:
    body = of(1000, 1000, range(10))
    assert goes_on(body, of(1600, 1900, range(20), linked=300))
    assert goes_on(body, of(1000, 1200, range(12)))
    assert not goes_on(body, of(1000, 1300, range(12)))
    assert not goes_on(body, of(1000, 1200, range(12), linked=50))
    assert not goes_on(body, of(1100, 2000, range(30), linked=300))


def test_a_teaser_under_the_title_is_not_the_body() -> None:
    teaser = of(50, 50, range(2))
    assert goes_on(teaser, of(5000, 20000, range(90), linked=5000))
    assert not goes_on(teaser, of(300, 20000, range(90), linked=5000))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40), st.integers(0, 20), st.integers(1, 20)), min_size=1))
def test_the_best_box_is_one_of_them_and_no_other_fits_much_better(drawn: list[tuple[int, int, int, int]]) -> None:
    boxes = [of(prose, prose + rest, range(start, start + count)) for prose, rest, start, count in drawn]
    found = best(boxes)
    assert found in boxes
    assert found.fit * 1.25 >= max(one.fit for one in boxes)
