"""Documents for the tests of the corpus: real records with plausible content, each a line to make."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from crawler.page import document_id
from pipeline.corpus.content import content_hash
from pipeline.corpus.corpus import Corpus
from pipeline.corpus.release import pass_the_gate, release
from pipeline.corpus.surroundings import look_around
from pipeline.corpus.tables import write_cleaned
from pipeline.model import Cleaned, Document, Part, Relation, Removal, Repair, Section, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crawler.source import Source
    from pipeline.corpus.versions import Release

DAY = datetime(2026, 1, 31, 1, 0, tzinfo=UTC)
CREATED = datetime(2026, 2, 1, 8, 30, tzinfo=UTC)

TEXT = (
    "各市、县（市、区）人民政府，各有关单位：\n"
    "为促进全市数字经济高质量发展，经市政府同意，现将《数字经济发展实施方案》印发给你们，请认真贯彻执行。\n"
    "一、总体要求\n到本年底，全市数字经济核心产业增加值占比达到十五个百分点，建成公共服务平台若干。\n"
    "二、保障措施\n各单位要加强组织领导，落实工作责任，确保各项任务按时完成，并于每季度末报送进展情况。\n"
    "附件：任务清单\n市人民政府办公室"
)
"""More than dedup.SHORT letters, so that it identifies a document by itself."""


def document(name: str = "a", /, **changes: object) -> Document:
    """A document at http://www.suzhou.gov.cn/<name>.shtml; every field can be changed."""
    url = str(changes.pop("url", f"http://www.suzhou.gov.cn/{name}.shtml"))
    base = Document(
        id=document_id(url),
        source="suzhou",
        url=url,
        source_kind="origin",
        title="市政府关于印发数字经济发展实施方案的通知",
        text=TEXT,
        division="320500",
        issuer="苏州市人民政府",
        published=datetime(2022, 5, 23, 9, 0),
        written=date(2022, 5, 19),
        parts=(Part("cover", 0, 20), Part("payload", 20, len(TEXT))),
        sections=(Section(1, "一", "总体要求", 72, 120),),
        tables=(Table(None, ("序号", "任务"), (("1", "建设平台"), ("2", "")), 10, 30),),
        provenance=(("title", "body"), ("published", "body:date")),
        repairs=(Repair("punctuation", 5, ",", "，"),),
        flags=("effective_relative",),
        raw_sha256="0" * 64,
        extractor="text",
    )
    made = replace(base, **changes)  # type: ignore[arg-type]
    return replace(made, content_hash=content_hash(made))


def cleaned(one: Document, captured: datetime = DAY) -> Cleaned:
    """The document as the clean step hands it on, with a removal and a relation."""
    return Cleaned(
        id=one.id,
        url=one.url,
        source=one.source,
        raw_sha256=one.raw_sha256,
        captured=captured,
        document=one,
        removals=(Removal("furniture.counter", "visits are counted here", "浏览次数：128", line=3),),
        relations=(Relation("issues", None, "数字经济发展实施方案", 30, 45),),
    )


def refused(name: str, captured: datetime = DAY) -> Cleaned:
    """A page that gave no document."""
    url = f"http://www.suzhou.gov.cn/{name}.shtml"
    removal = Removal("judge.empty", "the page has no text", "首页 返回", scope="page")
    return Cleaned(
        id=document_id(url),
        url=url,
        source="suzhou",
        raw_sha256="1" * 64,
        captured=captured,
        document=None,
        removals=(removal,),
    )


def gone(name: str, captured: datetime) -> Cleaned:
    """The word of a page's server that it is not there any more."""
    removal = Removal("judge.gone", "the server answered 404", "", scope="page")
    return replace(refused(name, captured), removals=(removal,))


def corpus_of(many: Sequence[Cleaned], cache: Path) -> Corpus:
    """The corpus that these pages make: one cleaned shard, named by what it holds as the clean step names them."""
    if not many:
        return Corpus.of([], cache)
    shard = cache / f"{hashlib.sha256(repr(many).encode()).hexdigest()}.parquet"
    if not shard.exists():
        write_cleaned(shard, many)
    return Corpus.of([shard], cache)


def released(
    many: Sequence[Cleaned],
    root: Path,
    created: datetime = CREATED,
    sources: Mapping[str, Source] | None = None,
    because: str | None = None,
) -> Release:
    """A release of these pages into the folder `root`, with the cache where it always lies."""
    cards = sources or {}
    around = look_around(corpus_of(many, root / ".cache"), {})
    forced = pass_the_gate(around, root, cards, because)
    return release(around, root=root, sources=cards, created=created, rules="rules", forced=forced)
