"""gkmlpt: 政府信息公开目录管理平台, of Guangdong and its cities, districts and departments; nowhere else.

Pages: /gkmlpt/content/3/3255/post_3255421.html, the text inside JSON in the page.
Lists: /gkmlpt/index sets window._CONFIG, in it SID and TREE, the catalogue; its leaves are columns. A column is GET
/gkmlpt/api/all/<leaf>?page=n&sid=<SID>: JSON, 100 a page, classify.post_count and articles[] of title, url,
publisher, identifier (索引号), document_number, attachment[] and Unix times.
A card gives /gkmlpt/index#505 for one leaf, the interface's address with `options: {sid: "200025"}`, or
/gkmlpt/index, from where every leaf is listed whose name, or a parent's, matches `options: {under: 规范性文件|政策}`.
Traps: nodes with jump_url lead elsewhere; _CONFIG is script and not JSON, only TREE in it is; an answer beyond the
end has no articles; most of these hosts speak http only; articles without an address of their own have post_url.
Evidence: domain.md §2.1 F5; a public survey of 40 such sites and its crawler.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.errors import ListError
from crawler.platforms.answers import (
    address,
    ajax,
    china_time,
    first_text,
    hints,
    inner,
    json_object,
    number,
    objects,
    origin,
    text,
)
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.platforms.replies import accepted, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

API = "/gkmlpt/api/all/"
CONFIG = re.compile(r"window\._CONFIG\s*=\s*\{")


class Gkmlpt:
    name = "gkmlpt"
    options = COMMON | {
        "sid": "number of the site, where the column's address is that of the interface",
        "under": "regular expression for the names of catalogue nodes that are listed, with all below them",
    }

    def matches(self, page: str, url: str) -> bool:
        return CONFIG.search(page) is not None and "gkmlpt" in page + url

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        if API in column.url:
            return (_column(column.url, str(column.options.get("sid", "")), 1, column.url),)
        return (ListRequest(url=column.url),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        if API not in request.url:
            columns = tuple(_leaves(text(body, headers), request.url, str(column.options.get("under", ""))))
            if only := urlsplit(column.url).fragment:
                columns = tuple(found for found in columns if f"{API}{only}?" in found.url)
            return Listing((), columns, ended=None if columns else "no column")
        answer = json_object(request, body, headers)
        accepted(request, answer)
        items = [item for row in rows_of(request, answer, "articles") if (item := _item(row, request.url))]
        total = number(inner(answer, "classify").get("post_count"))
        sid = dict(request.state).get("sid", "")
        after = _column(request.url, sid, request.number + 1, column.url)
        return listing(request, items, after, column=column, total=total)


def _column(url: str, sid: str, page: int, referer: str) -> ListRequest:
    bare = url.partition("?")[0]
    return ListRequest(url=f"{bare}?page={page}&sid={sid}", headers=ajax(referer), number=page, state=(("sid", sid),))


def _leaves(page: str, url: str, under: str) -> Iterator[ListRequest]:
    """Page 1 of each leaf of the catalogue that the card wants. Raises ListError."""
    sid = re.search(r"""\bSID["']?\s*:\s*["']?(\d+)""", page)
    tree = re.search(r"""\bTREE["']?\s*:\s*(?=\[)""", page)
    if CONFIG.search(page) is None or sid is None or tree is None:
        raise ListError(f"{url}: no window._CONFIG with SID and TREE, so this is no gkmlpt catalogue")
    try:
        nodes = json.JSONDecoder().raw_decode(page, tree.end())[0]
    except (json.JSONDecodeError, RecursionError) as error:
        raise ListError(f"{url}: the catalogue in window._CONFIG is cut off or damaged ({error})") from error
    waiting = [(node, False) for node in reversed(objects(nodes))]
    while waiting:
        node, wanted = waiting.pop()
        wanted = wanted or bool(re.search(under, first_text(node, "name") or ""))
        if node.get("jump_url"):
            continue
        children = objects(node.get("children"))
        waiting.extend((child, wanted) for child in reversed(children))
        leaf = number(node.get("id"))
        if wanted and leaf is not None and not children:
            yield _column(f"{origin(url)}{urlsplit(url).path.partition('/gkmlpt')[0]}{API}{leaf}", sid[1], 1, url)


def _item(row: dict[str, object], base: str) -> Item | None:
    url = address(base, first_text(row, "url", "post_url"))
    if url is None:
        return None
    facts = hints(row, doc_number="document_number", index_number="identifier", publisher="publisher")
    if number(row.get("is_abolished")):
        facts += (("validity", "废止"),)
    elif number(row.get("is_expired")):
        facts += (("validity", "失效"),)
    times = (row.get(key) for key in ("display_publish_time", "first_publish_time", "date"))
    published = next((found for value in times if (found := china_time(value))), None)
    annexes = tuple(
        (first_text(annex, "name", "title") or "", where)
        for annex in objects(row.get("attachment")) or objects(row.get("attachments"))
        if (where := address(base, first_text(annex, "url", "path")))
    )
    printed = published or first_text(row, "first_publish_time", "created_at")
    return Item(url, first_text(row, "title"), printed, facts, annexes)
