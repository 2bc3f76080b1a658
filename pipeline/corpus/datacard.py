"""README.md of a release: a data card for people, with a head that the Hugging Face hub and `datasets` read.

Enters: counts and the source cards. Leaves: Markdown in Chinese and English. It quotes no text of any page, so no spam,
and no clock but the days of capture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.corpus.gaps import gaps
from pipeline.corpus.hub_head import hub_head
from pipeline.corpus.meanings import Meaning, flags, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crawler.source import Source
    from pipeline.corpus.manifest import Counts, FileEntry, Forced
    from pipeline.corpus.stats import Coverage, Stats

CARD = """\
# zhengce 政策 {version}

中国政府网站政策文件语料：正文经清洗、去重，每个字段都有出处，每一处删除和修补都有记录。

A corpus of Chinese government policy texts: cleaned and deduplicated, with evidence for every field and a record of
everything that was removed or repaired.

| | | |
|---|---|---:|
| 文件 | documents | {counts.documents} |
| 其他网站的同一文件 | copies elsewhere (reposts) | {counts.reposts} |
| 正文字符数 | characters of text | {stats.characters} |
| 未收录的页面 | pages refused | {counts.refused} |
| 删除记录 | removals, each with its rule | {counts.removed} |
| 修补记录 | repairs, each reversible | {counts.repaired} |

## 如何读取 How to read it

```python
from datasets import load_dataset
documents = load_dataset("path/to/this/folder", split="train")  # or: load_dataset(folder, "changes", split="train")

import duckdb
duckdb.sql("SELECT title, doc_number, published FROM 'path/to/this/folder/documents/*.parquet'")
duckdb.sql(\"\"\"SELECT title, url, also_at FROM 'path/to/this/folder/documents/*.parquet' d
              JOIN 'path/to/this/folder/clusters/*.parquet' c ON c.canonical = d.id\"\"\")  # where else they stand

import pandas
documents = pandas.read_parquet("path/to/this/folder/documents")
```

文件名为“省级代码-年份”，`32-2022` 即江苏省 2022 年，`00` 为中央或未知，`0000` 为年份未知。`audit/`
记录每一处删除、每一次合并与不合并。`manifest.json` 列出每个文件的 SHA-256，`croissant.json` 供机器读取。

Files are cut by province and year: `32-2022` is Jiangsu 2022, `00` central or unknown, `0000` without a date. `audit/`
lists every removal, merge and veto. `manifest.json` has the SHA-256 of every file; `croissant.json` is for machines.

{tables}

## 字段 Fields

未知即为空，从不猜测。 Unknown is null; nothing is guessed. The share counts documents and reposts that have the field.

{fields}

## 标记 Flags

标记是存疑或发现，不删除任何内容。 A flag is a doubt or a finding; it takes nothing away.

{flags}

## 来源 Sources

{sources}

## 已知缺漏 Known gaps

{gaps}

## 许可 Licence

《中华人民共和国著作权法》第五条规定，法律、法规，国家机关的决议、决定、命令和其他具有立法、行政、司法性质的文件及其官方正式译文，不适用该法。
页面上的其他内容（解读、图片、排版）可能受保护；各来源的使用条款见 `sources.parquet`。请以发文机关公布的原文为准。

Under article 5 of China's Copyright Law, laws, regulations and other documents of a legislative, administrative or
judicial nature are not subject to copyright. Other matter on the pages may be; the terms of each source stand in
`sources.parquet`. The text published by the issuing body prevails.
"""

__all__ = ["data_card"]


def data_card(
    version: str,
    counts: Counts,
    stats: Stats,
    coverage: Coverage,
    files: Sequence[FileEntry],
    sources: Mapping[str, Source],
    forced: Forced | None = None,
) -> str:
    """The whole README.md, head and body.

    version: 2026-01-31-5d41402a. files: entries of all files so far. sources: cards; a source without one is known by
    its name. forced: the note of manifest.json when the gate was overruled.
    """
    missing = gaps(counts, stats, coverage, files, sources, forced)
    body = CARD.format(
        version=version,
        counts=counts,
        stats=stats,
        tables=_tables(files),
        fields=_fields(stats),
        flags=_flags(stats) if stats.flags else "无。 None.",
        sources=_sources(coverage, sources),
        gaps="\n".join(f"- {_safe(zh)}<br>{_safe(en)}" for zh, en in missing),
    )
    return hub_head(counts, files) + body


def _tables(files: Sequence[FileEntry]) -> str:
    return _table(
        ("表 table", "", "", "行数 rows"),
        (
            (f"`{table.name}`", *table.meaning, sum(file.rows or 0 for file in table.files(files)))
            for table in tables().values()
        ),
    )


def _fields(stats: Stats) -> str:
    """The columns of documents with the share that has them, then those of the other tables; reposts has the first."""
    return _table(
        ("表 table", "字段 field", "", "", "有值 share"),
        (
            (name, f"`{column}`", *meaning, _share(stats, column) if name == "documents" else "")
            for name, table in tables().items()
            for column, meaning in table.columns.items()
            if name != "reposts"
        ),
    )


def _share(stats: Stats, column: str) -> str:
    return f"{stats.fill[column]:.0%}" if column in stats.fill else ""


def _flags(stats: Stats) -> str:
    unknown = Meaning("", "")
    rows = ((f"`{flag}`", *flags().get(flag, unknown), count) for flag, count in stats.flags.items())
    return _table(("标记 flag", "", "", "文件 documents"), rows)


def _sources(coverage: Coverage, sources: Mapping[str, Source]) -> str:
    header = (
        "来源 source",
        "主办 publisher",
        "截至 as of",
        "文件 documents",
        "含垃圾信息的页面 with spam",
        "条款 licence",
    )
    rows = (
        (
            name,
            _known(sources, name, "publisher"),
            one.as_of,
            one.documents,
            one.compromised,
            _known(sources, name, "licence"),
        )
        for name, one in coverage.sources.items()
    )
    return _table(header, rows)


def _known(sources: Mapping[str, Source], name: str, field: str) -> str:
    value = getattr(sources.get(name), field, None)
    return "—" if value is None else str(value)


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_safe(str(cell)) for cell in line) + " |" for line in lines)


def _safe(text: str) -> str:
    """Names and reasons that people wrote, so that they neither end a cell nor begin a tag."""
    return text.replace("|", "\\|").replace("<", "&lt;")
