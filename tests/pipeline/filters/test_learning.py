"""Learning finds the lines of the site and none of the documents, however common those are."""

from __future__ import annotations

from datetime import date

import pytest
from pagemaker import blocks, record

from crawler.source import Limits
from pipeline.draft import Block
from pipeline.filters.learning import LIMITS, as_seen, documents, learn

Page = tuple[Block, ...]
DAY = date(2026, 1, 1)
PLACES = ["苏州市", "烟台市", "沈阳市", "昆山市", "南通市", "无锡市", "常州市", "泰州市", "宿迁市", "徐州市"]
SUBJECTS = ["防汛", "消防", "供水", "供热", "养老", "托育", "就业", "环保", "粮食", "交通"]
HEAD = ("智慧云桌面", "站群导航")
FOOT = ("站群服务台", "页脚标识")


def document(number: int, *, above: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A document of its own words, with what it may share with the others above and below them."""
    place, subject = PLACES[number % 10], SUBJECTS[number * 7 % 10]
    return (
        f"{place}人民政府关于做好{subject}{number}项工作的通知",
        *above,
        f"为做好{place}{subject}工作，保障群众{number}个方面的利益，现就{subject}{number}项任务通知如下。",
        f"{number}个部门要加强{place}{subject}的检查，{subject}责任要落实到{place}的{number}个岗位。",
        *below,
    )


def site(
    pages: int = 10, *, above: tuple[str, ...] = (), below: tuple[str, ...] = (), sharing: int | None = None
) -> list[Page]:
    """Pages of one site; the first `sharing` of their documents have the lines above and below in common."""
    shared = pages if sharing is None else sharing
    return [
        blocks(
            *HEAD,
            *document(n, above=above if n < shared else (), below=below if n < shared else ()),
            *FOOT,
        )
        for n in range(pages)
    ]


def test_the_lines_of_the_site_are_learned_with_their_counts() -> None:
    found = learn("suzhou", site(), DAY)
    assert (found.source, found.of, found.newest, found.limits) == ("suzhou", 10, DAY, LIMITS)
    assert found.head == dict.fromkeys(HEAD, 10)
    assert found.foot == dict.fromkeys(FOOT, 10)


@pytest.mark.parametrize("sharing", [10, 7, 4])
@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("各县（市、区）人民政府，市直各部门：",), ("特此通知。",)),
        (("一、总体要求",), ("附件：任务分工表",)),
        (("第一章 总则",), ("（此件公开发布）",)),
        (("目 录", "第一章 总则"), ("苏州市人民政府办公室", "2025年3月12日")),
        (("苏府办〔2025〕7号",), ("苏州市人民政府",)),
        (("来源：市政府办公室",), ("本办法自公布之日起施行。",)),
        (("背景依据",), ("联系人：李明", "联系电话：0512-12345678")),
        (("市各委、办、局，市各直属单位：",), ("（此件主动公开）", "抄送：市委各部门。")),
    ],
)
def test_what_documents_share_is_not_learned(above: tuple[str, ...], below: tuple[str, ...], sharing: int) -> None:
    found = learn("suzhou", site(above=above, below=below, sharing=sharing), DAY)
    assert (set(found.head), set(found.foot)) == (set(HEAD), set(FOOT))


def test_documents_without_a_site_teach_nothing() -> None:
    pages = [blocks(*document(n, above=("各有关单位：",), below=("市科技局", "附件"))) for n in range(10)]
    found = learn("suzhou", pages, DAY)
    assert (found.of, found.head, found.foot) == (10, {}, {})


def test_a_line_that_closes_most_documents_is_no_line_of_the_foot() -> None:
    assert "持续推进" not in learn("suzhou", site(below=("持续推进",), sharing=7), DAY).foot
    assert "持续推进" in learn("suzhou", site(below=("持续推进",), sharing=10), DAY).foot  # nothing tells them apart


def test_a_line_inside_documents_is_not_learned() -> None:
    pages = [(*page[:4], Block("保障措施到位", 99), *page[4:]) for page in site()]
    found = learn("suzhou", pages, DAY)
    assert "保障措施到位" not in {*found.head, *found.foot}


def test_five_documents_are_needed() -> None:
    assert learn("suzhou", site(4), DAY).head == {}
    assert learn("suzhou", site(5), DAY).head == dict.fromkeys(HEAD, 5)
    assert learn("suzhou", site(4), DAY, Limits(pages=4, share=30, border=40, beside=90)).head != {}


def test_a_line_counts_once_a_page() -> None:
    pages = [(Block("智慧云桌面", 90), Block("智慧云桌面", 91), *page) for page in site()]
    assert learn("suzhou", pages, DAY).head["智慧云桌面"] == 10


def test_a_share_of_the_pages_is_needed() -> None:
    bare = [blocks(*document(n)) for n in range(10, 30)]
    assert learn("suzhou", [*site(), *bare], DAY).head == {}  # 10 of 30 are too few for the line next to the document
    assert learn("suzhou", [*site(), *bare[:10]], DAY, Limits(pages=5, share=30, border=40, beside=50)).head != {}


def test_copies_count_once() -> None:
    page = site(1)[0]
    copies = [(Block(f"第{n}栏目 > 文件", 1), *page) for n in range(20)]
    assert len(documents(copies)) == 1
    assert learn("suzhou", copies, DAY).of == 1


def test_next_years_notice_is_no_second_document() -> None:
    common = "申报单位应当在本省注册，具有独立法人资格，财务制度健全，近三年没有失信记录和重大安全事故。"
    yearly = [
        blocks(f"关于申报{year}年度项目的通知", f"现组织申报{year}年度项目。", common) for year in range(2010, 2026)
    ]
    assert len(documents(yearly)) == 1
    assert len(documents(site())) == 10


def test_pages_without_sentences_are_copies_only_when_all_is_equal() -> None:
    tables = [blocks("智慧云桌面", f"名单{n}", "站群导航") for n in range(6)]
    assert len(documents([*tables, *tables])) == 6


def test_no_page_no_line() -> None:
    found = learn("suzhou", [(), ()], DAY)
    assert (found.of, found.head, found.foot) == (0, {}, {})


def test_the_order_of_different_pages_does_not_matter() -> None:
    assert learn("suzhou", site(), DAY) == learn("suzhou", reversed(site()), DAY)


def test_pages_are_seen_before_anything_is_cut() -> None:
    seen = as_seen(record("智慧云桌面\n扫一扫在手机打开当前页\n特此通知。"), None)
    assert [block.text for block in seen] == ["智慧云桌面", "扫一扫在手机打开当前页", "特此通知。"]


def test_a_page_that_is_refused_teaches_nothing() -> None:
    assert as_seen(record(b"%PDF-1.7"), None) == ()
