"""Links that lead to pages of the same document: told by their labels, never by their place alone."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.page import page_lines
from pipeline.extract.html.related import relation

TITLE = "关于印发《示例市绿色制造方案》的通知"
EXPLAINED = "《示例市绿色制造方案》政策解读"
TEXT = "<div id=text><p>现将方案印发给你们，请认真贯彻执行。</p></div>"
POLICY = "<a href=p>示例市绿色制造方案</a>"
GUIDE = "<a href=g>一图读懂《示例市绿色制造方案》</a>"


def kinds(inner: str, title: str = TITLE) -> list[str | None]:
    """The relation of each link; the lines in #text are the body."""
    page = page_lines(html.document_fromstring(f"<body>{inner}</body>"))
    body = {
        at
        for at, line in enumerate(page.lines)
        if any(above.get("id") == "text" for above in (line.owner, *line.owner.iterancestors()))
    }
    return [relation(page.lines, body, at, element, title) for at, element in page.links]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"上一篇：{POLICY}", "previous"),
        (f"<b>下一条</b>:{POLICY}", "next"),
        ("<a href=p>上一篇：关于防汛的通知</a>", None),
        (f"相关政策：{POLICY}", "related"),
        (f"相关链接：{GUIDE}", "interpreted_by"),
        (f"政策解读：{POLICY}", "interpreted_by"),
        (f"相关新闻：{POLICY}", None),
        (f"相关新闻：{GUIDE}", "interpreted_by"),
        (f"友情链接：{POLICY}", None),
        (f"详见{POLICY}", None),
        (f"相关部门：{POLICY}", None),
    ],
)
def test_a_link_counts_by_the_label_on_its_line(line: str, kind: str | None) -> None:
    assert kinds(f"{TEXT}<p>{line}</p>") == [kind]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("相关解读", "interpreted_by"),
        ("政策图解", "interpreted_by"),
        ("相关文件", "related"),
        ("关联政策：", "related"),
        ("相关阅读", None),
        ("友情链接", None),
        ("热点新闻", None),
        ("相关部门", None),
    ],
)
def test_the_label_above_a_list_in_the_same_box_counts(label: str, kind: str | None) -> None:
    box = f"<h3>{label}</h3><ul><li>{POLICY}<li><a href=q>另一项政策文件</a></ul>"
    assert kinds(f"{TEXT}<div>{box}</div>") == [kind, kind]
    assert kinds(f"{TEXT}{box}") == [kind, kind]


def test_the_label_of_another_box_does_not_count() -> None:
    assert kinds(f"{TEXT}<div><h3>相关解读</h3></div><section><div><ul><li>{POLICY}</ul></div></section>") == [None]
    assert kinds(f"{TEXT}<div><h3>相关解读</h3><p>暂无任何内容</p><p>{POLICY}</p></div>") == [None]


def test_a_label_inside_or_above_the_body_does_not_count_for_links_below_it() -> None:
    assert kinds(f"<div id=text><p>相关文件</p></div><p>{POLICY}</p>") == [None]
    assert kinds(f"<div><h3>相关文件</h3>{TEXT}<p>{POLICY}</p></div>") == [None]


def test_an_interpretation_leads_to_what_it_interprets() -> None:
    assert kinds(f"{TEXT}<div><p>解读文件：{POLICY}</p></div>", EXPLAINED) == ["interprets"]
    assert kinds(f"{TEXT}<p>相关文件：{POLICY}</p>", EXPLAINED) == ["interprets"]
    assert kinds(f"{TEXT}<p>相关文件：<a href=o>另一项政策文件</a></p>", EXPLAINED) == [None]
    assert kinds(f"{TEXT}<p>政策原文：<a href=o>另一项政策文件</a></p>", EXPLAINED) == ["interprets"]
    assert kinds(f"{TEXT}<p>相关解读：{GUIDE}</p>", EXPLAINED) == [None]


def test_neighbours_are_neighbours_on_every_page() -> None:
    assert kinds(f"{TEXT}<p>上一篇：{GUIDE}</p>", EXPLAINED) == ["previous"]


def test_a_link_behind_the_last_line_has_no_label() -> None:
    assert kinds(f"{TEXT}<a href=x><img src=y></a>") == [None, None]
