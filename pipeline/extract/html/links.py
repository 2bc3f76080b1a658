"""Links of a page -> attached files, and the other pages that belong to the document.

Enters: the page's links with the lines around them. Leaves: attachments and relations, each once, with full
addresses. A link counts where it stands in the body, or under it below a label (附件下载, 相关解读, 上一篇); menus
and side bars do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from crawler.page import CALLED_FILE, LEADS_TO_FILE, SAYS_ATTACHED, SENT_FILE
from pipeline.extract.html.elements import is_hidden
from pipeline.extract.html.offsite import leaves
from pipeline.extract.html.related import lists_of_links, relation
from pipeline.extract.html.tree import text_of
from pipeline.fields import title as titles
from pipeline.model import Attachment, Relation
from pipeline.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.body import Body
    from pipeline.extract.html.page import Line, PageLines

_TITLE, _SHORT = 8, 4  # letters of a title in a list, and of any link worth a relation
_LABEL = 12  # characters before a link: 解读文件：
_ICON = re.compile(
    r"icon|logo|qr|ewm|erweima|share|print|btn|button|arrow|blank|space|dot|bg[._]|gongan|beian|党政机关|jiucuo", re.I
)
_USUAL = re.compile(r"(?:https?://)?[\w./?=&%#-]*", re.A)  # told without taking it apart
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?)$")
_FILE_ICON = re.compile(r"icon_|filetype", re.I)
_SMALL = 100  # pixels; a scanned page is larger


@dataclass(frozen=True, slots=True)
class Found:
    """attachments, relations to pages, pictures that may be a scan. led: how many links of the body lead to pages.

    lines: those of the body that only name a related page. leaving: index of line, text and host of links that lead to
    other sites.
    """

    attachments: tuple[Attachment, ...]
    relations: tuple[Relation, ...]
    pictures: tuple[Attachment, ...]
    led: int
    lines: frozenset[int]
    leaving: tuple[tuple[int, str, str], ...]


def read_links(page: PageLines, body: Body, url: str, title: str) -> Found:
    """Sort the links of a page. title: its own."""
    first, last = min(body.inside, default=0), max(body.inside, default=-1)
    files: dict[str, Attachment] = {}
    pictures: dict[str, Attachment] = {}
    pages: dict[tuple[str, str], Relation] = {}
    leaving: list[tuple[int, str, str]] = []
    own = tuple(f"{scheme}//{urlsplit(url).netloc}/" for scheme in ("http:", "https:", ""))
    led = 0
    named = lists_of_links(page.lines, body.inside)
    text = body.inside - named
    for at, element in page.links:
        inside = at in body.inside or (
            bool(body.elements) and any(above in body.elements for above in element.iterancestors())
        )
        if not inside and at < first:  # menus
            continue
        address = _address(element)
        tag = element.tag
        if tag == "a" and "//" in address and not address.startswith(own) and (host := leaves(address, url)):
            leaving.append((at, tidy(text_of(element)), host))
        if tag == "img":
            if (inside or first <= at == last + 1) and (picture := _picture(element, url)):
                pictures.setdefault(picture.url, picture)
        elif address and (name := _file_name(element, address)):
            if inside or _is_labelled(page.lines, at, name):
                files.setdefault(address, Attachment(name, _full(address, url)))
        elif address:
            name = tidy(element.get("title") or text_of(element))
            led += inside and len(name) >= _TITLE
            kind = relation(page.lines, text, at, element, title) if len(name) >= _SHORT else None
            if kind and (full := _full(address, url)) != url:
                pages.setdefault((kind, full), Relation(kind, None, _title(name), 0, 0, target_url=full))
                if inside and len(page.lines[at].text) - page.lines[at].linked <= _LABEL:
                    named.add(at)
    return Found(
        tuple(files.values()), tuple(pages.values()), tuple(pictures.values()), led, frozenset(named), tuple(leaving)
    )


def _address(element: _Element) -> str:
    """Where an element leads, or which file its script fetches; empty for mail and places on the same page."""
    address = (element.get("href") or element.get("src") or element.get("data") or "").strip()
    if address and not address.startswith("#") and _is_of_web(address):
        return address
    called = CALLED_FILE.search(f"{address} {element.get('onclick') or ''}")
    return called[1] if called else ""


def _is_of_web(address: str) -> bool:
    """True for an address of the web, whole or relative."""
    if _USUAL.fullmatch(address):
        return True
    try:
        return urlsplit(address).scheme in ("", "http", "https")
    except ValueError:  # [not an address]
        return False


def _file_name(element: _Element, address: str) -> str | None:
    """The name of the file that a link leads to; None if it is a page."""
    path, _, query = address.partition("?")
    if element.tag == "a":
        text = tidy(text_of(element))
        is_scan = _IMAGE.search(path.lower()) and SAYS_ATTACHED.match(fold(text))
        if not (is_scan or LEADS_TO_FILE.search(address) or SENT_FILE.search(address) or titles.is_file_name(text)):
            return None
        if not text and len(element) == 0 and is_hidden(element):  # left by an editor; no reader sees it
            return None
        return text or tidy(element.get("title") or "") or unquote(path.rsplit("/", 1)[-1])
    viewed = next((part for part in (path, *re.split(r"[&=]", query)) if titles.is_file_name(part)), None)
    return unquote(viewed.rsplit("/", 1)[-1]) if viewed else None


def is_file(element: _Element) -> bool:
    """True for a link to a file."""
    address = _address(element)
    return bool(address) and _file_name(element, address) is not None


def base_of(tree: _Element, url: str) -> str:
    """The address that the page's links count from: its own, or that of <base href>."""
    bases = (base.get("href") for base in tree.iter("base"))
    address = next((address for address in bases if address is not None), None)
    return url if address is None else _full(address.strip(), url)


def _full(address: str, url: str) -> str:
    try:
        return urljoin(url, address) if "://" in url else address
    except ValueError:  # //[$webpath$]/a.jpg: a template's own mark
        return address


def _is_labelled(lines: Sequence[Line], at: int, name: str) -> bool:
    """True for a file link under the body that a label or its own name calls attached."""
    around = [line.text for line in lines[max(0, at - 3) : at + 1]]
    return titles.is_file_name(name) or any(SAYS_ATTACHED.search(fold(text)) for text in around)


def _title(name: str) -> str:
    """The title of the page that a link leads to, without 上一篇：."""
    return re.sub(r"^(?:[上下]一(?:篇|条|页|则)|相关(?:解读|链接|文件)|政策(?:原文|解读))\s*[:：]\s*", "", name)


def _picture(element: _Element, url: str) -> Attachment | None:
    """A picture of the body that is no icon."""
    source = (element.get("src") or element.get("data-src") or "").strip()
    if not source or source.startswith("data:") or _ICON.search(source) or _FILE_ICON.search(source):
        return None
    sides = [int(size[0]) for side in ("width", "height") if (size := re.match(r"\d+", element.get(side) or ""))]
    if any(side < _SMALL for side in sides):
        return None
    name = tidy(element.get("title") or element.get("alt") or "") or unquote(source.rsplit("/", 1)[-1])
    return Attachment(name, _full(source, url))
