"""What a run leaves to be looked at in Prefect: tables, links, progress.

Enters: outcomes. Leaves: artifacts of the flow run. They are made through the run's own connection, which outlives a
restart of the server; Prefect's short functions open a new one each time, which does not. Pages and sites are
strangers: what they say stands in tables, where nothing of it is Markdown.

zhengce-sources   a row a source: how the crawl went, documents, as of which day, since when it is broken and why
zhengce-release   the version: what it holds, and what changed since the one before
zhengce-run       a row a page, of the first ones
zhengce-findings  why the gate refused
zhengce-progress  how far the run is
zhengce-where     where the release lies
"""

from collections.abc import Sequence
from time import monotonic
from uuid import UUID

from prefect.artifacts import Artifact, LinkArtifact, ProgressArtifact, TableArtifact
from prefect.client.schemas.actions import ArtifactUpdate
from prefect.client.utilities import get_or_create_client

from flows.outcome import CrawlOutcome, RunOutcome
from flows.publish import Published
from flows.root import Root
from flows.status import status
from pipeline.corpus.findings import Finding
from pipeline.corpus.versions import Release

__all__ = ["Progress", "leave_findings", "leave_pages", "leave_release", "leave_sources", "leave_where"]

Row = dict[str, str | int | float]

SHARES = {"crawl": (0.0, 60.0), "clean": (60.0, 90.0), "release": (90.0, 99.0)}
"""From which to which percentage each stage goes: on a night without much news, most of the time is the crawl's."""

OFTEN = 2.0
"""Seconds between two updates of the progress: each is a request."""


async def _leave(artifact: Artifact) -> UUID:
    client, _ = get_or_create_client()
    return (await artifact.acreate(client=client)).id


async def leave_pages(outcome: RunOutcome) -> None:
    """The first pages, with what was kept and removed."""
    rows: list[Row] = [
        {
            "page": page.title,
            "kind": page.kind,
            "letters kept": page.letters,
            "removed": page.removed,
            "repaired": page.repaired,
            "flags": ", ".join(page.flags),
            "id": page.id,
        }
        for page in outcome.pages
    ]
    state = "released" if outcome.changed else "nothing changed"
    failures = [f"- failed: {one.path}: {one.reason}" for one in (outcome.load.failures if outcome.load else ())]
    head = f"**{outcome.version}** ({state}): {outcome.documents} documents in {outcome.path}"
    await _leave(TableArtifact(key="zhengce-run", description="\n".join([head, *failures]), table=rows))


async def leave_sources(crawl: CrawlOutcome, root: Root) -> None:
    """How the crawl of each source went, and how old it is in the release that stands."""
    known = {one.source: one for one in status(root).sources}
    rows: list[Row] = []
    for one in sorted(crawl.sources, key=lambda one: (one.good, one.stands, one.source)):  # trouble first
        held = known.get(one.source)
        since = held.crawl.since if held and held.crawl and not one.good else None
        rows.append(
            {
                "source": one.source,
                "outcome": one.outcome,
                "reason": one.reason or "",
                "since": f"{since:%Y-%m-%d}" if since else "",
                "documents": held.documents if held else 0,
                "as of": (held.as_of or "") if held else "",
                "pages": ", ".join(f"{count} {name}" for name, count in one.counts.items() if count),
                "failures": ", ".join(f"{count} {name}" for name, count in one.failures.items()),
            }
        )
    broken = sum(not one.stands for one in crawl.sources)
    head = f"{len(rows)} sources were crawled, {broken} of them gave nothing. `as of`: the newest page released."
    await _leave(TableArtifact(key="zhengce-sources", description=head, table=rows))


async def leave_release(outcome: RunOutcome, release: Release) -> None:
    """The version in one table."""
    rows: list[Row] = [
        {"what": "documents", "count": outcome.documents},
        {"what": "reposts", "count": outcome.reposts},
        {"what": "pages refused", "count": outcome.refused},
        {"what": "spans removed", "count": outcome.removed},
        {"what": "spans repaired", "count": outcome.repaired},
        {"what": "bytes", "count": sum(file.bytes for file in release.manifest.files)},
    ]
    state = "new" if outcome.changed else "nothing changed, it stood before"
    await _leave(TableArtifact(key="zhengce-release", description=f"**{outcome.version}** ({state})", table=rows))


async def leave_where(outcome: RunOutcome, published: Published | None) -> None:
    """A link to the data card of the release; to the remote, if it was published."""
    if published and "://" in published.remote:
        link = f"{published.remote}/latest.json"
    else:
        link = (outcome.path.resolve() / "README.md").as_uri()
    told = f"{outcome.version} at {published.remote}" if published else f"{outcome.version} in {outcome.path}"
    await _leave(LinkArtifact(key="zhengce-where", description=told, link=link, link_text=outcome.version))


async def leave_findings(findings: Sequence[Finding]) -> None:
    """Why the gate refused, a row a finding."""
    rows: list[Row] = [
        {
            "source": one.source or "all",
            "what": one.kind,
            "count": one.count,
            "of": one.total,
            "examples": ", ".join(one.examples),
            "in words": str(one),
        }
        for one in findings
    ]
    head = "The gate refused; nothing was published. If this is as it should be: `zhengce release --force`"
    await _leave(TableArtifact(key="zhengce-findings", description=head, table=rows))


class Progress:
    """How far a run is, as an artifact that changes: a percentage, and in words what was done last."""

    def __init__(self) -> None:
        self._id: UUID | None = None
        self._from, self._to = 0.0, 0.0
        self._done, self._of = 0, 0
        self._name = ""
        self._said = -OFTEN

    async def stage(self, name: str, of: int) -> None:
        """The next stage begins. of: steps that it has."""
        self._name, self._done, self._of = name, 0, of
        self._from, self._to = SHARES[name]
        await self._say(self._from, f"{name}: {of} to do")

    async def step(self, what: str) -> None:
        """One step more is done."""
        self._done += 1
        if self._done == self._of or monotonic() - self._said >= OFTEN:
            share = self._from + (self._to - self._from) * self._done / self._of
            await self._say(share, f"{self._name}: {self._done} of {self._of}; {what}")

    async def end(self, what: str) -> None:
        await self._say(100.0, what)

    async def _say(self, share: float, what: str) -> None:
        self._said = monotonic()
        artifact = ProgressArtifact(key="zhengce-progress", description=what, progress=share)
        if self._id is None:
            self._id = await _leave(artifact)
            return
        client, _ = get_or_create_client()
        update = ArtifactUpdate(description=what, data=await artifact.aformat())
        await client.update_artifact(artifact_id=self._id, artifact=update)
