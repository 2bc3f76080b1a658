"""What holds of every family: order of detection, options, docstrings that teach, and cheap cards."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from platform_lists import column, row

from crawler.errors import ListError
from crawler.platforms import PLATFORMS, ListRequest, detect, ends, wrong_option
from crawler.platforms.answers import china_time, inner, json_object, text
from crawler.platforms.rows import Page

URL = "https://www.example.gov.cn/zwgk/"
PORTAL = Path(__file__).parents[2] / "pages" / "portal"


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_family_teaches(name: str) -> None:
    lesson = import_module(f"crawler.platforms.{name}").__doc__ or ""
    assert lesson.startswith(f"{name}: ")
    for part in ("Lists", "Traps:"):
        assert part in lesson
    for option in set(PLATFORMS[name].options) - set(ends.COMMON):
        assert option.isidentifier()


@pytest.mark.parametrize("name", PLATFORMS)
def test_no_family_claims_an_ordinary_page(name: str) -> None:
    ordinary = f"<html><body><ul>{row(1, '/info/1001/2002.htm')}{row(2, '/info/1001/2003.htm')}</ul></body></html>"
    assert PLATFORMS[name].matches(ordinary, URL) is (name == "generic")


def test_the_name_of_a_city_is_no_fingerprint() -> None:
    for host in ("www.suzhou.gov.cn", "www.ks.gov.cn", "www.yantai.gov.cn", "www.shanghai.gov.cn", "www.gz.gov.cn"):
        assert detect("<html><body><p>苏州 昆山 烟台 上海 浦东 广州</p></body></html>", f"https://{host}/") == "generic"


@pytest.mark.parametrize("page", sorted(PORTAL.glob("*.html")), ids=lambda path: path.stem)
def test_a_document_is_no_list_of_another_family(page: Path) -> None:
    assert detect(page.read_text(encoding="utf-8"), URL) == "generic"


def test_families_that_share_marks() -> None:
    store = "<script type='text/xml'><datastore><recordset></recordset></datastore></script>"
    assert detect(store, URL) == "jcms"
    assert detect(store + "<script>proxyUrl:'/truecms/messageController/getMessage.do'</script>", URL) == "truecms"
    unit = "<script parsetype='bulidstatic' url='/api-gateway/jpaas-publish-server/front/page/build/unit'></script>"
    assert detect(store + unit, URL) == "jpaas"


def test_options_are_checked_by_the_family() -> None:
    assert wrong_option(column(URL, match="x", item="a"), "trs") is None
    assert wrong_option(column(URL, chanel="x"), "ucap") == (
        "ucap knows no option chanel; it has match, item, paging, channel, dept, size"
    )
    assert wrong_option(column(URL, size="all"), "ucap") == "option size is a number, not 'all'"
    assert (wrong_option(column(URL, match="("), "trs") or "").startswith("option match is no regular expression")
    with pytest.raises(ListError, match=r"the card's selector 'a\[' is no CSS"):
        Page("<p>", URL).rows(item="a[")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1643385600, "2022-01-29"),
        (1643385600000, "2022-01-29"),
        ("1643414400", "2022-01-29 08:00:00"),
        (0, None),
        (True, None),
        ("2022-01-29", None),
        (10**30, None),
        (None, None),
    ],
)
def test_times_of_china(value: object, printed: str | None) -> None:
    assert china_time(value) == printed


def test_json_in_many_wrappings() -> None:
    request = ListRequest(url=URL)
    assert json_object(request, '\ufeff cb({"a": 1});'.encode(), ()) == {"a": 1}
    assert inner({"custom": "captcha"}, "custom") == {}
    assert inner({"custom": None}, "custom", "data") == {}


def test_text_by_its_bytes_first() -> None:
    assert text("关于印发方案的通知".encode(), (("Content-Type", "text/html; charset=gbk"),)) == "关于印发方案的通知"


def test_a_base_address() -> None:
    page = Page(f'<html><head><base href="/other/"></head><body>{row(1, "a.html")}</body></html>', URL)
    assert page.rows()[0].url == "https://www.example.gov.cn/other/a.html"


def test_a_card_needs_no_parser() -> None:
    code = "import sys, crawler.source; print([name for name in ('lxml', 'scrapy', 'parsel') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
