"""Lists that mean harm. Each is a page of links at /hostile/<name>/index.html: three good documents and what the name
says.

Enters: a request below /hostile/. Leaves: an answer that never ends, never begins, lies about its length or leads
astray. `LISTS` says of each what it does; whoever crawls one must find the three good documents, end, and say what
failed.

>>> sorted(LISTS)[:4]
['binary', 'bomb', 'broken', 'deep']
"""

from __future__ import annotations

from tests.city.faults import busy
from tests.city.floods import GIGABYTE, bomb, drip, drip_head, endless, gigabyte, laughs
from tests.city.markup import page
from tests.city.messages import Answer, Request, redirect, text

GOOD = 3

LISTS = {
    "endless": "every page has ten documents that were never seen and a next page",
    "repeating": "every page has the same rows and a next page",
    "redirects": "links that redirect: to a page, in a circle, to themselves, too often, to private addresses,"
    " to files",
    "links": "links to file://, to private and metadata addresses, to scripts and to paths of a disk",
    "huge": "1 GB, once with Content-Length and once in chunks",
    "drip": "a byte a second, once in the body and once in the head",
    "lengths": "Content-Length too large, too small, negative",
    "bomb": "1 MB of gzip that becomes 1 GB",
    "broken": "connection closed before, within and after the head; what is no HTTP at all; 20,000 header lines",
    "deep": "200,000 nested elements",
    "binary": "an image and zero bytes that say they are HTML",
    "errors": "404, 410, 500, 503 and 429 with Retry-After, a soft 404",
    "laughs": "a sitemap whose entities multiply",
}

_LINKS = {
    "redirects": [
        *(
            "to/page",
            "to/loop",
            "to/ping",
            "to/chain/30",
            "to/metadata",
            "to/private",
            "to/file",
            "to/ipv6",
            "to/number",
        ),
        *("to/meta-refresh", "to/empty"),
    ],
    "links": [
        *(
            "file:///etc/passwd",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/admin/",
            "http://[::1]:1/",
        ),
        *(
            "http://0x7f000001:1/",
            "http://192.168.0.1/",
            "ftp://10.0.0.1/a.pdf",
            "javascript:void(0)",
            "c:\\公文\\附件.doc",
        ),
        *("mailto:a@example.invalid", "data:text/html,<p>x</p>", "//169.254.169.254/", "http://", "#top"),
    ],
    "huge": ["huge.html", "huge-chunked.html"],
    "drip": ["drip.html", "drip-head.html"],
    "lengths": ["length-more.html", "length-less.html", "length-negative.html"],
    "bomb": ["bomb.html"],
    "broken": ["cut-before.html", "cut-head.html", "cut-body.html", "noise.html", "headers.html"],
    "deep": ["deep.html"],
    "binary": ["image.html", "zeros.html"],
    "errors": ["404.html", "410.html", "500.html", "503.html", "429.html", "soft-404.html"],
}
_TARGETS = {
    "page": "/hostile/good-1.html",
    "loop": "/hostile/to/loop",
    "ping": "/hostile/to/pong",
    "pong": "/hostile/to/ping",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "private": "http://10.0.0.1/",
    "file": "file:///etc/passwd",
    "ipv6": "http://[::ffff:169.254.169.254]/",
    "number": "http://2852039166/",
    "empty": "",
}


def answer(request: Request) -> Answer:
    """The answer to a path below /hostile/."""
    rest = request.path.removeprefix("/hostile/")
    name, _, file = rest.partition("/")
    if name == "to":
        return _redirect(file)
    if name in LISTS:
        return _list(name, file)
    if name.startswith("good-"):
        return text(
            page(f"好文件{name[5:-5]}", "", f"<h1>好文件{name[5:-5]}</h1><div class='content'><p>正文。</p></div>")
        )
    return _thing(name)


def _list(name: str, file: str) -> Answer:
    number = int(file.removeprefix("index_").removesuffix(".html")) if file.startswith("index_") else 1
    if name == "laughs":
        return text(laughs(), "application/xml")
    if name == "endless":
        links = [f"good-{number * 10 + i}.html" for i in range(10)]
    else:
        links = [*(f"good-{i}.html" for i in range(1, GOOD + 1)), *_LINKS.get(name, [])]
    rows = "\n".join(
        f'<li><a href="{_absolute(link)}">关于某事项第{i}号的通知</a><span>2022-05-{i % 28 + 1:02d}</span></li>'
        for i, link in enumerate(links)
    )
    following = (
        f'<a href="/hostile/{name}/index_{number + 1}.html">下一页</a>' if name in ("endless", "repeating") else ""
    )
    return text(page("通知公告", "", f'<ul class="list">\n{rows}\n</ul>\n<div class="pages">{following}</div>'))


def _absolute(link: str) -> str:
    return f"/hostile/{link}" if link.startswith(("good-", "to/")) or link.endswith(".html") else link


def _redirect(where: str) -> Answer:
    if where.startswith("chain/"):
        left = int(where.removeprefix("chain/"))
        return redirect(f"/hostile/to/chain/{left - 1}" if left else "/hostile/good-1.html")
    if where == "meta-refresh":
        return text('<html><head><meta http-equiv="refresh" content="0;url=http://169.254.169.254/"></head></html>')
    if where in _TARGETS:
        return redirect(_TARGETS[where])
    return text("no such redirect", status=404)


def _thing(name: str) -> Answer:
    right = page("关于某事项的通知", "", "<h1>关于某事项的通知</h1><div class='content'><p>正文。</p></div>").encode()
    things = {
        "huge.html": lambda: Answer(stream=endless, length=GIGABYTE),
        "huge-chunked.html": lambda: Answer(stream=gigabyte),
        "drip.html": lambda: Answer(stream=drip, length=100_000),
        "drip-head.html": lambda: Answer(status=None, stream=drip_head),
        "length-more.html": lambda: Answer(status=None, body=_raw(right, len(right) + 5000)),
        "length-less.html": lambda: Answer(status=None, body=_raw(right, len(right) - 50)),
        "length-negative.html": lambda: Answer(status=None, body=_raw(right, -1)),
        "bomb.html": lambda: Answer(body=bomb(), headers=(("Content-Encoding", "gzip"),)),
        "cut-before.html": lambda: Answer(status=None),
        "cut-head.html": lambda: Answer(status=None, body=b"HTTP/1.1 200 OK\r\nContent-Ty"),
        "cut-body.html": lambda: Answer(status=None, body=_raw(right, len(right))[:-80]),
        "noise.html": lambda: Answer(status=None, body=bytes(range(256)) * 8),
        "headers.html": lambda: Answer(body=right, headers=tuple((f"X-Header-{n}", "x" * 50) for n in range(20_000))),
        "deep.html": lambda: Answer(body=b"<html><body>" + b"<div>" * 200_000 + "深".encode() + b"</div>" * 200_000),
        "image.html": lambda: Answer(body=b"\x89PNG\r\n\x1a\n" + bytes(2000)),
        "zeros.html": lambda: Answer(body=bytes(50_000)),
        "503.html": lambda: busy("Wed, 01 Jan 2020 00:00:00 GMT", 503),
        "429.html": lambda: busy(3600),
        "soft-404.html": lambda: text(page("404", "", "<p>您访问的页面不存在或已被删除</p>")),
    }
    if name in things:
        return things[name]()
    status = name.removesuffix(".html")
    return text(f"<h1>{status}</h1>", status=int(status) if status in ("404", "410", "500") else 404)


def _raw(body: bytes, length: int) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
        length,
        body,
    )
