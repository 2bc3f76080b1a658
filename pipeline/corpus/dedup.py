"""Documents that are one text, seen in several places.

Enters: documents. Leaves: clusters of two or more, and a pair for every merge and every veto. Two documents are one
when their texts have the same letters and digits, whatever their script, width and punctuation, and nothing says that
they are two: this year's notice may repeat last year's word for word and still is another document. The order of the
input does not matter.

>>> [cluster.canonical for cluster in exact_clusters([issuers_own_page, traditional_mirror])]
['0f3a...']   # the issuer's own page
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Document

KIND_RANK = {"origin": 0, "file": 1, "repost": 2, "mirror": 3}
"""Whose copy is believed first: the issuer's page, a file of unknown origin, another site, a foreign copy."""

SHORT = 50
"""A text of fewer letters is no evidence by itself and is joined only with one of the same title: the whole text of a
page of the Hebei science department is 请用手机扫描二维码进行观看. The shortest gold text at hand has 249 letters."""

_NUMBER = re.compile(r"\d+")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

__all__ = ["Cluster", "Duplicates", "Pair", "exact_clusters", "find_duplicates", "title_numbers"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents that are one text. id: the smallest id of a member; members: all of them, the canonical one too,
    sorted."""

    id: str
    canonical: str
    members: tuple[str, ...]
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A decision about two documents, document_id < other_id. score: share of equal text, 1.0 when all letters
    agree."""

    document_id: str
    other_id: str
    verdict: Literal["merge", "veto"]
    rule: str
    score: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What the step found: clusters sorted by id, pairs sorted by their ids."""

    clusters: tuple[Cluster, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Identity:
    """What tells documents of equal text apart; "" is unknown and agrees with everything."""

    numbers: str
    doc_number: str

    @property
    def known(self) -> int:
        return bool(self.numbers) + bool(self.doc_number)

    def conflict(self, other: _Identity) -> tuple[str, str] | None:
        """The rule and the evidence that keep two identities apart, if anything does."""
        if self.doc_number and other.doc_number and self.doc_number != other.doc_number:
            return "veto.doc_number", f"{self.doc_number} | {other.doc_number}"
        if self.numbers and other.numbers and self.numbers != other.numbers:
            return "veto.title_numbers", f"{self.numbers} | {other.numbers}"
        return None

    def joined(self, other: _Identity) -> _Identity:
        return _Identity(self.numbers or other.numbers, self.doc_number or other.doc_number)


@dataclass(slots=True)
class _Group:
    identity: _Identity
    members: list[Document]


def exact_clusters(documents: Sequence[Document]) -> list[Cluster]:
    """Clusters of two and more documents with the same letters, sorted by id."""
    return list(find_duplicates(documents).clusters)


def find_duplicates(documents: Iterable[Document]) -> Duplicates:
    """Clusters and decisions. Documents without any letter are never joined; each id must come once."""
    same: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if key := _letters_key(document):
            same[key].append(document)
    clusters: list[Cluster] = []
    pairs: list[Pair] = []
    for key, members in same.items():
        if len(members) > 1:
            groups, vetoes = _separate(members)
            pairs += vetoes
            for group in groups:
                if len(group.members) > 1:
                    clusters.append(cluster := _cluster(group.members, key))
                    pairs += _merges(cluster)
    return Duplicates(
        tuple(sorted(clusters, key=lambda cluster: cluster.id)),
        tuple(sorted(pairs, key=lambda pair: (pair.document_id, pair.other_id))),
    )


def title_numbers(title: str | None) -> str:
    """The numbers of a title in their order, "" if there are none: 关于2022年第二批…的通知 has "2022 2"."""
    plain = unicodedata.normalize("NFKC", title or "").translate(_CHINESE_DIGITS)
    return " ".join(_NUMBER.findall(plain))


def _letters_key(document: Document) -> str | None:
    # Line by line: `letters` remembers what it was given, and whole documents would fill its memory.
    text = "".join(map(letters, document.text.splitlines()))
    if not text:
        return None
    title = letters(document.title or "") if len(text) < SHORT else ""
    return hashlib.sha256(f"{text}\n{title}".encode()).hexdigest()


def _separate(members: list[Document]) -> tuple[list[_Group], list[Pair]]:
    """Splits documents of equal text where their titles or numbers say that they are different documents.

    Identities are taken from the fullest to the emptiest, so that one that knows little joins the only group it can
    mean. When it could mean several it stays alone: that is not ours to guess. Each further group is listed once,
    against the first group that keeps it apart.
    """
    by_identity: dict[_Identity, list[Document]] = defaultdict(list)
    for member in members:
        identity = _Identity(title_numbers(member.title), letters(member.doc_number or ""))
        by_identity[identity].append(member)
    groups: list[_Group] = []
    vetoes: list[Pair] = []
    for identity in sorted(by_identity, key=lambda one: (-one.known, one)):
        newcomers = by_identity[identity]
        conflicts = [group.identity.conflict(identity) for group in groups]
        if conflicts.count(None) == 1:
            group = groups[conflicts.index(None)]
            group.identity = group.identity.joined(identity)
            group.members += newcomers
            continue
        if groups:
            foe, (rule, evidence) = next(
                ((group, conflict) for group, conflict in zip(groups, conflicts, strict=True) if conflict),
                (groups[0], ("veto.ambiguous", f"the same text belongs to {len(groups)} documents")),
            )
            vetoes.append(_pair(_best(foe.members), _best(newcomers), "veto", rule, evidence))
        groups.append(_Group(identity, list(newcomers)))
    return groups, vetoes


def _preference(document: Document) -> tuple[int, int, int, str]:
    return KIND_RANK[document.source_kind], len(document.repairs), -len(document.text), document.id


def _best(documents: Iterable[Document]) -> Document:
    return min(documents, key=_preference)


def _pair(one: Document, other: Document, verdict: Literal["merge", "veto"], rule: str, evidence: str) -> Pair:
    first, second = sorted((one.id, other.id))
    return Pair(first, second, verdict, rule, 1.0, evidence)


def _cluster(documents: list[Document], key: str) -> Cluster:
    members = tuple(sorted(document.id for document in documents))
    return Cluster(members[0], _best(documents).id, members, "exact.letters", f"letters sha256:{key[:16]}")


def _merges(cluster: Cluster) -> list[Pair]:
    pairs = (sorted((cluster.canonical, member)) for member in cluster.members if member != cluster.canonical)
    return [Pair(first, second, "merge", cluster.rule, 1.0, cluster.evidence) for first, second in pairs]
