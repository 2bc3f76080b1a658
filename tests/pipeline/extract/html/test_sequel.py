"""An article over several pages is one record, and each line of each page is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pagemaker import counted, record

from crawler.page import part_hint
from pipeline.extract.html.page import page_lines
from pipeline.extract.html.tree import parse
from pipeline.steps import clean

if TYPE_CHECKING:
    from pipeline.model import Cleaned

TITLE = "关于做好2022年防汛抗旱工作的通知"
HOST = "http://www.qingyu.gov.cn/zwgk/"
ATTACHED = "<p>附件：<a href='files/a.docx'>防汛物资清单.docx</a></p>"


def page(body: str, *, below: str = "") -> str:
    head = f"<h1>{TITLE}</h1><div class='xx'>来源：青屿市水务局 发布时间：2022-05-19 字号：大 中 小</div>"
    foot = "<div class='foot'>版权所有：青屿市水务局 备案号：粤ICP备05012345号</div>"
    shell = f"<div class='nav'>首页 &gt; 通知公告</div>{head}<div id='zoom'>{body}</div>{below}{foot}"
    return f"<html><head><title>{TITLE}_青屿市水务局</title></head><body>{shell}</body></html>"


FIRST = page(
    "<p>各区水务局：</p><p>现就做好今年防汛抗旱工作通知如下，请认真贯彻执行。</p>",
    below="<div><a href='t1_1.html'>下一页</a></div>",
)
SECOND = page(
    f"<p>一、压实责任。各区要落实行政首长负责制，逐级压实防汛责任。</p><p>青屿市水务局</p><p>2022年5月18日</p>{ATTACHED}",
    below="<div><a href='t1.html'>上一页</a></div><div>相关解读：<a href='jd.html'>《通知》解读</a></div>",
)


def read(*further: tuple[str, str]) -> Cleaned:
    hints = tuple(("part", part_hint(HOST + name, body.encode())) for name, body in further)
    return clean(record(FIRST, media_type="text/html", url=f"{HOST}t1.html", hints=hints))


def test_the_text_goes_on_and_the_head_of_the_second_page_does_not_stand_in_it() -> None:
    document = read(("t1_1.html", SECOND)).document
    assert document is not None
    assert [paragraph for paragraph in document.text.splitlines() if paragraph] == [
        "各区水务局：",
        "现就做好今年防汛抗旱工作通知如下，请认真贯彻执行。",
        "一、压实责任。各区要落实行政首长负责制，逐级压实防汛责任。",
        "青屿市水务局",
        "2022年5月18日",
    ]
    assert document.title == TITLE


def test_every_line_of_every_page_is_accounted_for() -> None:
    found = read(("t1_1.html", SECOND))
    assert found.document is not None
    lines = [line.text for source in (FIRST, SECOND) for line in page_lines(parse(source)).lines]
    assert counted(found.document.text, *(removal.evidence for removal in found.removals)) == counted(*lines)
    places = [removal.line for removal in found.removals]
    assert places == sorted(places)
    assert max(places) == len(lines)


def test_files_and_related_pages_of_the_second_page_count_and_its_links_to_the_first_do_not() -> None:
    found = read(("t1_1.html", SECOND))
    assert found.document is not None
    assert [one.url for one in found.document.attachments] == [f"{HOST}files/a.docx"]
    assert [(one.type, one.target_url) for one in found.relations if one.target_url] == [
        ("interpreted_by", f"{HOST}jd.html")
    ]


def test_a_damaged_second_page_is_flagged() -> None:
    hints = (("part", part_hint(f"{HOST}t1_1.html", SECOND.encode()[:-400] + b"\xff\xfe\xe4" + b"</body>")),)
    document = clean(record(FIRST, media_type="text/html", url=f"{HOST}t1.html", hints=hints)).document
    assert document is not None
    assert set(document.flags) & {"undecodable_bytes", "mixed_encoding", "encoding_uncertain"}
