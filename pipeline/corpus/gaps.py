"""What a release does not hold, or holds with doubt, for its data card.

Enters: counts, files and source cards of a release. Leaves: sentences in Chinese and English; one that concerns nothing
in this release is left out.

>>> [gap.en for gap in gaps(counts, stats, coverage, entries, sources)][0]
'Pages that gave no document: 12 (`judge.empty` 9, `judge.list_page` 3); audit/removed/ says why, page by page.'
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.corpus.meanings import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crawler.source import Source
    from pipeline.corpus.manifest import Counts, FileEntry, Forced
    from pipeline.corpus.stats import Coverage, Stats

STALE = timedelta(days=30)
"""A source whose newest page is so much older than the newest of all stood still, whatever the reason."""

NAMED = 10
"""Sources that a sentence names; the table of sources shows the rest."""

__all__ = ["gaps"]


def gaps(
    counts: Counts,
    stats: Stats,
    coverage: Coverage,
    entries: Sequence[FileEntry],
    sources: Mapping[str, Source],
    forced: Forced | None = None,
) -> list[Meaning]:
    """All that is known to be missing, the gravest first. Arguments as those of `data_card`."""
    return [*_made(counts, forced), *_pages(counts, stats, entries), *_places(coverage, sources), *ALWAYS]


ALWAYS = (
    Meaning(
        "附件只列名称与地址，其内容未收录。",
        "Of attached files only the names and addresses are here, not the contents.",
    ),
    Meaning(
        "网站撤下的文件仍保留，`withdrawn` 为撤下日期。未再见到不等于撤下。",
        "Documents that their site took down are kept, with the day in `withdrawn`. A page that was merely not seen "
        "again is not called withdrawn.",
    ),
)


def _made(counts: Counts, forced: Forced | None) -> Iterator[Meaning]:
    """What somebody decided about this release."""
    if forced is not None:
        because = " ".join(forced.because.split())
        number = len(forced.findings)
        yield Meaning(
            f"发布检查有 {number} 项异常，经人工确认后发布：{because}（见 manifest.json）。",
            f"Findings of the gate that were overruled: {number}, because: {because} (see manifest.json).",
        )
    if counts.withheld:
        yield Meaning(f"有 {counts.withheld} 个页面按要求不予收录。", f"Pages withheld on request: {counts.withheld}.")


def _pages(counts: Counts, stats: Stats, entries: Sequence[FileEntry]) -> Iterator[Meaning]:
    if counts.refused:
        rules = ", ".join(f"`{rule}` {number}" for rule, number in stats.refusals.items())
        yield Meaning(
            f"有 {counts.refused} 个页面没有得到文件（{rules}），逐页原因见 audit/removed/。",
            f"Pages that gave no document: {counts.refused} ({rules}); audit/removed/ says why, page by page.",
        )
    if missing := sum(stats.flags.get(flag, 0) for flag in ("body_in_attachment", "needs_ocr")):
        yield Meaning(
            f"有 {missing} 份文件的正文在附件或图片中，只有标题和要素（`body_in_attachment`、`needs_ocr`）。",
            f"Documents whose text is in a file or a picture, so that only title and fields are here: {missing} "
            "(`body_in_attachment`, `needs_ocr`).",
        )
    if lossy := stats.flags.get("suspect_lost_chars", 0):
        yield Meaning(
            f"有 {lossy} 份文件的网页可能丢失了个别字符（`suspect_lost_chars`）。",
            f"Documents whose page may have lost single characters: {lossy} (`suspect_lost_chars`).",
        )
    if undated := _rows(entries, "", "-0000"):
        yield Meaning(f"有 {undated} 份文件没有日期。", f"Documents without a date: {undated}.")
    if placeless := _rows(entries, "00-", ""):
        yield Meaning(
            f"有 {placeless} 份文件属于中央机关或发文地区未知。",
            f"Documents of central bodies, or of unknown place: {placeless}.",
        )


def _places(coverage: Coverage, sources: Mapping[str, Source]) -> Iterator[Meaning]:
    days = {name: date.fromisoformat(one.as_of) for name, one in coverage.sources.items()}
    newest = max(days.values(), default=date.min)
    if stale := [name for name, day in days.items() if newest - day >= STALE]:
        yield Meaning(
            f"有 {len(stale)} 个来源已 {STALE.days} 天以上没有更新：{_named(stale)}。",
            f"Sources that stood still for {STALE.days} days or more: {len(stale)} ({_named(stale)}).",
        )
    if unknown := [name for name in days if name not in sources or sources[name].licence is None]:
        yield Meaning(
            f"有 {len(unknown)} 个来源的使用条款未知：{_named(unknown)}。",
            f"Sources whose terms are unknown: {len(unknown)} ({_named(unknown)}).",
        )


def _rows(entries: Sequence[FileEntry], province: str, year: str) -> int:
    """Rows of documents/ in the files of a province, or of a year."""
    return sum(
        file.rows or 0
        for file in entries
        if file.path.startswith(f"documents/{province}") and file.path.endswith(f"{year}.parquet")
    )


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:NAMED]) + (", …" if len(names) > NAMED else "")
