"""What a remote looks like inside, and what may be believed of it.

    REMOTE/latest.json               {version, sha256 of its manifest}: written last
    REMOTE/<version>/manifest.json   as in the release
    REMOTE/blobs/ab/abcd…            every file of every version, named by its SHA-256, once

A file that two versions share is one blob, so a day's news upload what they touch. A clean/ folder as it lies on a disk
(<version>/documents/32-2022.parquet) is a remote too, for reading.

Enters: a remote, which a stranger may have written. Leaves: a manifest whose names and digests cannot lead out of the
folder that it will be written to.

>>> manifest, content = remote_manifest(remote, newest(remote))
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from flows.remote import RemoteError
from pipeline.corpus.manifest import Latest, Manifest
from pipeline.corpus.versions import LATEST, MANIFEST

if TYPE_CHECKING:
    from flows.remote import Remote
    from pipeline.corpus.manifest import FileEntry

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")
DIGEST = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z._-]{0,99}")
"""A part of a path: no dot in front, so neither "..", nor a name that readers pass over; no "/", no "\\", no drive."""

AUDIT = "audit/"
"""What stands below is pulled on request only: it quotes what was removed from pages, spam too."""

__all__ = ["AUDIT", "VERSION", "blob", "manifest_path", "newest", "remote_manifest"]


def blob(sha256: str) -> str:
    """Where the file of this digest lies."""
    return f"blobs/{sha256[:2]}/{sha256}"


def manifest_path(version: str) -> str:
    return f"{version}/{MANIFEST}"


def newest(remote: Remote) -> Latest | None:
    """What latest.json names; None if nothing was published there yet. Raises RemoteError if it is damaged."""
    content = remote.read(LATEST)
    if content is None:
        return None
    try:
        latest = Latest.model_validate_json(content)
    except ValidationError as error:
        raise RemoteError(f"{remote}/{LATEST}: is not the latest.json of a release; publish again") from error
    if not VERSION.fullmatch(latest.version) or not DIGEST.fullmatch(latest.sha256):
        raise RemoteError(f"{remote}/{LATEST}: names a version {latest.version!r} that cannot be one")
    return latest


def remote_manifest(remote: Remote, version: str, sha256: str | None = None) -> tuple[Manifest, bytes]:
    """The manifest of a version, and its bytes. sha256: what it has to have, if that is known. Raises RemoteError."""
    where = f"{remote}/{manifest_path(version)}"
    content = remote.read(manifest_path(version))
    if content is None:
        raise RemoteError(f"{where}: there is no such file; the remote does not hold version {version}")
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise RemoteError(f"{where}: is not the file that {LATEST} names; pull again, or let it be published again")
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as error:
        raise RemoteError(
            f"{where}: is not the manifest of a release ({error.error_count()} values are wrong)"
        ) from error
    if manifest.version != version:
        raise RemoteError(f"{where}: is the manifest of another version, {manifest.version!r}")
    if unsafe := [file for file in manifest.files if not _safe(file)]:
        raise RemoteError(f"{where}: names a file that cannot be one, {unsafe[0].path!r}; nothing was pulled")
    names = Counter(file.path.casefold() for file in manifest.files)
    if twice := [name for name, times in names.items() if times > 1]:
        raise RemoteError(f"{where}: names a file twice, {twice[0]!r}; nothing was pulled")
    return manifest, content


def _safe(file: FileEntry) -> bool:
    named = all(NAME.fullmatch(part) for part in file.path.split("/")) and file.path.casefold() != MANIFEST
    return named and DIGEST.fullmatch(file.sha256) is not None and file.bytes >= 0
