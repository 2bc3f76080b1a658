"""Where the document stands on a page: which rule says so, and which lines it takes."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.body import find_body, read_page

TITLE = "关于做好防汛工作的通知"
SENTENCE = "各单位要加强组织领导，压实工作责任，确保各项任务按期完成。"
TEXT = f"<p>各区人民政府：</p><p>{SENTENCE}</p><p>{SENTENCE}</p><p>示例市水务局</p>"
BODY = ["各区人民政府：", SENTENCE, SENTENCE, "示例市水务局"]
MENU = "<div id=menu>" + "".join(f"<p><a href={n}>栏目之{n}的名称</a>" for n in range(12)) + "</div>"


def found(inner: str, title: str | None = TITLE) -> tuple[str, list[str], str]:
    """Rule, lines and evidence of the body; hidden lines and the title left out."""
    read = read_page(html.document_fromstring(f"<body>{inner}</body>"))
    lines = read.page.lines
    at = next((at for at, line in enumerate(lines) if line.text == title), None)
    assert title is None or at is not None
    body = find_body(read, at)
    inside = [lines[at] for at in sorted(body.inside)]
    return body.extractor, [line.text for line in inside if not line.hidden and line.text != title], body.evidence


HEAD = f"{MENU}<h1>{TITLE}</h1>"


@pytest.mark.parametrize("title", [TITLE, None])
@pytest.mark.parametrize(
    ("opening", "closing", "evidence"),
    [
        ("<div id=zoom>", "</div>", "div zoom"),
        ("<div class='TRS_UEDITOR x'>", "</div>", "div trs_ueditor x"),
        ("<ucapcontent>", "</ucapcontent>", "ucapcontent"),
        ("<div class=pages_content>", "</div>", "div pages_content"),
        ("<article>", "</article>", "article"),
        ("<!-- 正文开始 -->", "<!-- 正文结束 -->", "<!--正文开始-->"),
        ('<meta name="ContentStart">', '<meta name="ContentEnd">', "<!--ContentStart-->"),
    ],
)
def test_a_known_container_is_the_body(opening: str, closing: str, evidence: str, title: str | None) -> None:
    page = f"<div>{HEAD}<div>来源：某局</div>{opening}{TEXT}{closing}<p>打印本页</p></div>{MENU}"
    assert found(page, title) == ("container", BODY, evidence)


def test_marks_that_do_not_hold_the_text_are_not_believed() -> None:
    page = f"<!-- 正文开始 --><p>横幅。</p><!-- 正文结束 -->{HEAD}<div class=pages_content>{TEXT}</div>"
    assert found(page)[1:] == (BODY, "div pages_content")
    assert found(f"{HEAD}<!-- 正文结束 --><div class=abc>{TEXT}</div><!-- 正文开始 -->{MENU}")[:2] == ("density", BODY)


def test_a_container_above_the_title_is_a_banner() -> None:
    banner = f"<div id=zoom><p>{SENTENCE * 3}</p></div>"
    assert found(f"{banner}{HEAD}<div class=trs_editor>{TEXT}</div>")[1:] == (BODY, "div trs_editor")
    assert found(f"{banner}{HEAD}<div class=pages_content>{TEXT}</div>")[1] == BODY
    assert found(f"{banner}<div class=abc>{TEXT}</div>", None)[1] == [SENTENCE * 3]


def test_a_container_that_holds_the_font_buttons_is_none() -> None:
    buttons = "<div id=zoom><a href=1>大</a> <a href=2>中</a></div><span id=fontzoom>【字体：大 中 小】</span>"
    assert found(f"{HEAD}{buttons}<div class=abc>{TEXT}</div>{MENU}")[:2] == ("density", BODY)
    assert found(f"{HEAD}{buttons}<div class=pages_content>{TEXT}</div>")[1:] == (BODY, "div pages_content")


def test_a_container_that_only_introduces_the_text_is_not_the_body() -> None:
    summary = "<div class=article><p>摘要：做好防汛工作。</p></div>"
    page = f"<div class=wrap><h1>{TITLE}</h1>{summary}<div class=abc>{TEXT * 4}</div></div>"
    assert found(f"{MENU}{page}{MENU}")[1] == ["摘要：做好防汛工作。", *BODY * 4]


@pytest.mark.parametrize("names", ["class=article", "class=content", "id=main_content"])
def test_a_box_that_holds_comments_too_is_narrowed_to_the_text_under_the_title(names: str) -> None:
    comments = "<div class=pl>" + "".join(
        f"<p><a href={n}>网友{n}的主页和全部留言</a> 发表于昨天</p><p>好；支持。</p>" for n in range(60)
    )
    rule, lines, _ = found(f"<div {names}><h1>{TITLE}</h1><div>{TEXT * 3}</div>{comments}</div></div>")
    assert (rule, lines) == ("density", BODY * 3)


SUMMARIES = "".join(f"<p><a href={n}>我市召开第{n}次会议</a></p><p>会议强调；{SENTENCE}</p>" for n in range(20))
HEADLINES = "".join(f"<p><a href={n}>会议强调，要做好各项工作；第{n}次</a></p>" for n in range(60))


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("opening", "entries"),
    [
        ("<div id=zoom>", SUMMARIES),
        ("<div id=zoom>", HEADLINES),
        ("<div class=article>", HEADLINES),
        ("<div class=abc>", HEADLINES),
    ],
    ids=["field, summaries", "field, headlines", "box, headlines", "no name, headlines"],
)
def test_a_side_bar_longer_than_the_text_is_no_body(opening: str, entries: str, first: bool) -> None:
    text, side = f"<div><h1>{TITLE}</h1>{opening}{TEXT * 3}</div></div>", f"<div class=side>{entries}</div>"
    assert found(f"<div>{side}{text}</div>" if first else f"<div>{text}{side}</div>")[1] == BODY * 3


@pytest.mark.parametrize("hides", ["style='display:none'", "hidden"])
def test_a_body_whose_own_container_is_hidden_is_read(hides: str) -> None:
    """Scripts show it: TRS pages hide the text of one of the two devices until they know which it is."""
    assert found(f"{HEAD}<div id=zoom {hides}>{TEXT}</div>")[:2] == ("container", BODY)


@pytest.mark.parametrize("hidden", ["pc", "phone", "neither"])
def test_a_body_served_twice_is_taken_once(hidden: str) -> None:
    pc, phone = (" style='display:none'" if hidden == name else "" for name in ("pc", "phone"))
    desktop = f"<div class=pc{pc}><div id=zoom>{TEXT}</div></div>"
    assert found(f"{HEAD}{desktop}<div class=wap{phone}><div class=zoom>{TEXT}</div></div>")[:2] == ("container", BODY)


def test_spam_hidden_beside_the_shown_text_is_not_the_body() -> None:
    spam = f"<div style='display:none'>{'<p>彩票平台，开户就送，注册即可领取大奖。</p>' * 30}</div>"
    for page in (f"{HEAD}{spam}<div id=zoom>{TEXT}</div>", f"{HEAD}<div id=zoom>{TEXT}</div>{spam}"):
        assert found(page)[:2] == ("container", BODY)


def test_fields_of_an_editor_side_by_side_are_one_body() -> None:
    other = "<div class=trs_editor><p>第一条 为了规范管理，制定本办法。</p></div>"
    assert found(f"{HEAD}<div class=trs_editor>{TEXT}</div><div>附件</div>{other}")[1] == [
        *BODY,
        "第一条 为了规范管理，制定本办法。",
    ]


def test_without_a_container_the_text_under_the_title_is_the_body() -> None:
    page = f"<table><tr><td>{MENU}<td><h1>{TITLE}</h1><div>{TEXT}</div><tr><td colspan=2>{MENU}</table>"
    assert found(page)[:2] == ("density", BODY)


def test_without_a_title_trafilatura_names_the_text_and_its_element_is_taken_whole() -> None:
    text = TEXT + f"<p>{SENTENCE}</p>" * 4 + "<p>2022<b>年</b>5<b>月</b></p>"
    rule, lines, _ = found(f"{MENU}<div class=abc>{text}</div>{MENU}", None)
    assert rule == "trafilatura"
    assert lines == [*BODY, *[SENTENCE] * 4, "2022年5月"]


def test_trafilatura_changes_nothing_of_the_page() -> None:
    tree = html.document_fromstring(f"<body>{MENU}<div><script>1</script>{TEXT}</div></body>")
    before = html.tostring(tree)
    assert find_body(read_page(tree), None).extractor == "trafilatura"
    assert html.tostring(tree) == before


def test_a_page_without_prose_is_what_stands_under_the_title() -> None:
    scan = f"{HEAD}<div id=zoom><img src=1.jpg></div><p>附近</p>"
    assert found(scan) == ("container", [], "div zoom")
    assert found(f"{HEAD}<p>防汛值班表</p><p>张三</p>") == ("lines", ["防汛值班表", "张三"], "")


def test_a_page_where_nothing_is_known_is_all_body() -> None:
    assert found("<p>甲</p><p>乙</p>", None) == ("lines", ["甲", "乙"], "")
    assert found("", None) == ("lines", [], "")
