"""Local files and folders, through the same door as crawled pages.

Enters: paths. Leaves: a `Page` for each text in them, or a `LoadFailure` with one clear line; the others go on.

>>> list(load([Path("texts/苏州.txt")], collection=None, now=now))[0].url
'urn:zhengce:texts/%E8%8B%8F%E5%B7%9E.txt'

| suffix | becomes |
|---|---|
| .txt .md .html .htm .shtml | one page, bytes untouched |
| .pdf .ofd .doc .docx .wps .xls .xlsx .et .rtf .zip .rar | the same; an archive's files become documents of their own |
| .jsonl .jsonl.gz .jsonl.zst | a page a line: `url` (or none), `text` or `html`, other keys as hints |
| .csv | a page a row, columns known by their Chinese or English names |
| .warc .warc.gz | a page a response or resource record, captured when it was captured |

A folder is read with its subfolders in sorted order, without hidden names (".git") and READMEs, which speak of the
texts and are none; a file that is named itself is always read. A file's id is made of the collection and its path in
the folder.
"""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from crawler.errors import WarcDamage
from crawler.loaders import jsonlines, table, webarchive, whole
from crawler.loaders.localfile import MAX_FILE, LoadFailure, LocalFile, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from crawler.page import Page

__all__ = ["LoadFailure", "load"]

FORMATS: dict[str, Callable[[LocalFile], Iterator[Page]]] = {
    **dict.fromkeys(whole.MEDIA_TYPES, whole.pages),
    ".jsonl": jsonlines.pages,
    ".jsonl.gz": jsonlines.pages,
    ".jsonl.zst": jsonlines.pages,
    ".csv": table.pages,
    ".warc": webarchive.pages,
    ".warc.gz": webarchive.pages,
}


def load(paths: Sequence[Path], *, collection: str | None, now: datetime) -> Iterator[Page | LoadFailure]:
    """The pages of files and folders, in the order of the paths.

    collection: the first part of their ids; None takes the folder's name (for a file: its parent folder's).
    now: aware; the capture time of all that does not bring its own, cut to whole seconds. Raises nothing for bad input.
    """
    taken: dict[str, Path] = {}
    for path in paths:
        for found in _files(path, collection, now.astimezone(UTC).replace(microsecond=0)):
            if isinstance(found, LoadFailure):
                yield found
                continue
            other = taken.get(found.urn)
            if other is None:
                taken[found.urn] = found.path
                yield from _pages(found)
            elif other.resolve() != found.path.resolve():  # else the same file is named twice
                yield _failure(found.path, f"has the same name as {_shown(other)}; load the folder that holds both")


def _pages(file: LocalFile) -> Iterator[Page | LoadFailure]:
    try:
        reader = _reader(file.path)
        yield from reader(file)
    except (Unreadable, WarcDamage) as error:
        yield _failure(file.path, str(error).removeprefix(f"{file.path}: "))
    except OSError as error:
        yield _failure(file.path, f"cannot be read ({error.strerror or error}); check its permissions and its disk")


def _reader(path: Path) -> Callable[[LocalFile], Iterator[Page]]:
    reader = next((FORMATS[suffix] for suffix in FORMATS if path.name.lower().endswith(suffix)), None)
    if reader is None:
        raise Unreadable(f"unsupported kind of file; known are {' '.join(FORMATS)}")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("is empty; fetch it again or leave it out")
    if size > MAX_FILE and reader is not webarchive.pages:
        raise Unreadable(f"has {size >> 20} MiB, more than {MAX_FILE >> 20}; split it")
    return reader


def _files(path: Path, collection: str | None, captured: datetime) -> Iterator[LocalFile | LoadFailure]:
    if path.is_dir():
        name = _tidy(collection or _name(path))
        found = False
        for entry in _walk(path):
            found = True
            if isinstance(entry, LoadFailure):
                yield entry
            else:
                yield LocalFile(entry, name, PurePosixPath(entry.relative_to(path)), captured)
        if not found:
            yield _failure(path, "holds no file; give the folder that the texts are in")
    elif path.is_file():
        yield LocalFile(path, _tidy(collection or _name(path.parent)), PurePosixPath(path.name), captured)
    elif path.exists():
        yield _failure(path, "neither a file nor a folder; copy what it delivers into a file")
    else:
        yield _failure(path, "does not exist; check the spelling")


def _walk(folder: Path) -> Iterator[Path | LoadFailure]:
    """Its files and those of its subfolders, sorted; links to folders are not followed, they may run in a circle."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _failure(folder, f"cannot be read ({error.strerror}); check its permissions")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.upper().startswith("README"):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif entry.is_file():
            yield entry
        else:
            yield _failure(entry, "neither a file nor a folder (a broken link?); leave it out")


def _name(folder: Path) -> str:
    return folder.name if folder.name not in ("", "..") else folder.resolve().name or "files"


def _tidy(name: str) -> str:
    return " ".join(os.fsencode(name).decode(errors="replace").split())


def _failure(path: Path, reason: str) -> LoadFailure:
    return LoadFailure(_shown(path), " ".join(reason.split()))


def _shown(path: Path) -> str:
    """File names can hold bytes that are no text; a message cannot."""
    return os.fsencode(path).decode(errors="backslashreplace")
