"""Bytes of an answer -> text, JSON, dates: what every family needs before it can read a list.

>>> china_time(1643385600)
'2022-01-29'
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from crawler.decoding import text
from crawler.errors import ListError
from crawler.page import CHINA, canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.platforms.protocol import ListRequest, Pairs

__all__ = [
    "FORM",
    "JSON",
    "address",
    "ajax",
    "china_time",
    "first_text",
    "followed",
    "form",
    "hints",
    "inner",
    "joined",
    "json_object",
    "mapping",
    "number",
    "objects",
    "origin",
    "page_of",
    "plain",
    "text",
]

FORM = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)
JSON = (("Content-Type", "application/json;charset=UTF-8"),)
MILLISECONDS = 10**11
"""Unix times above are milliseconds: as seconds they would lie after the year 5138."""


def json_object(request: ListRequest, body: bytes, headers: Pairs) -> dict[str, object]:
    """The object that the answer is, also inside a JSONP call. Raises ListError."""
    answer = text(body, headers).strip()
    if call := re.fullmatch(r"[\w.$]+\((.*)\)\s*;?", answer, re.DOTALL):
        answer = call[1]
    try:
        return mapping(json.loads(answer))
    except (json.JSONDecodeError, RecursionError, TypeError) as error:
        raise ListError(
            f"{request.url}: not the JSON object that this interface answers with: {answer[:60]!r}"
        ) from error


def mapping(value: object) -> dict[str, object]:
    """The value as a mapping of names. Raises TypeError."""
    if not isinstance(value, dict):
        raise TypeError(f"not an object: {value!r:.40}")
    return value


def inner(value: object, *names: str) -> dict[str, object]:
    """The object below names; {} if there is none. A string that holds JSON is opened.

    >>> inner({"custom": '{"data": {"total": 3}}'}, "custom", "data")
    {'total': 3}
    """
    for name in ("", *names):
        value = value.get(name) if name and isinstance(value, dict) else value
        if isinstance(value, str) and value.lstrip().startswith("{"):
            try:
                value = json.loads(value)
            except (json.JSONDecodeError, RecursionError):
                return {}
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[dict[str, object]]:
    """The objects of an array; what is none is left out."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def first_text(row: Mapping[str, object], *names: str) -> str | None:
    """The first of the names with something in it, as plain text: tags and entities resolved, blanks collapsed."""
    for name in names:
        value = row.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and (found := plain(str(value))):
            return found
    return None


def plain(markup: str) -> str:
    """`通知<em>公告</em>&nbsp;` -> 通知公告."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", markup)).split())


def number(value: object) -> int | None:
    """A count from JSON, which may be a string; None if it is none."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value) if len(value) < 12 else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def china_time(value: object) -> str | None:
    """Unix seconds or milliseconds -> date of China, with the time unless it is midnight; None if it is no time."""
    seconds = int(value) if isinstance(value, str) and re.fullmatch(r"\d{9,13}", value) else value
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or not 0 < seconds < 10**14:
        return None
    moment = datetime.fromtimestamp(seconds / 1000 if seconds > MILLISECONDS else seconds, CHINA)
    return moment.strftime("%Y-%m-%d" if (moment.hour, moment.minute) == (0, 0) else "%Y-%m-%d %H:%M:%S")


def hints(row: Mapping[str, object], **names: str) -> Pairs:
    """The row's further facts: field=name of the key that holds it."""
    found = ((field, first_text(row, name)) for field, name in names.items())
    return tuple((field, value) for field, value in found if value is not None)


def joined(base: str, target: str) -> str | None:
    """The address that a page names, as it stands there; None where it is none of the web.

    >>> joined("http://a.cn/list/", "../b.html?b=1&a=2"), joined("http://a.cn/", "file:///etc/passwd")
    ('http://a.cn/b.html?b=1&a=2', None)
    """
    try:
        found = urljoin(base, target.strip())
        parts = urlsplit(found)
        return found if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:  # http://[broken, or a port that is no number
        return None


def address(base: str, target: str | None, encoding: str = "utf-8") -> str | None:
    """The canonical address that a list names; None where it is none of the web (file:, javascript:, http://[broken).

    encoding: of the page; browsers send letters beyond ASCII in a query as their page has them.

    >>> address("http://a.cn/list/", "../b.html"), address("http://a.cn/", "file:///etc/passwd")
    ('http://a.cn/b.html', None)
    >>> address("http://a.cn/", "show.asp?n=国", "gb18030")
    'http://a.cn/show.asp?n=%B9%FA'
    """
    if not target or (found := joined(base, target)) is None:
        return None
    try:
        return canonical_url(found, encoding)
    except ValueError:
        return None


def followed(base: str, target: str) -> str:
    """The address of a further list page. Raises ListError if it is none."""
    found = joined(base, target)
    if found is None:
        raise ListError(f"{base}: names a further page that is no address: {target[:80]!r}")
    return found


def origin(url: str) -> str:
    """`https://www.example.gov.cn` of any address below it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def page_of(url: str, name: str, index: int, extension: str) -> str:
    """`common_list`, 2, `shtml` -> .../common_list_2.shtml beside url; index 0 has no number. Raises ListError."""
    return followed(url, f"{name}_{index}.{extension}" if index else f"{name}.{extension}")


def form(fields: Iterable[tuple[str, object]]) -> bytes:
    return urlencode([(name, str(value)) for name, value in fields]).encode()


def ajax(referer: str) -> Pairs:
    """Headers of a request that the list page itself would make: several interfaces answer 403 or 404 without them."""
    return (("X-Requested-With", "XMLHttpRequest"), ("Referer", referer))
