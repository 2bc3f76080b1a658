"""Pages that stand in front of a page: challenges of web application firewalls, and "not found" with status 200.

Enters: an answer. Leaves: the name of the wall, or None. A challenge is a no: the host is left alone for the run, its
outcome is `blocked`, and nothing here solves, waits out or goes around one.

>>> challenge(412, b"<html><script>$_ts=window['$_ts']</script></html>")
'ruishu'
>>> challenge(200, "<p>请拖动滑块完成验证</p>".encode())
'captcha'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.polite import BLOCKED, Refused, host_key

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.spider import SourceSpider

__all__ = ["Challenges", "challenge", "front_page", "soft_404"]

LARGEST = 32 << 10
"""Bytes of a wall, or of a soft 404, with status 200. Aliyun's page has up to 25 KB; 瑞数's are longer, with 412."""

SCRIPTS = (
    ("acw", re.compile(rb"acw_sc__v2|\bvar\s+arg1\s*=\s*'[0-9A-F]{40}'")),  # Aliyun WAF
    ("jsl", re.compile(rb"__jsl_clearance|__jsluid")),  # 加速乐
    ("ruishu", re.compile(rb"\$_ts\s*=\s*window|\$_ts\.(?:nsd|cd|cp)\b|window\[['\"]\$_ts['\"]\]")),
)
WORDS = re.compile(
    r"(?:拖动|滑动|移动).{0,6}滑块|请(?:您)?(?:先)?(?:输入|完成|进行|通过|拖动).{0,8}(?:验证|滑块)|输入验证码后"
    r"|您的(?:请求|访问|IP).{0,12}(?:被拦截|被阻断|被禁止|过于频繁)|访问过于频繁|(?:当前)?请求(?:已)?被(?:网站)?(?:管理员)?.{0,6}拦截"
)
TITLES = re.compile(
    r"^\W*(?:网站)?(?:安全|访问|人机|滑块|身份)验证\W*$|(?:访问|请求)被(?:拦截|阻断)|网站防火墙|安全狗|创宇盾|captcha",
    re.I,
)
"""What walls say to people. Words alone do not make one: the page must be small and have next to no other text."""

WALL_TEXT = 400
"""Characters that a person would read on such a page; walls of 安全狗 and 创宇盾 have 60 to 250."""

NOT_A_WALL = (304, 404, 410, 429, 503)
"""Statuses that say themselves what is the matter: nothing new, no page, too many requests, a server at its limits."""

GONE = re.compile(
    r"(?:页面|网页|文章|信息|内容|文件|栏目|资源).{0,8}(?:不存在|已(?:被)?删除|已下线|找不到|无法找到|已过期)"
    r"|(?:找不到|无法找到|没有找到).{0,10}(?:页面|网页|文章|信息|内容|文件)|访问的页面.{0,12}(?:不存在|出错|有误)"
    r"|(?<!\d)404(?!\d).{0,20}(?:not\s?found|错误|页面)|page\s?not\s?found",
    re.IGNORECASE,
)
GONE_TEXT = 200
"""Characters of a "not found" page with status 200 (domain.md §3.1); with the words in its title it may have more."""

NOISE = re.compile(r"(?is)<(script|style|head|noscript)\b.*?</\1\s*>|<[^>]*>|&nbsp;|\s+")
TITLE = re.compile(r"(?is)<title[^>]*>(.*?)</title")


class Challenges:
    """Downloader middleware; sees the answer unpacked and before a retry is thought of."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Challenges:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        kind = challenge(response.status, response.body)
        if kind is None:
            return response
        spider: SourceSpider = self._crawler.spider  # type: ignore[assignment]
        spider.gate.leave_alone(host_key(response.url), BLOCKED + kind)
        raise Refused(BLOCKED + kind, f"{response.url} answered with a challenge (status {response.status})")


def challenge(status: int, body: bytes) -> str | None:
    """The wall that answered, or None.

    412 and 521 are the statuses of 瑞数 and 加速乐; no page of a government site has another use for them.
    """
    if len(body) <= LARGEST or status in (412, 521):
        for kind, mark in SCRIPTS:
            if mark.search(body):
                return kind
    if status in (412, 521):
        return "ruishu" if status == 412 else "jsl"
    if len(body) > LARGEST or status in NOT_A_WALL:
        return None
    page = _text(body)
    visible = NOISE.sub("", page)
    if len(visible) <= WALL_TEXT and (WORDS.search(visible) or TITLES.search(_title(page))):
        return "captcha"
    return None


def soft_404(body: bytes) -> bool:
    """True if a page with status 200 says that there is no page."""
    if len(body) > LARGEST:
        return False
    page = _text(body)
    visible = NOISE.sub("", page)
    if len(visible) <= GONE_TEXT:
        return bool(GONE.search(visible + " " + _title(page)))
    return len(visible) <= 5 * GONE_TEXT and bool(GONE.search(_title(page)))


def front_page(asked: str, answered: str) -> bool:
    """True if a request for a page was led to the front of a site instead."""
    if asked == answered:
        return False
    path = urlsplit(answered).path.lower()
    return path.strip("/") in ("", "index.html", "index.htm", "index.shtml", "index.jsp") and urlsplit(
        asked
    ).path.lower().strip("/") != path.strip("/")


def _title(page: str) -> str:
    found = TITLE.search(page)
    return re.sub(r"\s+", " ", found[1]).strip() if found else ""


def _text(body: bytes) -> str:
    """Good enough to look for words: walls come in UTF-8 or GBK."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")
