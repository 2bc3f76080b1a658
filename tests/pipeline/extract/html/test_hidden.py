"""What a page hides: text that a script shows is text, names for sharing and spam are not."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.body import read_page

SENTENCE = "各单位要加强组织领导，压实工作责任，确保各项任务按期完成。"
TEXT = f"<p>{SENTENCE}</p>"
SPAM = "澳门金沙官网 | 皇冠体育app下载 | 真人百家乐 | 时时彩平台 | 北京赛车投注平台"


def hidden(inner: str) -> list[str]:
    page = read_page(html.document_fromstring(f"<body>{inner}</body>")).page
    return [line.text for line in page.lines if line.hidden]


@pytest.mark.parametrize("hides", ["style='display:none'", "hidden", "style='left:-9999px;position:absolute'"])
@pytest.mark.parametrize("tag", ["div", "p", "ul", "h1", "span", "section"])
def test_a_hidden_box_without_a_sentence_is_not_shown(tag: str, hides: str) -> None:
    assert hidden(f"<{tag} {hides}>分享标题</{tag}>{TEXT}") == ["分享标题"]
    assert hidden(f"<{tag}>分享标题</{tag}>{TEXT}") == []


@pytest.mark.parametrize("opening", ["<div style='display:none'>", "<div hidden><div>", "<div id=zoom hidden>"])
def test_a_hidden_box_that_says_something_is_text_with_all_its_lines(opening: str) -> None:
    assert hidden(f"<p>甲</p>{opening}<p>一、总体要求</p>{TEXT}<p>示例市水务局</p></div></div>") == []


def test_spam_in_a_hidden_box_stays_hidden_though_sentences_stand_beside_it() -> None:
    assert hidden(f"<div hidden>{TEXT}<p>{SPAM}</p></div>") == [SPAM]
    assert hidden(f"<div hidden><p>{SPAM}</p><p>首页</p></div>{TEXT}") == [SPAM, "首页"]
    assert hidden(f"<div>{TEXT}<p>{SPAM}</p></div>") == []


def test_hidden_spans_inside_a_hidden_box_that_is_shown_stay_hidden() -> None:
    assert hidden(f"<div hidden>{TEXT}<p>甲<span style='display:none'>乙</span></p></div>") == ["乙"]


def test_the_lines_stay_the_same_but_for_their_mark() -> None:
    tree = html.document_fromstring(f"<body><div hidden><p>甲</p>{TEXT}</div><div hidden>乙<br>丙</div>丁</body>")
    page = read_page(tree).page
    assert [(line.text, line.hidden) for line in page.lines] == [
        *(("甲", False), (SENTENCE, False), ("乙", True), ("丙", True), ("丁", False))
    ]
