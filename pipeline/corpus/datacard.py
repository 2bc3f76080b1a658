"""README.md of a release: a data card for people, with a head that the Hugging Face hub and `datasets` read.

Enters: counts and the source cards. Leaves: Markdown. It quotes no text of any page and no clock but the days of
capture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crawler.source import Source
    from pipeline.corpus.manifest import Counts, FileEntry
    from pipeline.corpus.stats import Coverage, Stats

CONFIGS = {
    "default": "documents/*.parquet",
    "reposts": "reposts/*.parquet",
    "clusters": "clusters.parquet",
    "relations": "relations.parquet",
    "changes": "changes.parquet",
    "sources": "sources.parquet",
}
"""What `datasets.load_dataset(folder, name)` can load. Empty tables are left out: `datasets` cannot read them."""

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

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

import pandas
documents = pandas.read_parquet("path/to/this/folder/documents")
```

`documents/` 是默认数据集；文件名为“省级代码-年份”，`32-2022` 即江苏省 2022 年，`00` 为中央或未知，`0000` 为年份未知。
`reposts/` 是同一文件在其他网站的副本。`audit/` 记录每一处删除、每一次合并与不合并。

`documents/` is the default dataset, cut by province and year: `32-2022` is Jiangsu 2022, `00` central or unknown,
`0000` without a date. `reposts/` holds the copies of the same documents elsewhere. `audit/` lists every removal,
merge and veto.

## 字段 Fields

未知即为空，从不猜测。 Unknown is null; nothing is guessed. Share of the documents that have each field:

{fill}

## 标记 Flags

{flags}

## 来源 Sources

{sources}

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
) -> str:
    """The whole README.md, head and body."""
    body = CARD.format(
        version=version,
        counts=counts,
        stats=stats,
        fill=_table(("field", "share"), ((name, f"{share:.0%}") for name, share in stats.fill.items())),
        flags=_table(("flag", "documents"), stats.flags.items()) if stats.flags else "None.",
        sources=_table(
            ("source", "publisher", "as of", "documents", "with spam", "licence"),
            (
                (
                    name,
                    _known(sources, name, "publisher"),
                    one.as_of,
                    one.documents,
                    one.compromised,
                    _known(sources, name, "licence"),
                )
                for name, one in coverage.sources.items()
            ),
        ),
    )
    return f"---\n{_head(counts, files)}---\n\n{body}"


def _head(counts: Counts, files: Sequence[FileEntry]) -> str:
    size = next((name for limit, name in SIZES if counts.documents < limit), "n>1M")
    configs = [
        {"config_name": name, "data_files": pattern} | ({"default": True} if name == "default" else {})
        for name, pattern in CONFIGS.items()
        if any(file.rows and file.path.startswith(pattern.removesuffix("*.parquet")) for file in files)
    ]
    head = {
        "pretty_name": "zhengce 政策",
        "language": ["zh"],
        "license": "other",
        "license_name": "public-documents",
        "license_link": "README.md",
        "size_categories": [size],
        "configs": configs,
    }
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False)


def _known(sources: Mapping[str, Source], name: str, field: str) -> str:
    value = getattr(sources.get(name), field, None)
    return "—" if value is None else str(value)


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)
