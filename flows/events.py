"""What Prefect is told of besides the states of runs, so that automations can act upon it.

Enters: outcomes. Leaves: events on the server. A source is `zhengce.source.<id>`, a corpus `zhengce.corpus.<folder>`.

zhengce.source.broken      a crawl gave nothing: outcome (empty, blocked, failed), reason, since, runs
zhengce.release.published  a version stands, and went to a remote if one was named: version, documents, changed, remote
zhengce.release.refused    the gate refused: findings, a line each
"""

from collections.abc import Sequence

from prefect.events import emit_event

from flows.crawl_status import crawl_states
from flows.outcome import CrawlOutcome, RunOutcome
from flows.root import Root
from pipeline.corpus.findings import Finding

__all__ = ["BROKEN", "PUBLISHED", "REFUSED", "tell_broken", "tell_published", "tell_refused"]

BROKEN = "zhengce.source.broken"
PUBLISHED = "zhengce.release.published"
REFUSED = "zhengce.release.refused"


def tell_broken(crawl: CrawlOutcome, root: Root) -> None:
    """An event for each source that gave nothing."""
    states = crawl_states(root)
    for one in crawl.sources:
        if one.stands:
            continue
        state = states.get(one.source)
        emit_event(
            BROKEN,
            resource={"prefect.resource.id": f"zhengce.source.{one.source}", "prefect.resource.name": one.source},
            payload={
                "source": one.source,
                "outcome": one.outcome,
                "reason": one.reason or "",
                "since": state.since.isoformat() if state and state.since else "",
                "runs": state.bad_runs if state else 0,
            },
        )


def tell_published(outcome: RunOutcome, root: Root, remote: str | None) -> None:
    """An event for a version that stands now."""
    emit_event(
        PUBLISHED,
        resource=_corpus(root),
        payload={
            "version": outcome.version,
            "documents": outcome.documents,
            "changed": outcome.changed,
            "remote": remote or "",
        },
    )


def tell_refused(findings: Sequence[Finding], root: Root) -> None:
    """An event for a release that the gate refused."""
    emit_event(REFUSED, resource=_corpus(root), payload={"findings": [str(one) for one in findings]})


def _corpus(root: Root) -> dict[str, str]:
    name = root.path.resolve().name
    return {"prefect.resource.id": f"zhengce.corpus.{name}", "prefect.resource.name": name}
