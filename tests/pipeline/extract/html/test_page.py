"""The lines of a page: what a reader sees, in order, letter for letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.extract.html.elements import is_hidden
from pipeline.extract.html.page import page_lines
from pipeline.text import letters

if TYPE_CHECKING:
    from pipeline.extract.html.page import Line, PageLines


def read(inner: str) -> PageLines:
    return page_lines(html.document_fromstring(f"<html><body>{inner}</body></html>"))


def all_lines(inner: str) -> tuple[Line, ...]:
    return read(inner).lines


def shown(inner: str) -> list[str]:
    return [line.text for line in all_lines(inner) if not line.hidden]


def hidden(inner: str) -> list[str]:
    return [line.text for line in all_lines(inner) if line.hidden]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<p>（<span>2021</span><span>—</span><span>2023</span>）</p>", "（2021—2023）"),
        ("<p><b>（五）产业链配套</b><b>。</b>支持企业。</p>", "（五）产业链配套。支持企业。"),
        (
            "<p><span>2022</span><span>年</span><span>5</span><span>月</span><span>19</span><span>日</span></p>",
            "2022年5月19日",
        ),
        ("<p>2022<b>年</b>5<i>月</i>19<u>日</u></p>", "2022年5月19日"),
        ("<p>到<nobr>2025年</nobr>，<nobr>产值</nobr>翻番。</p>", "到2025年，产值翻番。"),
        ("<p><font face=仿宋>各区</font><font size=3>人民</font>政府：</p>", "各区人民政府："),
        ("<p>各单位<o:p></o:p>：<span lang=EN-US><o:p>&nbsp;</o:p></span></p>", "各单位："),
        (
            "<p><st1:chsdate year=2022 month=5 day=19 w:st=on>2022<span>年</span>5<span>月</span>19日"
            "</st1:chsdate>前报送。</p>",
            "2022年5月19日前报送。",
        ),
        ("<p><st1:place>甲市</st1:place><st1:personname>王某</st1:personname></p>", "甲市王某"),
        ("<p><!--[if !supportLists]-->一、<!--[endif]-->总体要求</p>", "一、总体要求"),
        ("<p><![if !supportLists]>一、<![endif]>总体要求</p>", "一、总体要求"),
        ("<p>第<!-- 注 -->一<?php echo 1 ?>条</p>", "第一条"),
        ("<p>CO<sub>2</sub>减排10<sup>4</sup>吨</p>", "CO2减排104吨"),
        ("<p>名单<a href=x>（甲）</a>和<label>乙</label><input value=丙></p>", "名单（甲）和乙"),
        ("<p>加<wbr>强<img src=x.png>领<meta name=x>导</p>", "加强领导"),
    ],
)
def test_text_split_over_inline_tags_is_one_text(source: str, line: str) -> None:
    assert shown(source) == [line]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("各区人民\n    政府：", "各区人民政府："),
        ("加强领导，\r\n\t压实责任", "加强领导，压实责任"),
        ("印发\n  《办法》", "印发《办法》"),
        ("<span>各区\n 人民</span><span>政\n府</span>", "各区人民政府"),
        ("支持GB/T\n  50265标准", "支持GB/T 50265标准"),
        ("GDP\n增长 5%\n以上", "GDP 增长 5% 以上"),
        ("市财政局&nbsp;&nbsp;\u3000市税务局", "市财政局 市税务局"),
        ("来源：某局</span>\n<span>某报", "来源：某局 某报"),
    ],
)
def test_a_line_break_of_the_source_is_no_blank_between_chinese_characters(source: str, line: str) -> None:
    assert shown(f"<p><span>{source}</span></p>") == [line]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("一、甲<br>二、乙<br/>三、丙", ["一、甲", "二、乙", "三、丙"]),
        ("<span>一、甲<br>二、乙</span>丙", ["一、甲", "二、乙丙"]),
        ("<br><br>甲<br> <br>乙<br>", ["甲", "乙"]),
        ("<p>甲<p>乙<p>丙", ["甲", "乙", "丙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<dl><dt>甲<dd>乙</dl>", ["甲", "乙"]),
        ("甲<div>乙</div>丙<div>丁<p>戊</p>己</div>庚", [*"甲乙丙丁戊己庚"]),
        ("<p>甲<hr>乙", ["甲", "乙"]),
        ("<custom-box>甲</custom-box><main>乙</main>", ["甲", "乙"]),
        ("<span>甲<p>乙</p>丙</span>", ["甲", "乙", "丙"]),
        ("<span style='display:block'>甲</span><span style='Display : Block'>乙</span>", ["甲", "乙"]),
        ("<span style='display:inline'>甲</span><span style='color:red'>乙</span>", ["甲乙"]),
        ("<table><tr><td>甲<td>乙<tr><td>丙</table>", ["甲", "乙", "丙"]),
    ],
)
def test_block_elements_and_breaks_begin_lines(source: str, lines: list[str]) -> None:
    assert shown(source) == lines


@pytest.mark.parametrize(
    "source",
    [
        "<pre>甲\n 乙\r\n丙</pre>",
        "<div style='white-space:pre-wrap'>甲\n乙\n\n丙</div>",
        "<div style='WHITE-SPACE: pre-line'><span>甲\n乙</span><b>\n丙</b></div>",
        "<p style='color:red;white-space: break-spaces'>甲\n乙\n丙</p>",
    ],
)
def test_breaks_of_preformatted_text_are_lines(source: str) -> None:
    assert shown(source) == ["甲", "乙", "丙"]
    assert shown(source + "<p>丁\n戊</p>")[-1] == "丁戊"


@pytest.mark.parametrize("source", ["<b>甲\n</b>乙\n<b>丙</b>", "<b>甲</b>\n<b>乙</b>\n<b>丙</b>"])
def test_a_break_of_preformatted_text_that_ends_an_element_is_one_too(source: str) -> None:
    assert shown(f"<pre>{source}</pre>") == ["甲", "乙", "丙"]


@pytest.mark.parametrize("before", ["字", "<div>横幅</div>", "</html>"])
def test_the_title_of_a_head_that_slid_into_the_body_is_no_line(before: str) -> None:
    tree = html.document_fromstring(f"{before}<html><head><title>通知_某市政府</title></head><body><p>正文</p>")
    assert [line.text for line in page_lines(tree).lines][-1:] == ["正文"]
    assert "通知_某市政府" not in [line.text for line in page_lines(tree).lines]


@pytest.mark.parametrize(
    "silent",
    [
        "<script>var 词 = 1;</script>",
        "<style>.a { 词: 1 }</style>",
        "<xml><w:WordDocument><w:View>Normal</w:View>0 7.8 磅</w:WordDocument></xml>",
        "<!--[if gte mso 9]><xml>Normal 0 7.8 磅</xml><![endif]-->",
        "<iframe src=x>词</iframe>",
        "<svg><text>词</text></svg>",
    ],
)
def test_what_no_browser_shows_is_no_text(silent: str) -> None:
    assert shown(f"<p>甲{silent}乙</p>{silent}<div>{silent}丙</div>") == ["甲乙", "丙"]
    assert hidden(f"<p>甲{silent}乙</p>") == []


@pytest.mark.parametrize("tag", ["noscript", "textarea", "template"])
def test_what_stands_by_for_a_script_is_hidden_if_short_and_else_a_box_of_its_own(tag: str) -> None:
    assert shown(f"<p>甲<{tag}>请启用</{tag}>乙</p>") == ["甲乙"]
    assert hidden(f"<p>甲<{tag}>请启用</{tag}>乙</p>") == ["请启用"]
    body = "各地要做好防汛工作，落实责任。" * 5
    page = page_lines(html.document_fromstring(f"<div><{tag}>{body}</{tag}></div>"))
    assert [line.text for line in page.lines] == [body]
    assert [span.hidden for span in page.spans if span.element.tag == tag] == [True]


@pytest.mark.parametrize("tag", ["div", "span", "p", "a", "font"])
@pytest.mark.parametrize(
    "hides",
    [
        "style='display:none'",
        "style='color:red; DISPLAY : NONE'",
        "style='visibility: hidden'",
        "style='font-size:0'",
        "style='font-size: 0px'",
        "style='position:absolute;left:-9999px'",
        "style='position:fixed;top:-1000px'",
        "style='text-indent:-9999px'",
        "hidden",
    ],
)
def test_hidden_spans_are_told_and_hidden_boxes_are_kept(tag: str, hides: str) -> None:
    source = f"<p>甲</p><{tag} {hides}>博彩网</{tag}><p>乙</p>"
    told = [] if tag in ("div", "p") else ["博彩网"]
    assert hidden(source) == told
    assert shown(source) == (["甲", "乙"] if told else ["甲", "博彩网", "乙"])


@pytest.mark.parametrize(
    "style",
    ["display:block", "font-size:0.5em", "font-size:0.9rem", "text-indent:-2em", "text-indent:-21pt", "left:-12px", ""],
)
def test_other_styles_hide_nothing(style: str) -> None:
    assert hidden(f"<p>甲<span style='{style}'>乙</span>丙</p>") == []
    assert "".join(shown(f"<p>甲<span style='{style}'>乙</span>丙</p>")) == "甲乙丙"


def test_hidden_text_inside_a_line_leaves_the_line_whole() -> None:
    source = "<p>加强<span style='display:none'>彩<b>票</b></span>领导</p>"
    assert shown(source) == ["加强领导"]
    assert hidden(source) == ["彩票"]


def test_an_element_is_hidden_by_its_own_attributes_alone() -> None:
    outer, inner, other = html.fromstring("<div><p hidden>甲<b>乙</b></p><p style='color:red'>丙</p></div>").iter(
        "p", "b"
    )
    assert [is_hidden(element) for element in (outer, inner, other)] == [True, False, False]


@pytest.mark.parametrize("mark", ["#PAGE_BREAK#", "PAGE_BREAK", "#PAGEBREAK#"])
def test_the_page_break_of_ucap_is_hidden_and_ends_a_line(mark: str) -> None:
    assert shown(f"<p>甲{mark}乙</p>") == ["甲", "乙"]
    assert hidden(f"<p>甲{mark}乙</p>") == [mark]
    assert shown("<p>HOMEPAGE</p>") == ["HOMEPAGE"]


def test_the_element_pagebreak_ends_a_line_too() -> None:
    assert shown("<p>甲</p><pagebreak></pagebreak><p>乙</p>甲<pagebreak/>乙") == ["甲", "乙", "甲", "乙"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<span>文号</span><span>青政发〔2022〕33号</span>", ["文号", "青政发〔2022〕33号"]),
        ("<b>索 引 号</b> <span>0123/2022</span>", ["索 引 号", "0123/2022"]),
        ("<span>成文日期</span><span>：</span><span>2022-05-19</span>", ["成文日期：2022-05-19"]),
        ("<span>标题</span><span>党整治</span>", ["标题党整治"]),
        ("<span>来源：某局</span><span>时间：2022-05-19</span>", ["来源：某局 时间：2022-05-19"]),
        ("<span>来源：某局</span><span>联合某报</span>", ["来源：某局联合某报"]),
        ("<b>要求</b><b>：一是</b>", ["要求：一是"]),
    ],
)
def test_a_label_and_its_value_in_neighbouring_spans_stay_apart(source: str, lines: list[str]) -> None:
    assert shown(f"<p>{source}</p>") == lines


def test_comments_and_meta_tags_mark_a_place_even_inside_a_line() -> None:
    found = read("头<!-- 正文开始 --><p>甲</p>乙<meta name='ContentEnd'>尾<!-- 广告 -->。")
    assert [line.text for line in found.lines] == ["头", "甲", "乙", "尾。"]
    assert [(at, text.strip()) for at, text in found.marks] == [(1, "正文开始"), (3, "ContentEnd")]


def test_links_are_counted_and_kept_with_their_line() -> None:
    found = read("<p>甲</p><p>见<a href=a><b>办</b>法</a>和<a href=b>细则</a>。</p><iframe src=c></iframe><p>乙</p>")
    assert [line.linked for line in found.lines] == [0, 4, 0]
    places = [(at, element.get("href") or element.get("src")) for at, element in found.links]
    assert places == [(1, "a"), (1, "b"), (2, "c")]


def test_an_inline_element_that_may_hold_the_body_begins_a_line() -> None:
    assert shown("<b>标题</b><span id=zoom>正文</span>尾") == ["标题", "正文", "尾"]
    assert shown("<b>标题</b><span id=abc>正文</span>尾") == ["标题正文尾"]


def test_each_line_knows_its_element() -> None:
    found = all_lines("<div id=a>甲<p>乙<b>丙</b></p>丁</div>")
    assert [(line.text, line.owner.tag) for line in found] == [("甲", "div"), ("乙丙", "p"), ("丁", "div")]


def test_elements_that_may_hold_the_body_and_boxes_know_their_lines() -> None:
    found = read(
        "<div id=zoom>甲<p>乙</p>丙<span hidden>票</span></div><div hidden><p>丁</p></div><div class=zoom></div>"
    )
    boxes = [span for span in found.spans if span.element.tag == "div"]
    assert [(span.start, span.stop, span.known is not None, span.hidden) for span in boxes] == [
        *((0, 4, True, False), (4, 5, False, True), (5, 5, True, False))
    ]


def test_a_page_without_a_body_or_a_piece_of_a_tree_is_read() -> None:
    assert [line.text for line in page_lines(html.fromstring("<div>甲<p>乙</p></div>")).lines] == ["甲", "乙"]
    piece = html.fromstring("<div><p>甲</p><p>乙</p>丙</div>")[0]
    assert [line.text for line in page_lines(piece).lines] == ["甲"]


TAGS = ("p", "div", "span", "b", "font", "li", "td", "a", "section", "st1:place", "o:p", "center", "u", "nobr")
WORDS = st.sampled_from(
    ("甲", "年", "2022", "—", "。", "加强\n领导", " 乙 ", "A b", "文号", "：", "来源：", "索引号", "&nbsp;", "")
)
NODES = st.recursive(
    WORDS | st.sampled_from(("<br>", "<!-- 注 -->", "<hr>", "<img src=x>", "<?x y?>")),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"
    ),
    max_leaves=25,
)


@given(st.lists(NODES, max_size=6))
def test_the_letters_of_any_page_stay_in_their_order(nodes: list[str]) -> None:
    tree = html.document_fromstring(f"<html><body><i></i>{''.join(nodes)}</body></html>")
    expected = letters("".join(str(text) for text in tree.xpath("//body//text()")))
    assert letters("".join(line.text for line in page_lines(tree).lines)) == expected


@given(st.lists(WORDS, min_size=1, max_size=8), st.lists(st.sampled_from(("b", "span", "font", "o:p")), min_size=8))
def test_inline_tags_alone_make_one_line(words: list[str], tags: list[str]) -> None:
    words = [word.replace("文号", "文").replace("索引号", "索引") for word in words]
    source = "".join(f"<{tag}>{word}</{tag}>" for tag, word in zip(tags, words, strict=False))
    assert len(shown(f"<p>{source}</p>")) <= 1


@pytest.mark.parametrize(
    ("source", "goes_on"),
    [
        ("<p>甲</p><p>乙</p>", [False, False]),
        ("<p>甲<br>乙<br><br>丙</p>", [False, True, True]),
        ("<p>甲<br></p><p><br>乙</p>", [False, False]),
        ("<div>甲<br>乙<p>丙</p>丁<br>戊</div>", [False, True, False, False, True]),
        ("<pre>\n甲\n乙\n</pre><pre>丙</pre>", [False, True, False]),
        ("<ul><li>甲<li>乙</ul>", [False, False]),
    ],
)
def test_a_line_knows_whether_only_a_break_parts_it_from_the_line_above(source: str, goes_on: list[bool]) -> None:
    assert [line.goes_on for line in all_lines(source)] == goes_on


FACTS = (
    "<tr><td>索引号：</td><td>0123</td></tr>"
    "<tr><td>发布机构：</td><td><div class='TRS_Editor'><!-- ContentStart --><a href='x.html'>某局</a></div></td></tr>"
)


@pytest.mark.parametrize("inner", ["", "<td><table><tr><td>戊</table>"])
def test_a_table_that_only_arranges_the_page_stands_among_its_lines(inner: str) -> None:
    page = read(f"<p>上</p><table>{FACTS}{inner}</table><p>下</p>")
    texts = [line.text for line in page.lines]
    assert texts == ["上", "索引号：", "0123", "发布机构：", "某局", *(["戊"] if inner else []), "下"]
    assert [(at, link.tag) for at, link in page.links] == [(4, "a")]
    assert [at for at, _ in page.marks] == [4]
    assert [(span.start, span.stop) for span in page.spans if span.known] == [(4, 5)]
    tables = [(span.start, span.stop) for span in page.spans if span.element.tag == "table"]
    assert tables == [*([(5, 6)] if inner else []), (1, len(texts) - 1)]
    assert page.lines[4].linked == 2


def test_a_table_inside_a_link_is_all_link() -> None:
    tree = etree.XML(f"<body><a href='y'>文<table>{FACTS}</table></a></body>")  # parsers of HTML end the link first
    assert [line.linked for line in page_lines(tree).lines] == [1, 4, 4, 5, 2]


def test_a_table_where_breaks_are_kept_keeps_them() -> None:
    table = FACTS.replace("0123", "01\n23")
    assert shown(f"<div style='white-space:pre'><table>{table}</table></div>")[:3] == ["索引号：", "01", "23"]
