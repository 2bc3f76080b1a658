"""The portal: home page of the city, the bulk column, the hostile lists and the challenge pages.

Enters: requests to the first port. Leaves: answers; /challenge/412.html and its likes are pages of one kind each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.city import hostile
from tests.city.faults import CHALLENGES
from tests.city.markup import page
from tests.city.messages import Answer, Request, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.city.bulk import Bulk
    from tests.city.families import Site


class Portal:
    name = "portal"

    def __init__(self, bulk: Bulk, houses: Sequence[Site]) -> None:
        self.base = ""
        self.bulk = bulk
        self.houses = houses

    def answer(self, request: Request) -> Answer:
        kind = request.path.removeprefix("/challenge/").removesuffix(".html")
        if request.path.startswith("/challenge/") and kind in CHALLENGES:
            return CHALLENGES[kind]
        if request.path.startswith("/hostile/"):
            return hostile.answer(request)
        if request.path.startswith("/bulk/"):
            return self.bulk.answer(request) or text("404", status=404)
        return text(self._front()) if request.path == "/" else text("404", status=404)

    def _front(self) -> str:
        columns = [
            (f"{c.place.name}：{key}", c.site.base + c.path) for s in self.houses for key, c in s.columns.items()
        ]
        bad = [(f"{name}：{what}", f"/hostile/{name}/index.html") for name, what in hostile.LISTS.items()]
        rows = [("速度栏目", "/bulk/index.html"), *columns, *bad]
        links = "\n".join(f'<li><a href="{address}">{name}</a></li>' for name, address in rows)
        return page("城市", "", f"<h1>城市</h1>\n<ul>\n{links}\n</ul>")
