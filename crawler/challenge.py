"""Pages that stand in front of a page: challenges of web application firewalls, and "not found" with status 200.

Enters: an answer. Leaves: the name of the wall, or None. A challenge is a no: the host is left alone for the run, its
outcome is `blocked`, and nothing here solves, waits out or goes around one.

A wall is sure by its status or its scripts. Words alone may be those of an honest notice (关于启用实名认证的公告) or
of a search box, so they fail the one page; the host is left alone when the same wall stands at two addresses.

>>> challenge(412, b"<html><script>$_ts=window['$_ts']</script></html>")
'ruishu'
>>> challenge(200, "<p>请拖动滑块完成验证</p>".encode())
'captcha'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.decoding import text
from crawler.markup import title_of, visible
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

NUMBERS = re.compile(r"[0-9a-fA-F.:-]+")
"""Addresses, times and numbers of cases, which are others in each answer of a wall."""

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

OWN = re.compile(r"网站标识码|主办单位|ICP备\d|特此(?:公告|通告|通知)")
"""What the site itself prints around a page or ends a notice with, and no wall does."""
NOTICE = re.compile(r"^关于.{2,60}的(?:通知|公告|通告|公示|意见|决定|函)")
ANSWER = re.compile(r"告知书|答复书|申请(?:获取|公开)")
"""Of papers in which an office answers that a piece of information does not exist (政府信息公开条例 第三十六条)."""


class Challenges:
    """Downloader middleware; sees the answer unpacked and before a retry is thought of."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._walls: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Challenges:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        kind = challenge(response.status, response.body)
        if kind is None:
            return response
        spider: SourceSpider = self._crawler.spider  # type: ignore[assignment]
        host = host_key(response.url)
        # Two pages of one host that say the same but for its numbers: no two notices do. No robots.txt is a notice.
        wall = f"{host} {NUMBERS.sub('', visible(text(response.body)))}"
        first = self._walls.setdefault(wall, response.url)
        if kind != "captcha" or response.status in (412, 521) or first != response.url or request.meta.get("robots"):
            spider.gate.leave_alone(host, BLOCKED + kind)
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
    page = text(body)
    seen, title = visible(page, WALL_TEXT + 1), title_of(page)
    if len(seen) > WALL_TEXT or OWN.search(seen) or NOTICE.search(title):
        return None
    return "captcha" if WORDS.search(seen) or TITLES.search(title) else None


def soft_404(body: bytes) -> bool:
    """True if a page with status 200 says that there is no page."""
    if len(body) > LARGEST:
        return False
    page = text(body)
    seen, title = visible(page, 5 * GONE_TEXT + 1), title_of(page)
    if ANSWER.search(seen) or ANSWER.search(title):
        return False
    if len(seen) <= GONE_TEXT:
        return bool(GONE.search(f"{seen} {title}"))
    return len(seen) <= 5 * GONE_TEXT and bool(GONE.search(title))


def front_page(asked: str, answered: str) -> bool:
    """True if a request for a page was led to the front of a site instead."""
    if asked == answered:
        return False
    path = urlsplit(answered).path.lower()
    return path.strip("/") in ("", "index.html", "index.htm", "index.shtml", "index.jsp") and urlsplit(
        asked
    ).path.lower().strip("/") != path.strip("/")
