"""Where words go: results to stdout, progress and trouble to stderr, progress only when somebody looks.

Enters: outcomes and errors. Leaves: lines. `OneLine` is the command group that turns an error of ours into one line
and an exit code, so that bad input never shows a traceback."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text
from typer.core import TyperGroup

from crawler.errors import ContactMissing, CrawlerError
from flows.errors import FlowError, WrongUse
from flows.show import plain
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.findings import GateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from flows.direct import Watch
    from flows.outcome import CrawlOutcome, LoadOutcome

REFUSED = 3
"""Exit code of a release that the gate refused."""

__all__ = ["OneLine", "at_work", "err", "list_broken", "list_crawls", "list_failures", "out", "say", "waiting"]


def out() -> Console:
    return Console(highlight=False)


def err() -> Console:
    return Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """A line of result, as it is."""
    sys.stdout.write(text + "\n")


def list_failures(load: LoadOutcome) -> None:
    """One line for each input that gave no page, and for each file of a killed run that was mended."""
    for recovered in load.recovered:
        err().print(Text(f"recovered  {plain(recovered)}"), soft_wrap=True)
    for failure in load.failures:
        err().print(
            Text("failed     ", "red") + Text(f"{plain(failure.path)}: {plain(failure.reason)}"), soft_wrap=True
        )


def list_crawls(crawl: CrawlOutcome) -> None:
    """One line for each source that gave less than it has."""
    for one in crawl.sources:
        if not one.good:
            text = f"{one.source}: {plain(one.reason or '')}"
            err().print(Text(f"{one.outcome:<11}", "red") + Text(text), soft_wrap=True)


def list_broken(broken: Mapping[str, str]) -> None:
    """One line for each source that is left out, with the reason."""
    for name, why in broken.items():
        err().print(Text(f"{'failed':<11}", "red") + Text(f"{name}: {plain(why)}"), soft_wrap=True)


def waiting(root: Path) -> Callable[[], None]:
    """What to do when somebody else is writing in this root: say so, once."""
    return lambda: err().print(f"another zhengce is at work in {root}; waiting for it to end", soft_wrap=True)


@contextmanager
def at_work() -> Iterator[Watch]:
    """Progress on stderr while the block runs; silence when stderr is not a terminal."""
    console = err()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("starting", total=None)

        def watch(what: str, done: int, total: int) -> None:
            progress.update(bar, description=what, completed=done, total=total or None)

        yield watch


class OneLine(TyperGroup):
    """The group of verbs: an error of any layer ends as one line on stderr and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except FlowError as error:
            raise _ended(str(error), error.exit_code) from error
        except ContactMissing as error:
            raise _ended(str(error), WrongUse.exit_code) from error
        except GateError as error:
            err().print(Text("refused: ", "red") + Text(str(error)), soft_wrap=True)
            raise typer.Exit(REFUSED) from error
        except (CorpusError, CrawlerError) as error:
            raise _ended(str(error), FlowError.exit_code) from error
        except BrokenPipeError:  # the reader of our output has gone; typer ends quietly
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise _ended(f"{where}{error.strerror or error}", FlowError.exit_code) from error


def _ended(message: str, code: int) -> typer.Exit:
    err().print(Text("error: ", "red") + Text(plain(message)), soft_wrap=True)
    return typer.Exit(code)
