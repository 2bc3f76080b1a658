"""The manifest of a release: what it is, what it was made with, and the digest of every file.

Enters and leaves: `manifest.json` of a version, and `latest.json` beside the versions, which names the one to read.
"""

from __future__ import annotations

import hashlib
import platform
from importlib import metadata
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOOLS = (
    *("zhengce", "trafilatura", "lxml", "chardet", "opencc-python-reimplemented", "ahocorasick_rs"),
    *("fastwarc", "warcio", "pyarrow", "duckdb", "numpy", "rensa", "rapidfuzz"),
    *("python-calamine", "xlrd", "olefile", "rarfile", "pypdfium2"),
)
"""The libraries whose version can change a byte of a release."""

__all__ = ["Counts", "FileEntry", "Forced", "Latest", "Manifest", "content_digest", "read_json", "to_json", "toolchain"]


Model = TypeVar("Model", bound=BaseModel)


class _Frozen(BaseModel):
    """Unknown keys are ignored, so that an older program reads a newer release."""

    model_config = ConfigDict(frozen=True)


class FileEntry(_Frozen):
    """A file of the release. path: relative, with "/"; rows: only of tables.

    inputs: digest of what it was made from; the next version takes a file over that would be made from the same.
    """

    path: str
    sha256: str
    bytes: int
    rows: int | None = None
    inputs: str | None = None


class Counts(_Frozen):
    """documents: canonical ones. refused: pages without a document. removed: rows of audit/removed. repaired:
    repairs. withheld: pages that withhold.yml keeps out."""

    documents: int
    reposts: int
    refused: int
    removed: int
    repaired: int
    withheld: int = 0


class Forced(_Frozen):
    """The gate's findings, a line each, and why somebody released nevertheless."""

    because: str
    findings: tuple[str, ...]


class Manifest(_Frozen):
    """created: the only clock of a release. previous: the version that changes.parquet compares with. forced: None
    unless the gate was overruled."""

    format: Literal["zhengce-release/1"] = "zhengce-release/1"
    version: str
    digest: str
    previous: str | None
    created: AwareDatetime
    captured: AwareDatetime
    rules: str
    toolchain: dict[str, str]
    counts: Counts
    forced: Forced | None = None
    files: tuple[FileEntry, ...]


class Latest(_Frozen):
    """Which version to read, and the SHA-256 of its manifest.json."""

    version: str
    sha256: str


def to_json(model: BaseModel) -> bytes:
    """A model as JSON for people and machines: indented, UTF-8, one newline at the end."""
    return (model.model_dump_json(indent=2) + "\n").encode()


def read_json(model: type[Model], path: Path) -> Model:
    """Reads a JSON file that this package wrote. Raises CorpusError when it cannot be read as such."""
    try:
        return model.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"{error.error_count()} values are wrong"
        raise CorpusError(
            f"{path}: cannot be read ({reason}); restore it, or remove it and latest.json, then release again"
        ) from error


def content_digest(files: Iterable[FileEntry]) -> str:
    """SHA-256 over the digests and names of the files, sorted by name."""
    lines = (f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def toolchain() -> dict[str, str]:
    """Versions of Python and of the libraries that shape a release."""
    installed = {name.lower(): version for name, version in _installed(TOOLS)}
    return {"python": platform.python_version(), **installed}


def _installed(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:  # a source tree that was never installed has no version
            yield name, "not installed"
