"""epoint: 国泰新点 EWB, of Xuzhou, Yingkou and their departments.

Pages: /dynamic/zwgk/govInfoPub.html?categorynum=003001003 is a column, empty but for script.
Lists: POST /EWB-FRONT/rest/lightfrontaction/getgovinfolist with JSON {deptcode, categorynum, pageIndex, pageSize,
siteGuid}; the answer's `custom` holds total and data[] of title or realtitle, infourl or visiturl, infodate. siteGuid
and the project's path stand in /js/webBuilderCommon.js, `var siteInfo = {"siteGuid": "…", "projectName":
"/EWB-FRONT"}`, which is asked for first unless the card has `options: {guid: …}`.
Traps: `custom` is an object on some sites and a STRING that holds JSON on others; pageIndex counts from 0; some sites
ask for a captcha after some twenty pages: an answer without `custom` is an error and not the end; some give fewer rows
than pageSize asks for, so that only the total tells the end.
Evidence: domain.md §2.1 F6; public crawlers of Xuzhou's departments.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.errors import ListError
from crawler.platforms.answers import (
    JSON,
    address,
    ajax,
    first_text,
    hints,
    inner,
    json_object,
    number,
    origin,
    text,
)
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.platforms.replies import accepted, rows_of

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

SETTINGS = "/js/webBuilderCommon.js"
ACTION = "/rest/lightfrontaction/getgovinfolist"
PROJECT = "/EWB-FRONT"
SIZE = 20


class Epoint:
    name = "epoint"
    options = COMMON | {
        "category": "categorynum, where the column's address has none",
        "dept": "deptcode, for the lists of one department",
        "guid": "siteGuid, which saves a request",
        "project": "path of the application, by default /EWB-FRONT",
        "size": "rows of a page, by default 20",
    }

    def matches(self, page: str, url: str) -> bool:
        return bool(re.search(r"EWB-FRONT|webBuilderCommon\.js|\bgovInfoPub\w*\.html", page + url, re.IGNORECASE))

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        guid = column.options.get("guid")
        if guid is not None:
            project = str(column.options.get("project", PROJECT))
            return (_query(column, str(guid), project, 1),)
        return (ListRequest(url=urljoin(column.url, SETTINGS), headers=(("Referer", column.url),)),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        if request.method == "GET":
            return Listing((), (_first_page(request, text(body, headers), column),))
        answer = json_object(request, body, headers)
        accepted(request, answer)
        if "custom" not in answer:
            raise ListError(f"{request.url}: an answer without `custom`, perhaps a captcha after many pages")
        found = inner(answer, "custom")
        rows = rows_of(request, found, "data", "infodata")
        items = [item for row in rows if (item := _item(row, column.url))]
        state = dict(request.state)
        total = number(found.get("total"))
        after = _query(column, state.get("guid", ""), state.get("project", PROJECT), request.number + 1)
        return listing(request, items, after, column=column, total=total)


def _first_page(request: ListRequest, script: str, column: Column) -> ListRequest:
    """Raises ListError if the script does not say the site's id."""
    guid = re.search(r"""["']?siteGuid["']?\s*:\s*["']([^"']+)["']""", script)
    project = re.search(r"""["']?projectName["']?\s*:\s*["']([^"']+)["']""", script)
    if guid is None:
        raise ListError(f"{request.url}: says no siteGuid; give the column `options: {{guid: …}}`")
    name = str(column.options.get("project", project[1] if project else PROJECT))
    return _query(column, guid[1], name, 1)


def _query(column: Column, guid: str, project: str, page: int) -> ListRequest:
    asked = dict(parse_qsl(urlsplit(column.url).query))
    fields = {
        "deptcode": str(column.options.get("dept", asked.get("deptcode", ""))),
        "categorynum": str(column.options.get("category", asked.get("categorynum", ""))),
        "pageIndex": page - 1,
        "pageSize": int(column.options.get("size", SIZE)),
        "siteGuid": guid,
    }
    return ListRequest(
        url=f"{origin(column.url)}/{project.strip('/')}{ACTION}",
        method="POST",
        body=json.dumps(fields).encode(),
        headers=JSON + ajax(column.url),
        number=page,
        state=(("guid", guid), ("project", project)),
    )


def _item(row: dict[str, object], base: str) -> Item | None:
    url = address(base, first_text(row, "infourl", "visiturl", "linkurl"))
    if url is None:
        return None
    facts = hints(row, doc_number="documentnumber", index_number="indexnumber", publisher="deptname")
    published = first_text(row, "infodate", "handsdate")
    return Item(url, first_text(row, "realtitle", "title"), published, facts)
