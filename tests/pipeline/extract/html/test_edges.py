"""主送机关, 署名 and 成文日期 that a template put beside the body, and lines that only look like them."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.edges import widen
from pipeline.extract.html.page import Line, page_lines

TEXT = "请认真贯彻执行。"


def lines(*texts: str) -> tuple[Line, ...]:
    """A line a paragraph; a text in angle brackets is its link."""
    source = "".join(f"<p><a href=x>{text[1:-1]}</a>" if text.startswith("<") else f"<p>{text}" for text in texts)
    return page_lines(html.document_fromstring(f"<body>{source}</body>")).lines


def taken(*texts: str) -> list[str]:
    """The lines that become body around TEXT."""
    found = lines(*texts)
    inside = frozenset(at for at, line in enumerate(found) if line.text == TEXT)
    return [found[at].text for at in sorted(widen(found, inside) - inside)]


@pytest.mark.parametrize(
    "addressee",
    [
        "各区人民政府，市政府各部门：",
        "各县级市（区）人民政府、各直属单位:",
        "国务院各部委、各直属机构：",
        "省发展改革委、财政厅：",
    ],
)
def test_the_addressee_right_above_is_the_documents(addressee: str) -> None:
    assert taken("首页", addressee, TEXT) == [addressee]


@pytest.mark.parametrize(
    "line",
    [
        "各区人民政府",
        "来源：市政府办公室",
        "各位网友，请按下列步骤办理。如有疑问：",
        "<各区人民政府，市政府各部门：>",
        "关于做好工作的通知",
    ],
)
def test_other_lines_above_are_not(line: str) -> None:
    assert taken(line, TEXT) == []


def test_an_addressee_further_up_is_not() -> None:
    assert taken("各区人民政府，市政府各部门：", "字号：大 中 小", TEXT) == []


@pytest.mark.parametrize(
    "below",
    [
        ["示例市人民政府", "2022年5月19日"],
        ["示例市财政局", "示例市税务局", "二〇二二年五月十九日", "（此件公开发布）"],
        ["2022年5月19日"],
    ],
)
def test_signature_date_and_note_right_below_are_the_documents(below: list[str]) -> None:
    assert taken(TEXT, *below, "打印本页", "示例市统计局") == below


@pytest.mark.parametrize(
    "below",
    [
        ["示例市人民政府", "示例市财政局"],
        ["打印", "示例市人民政府", "2022年5月19日"],
        ["<示例市人民政府>", "2022年5月19日"],
        ["主办：示例市人民政府", "2022年5月19日"],
        ["发布时间：2022年5月19日"],
        [],
    ],
    ids=["no date", "not beside it", "a link", "a label", "a labelled date", "nothing"],
)
def test_names_without_a_date_or_further_down_are_not(below: list[str]) -> None:
    assert taken(TEXT, *below) == []


def test_names_below_the_body_count_only_above_a_date() -> None:
    bodies = [f"示例市{name}局" for name in ("财政", "税务", "教育", "民政", "司法", "水务", "统计", "审计", "商务")]
    assert taken(TEXT, *bodies[:7], "2022年5月19日") == [*bodies[:7], "2022年5月19日"]
    assert taken(TEXT, *bodies) == []


def test_a_page_without_a_body_stays_without() -> None:
    assert widen(lines("示例市人民政府", "2022年5月19日"), frozenset()) == frozenset()
