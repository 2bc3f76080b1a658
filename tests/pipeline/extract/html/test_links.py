"""Links of a page: attached files, related pages, pictures; menus and friends are none of them."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.body import Body, read_page
from pipeline.extract.html.links import Found, read_links

URL = "https://www.example.gov.cn/zwgk/2022/t20220519_1.html"
TITLE = "关于印发绿色制造方案的通知"
TEXT = "<p>现将方案印发给你们，请认真贯彻执行。</p>"


def read(inner: str, *, above: str = "", below: str = "", url: str = URL) -> Found:
    """The links of a page; inner is the body."""
    tree = html.document_fromstring(f"<body>{above}<div id=text>{inner}</div>{below}</body>")
    page = read_page(tree).page
    (text,) = tree.xpath("//*[@id='text']")
    inside = {at for at, line in enumerate(page.lines) if text in (line.owner, *line.owner.iterancestors())}
    return read_links(page, Body(frozenset(inside), "container", "", (text,)), url, TITLE)


def files(inner: str, **around: str) -> list[tuple[str, str]]:
    return [(one.name, one.url) for one in read(inner, **around).attachments]


@pytest.mark.parametrize(
    ("link", "name", "address"),
    [
        ("<a href=P020220519.pdf>附件1：绿色工厂名单</a>", "附件1：绿色工厂名单", "zwgk/2022/P020220519.pdf"),
        ("<a href='./P0.DOC'>申报表</a>", "申报表", "zwgk/2022/P0.DOC"),
        ("<a href='/files/1.xlsx?v=2'>汇总表</a>", "汇总表", "files/1.xlsx?v=2"),
        ("<a href=' /d/download.jsp?id=7&name=a.zip '>全部材料</a>", "全部材料", "d/download.jsp?id=7&name=a.zip"),
        (
            "<a href=/module/download/down.jsp?i_ID=9>绿色工厂名单.docx</a>",
            "绿色工厂名单.docx",
            "module/download/down.jsp?i_ID=9",
        ),
        ("<a href=/a.wps title=绿色工厂名单><img src=icon_doc.gif></a>", "绿色工厂名单", "a.wps"),
        ("<a href=/%E9%99%84%E4%BB%B6.ofd><img src=icon_doc.gif></a>", "附件.ofd", "%E9%99%84%E4%BB%B6.ofd"),
        ("<a href=/scan/1.jpg>附件2</a>", "附件2", "scan/1.jpg"),
        (
            "<iframe src='/pdfjs/viewer.html?file=/files/plan.pdf'></iframe>",
            "plan.pdf",
            "pdfjs/viewer.html?file=/files/plan.pdf",
        ),
        ("<embed src=/files/plan.pdf>", "plan.pdf", "files/plan.pdf"),
        ("<object data=/files/plan.pdf></object>", "plan.pdf", "files/plan.pdf"),
        ("<a href='javascript:void(0)' onclick=\"down('/u/cms/1.docx')\">申报表</a>", "申报表", "u/cms/1.docx"),
        ("<a href=\"javascript:downloadAttach('/u/2.xlsx')\">附件2：申报表</a>", "附件2：申报表", "u/2.xlsx"),
        (
            "<a href='/down/downfile.jsp?filename=21021.jpg'>调整规划图</a>",
            "调整规划图",
            "down/downfile.jsp?filename=21021.jpg",
        ),
    ],
    ids=[
        *(
            "by href",
            "in capitals",
            "with a query",
            "in the query",
            "by text",
            "by title",
            "by path",
            "a scan",
            "viewer",
        ),
        *("embed", "object", "by onclick", "by script", "a page that sends a picture"),
    ],
)
def test_a_file_of_the_body_is_attached(link: str, name: str, address: str) -> None:
    assert files(f"{TEXT}<p>{link}</p>") == [(name, f"https://www.example.gov.cn/{address}")]


@pytest.mark.parametrize(
    "link",
    [
        "<a href=t20220518_2.html>关于防汛的通知</a>",
        "<a href='javascript:void(0)'>附件1.pdf</a>",
        "<a href='#top'>附件.pdf</a>",
        "<a href='mailto:a@example.gov.cn'>名单.doc</a>",
        "<a name=附件1>附件1</a>",
        "<a href=''>附件.doc</a>",
        "<a href='http://[附件.doc'>附件.doc</a>",
        "<a href=/scan/1.jpg>现场照片</a>",
        "<iframe src=/player.html></iframe>",
        "附件：绿色工厂名单.doc",
    ],
)
def test_other_links_are_no_files(link: str) -> None:
    assert files(f"{TEXT}<p>{link}</p>") == []


@pytest.mark.parametrize(
    "below",
    [
        "<p>附件下载：</p><p><a href=/1.pdf>绿色工厂名单</a></p>",
        "<ul><li>相关附件</li><li><a href=/1.pdf>附件1：绿色工厂名单</a></li></ul>",
        "<p><a href=/1.pdf>绿色工厂名单.pdf</a></p>",
        "<p><a href=/1.pdf>附件</a></p>",
        "<div><p>打印</p><a href=/1.pdf>点击下载</a></div>",
    ],
)
def test_a_file_under_the_body_counts_by_its_label_or_name(below: str) -> None:
    assert [address for _, address in files(TEXT, below=below)] == ["https://www.example.gov.cn/1.pdf"]


@pytest.mark.parametrize(
    "around",
    [
        {"below": "<div><p>友情链接</p><a href=/app.zip>手机客户端</a></div>"},
        {"below": "<p>甲</p><p>乙</p><p>丙</p><p>丁</p><a href=/manual.pdf>操作手册</a>"},
        {"above": "<div><a href=/app.zip>手机客户端</a></div>"},
        {"above": "<div><a href=/1.pdf>绿色工厂名单.pdf</a></div>"},
    ],
)
def test_files_of_the_site_are_not_attached(around: dict[str, str]) -> None:
    assert files(TEXT, **around) == []


def test_a_file_linked_twice_is_attached_once_and_order_is_kept() -> None:
    links = "<a href=/2.pdf>附件2</a><a href=/1.pdf>附件1</a><a href=/2.pdf>下载</a>"
    assert files(f"{TEXT}<p>{links}</p>") == [
        ("附件2", "https://www.example.gov.cn/2.pdf"),
        ("附件1", "https://www.example.gov.cn/1.pdf"),
    ]


def test_a_page_without_an_address_keeps_the_links_as_they_stand() -> None:
    assert files("<p>见<a href=../1.pdf>附件</a></p>", url="") == [("附件", "../1.pdf")]
    assert files("<p>见<a href=../1.pdf>附件</a></p>", url="urn:zhengce:test/a.html") == [("附件", "../1.pdf")]


def test_lists_below_the_body_are_relations_once_each() -> None:
    below = (
        "<div><h3>相关解读</h3><ul>"
        "<li><a href=/j1.html>一图读懂绿色制造方案</a><li><a href=/j1.html>一图读懂绿色制造方案</a>"
        "<li><a href=/j2.html>答记者问实录</a><li><a href=/j3.html>更多</a></ul></div>"
        "<p>上一篇：<a href=/a.html>关于防汛的通知</a></p>"
        "<p>下一篇：<a href=/b.html title=关于抗旱工作的通知>关于抗旱…</a></p>"
        f"<p>相关链接：<a href={URL}>本页的这篇文章</a></p>"
        "<div><p>友情链接</p><a href=http://www.gov.cn/>中国政府网首页</a></div>"
    )
    found = read(TEXT, below=below, above="<p>相关文件：<a href=/old.html>旧的有关文件</a></p>")
    assert [(one.type, one.target_title, one.target_url) for one in found.relations] == [
        ("interpreted_by", "一图读懂绿色制造方案", "https://www.example.gov.cn/j1.html"),
        ("interpreted_by", "答记者问实录", "https://www.example.gov.cn/j2.html"),
        ("previous", "关于防汛的通知", "https://www.example.gov.cn/a.html"),
        ("next", "关于抗旱工作的通知", "https://www.example.gov.cn/b.html"),
    ]
    assert found.attachments == ()
    assert found.led == 0


def test_a_line_of_the_body_that_only_names_a_related_page_is_told() -> None:
    found = read(
        f"{TEXT}<p>政策解读：<a href=/j.html>方案解读文章</a></p><p>相关政策见<a href=/k.html>另一通知全文</a>。</p>"
    )
    assert [one.type for one in found.relations] == ["interpreted_by"]
    assert found.lines == {1}


def test_a_box_of_links_inside_the_text_is_told_whole_and_a_sentence_with_links_is_not() -> None:
    links = "<li><a href=/1.html>我市发布假期旅游数据</a></li><li><a href=/2.html>石窟推出新项目</a></li>"
    box = f"<div><h4>相关阅读</h4><ul>{links}</ul></div>"
    cited = "<p>相关规定：</p><p>《<a href=/3.html>供水管理办法</a>》第三条。</p>"
    assert read(f"{TEXT}{box}{TEXT}").lines == {1, 2, 3}
    assert read(f"{TEXT}{cited}").lines == set()


def test_links_of_the_body_that_lead_to_pages_are_counted() -> None:
    links = "".join(f"<li><a href={n}.html>关于第{n}批名单的通知</a>" for n in range(6))
    assert read(f"<ul>{links}<li><a href=x>更多</a></ul>", below=f"<ul>{links}</ul>").led == 6


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("<img src=/scan/1.jpg>", "1.jpg"),
        ("<img src=/scan/1.jpg alt=通知第1页 width=800 height=1100px>", "通知第1页"),
        ("<img data-src=W020220519.png>", "W020220519.png"),
        ("<a href=/big.html><img src=1.jpg title=公告></a>", "公告"),
    ],
)
def test_a_picture_of_the_body_may_be_a_scan(image: str, name: str) -> None:
    assert [one.name for one in read(f"<p>{image}</p>").pictures] == [name]
    assert read(TEXT, above=f"{image}<p>首页</p>").pictures == ()


def test_a_picture_behind_the_last_line_of_the_body_may_be_one_and_none_further_down() -> None:
    assert len(read(TEXT, below="<img src=/scan/1.jpg>").pictures) == 1
    assert read(TEXT, below="<p>附近</p><p><img src=/scan/1.jpg></p>").pictures == ()


@pytest.mark.parametrize(
    "image",
    [
        "<img>",
        "<img src=''>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img src=/images/logo.png>",
        "<img src=/share_weixin.png>",
        "<img src=/res/icon_pdf.gif>",
        "<img src=1.jpg width=16 height=16>",
        "<img src=1.jpg width=800 height=20px>",
    ],
)
def test_icons_are_no_scans(image: str) -> None:
    assert read(f"{TEXT}<p>{image}</p>").pictures == ()
