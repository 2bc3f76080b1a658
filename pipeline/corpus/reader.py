"""What a release knows about one document: for `zhengce why` and for tests.

Enters: a release folder and an id, the beginning of one, or an address. Leaves: everything the tables say about it.

>>> [finding] = find(Path("clean/2026-01-31-5d41402a"), "http://www.suzhou.gov.cn/a.shtml")
>>> finding.document.title
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from crawler.page import document_id
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.tables import document_from_row, relation_from_row, removal_from_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.corpus.tables import Row
    from pipeline.model import Document, Relation, Removal

_ID = re.compile(r"[0-9a-f]{4,16}")

CONDITIONS = {
    name: f"len(list_filter({name}, lambda one: starts_with(one, $prefix))) > 0" for name in ("aliases", "members")
}
"""How a column that is a list is searched."""

__all__ = ["Finding", "Sighting", "find"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """Another place where the same document was seen."""

    id: str
    url: str
    source: str
    source_kind: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A decision about two documents, document_id < other_id. verdict: merge or veto. score: share of their pieces that
    they have in common, 1.0 when all letters agree."""

    document_id: str
    other_id: str
    verdict: str
    rule: str
    score: float
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One id. document: None for a refused page. canonical: False for a copy in reposts/. cluster: None if it stands
    alone.

    also_at: every other member of its cluster, sorted by id; for a copy the canonical one stands first.
    pairs: merges and vetoes that it took part in. removals and pairs are empty when the release was pulled without
    audit/.
    """

    id: str
    url: str
    source: str
    document: Document | None
    canonical: bool
    cluster: str | None
    also_at: tuple[Sighting, ...]
    removals: tuple[Removal, ...]
    relations: tuple[Relation, ...]
    pairs: tuple[Pair, ...]


def find(release: Path, target: str) -> list[Finding]:
    """Every document or refused page of a release folder that `target` means, sorted by id; empty if there is none.

    target: an http(s) URL, a `urn:zhengce:` of a local file, or four and more digits of an id. Raises CorpusError for
    anything else, and when the folder is not a release.
    """
    prefix = document_id(target) if ":" in target else target.strip().lower()
    if not _ID.fullmatch(prefix):
        raise CorpusError(f"{target}: neither an address nor an id (4 to 16 hexadecimal digits)")
    with _Tables(release) as tables:
        documents = {
            row["id"]: (folder == "documents", row)
            for folder in ("documents", "reposts")
            for row in tables.rows(f"{folder}/*.parquet", prefix, "id", "aliases")
        }
        removed = tables.rows("audit/removed/*.parquet", prefix, "document_id")
        relations = tables.rows("relations/*.parquet", prefix, "document_id")
        clusters = {id_: row for row in tables.rows("clusters/*.parquet", prefix, "members") for id_ in row["members"]}
        also_at = {id_: _also_at(id_, clusters[id_], tables) for id_ in documents.keys() & clusters.keys()}
        pairs = tables.rows("audit/pairs/*.parquet", prefix, "document_id", "other_id")
    refused = {row["document_id"]: (False, None) for row in removed if row["document_id"] not in documents}
    findings = []
    for id_, (canonical, row) in sorted([*documents.items(), *refused.items()]):
        own = [one for one in removed if one["document_id"] == id_]
        place = row or own[0]
        findings.append(
            Finding(
                id=id_,
                url=place["url"],
                source=place["source"],
                document=document_from_row(row) if row else None,
                canonical=canonical,
                cluster=clusters[id_]["id"] if id_ in clusters else None,
                also_at=also_at.get(id_, ()),
                removals=tuple(map(removal_from_row, own)),
                relations=tuple(relation_from_row(one) for one in relations if one["document_id"] == id_),
                pairs=tuple(Pair(**one) for one in pairs if id_ in (one["document_id"], one["other_id"])),
            )
        )
    return findings


def _also_at(id_: str, cluster: Row, tables: _Tables) -> tuple[Sighting, ...]:
    """The other members of its cluster. A copy has the canonical one in front, whose place documents/ knows."""
    canonical = cluster["canonical"]
    rows = tables.rows("documents/*.parquet", canonical, "id") if canonical != id_ else ()
    first = [{name: row[name] for name in Sighting.__slots__} for row in rows]
    return tuple(Sighting(**one) for one in (*first, *cluster["also_at"]) if one["id"] != id_)


class _Tables:
    """DuckDB over the files of one release; it never reaches for the network."""

    def __init__(self, release: Path) -> None:
        if not (release / "documents").is_dir():
            raise CorpusError(f"{release}: is not a release (no documents/)")
        self.release = release
        self.database = duckdb.connect(config={"autoinstall_known_extensions": "false"})

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def rows(self, pattern: str, prefix: str, *columns: str) -> Sequence[Row]:
        """Rows in the order of the file whose id begins with `prefix`; none when the file was not pulled."""
        files = sorted(map(str, self.release.glob(pattern)))
        if not files:
            return []
        condition = " OR ".join(CONDITIONS.get(column, f"starts_with({column}, $prefix)") for column in columns)
        query = f"SELECT * FROM read_parquet($files) WHERE {condition}"
        try:
            table = self.database.sql(query, params={"files": files, "prefix": prefix}).to_arrow_table()
        except duckdb.Error as error:
            raise CorpusError(f"{self.release / pattern}: cannot be read ({error})") from error
        return table.to_pylist() if table else []
