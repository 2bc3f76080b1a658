"""Files and further pages of an article: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from crawler.links import continued, files
from crawler.page import UTC as _UTC
from crawler.page import Page, part_hint

URL = "http://www.a.gov.cn/zfwj/202205/t20220523_123.html"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_files(charset: str) -> None:
    page = """<meta charset="gb2312">
        <a href="./P0202205.pdf" target=_blank><img src="icon_pdf.gif">附件1：<b>名单</b></a>
        <A HREF='/files/a%20b.DOCX?download=1'>附件2</A> <a href=x.zip>包</a><a href="page.html">不是</a>
        <a href="javascript:void(0)">不是.pdf</a> <a href="file:///c:/a.doc">本机</a> <a href="P0202205.pdf"></a>"""
    assert files(URL, page.encode(charset)) == [
        ("附件1： 名单", "http://www.a.gov.cn/zfwj/202205/P0202205.pdf"),
        ("附件2", "http://www.a.gov.cn/files/a%20b.DOCX?download=1"),
        ("包", "http://www.a.gov.cn/zfwj/202205/x.zip"),
    ]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (
            '<a href="/d.jspx?id=0a1b">附件1：目录.docx</a>',
            [("附件1：目录.docx", "/d.jspx?id=0a1b")],
        ),
        ('<a href="/d.jspx?id=0a1b">目录</a>', []),
        (
            '<a href="/m/downfile.jsp?filename=21.jpg">附件</a>',
            [("附件", "/m/downfile.jsp?filename=21.jpg")],
        ),
        ('<a href="/u/scan.jpg">附件1</a><a href="/u/photo.jpg">图片</a>', [("附件1", "/u/scan.jpg")]),
        ('<iframe src="/files/a.pdf"></iframe>', [("a.pdf", "/files/a.pdf")]),
        ('<embed src="/f/a.pdf"><object data="/f/b.pdf"></object>', [("a.pdf", "/f/a.pdf"), ("b.pdf", "/f/b.pdf")]),
        ('<iframe src="/video/a.html"></iframe> a.pdf', []),
        ('<a href="/pdfjs/web/viewer.html?file=/files/a.pdf">正文</a>', [("正文", "/files/a.pdf")]),
        ('<a href="/down.jsp?name=a.pdf">正文</a>', [("正文", "/down.jsp?name=a.pdf")]),
        ('<a href="#" onclick="downloadAttach(\'/u/cms/a.docx\')">附件</a>', [("附件", "/u/cms/a.docx")]),
        ("<span onclick=\"openFile('/u/cms/a.docx')\">附件</span>", [("a.docx", "/u/cms/a.docx")]),
        ('<base href="http://www.a.gov.cn/other/"><a href="a.pdf">附件</a>', [("附件", "/other/a.pdf")]),
        ('<base href="http://[x"><a href="/a.pdf">附件</a>', [("附件", "/a.pdf")]),
        ('<a href="\\files\\a.pdf">附件</a><a href="c:\\a.doc">本机</a>', [("附件", "/files/a.pdf")]),
        ('<!-- <a href="/old.pdf">旧</a> --><script>var a = "<a href=/b.pdf>";</script>', []),
        ('<a title="a>b" href="/files/a.pdf">附件</a>', [("附件", "/files/a.pdf")]),
    ],
)
def test_files_behind_other_things_than_links(markup: str, found: list[tuple[str, str]]) -> None:
    assert files(URL, markup.encode()) == [(name, f"http://www.a.gov.cn{address}") for name, address in found]


def test_a_query_in_the_letters_of_its_page() -> None:
    assert files(URL, '<a href="/d.asp?n=国.pdf">名单</a>'.encode("gb18030"))[0][1].endswith("/d.asp?n=%B9%FA.pdf")


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<a href="t20220523_123_1.html">下一页</a>', "t20220523_123_1.html"),
        ('<a class="n" href="./t20220523_123_2.html">下一页&gt;</a>', "t20220523_123_2.html"),
        ('<a href="t20220524_124.html">下一页</a>', None),  # another article
        ('<a href="t20220523_123_1.html">下一篇</a>', None),
        ('<a href="t20220523_123_1.html">上一页</a>', None),
        ('<a href="/other/t20220523_123_1.html">下一页</a>', None),
        ('<a href="index_1.html">下一页</a>', None),
        ('<a href="t20220523_123.html">下一页</a>', None),  # itself
    ],
)
def test_the_next_page_of_an_article(link: str, address: str | None, charset: str) -> None:
    found = continued(URL, f"<p>正文</p>{link}".encode(charset))
    assert found == ([f"http://www.a.gov.cn/zfwj/202205/{address}"] if address else [])


def test_the_third_page_goes_on_from_the_second() -> None:
    second = URL.replace(".html", "_1.html")
    assert continued(second, '<a href="t20220523_123_2.html">下一页</a>'.encode()) == [URL.replace(".html", "_2.html")]


def test_pages_that_a_script_turns() -> None:
    script = b'<script>createPageHTML(3, 0, "t20220523_123", "html");</script>'
    assert continued(URL, script) == [URL.replace(".html", "_1.html"), URL.replace(".html", "_2.html")]
    variables = script.replace(b"createPageHTML(3, 0", b"var n = 3; var i = 0; createPageHTML(n, i")
    assert continued(URL, variables) == continued(URL, script)
    assert continued(URL, script.replace(b"t20220523_123", b"index")) == []  # the pager of a list


def test_parts_ride_in_the_hints() -> None:
    from datetime import datetime

    pages = (("http://a.gov.cn/1_1.html", "正文".encode("gb18030")), ("http://a.gov.cn/1_2.html", b""))
    hints = (("title", "通知"), *(("part", part_hint(url, body)) for url, body in pages))
    page = Page(
        url="http://a.gov.cn/1.html", source="a", body=b"", media_type="text/html",
        captured=datetime(2026, 1, 1, tzinfo=_UTC), hints=hints,
    )  # fmt: skip
    assert page.parts == pages
