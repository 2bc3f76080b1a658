"""Which page a person means, and what the corpus knows about it.

Enters: an address, the beginning of an id, or a file's name. Leaves: the `Finding` of the latest release: each field
with its evidence, every removal, repair and merge with its rule.

>>> explain(root, "000_fd5e1bd26f9b3bd2.txt").document.doc_number
'苏府〔2022〕33号'
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyarrow import ArrowException, parquet

from flows.errors import FlowError
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.reader import find
from pipeline.corpus.release import read_latest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.root import Root
    from pipeline.corpus.reader import Finding
    from pipeline.corpus.release import Release

__all__ = ["explain", "latest_release"]

ID = re.compile(r"[0-9a-f]{4,16}", re.IGNORECASE)
ADDRESS = re.compile(r"https?://|urn:", re.IGNORECASE)
TABLES = (("documents/*.parquet", "id"), ("reposts/*.parquet", "id"), ("audit/removed/*.parquet", "document_id"))


def latest_release(root: Root) -> Release:
    """The release that stands. Raises FlowError when there is none."""
    if latest := read_latest(root.clean):
        return latest
    raise FlowError(f"{root.clean} holds no release yet; make one with: zhengce run FOLDER")


def explain(root: Root, wanted: str) -> Finding:
    """The one page that is meant. Raises FlowError when there is none, or more than one."""
    release = latest_release(root)
    found: list[Finding] = []
    if ADDRESS.match(wanted) or ID.fullmatch(wanted):
        found = find(release.path, wanted)
    if not found:
        found = [page for id_ in _named(release.path, unquote(wanted)) for page in find(release.path, id_)]
    match found:
        case [page]:
            return page
        case []:
            raise FlowError(f"no page {wanted} in release {release.version}; give an address, an id or a file name")
    some = ", ".join(f"{page.id} ({unquote(page.url)})" for page in found[:3])
    raise FlowError(f"{wanted} means {len(found)} pages; give more of one id: {some}{' ...' * (len(found) > 3)}")


def _named(release: Path, wanted: str) -> list[str]:
    """Ids of the pages whose address, as a person reads it, ends in this path, which may lead into an archive
    (附件.zip!/1.docx); if there is none, of those whose file has the name of the path, with or without its suffix.
    """
    read = [(id_, unquote(url).rstrip("/")) for id_, url in _addresses(release)]
    whole = {id_ for id_, url in read if url == wanted or url.endswith(f"/{wanted}")}
    if whole or ADDRESS.match(wanted):
        return sorted(whole)
    name = PurePath(wanted).name
    return sorted({id_ for id_, url in read if name in (last := _last(url), PurePath(last).stem)})


def _last(url: str) -> str:
    """The last part of an address; "#row-3" of a table's row stays."""
    return url.rpartition("/")[2]


def _addresses(release: Path) -> Iterator[tuple[str, str]]:
    for pattern, id_ in TABLES:
        for path in sorted(release.glob(pattern)):
            try:
                columns = parquet.read_table(path, columns=[id_, "url"], partitioning=None)
            except (ArrowException, OSError) as error:
                raise CorpusError(f"{path}: cannot be read ({error}); release again") from error
            yield from zip(columns[id_].to_pylist(), columns["url"].to_pylist(), strict=True)
