"""Many pages for little work, to measure speed: a list like that of TRS and pages of 50 KB.

Enters: how many. Leaves: answers that are cut and joined from paragraphs made once; every page is different.
"""

from __future__ import annotations

import re
from functools import cached_property

from tests.city.documents import Place, write
from tests.city.families.trs import STUB
from tests.city.markup import page
from tests.city.messages import Answer, Request, text

PER_PAGE = 20
SIZE = 50_000
"""Bytes of a page, within some hundred."""


class Bulk:
    """The column /bulk/ of the portal."""

    def __init__(self, count: int) -> None:
        self.count = count

    @property
    def pages(self) -> int:
        return -(-self.count // PER_PAGE)

    def answer(self, request: Request) -> Answer | None:
        if found := re.fullmatch(r"/bulk/202205/t20220523_(\d+)\.html", request.path):
            number = int(found[1])
            return self._detail(number) if number < self.count else None
        if found := re.fullmatch(r"/bulk/(?:index(?:_(\d+))?\.html)?", request.path):
            index = int(found[1] or 0)
            return text(self._list(index) if index < self.pages else STUB, "text/html")
        return None

    def _list(self, index: int) -> str:
        rows = "\n".join(
            f'<li><span>2022-05-23</span><a href="./202205/t20220523_{n}.html"'
            f' title="{self.title(n)}">{self.title(n)}</a></li>'
            for n in range(index * PER_PAGE, min(self.count, (index + 1) * PER_PAGE))
        )
        script = f'<script>createPageHTML({self.pages}, {index}, "index", "html");</script>'
        return page("速度栏目", "", f'<ul class="list">\n{rows}\n</ul>\n{script}')

    @staticmethod
    def title(number: int) -> str:
        return f"云岭省人民政府关于第{number}号事项的批复"

    def _detail(self, number: int) -> Answer:
        head, heading, start, end = self._frame
        turn, title = number % len(self._paragraphs), self.title(number).encode()
        text = (*self._paragraphs[turn:], *self._paragraphs[:turn])
        return Answer(body=b"".join((head, title, heading, title, start, *text, end)))

    @cached_property
    def _frame(self) -> list[bytes]:
        """What stands before, between and after the title in <title>, the title in <h1> and the text."""
        html = page("@@", "", '<h1>@@</h1>\n<div class="view TRS_UEDITOR">\n@@</div>')
        return [part.encode() for part in html.split("@@")]

    @cached_property
    def _paragraphs(self) -> list[bytes]:
        made: list[bytes] = []
        size = 0
        for document in write(Place("云岭省", "云岭政", "990000"), 60, "bulk"):
            for block in document.blocks:
                if isinstance(block, str) and size < SIZE - 900:
                    made.append(f"<p>{block}</p>\n".encode())
                    size += len(made[-1])
        return made
