"""What stands in front of a page is told from a page, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.challenge import Challenges, challenge, front_page, soft_404
from crawler.polite import Gate, Refused
from tests.city.faults import CHALLENGES

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = """<html><head><title>关于开展网络安全验证工作的通知</title></head><body><div id="zoom"><p>各区人民政府：</p>
<p>为落实访问验证和防火墙管理要求，请完成下列工作，安全狗等产品按规定备案。</p><p>附件：名单.docx</p></div></body></html>"""


@pytest.mark.parametrize(
    ("kind", "name"),
    [("412", "ruishu"), ("521", "jsl"), ("acw", "acw"), ("captcha", "captcha"), ("safedog", "captcha")],
)
def test_walls_are_known(kind: str, name: str) -> None:
    answer = CHALLENGES[kind]
    assert challenge(answer.status or 0, answer.body) == name


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "text",
    [
        "<title>滑块验证</title><p>请向右拖动滑块完成拼图</p>",
        "<title>提示</title><p>您的访问过于频繁，请输入验证码后继续访问</p>",
        "<title>网站防火墙</title><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>",
        '{"code":403,"msg":"请先完成滑块验证"}',
    ],
)
def test_words_of_walls(text: str, charset: str) -> None:
    assert challenge(200, text.encode(charset)) == "captcha"


FRAME = """<title>规范性文件_示例市人民政府</title><div>首页 政务公开</div><form>搜索 请输入验证码 查询</form>
<ul id=list></ul><div>主办单位：示例市人民政府办公室 网站标识码：3205000001</div>"""
SHORT = """<title>关于启用实名认证的公告</title><h1>关于启用实名认证的公告</h1><p>自2025年5月1日起，办理社保业务前
请您先完成实名验证。</p><p>示例市人社局 2025年4月20日</p>"""
REPLY = """<title>示例区人民政府关于政府信息不存在的告知</title><h1>政府信息公开告知书</h1>
<p>经检索，您申请获取的信息不存在。</p><p>2025年1月2日</p>"""


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, FRAME.encode()),
        (200, SHORT.encode()),
        (200, NOTICE.encode()),
        (200, NOTICE.encode("gb18030")),
        (200, b'{"code":200,"data":{"list":[]}}'),
        (404, "<h1>404</h1><p>请完成验证</p>".encode()),
        (429, "<p>访问过于频繁</p>".encode()),
        (200, ("<p>您的请求被拦截</p>" + "政策全文。" * 200).encode()),
        (200, b"%PDF-1.4" + bytes(5000)),
    ],
)
def test_pages_are_no_walls(status: int, body: bytes) -> None:
    assert challenge(status, body) is None


@pytest.mark.parametrize(
    "page",
    [
        "<title>404</title><p>您访问的页面不存在或已被删除</p>",
        "<title>页面不存在</title><div>对不起，您访问的页面不存在。</div><a href='/'>返回首页</a>",
        "<h1>404 Not Found</h1>",
        "<p>该信息不存在或已删除！</p>",
    ],
)
def test_soft_404s(page: str) -> None:
    assert soft_404(page.encode())
    assert soft_404(page.encode("gb18030"))


@pytest.mark.parametrize(
    "page",
    [
        NOTICE,
        REPLY,
        "<title>关于废止部分文件的通知</title><p>下列文件不存在的条款予以废止。</p>" + "<p>一、二、三。</p>" * 60,
        "<p>沪府发〔2022〕404号</p>",
    ],
)
def test_pages_are_no_soft_404s(page: str) -> None:
    assert not soft_404(page.encode())


def test_being_led_to_the_front() -> None:
    assert front_page("http://a.gov.cn/zfwj/1.html", "http://a.gov.cn/")
    assert front_page("http://a.gov.cn/zfwj/1.html", "http://www.a.gov.cn/index.html")
    assert not front_page("http://a.gov.cn/", "https://a.gov.cn/")
    assert not front_page("http://a.gov.cn/zfwj/1.html", "http://a.gov.cn/zfwj/2.html")


class Crawler:
    """As much of a crawler as the middleware asks for."""

    def __init__(self, folder: Path) -> None:
        self.spider = self
        self.gate = Gate(0.0, folder, max_requests=9, seconds=60)


def shut_after(folder: Path, *answers: tuple[str, str]) -> list[dict[str, str]]:
    """Which hosts are left alone after each of these answers, (address, body)."""
    crawler = Crawler(folder)
    walls, found = Challenges(crawler), []  # type: ignore[arg-type]
    for url, body in answers:
        response = HtmlResponse(url, body=body.encode())
        with pytest.raises(Refused, match="blocked:"):
            walls.process_response(Request(url, meta={"robots": url.endswith("robots.txt")}), response)
        found.append(crawler.gate.shut)
    return found


A, B = "http://a.gov.cn/1.html", "http://a.gov.cn/2.html"
WALL = "<title>安全验证</title><p>您的访问过于频繁，请输入验证码后继续访问。编号 {}</p>"
BY_SCRIPT = "<script>var arg1='3000176000856006061501533003690027800375';</script>"


def test_words_alone_fail_a_page_and_the_same_wall_twice_shuts_the_host(tmp_path: Path) -> None:
    shut = {"a.gov.cn": "blocked:captcha"}
    assert shut_after(tmp_path, (A, WALL.format(1)), (A, WALL.format(2)), (B, WALL.format(3))) == [{}, {}, shut]
    assert shut_after(tmp_path, (A, WALL), (B, "<p>请先完成实名验证，再办理补贴。</p>")) == [{}, {}]
    assert shut_after(tmp_path, (A, WALL), ("http://b.gov.cn/1.html", WALL)) == [{}, {}]
    assert shut_after(tmp_path, (A, BY_SCRIPT)) == [{"a.gov.cn": "blocked:acw"}]
    assert shut_after(tmp_path, ("http://a.gov.cn/robots.txt", WALL)) == [shut]
