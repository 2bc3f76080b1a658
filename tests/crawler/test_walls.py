"""What stands in front of a page is told from a page, in both directions."""

from __future__ import annotations

import pytest

from crawler.challenge import challenge, front_page, soft_404
from tests.city.faults import CHALLENGES

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


@pytest.mark.parametrize(
    ("status", "body"),
    [
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
