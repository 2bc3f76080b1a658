"""The files of a release, written into one folder.

Enters: the pages, the duplicates found among them, the source cards. Leaves: files on the disk and an entry for each.
documents/ and reposts/ are cut by the province of the division and the year of publication: 32-2022.parquet is
Jiangsu 2022.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.corpus.files import sha256_of, synced
from pipeline.corpus.manifest import FileEntry
from pipeline.corpus.tables import (
    CHANGES,
    CLUSTERS,
    DOCUMENTS,
    PAIRS,
    RELATIONS,
    REMOVED,
    SOURCES,
    document_row,
    row_of,
    write_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from crawler.source import Source
    from pipeline.corpus.changes import Change
    from pipeline.corpus.dedup import Cluster, Duplicates
    from pipeline.corpus.tables import Row
    from pipeline.model import Cleaned, Document

UNDATED, CENTRAL = "0000", "00"
NATION = "10"
"""100000 stands for the whole country in common data sets; GB/T 2260 has no province 10."""

__all__ = ["Shards", "shard_name"]


def shard_name(document: Document) -> str:
    """32-2022: province of the division, or 00; year of publication, else of writing, else 0000."""
    province = (document.division or CENTRAL)[:2]
    day = document.published or document.written
    return f"{CENTRAL if province == NATION else province}-{f'{day.year:04}' if day else UNDATED}"


class Shards:
    """Writes files into a folder and remembers what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[FileEntry] = []

    def table(self, path: str, schema: pa.Schema, rows: Iterable[Row]) -> None:
        """Writes one Parquet file."""
        target = self._target(path)
        with synced(target) as file:
            count = write_rows(file, schema, rows)
        self._note(path, count)

    def bytes(self, path: str, content: bytes) -> None:
        """Writes one file that is no table."""
        with synced(self._target(path)) as file:
            file.write(content)
        self._note(path, None)

    def corpus(self, cleaned: Sequence[Cleaned], duplicates: Duplicates, sources: Mapping[str, Source]) -> None:
        """Writes everything that the digest covers; `cleaned` is sorted by id."""
        by_id = {one.id: one.document for one in cleaned if one.document is not None}
        cluster_of = {member: cluster for cluster in duplicates.clusters for member in cluster.members}
        reposts = {id_ for id_, cluster in cluster_of.items() if id_ != cluster.canonical}
        self._documents("documents", (id_ for id_ in by_id if id_ not in reposts), by_id, cluster_of)
        self._documents("reposts", (id_ for id_ in by_id if id_ in reposts), by_id, cluster_of)
        self.table("clusters.parquet", CLUSTERS, map(row_of, duplicates.clusters))
        self.table("relations.parquet", RELATIONS, _relations(cleaned))
        self.table("sources.parquet", SOURCES, _sources({one.source for one in cleaned}, sources))
        self.table("audit/removed.parquet", REMOVED, _removed(cleaned))
        self.table("audit/pairs.parquet", PAIRS, map(row_of, duplicates.pairs))

    def changes(self, changes: Iterable[Change]) -> None:
        """Writes changes.parquet, which belongs to the step from one version to the next."""
        self.table("changes.parquet", CHANGES, map(row_of, changes))

    def rows(self, prefix: str) -> int:
        """Rows of all tables whose path begins so."""
        return sum(file.rows or 0 for file in self.files if file.path.startswith(prefix))

    def _documents(
        self, folder: str, ids: Iterable[str], by_id: Mapping[str, Document], cluster_of: Mapping[str, Cluster]
    ) -> None:
        shards: dict[str, list[Row]] = defaultdict(list)
        for id_ in ids:
            row = document_row(by_id[id_])
            cluster = cluster_of.get(id_)
            others = [by_id[other] for other in cluster.members if other != id_] if cluster else []
            row["cluster"] = cluster.id if cluster else None
            row["also_at"] = [{name: getattr(other, name) for name in SIGHTING_FIELDS} for other in others]
            shards[shard_name(by_id[id_])].append(row)
        if not shards:  # an empty table keeps `reposts/*.parquet` readable with its columns
            shards[f"{CENTRAL}-{UNDATED}"] = []
        for name, rows in sorted(shards.items()):
            self.table(f"{folder}/{name}.parquet", DOCUMENTS, rows)

    def _target(self, path: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _note(self, path: str, rows: int | None) -> None:
        target = self.folder / path
        self.files.append(FileEntry(path=path, sha256=sha256_of(target), bytes=target.stat().st_size, rows=rows))


SIGHTING_FIELDS = ("id", "url", "source", "source_kind")


def _relations(cleaned: Sequence[Cleaned]) -> Iterator[Row]:
    for one in cleaned:
        for relation in one.relations:
            yield {"document_id": one.id, **row_of(relation)}


def _removed(cleaned: Sequence[Cleaned]) -> Iterator[Row]:
    for one in cleaned:
        origin = {"document_id": one.id, "source": one.source, "url": one.url, "raw_sha256": one.raw_sha256}
        for removal in one.removals:
            yield {**origin, **row_of(removal)}


def _sources(used: set[str], cards: Mapping[str, Source]) -> Iterator[Row]:
    """One row for each source of the corpus; a folder of files has no card and is known by its name alone."""
    for name in sorted(used):
        card = cards.get(name)
        yield {"id": name} if card is None else {column: getattr(card, column) for column in SOURCES.names}
