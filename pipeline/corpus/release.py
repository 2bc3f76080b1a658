"""A release: the whole corpus as one immutable, versioned folder that any Parquet reader understands.

Enters: cleaned pages, in any order. Leaves: clean/<version>/ with clean/latest.json pointing at it, or the version
that was there when nothing changed. The version is the day of the newest capture and the first eight digits of the
content digest.

>>> release(cleaned, root=Path("clean"), sources=load_sources(None), created=now, rules=RULES)
Release(version='2026-01-31-5d41402a', changed=True, ...)
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.corpus.changes import find_changes
from pipeline.corpus.content import content_hash
from pipeline.corpus.datacard import data_card
from pipeline.corpus.dedup import find_duplicates
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import PARTIAL, sync_directory, synced
from pipeline.corpus.manifest import Counts, Manifest, content_digest, to_json, toolchain
from pipeline.corpus.shards import Shards
from pipeline.corpus.stats import count, cover
from pipeline.corpus.tables import shanghai_day
from pipeline.corpus.versions import LATEST, MANIFEST, Release, installed, intact, locked, read_latest, sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from crawler.source import Source
    from pipeline.model import Cleaned

__all__ = ["Release", "read_latest", "release"]


def release(
    cleaned: Iterable[Cleaned], *, root: Path, sources: Mapping[str, Source], created: datetime, rules: str = ""
) -> Release:
    """Writes a version of the corpus, or finds that the latest one says the same.

    root: the clean/ folder. created: aware; it stands in the manifest only. rules: digest of the rules that cleaned
    the pages. Raises CorpusError when there is no document to release, when another release is running, or when the
    latest version is damaged.
    """
    pages = newest(cleaned)
    with locked(root):
        sweep(root)
        latest = read_latest(root)
        if latest is not None and not pages:
            return latest
        if not any(page.document for page in pages):
            raise CorpusError(
                f"{root}: none of {len(pages)} pages gave a document, so nothing to release: {_why(pages)}"
            )
        return _released(pages, latest, root, sources, created, rules)


def _why(pages: Sequence[Cleaned]) -> str:
    """The first few reasons for which pages were refused, on one line."""
    reasons = [f"{p.url} ({r.reason})" for p in pages for r in p.removals if r.scope == "page"]
    return "; ".join(reasons[:3]) + (" …" if len(reasons) > 3 else "")


def newest(cleaned: Iterable[Cleaned]) -> list[Cleaned]:
    """One page for each id, sorted by id: the newest capture that gave a document, else the newest one.

    A page that was good and is refused today is not withdrawn by that: only its server's word withdraws a document.
    """
    best: dict[str, Cleaned] = {}
    for page in cleaned:
        best[page.id] = max(best.get(page.id, page), page, key=_rank)
    return [_hashed(page) for _, page in sorted(best.items())]


def _rank(page: Cleaned) -> tuple[bool, datetime, str, str, str]:
    return page.document is not None, page.captured, page.raw_sha256, page.source, page.url


def _hashed(page: Cleaned) -> Cleaned:
    if page.document is None or page.document.content_hash:
        return page
    return replace(page, document=replace(page.document, content_hash=content_hash(page.document)))


def _released(
    pages: list[Cleaned],
    latest: Release | None,
    root: Path,
    sources: Mapping[str, Source],
    created: datetime,
    rules: str,
) -> Release:
    partial = root / f".release{PARTIAL}"
    partial.mkdir()
    shards = Shards(partial)
    documents = [page.document for page in pages if page.document is not None]
    shards.corpus(pages, find_duplicates(documents), sources)
    stats, coverage = count(pages), cover(pages)
    shards.bytes("stats.json", to_json(stats))

    # The digest covers what the corpus says. Coverage moves with every crawl that finds nothing new, and changes tell
    # of the step from another version: neither makes a new version.
    digest = content_digest(shards.files)
    if latest is not None and latest.digest == digest:
        sweep(root)
        if not intact(latest.path, latest.manifest):
            raise CorpusError(
                f"{latest.path}: files do not match {MANIFEST}; remove it and {root / LATEST}, then release again"
            )
        return latest

    captured = max(page.captured for page in pages)
    version = f"{shanghai_day(captured)}-{digest[:8]}"
    shards.changes(find_changes(documents, latest.path if latest else None))
    shards.bytes("coverage.json", to_json(coverage))
    counts = Counts(
        documents=shards.rows("documents/"),
        reposts=shards.rows("reposts/"),
        refused=len(pages) - len(documents),
        removed=shards.rows("audit/removed"),
        repaired=sum(len(document.repairs) for document in documents),
    )
    card = data_card(version, counts, stats, coverage, shards.files, sources)
    shards.bytes("README.md", card.encode())
    manifest = Manifest(
        version=version,
        digest=digest,
        previous=latest.version if latest else None,
        created=created,
        captured=captured,
        rules=rules,
        toolchain=toolchain(),
        counts=counts,
        files=tuple(sorted(shards.files, key=lambda file: file.path)),
    )
    with synced(partial / MANIFEST) as file:
        file.write(to_json(manifest))
    for folder in [*(path for path in sorted(partial.iterdir()) if path.is_dir()), partial]:
        sync_directory(folder)
    return installed(partial, manifest)
