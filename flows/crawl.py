"""The verb `zhengce crawl`.

Enters: ids of source cards. Leaves: what is new, edited or gone on their sites in raw/, and a line a source on stdout.

>>> zhengce crawl suzhou kunshan --since 2026-01-01
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # typer reads the annotation at run time
from typing import TYPE_CHECKING, Annotated

import typer

from flows.direct import Plan, crawl_direct
from flows.errors import WrongUse
from flows.options import Json, Strict, end_with
from flows.root import now
from flows.show import as_json, crawl_line, plain
from flows.steps import Window
from flows.targets import check_sources
from flows.terminal import at_work, say, waiting

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["crawl"]

Day = typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="A day of the list's rows, included.")


def crawl(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Ids of source cards.")],
    since: Annotated[datetime | None, Day] = None,
    until: Annotated[datetime | None, Day] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="New documents at most.")] = None,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Crawl SOURCEs into raw/, politely: what is new, edited or gone; nothing is cleaned yet.

    \b
    Example:
      zhengce crawl suzhou --since 2026-01-01
    """
    root: Root = context.obj
    if since and until and since > until:
        raise WrongUse(f"--since {since:%Y-%m-%d} is after --until {until:%Y-%m-%d}")
    window = Window(since.date() if since else None, until.date() if until else None, limit)
    plan = Plan(root, now(), cards=check_sources(sources, root), window=window)
    with root.lock(waiting(root.path)), at_work() as watch:
        outcome = crawl_direct(plan, watch)
    if json:
        say(as_json(outcome))
    else:
        for one in outcome.sources:
            say(plain(crawl_line(one)))
    nothing = not any(one.stands for one in outcome.sources)
    end_with(nothing or (strict and not all(one.good for one in outcome.sources)))
