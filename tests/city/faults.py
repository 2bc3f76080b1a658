"""What goes wrong on the way: robots.txt in its variants, challenge pages, servers that are busy or ill.

Enters: a request to any site. Leaves: the answer that takes the place of the right one, or None. A `Rule` is one
trouble; `Faults` holds the rules of a city together with what `city(**faults)` set for whole sites.

>>> Rule(answer=busy(2), times=1).take("trs", "/zwgk/") is not None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.city.messages import Answer, redirect, text

MOVED = "/static/robots-moved.txt"
"""Where the variant "redirect" leads to: a file that disallows everything."""


@dataclass
class Rule:
    """site: name of a family or None for all; path: pattern searched in path and query; body: in the request's body.

    after: so many requests go well before it begins; times: so many it spoils, None: all that follow. each: count for
    every address by itself, so that times=2 makes each address fail twice.
    """

    answer: Answer
    site: str | None = None
    path: str = ""
    body: str = ""
    after: int = 0
    times: int | None = None
    each: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, site: str, target: str, body: str = "") -> Answer | None:
        if self.site not in (None, site) or not re.search(self.path, target) or not re.search(self.body, body):
            return None
        key = f"{site}{target}" if self.each else ""
        number = self.counts[key] = self.counts.get(key, 0) + 1
        if number <= self.after or (self.times is not None and number > self.after + self.times):
            return None
        return self.answer


@dataclass
class Faults:
    """What `city(**faults)` takes. Where a value may differ by site, a dict by name of the family says so.

    robots: allow (the default), disallow, 404, 503, html, redirect, loop, or the text of the file itself.
    delay: seconds before every answer. flaky: every address answers 503 so many times first. busy: the first so many
    requests get 429 with Retry-After: 1. challenge: kind of page (see CHALLENGES) that every request gets from the
    request number challenge_after on. soft_404: missing pages have status 200. held: sites that
    do not answer for as long as they stand here. rules: further troubles.
    """

    robots: str | dict[str, str] = "allow"
    delay: float | dict[str, float] = 0.0
    flaky: int | dict[str, int] = 0
    busy: int | dict[str, int] = 0
    challenge: str | dict[str, str] = ""
    challenge_after: int = 0
    soft_404: bool = False
    held: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    _own: dict[str, list[Rule]] = field(default_factory=dict)

    def take(self, site: str, base: str, target: str, body: str = "") -> Answer | None:
        """The answer that comes instead; robots.txt is exempt from all but its own variants."""
        if target.partition("?")[0] == "/robots.txt":
            return robots(str(_of(self.robots, site, "allow")), base)
        if target == MOVED:
            return robots("disallow")
        for rule in (*self.rules, *self._rules_of(site)):
            if answer := rule.take(site, target, body):
                return answer
        return None

    def delay_of(self, site: str) -> float:
        return float(_of(self.delay, site, 0.0))

    def _rules_of(self, site: str) -> list[Rule]:
        if site not in self._own:
            rules = [
                Rule(answer=busy(1), times=_of(self.busy, site, 0)),
                Rule(
                    answer=text("<h1>503 Service Unavailable</h1>", status=503),
                    times=_of(self.flaky, site, 0),
                    each=True,
                ),
            ]
            if kind := _of(self.challenge, site, ""):
                rules.insert(0, Rule(answer=CHALLENGES[kind], after=self.challenge_after))
            self._own[site] = rules
        return self._own[site]


def _of(value: Any, site: str, otherwise: Any) -> Any:
    return value.get(site, otherwise) if isinstance(value, dict) else value


def robots(variant: str, base: str = "") -> Answer:
    """robots.txt. RFC 9309: 4xx allows everything, 5xx forbids everything, up to five redirects are followed."""
    plain = "text/plain; charset=utf-8"
    if variant == "allow":
        return text(f"User-agent: *\nDisallow: /admin/\nDisallow: /manage/\nSitemap: {base}/sitemap.xml\n", plain)
    if variant == "disallow":
        return text("User-agent: *\nDisallow: /\n", plain)
    if variant in ("403", "404", "500", "503"):
        return text(f"<html><head><title>{variant}</title></head></html>", status=int(variant))
    if variant == "html":  # a portal that shows its home page for whatever it does not know
        return text("<!DOCTYPE html><html><head><title>首页</title></head><body>欢迎访问</body></html>")
    if variant == "redirect":
        return redirect(MOVED, 301)
    if variant == "loop":
        return redirect("/robots.txt", 302)
    return text(variant, plain)


def busy(seconds: int | str, status: int = 429) -> Answer:
    """Too Many Requests, or 503, with Retry-After in seconds or as an HTTP date."""
    return text("<h1>访问过于频繁，请稍后再试</h1>", status=status, headers=(("Retry-After", str(seconds)),))


# Challenge pages. Each has the marks of its kind, and nothing behind it: no cookie lets anybody through.

_NOISE = "".join(f"_$a{number}=_$b{number * 7 % 101}[{number}];" for number in range(120))
RUISHU = text(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="9DhefwqGPrzG" content="{qqqqqcF0a1'
    + "0Kf3" * 40
    + '" r="m">'
    '<!--[if lt IE 9]><script r="m">document.createElement("section")</script><![endif]--><script'
    ' type="text/javascript" '
    'charset="iso-8859-1" src="/cb4UuQtIG8gU/O3mmzGd2Kbfp.091bf33.js" r="m"></script><script'
    ' type="text/javascript" r="m">'
    f"(function(){{var _$cd=0;{_NOISE}_$a9();}})()</script></head><body></body></html>",
    "text/html",
    412,
    headers=(("Set-Cookie", "FSSBBIl1UgzbN7N80S=1vQy3k0aX.; Path=/; expires=Fri, 31 Dec 2038 00:00:00 GMT; HttpOnly"),),
)
"""瑞数: 412, a meta element and an inline script of names that begin with _$."""
JIASULE = text(
    "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_')+('c')+('l')+('e')+('a')+('r')+('a')+('n')+('c')+('e')+('_')"
    "+('s')+('=')+(1+[])+(6+[])+'8.642|-1|xk2'+';max-age=3600;path=/';location.href=location.pathname+location.search"
    "</script>",
    "text/html",
    521,
    headers=(
        ("Set-Cookie", "__jsluid_s=88a1d5b3d2b6f0; max-age=31536000; path=/; HttpOnly"),
        ("Server", "Cdn Cache Server"),
    ),
)
"""加速乐: 521 and a script that spells __jsl_clearance_s letter by letter."""
ALIYUN = text(
    "<html><script>\nvar arg1='3000176000856006061501533003690027800375';\nvar"
    " _0x4818=['\\x63\\x73\\x4b\\x48','\\x56'];\n"
    "function setCookie(name,value){var expiredate=new Date();document.cookie=name+'='+value+';path=/';}\n"
    'function reload(x){setCookie("acw_sc__v2",x);document.location.reload();}\nreload(unsbox(arg1));\n</script>'
    "</html>",
    "text/html",
    headers=(("Set-Cookie", "acw_tc=2760821d15710446036596250e; path=/; HttpOnly; Max-Age=3600"),),
)
"""阿里云: 200, var arg1 and acw_sc__v2."""
CAPTCHA = text(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>安全验证</title></head><body><form action="/verify"'
    ' method="post">'
    '<p>您的访问过于频繁，请输入验证码后继续访问</p><img src="/captcha.jpg" id="captchaImg" alt="验证码">'
    '<input name="captcha" maxlength="4"><button>提交</button></form></body></html>'
)
SAFEDOG = text(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>网站防火墙</title></head><body><div class="w"><h1>'
    "请求被拦截</h1>"
    "<p>您的请求带有不合法参数，已被网站管理员设置拦截！可能原因：您提交的内容包含危险的攻击请求</p></div>"
    "</body></html>",
    status=403,
)
FORBIDDEN = text(
    "<html>\n<head><title>403 Forbidden</title></head>\n<body>\n<h1>403 Forbidden</h1>\n</body></html>", status=403
)
CHALLENGES = {
    "412": RUISHU,
    "521": JIASULE,
    "acw": ALIYUN,
    "captcha": CAPTCHA,
    "safedog": SAFEDOG,
    "403": FORBIDDEN,
}
