"""A site is one host of one CMS family; a column is one of its lists.

Enters: nothing but the documents of `tests.city.documents`. Leaves: answers to requests. A family's file says three
things: where its columns stand, how its lists answer (`lists`), and how a document looks (`detail`). What every web
server does (robots, 304, faults, the log) is none of its business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.city.columns import Column
from tests.city.documents import Attachment, Document, next_document, write
from tests.city.files import make
from tests.city.markup import column_metas, escape, page
from tests.city.messages import Answer, Request, text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Column", "Site", "all_sites", "declared"]


class Site(ABC):
    """One host. Subclasses give `columns`, `lists`, `path_of` and `detail`."""

    name: str = ""
    family: str = ""
    """The family's name where the site's own is another."""
    validators: ClassVar[bool] = True
    """Whether its static pages carry ETag and Last-Modified."""

    def __init__(self) -> None:
        self.base = ""
        self.columns = {column.key: column for column in self.build()}
        self.at: dict[str, tuple[Column, str]] = {}
        self.files: dict[str, tuple[Attachment, Document]] = {}
        self.gone: set[str] = set()
        for column in self.columns.values():
            column.site = self
            column.documents = write(column.place, column.count, column.key)
            for document in column.documents:
                self._shelve(column, document)

    @property
    def host(self) -> str:
        return self.base.removeprefix("http://")

    # What a family says

    @abstractmethod
    def build(self) -> Sequence[Column]:
        """The columns, in the order of the front page."""

    @abstractmethod
    def lists(self, request: Request) -> Answer | None:
        """The answer of a list, or None when the request is for something else."""

    @abstractmethod
    def path_of(self, column: Column, document: Document) -> str:
        """Where a document stands."""

    @abstractmethod
    def detail(self, column: Column, document: Document, part: int) -> str:
        """The page of a document. part: counts from 0; only families that split articles over pages get others."""

    def part_paths(self, column: Column, document: Document) -> list[str]:
        """Where the pages of a long article stand; most families have one page whatever its length."""
        return [self.path_of(column, document)]

    def attachment_path(self, column: Column, document: Document, number: int) -> str:
        folder = self.path_of(column, document).rpartition("/")[0]
        return f"{folder}/files/{document.hex[:31]}{number}.{document.attachments[number].suffix}"

    def reachable(self, column: Column) -> list[Document]:
        """The documents that the list can give at all, newest first."""
        return list(column.documents)

    def title_of(self, column: Column, document: Document) -> str:
        """The title that the list gives, whole."""
        return document.title

    # What every site does

    def answer(self, request: Request) -> Answer:
        found = self.lists(request)
        if found is not None:
            return found
        if request.path in self.gone:
            return self.missing()
        if request.path in self.at:
            return self._article(request.path)
        if file := self.files.get(_same(request.target)):
            attachment, document = file
            body, media_type = make(attachment.suffix, attachment.text)
            return Answer(body=body, media_type=media_type, changed=document.published)
        if request.path in ("/", "/index.html", "/index.shtml"):
            return self.static(self.front())
        return self.missing()

    def front(self) -> str:
        """The home page: links to the columns."""
        first = next(iter(self.columns.values()))
        links = "\n".join(f'<li><a href="{c.path}">{c.title}</a></li>' for c in self.columns.values())
        return page(f"{first.place.name}人民政府", column_metas(first), f"<ul class='columns'>\n{links}\n</ul>")

    def missing(self) -> Answer:
        return text(page("404 页面不存在", "", "<h2>404</h2><p>您访问的页面不存在或已删除！</p>"), status=404)

    def static(self, html: str) -> Answer:
        """A list page that the CMS has written to disk."""
        return text(html, tagged=self.validators)

    def _article(self, path: str) -> Answer:
        column, key = self.at[path]
        document = next(document for document in column.documents if document.key == key)
        part = self.part_paths(column, document).index(path)
        html = self.detail(column, document, part)
        declared = "text/html" if document.charset != "utf-8" else "text/html; charset=utf-8"
        changed = document.modified if self.validators else None
        return Answer(body=html.encode(document.charset), media_type=declared, changed=changed)

    # What happens to documents

    def url_of(self, column: Column, document: Document) -> str:
        return self.base + self.path_of(column, document)

    def edit(self, path: str) -> None:
        column, document = self.find(path)
        column.documents[column.documents.index(document)] = document.edited()

    def withdraw(self, path: str, *, listed: bool = False) -> None:
        """From now on 404. listed: its row stays in the list, which happens."""
        column, document = self.find(path)
        self.gone.update(self.part_paths(column, document))
        if not listed:
            column.documents.remove(document)

    def add(self, column: Column) -> str:
        document = next_document(column.place, column.key, column.documents)
        column.documents.insert(0, document)
        self._shelve(column, document)
        return self.url_of(column, document)

    def find(self, path: str) -> tuple[Column, Document]:
        column, key = self.at[path]
        return column, next(document for document in column.documents if document.key == key)

    def _shelve(self, column: Column, document: Document) -> None:
        for path in self.part_paths(column, document):
            self.at[path] = (column, document.key)
        for number, attachment in enumerate(document.attachments):
            self.files[_same(self.attachment_path(column, document, number))] = (attachment, document)

    # Pieces

    def attachment_links(self, column: Column, document: Document, row: str = "<p>{}</p>") -> str:
        return "\n".join(
            row.format(f'<a href="{self.attachment_path(column, document, number)}">{escape(attachment.name)}</a>')
            for number, attachment in enumerate(document.attachments)
        )


def _same(target: str) -> str:
    """One form of an address, whatever the order of its query and its way of escaping."""
    parts = urlsplit(target)
    return f"{unquote(parts.path)}?{sorted(parse_qsl(parts.query, keep_blank_values=True))}"


def declared(document: Document) -> str:
    """What a page's meta says of its charset: nobody writes gb18030."""
    return "gb2312" if document.charset == "gb18030" else "utf-8"


def all_sites() -> list[Site]:
    """One of each, in the order of their ports."""
    from tests.city.families.epoint import Epoint, EpointOld
    from tests.city.families.generic import Generic
    from tests.city.families.gkmlpt import Gkmlpt
    from tests.city.families.gov_library import GovLibrary
    from tests.city.families.jcms import Jcms
    from tests.city.families.jpaas import Jpaas
    from tests.city.families.shanghai import Shanghai
    from tests.city.families.shpt import Shpt
    from tests.city.families.sitemap import Sitemap
    from tests.city.families.trs import Trs
    from tests.city.families.truecms import TrueCms
    from tests.city.families.ucap import Ucap

    kinds = (Ucap, Jcms, Jpaas, Trs, Shpt, Shanghai, GovLibrary, Gkmlpt, Epoint, EpointOld, TrueCms, Generic, Sitemap)
    return [kind() for kind in kinds]
