"""An article that its site spreads over several pages, as one.

Enters: what was read of its first page, and of each further one. Leaves: one `Extracted`; lines are counted on from
page to page. Title and facts are the first page's; what repeats them above the text of a further page is a removal.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.extract.html.read import Extracted


def joined(pages: Sequence[Extracted], addresses: Collection[str]) -> Extracted:
    """The pages, in order, as one. Links that stand on several of them count once, those between them not at all.

    addresses: of all the pages.
    """
    first = pages[0]
    above = tuple(accumulate((page.size for page in pages), initial=0))
    flags = frozenset[str]().union(*(page.flags for page in pages))
    if any("body_in_attachment" not in page.flags for page in pages):
        flags -= {"body_in_attachment"}
    return replace(
        first,
        blocks=tuple(
            replace(block, line=block.line + size)
            for page, size in zip(pages, above, strict=False)
            for block in page.blocks
        ),
        removals=tuple(
            replace(removal, line=removal.line + size)
            for page, size in zip(pages, above, strict=False)
            for removal in page.removals
        ),
        attachments=tuple(dict.fromkeys(one for page in pages for one in page.attachments)),
        relations=tuple(
            dict.fromkeys(one for page in pages for one in page.relations if one.target_url not in addresses)
        ),
        flags=flags,
        leaving=tuple(
            (line + size, text, host)
            for page, size in zip(pages, above, strict=False)
            for line, text, host in page.leaving
        ),
        size=above[-1],
    )
