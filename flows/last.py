"""What the last load of each source did, so that `zhengce status` can tell what broke.

Enters: a load's outcome. Leaves: raw/<source>/last.json, replaced by each load of that source.

>>> read_last(root)["demo"].failures
(Failed(path='broken.html', reason='is empty; download it again'),)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from crawler.store import safe_name
from flows.errors import FlowError
from pipeline.corpus.files import PARTIAL, replacing

if TYPE_CHECKING:
    from flows.outcome import LoadOutcome
    from flows.root import Root

__all__ = ["Failed", "LastLoad", "read_last", "remember"]

NAME = "last.json"


class Failed(BaseModel):
    """An input that gave no page, and why."""

    model_config = ConfigDict(frozen=True)

    path: str
    reason: str


class LastLoad(BaseModel):
    """at: when. new, unchanged: pages. failures: inputs that could not be read."""

    model_config = ConfigDict(frozen=True)

    source: str
    at: AwareDatetime
    new: int
    unchanged: int
    failures: tuple[Failed, ...]


def remember(root: Root, outcome: LoadOutcome) -> None:
    """Write the last.json of every source that the load touched."""
    for source, counts in outcome.counts.items():
        failures = tuple(Failed(path=one.path, reason=one.reason) for one in counts.failures)
        last = LastLoad(source=source, at=outcome.at, new=counts.new, unchanged=counts.unchanged, failures=failures)
        path = root.raw / safe_name(source) / NAME
        path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in path.parent.glob(f".{NAME}.*{PARTIAL}"):  # of a run that was killed here
            leftover.unlink()
        with replacing(path) as file:
            file.write(last.model_dump_json(indent=2).encode() + b"\n")


def read_last(root: Root) -> dict[str, LastLoad]:
    """The last load of each source, by its id, sorted. Raises FlowError when a file is not what `remember` wrote."""
    found: dict[str, LastLoad] = {}
    for path in sorted(root.raw.glob(f"*/{NAME}")):
        try:
            last = LastLoad.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise FlowError(f"{path}: cannot be read; delete it, the next load writes it again") from error
        found[last.source] = last
    return found
