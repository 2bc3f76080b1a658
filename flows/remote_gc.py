"""Old versions and blobs that no version names go from a remote.

Enters: a remote that can list its files: a folder or S3. Leaves: the newest versions, and all that their manifests
name. Manifests go before blobs, so that a reader finds a version whole or not at all; one who is pulling an old version
at this moment is told that a blob is missing. Blobs younger than a day stay: somebody may be publishing them.

>>> collect_remote(open_remote("s3://bucket/zhengce"), keep=30, dry_run=True)
(('2026-01-31-5d41402a',), (), 0)
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows.errors import WrongUse
from flows.remote import RemoteError
from flows.remote_version import VERSION, manifest_path, newest, remote_manifest
from flows.root import now
from pipeline.corpus.versions import MANIFEST, locked

if TYPE_CHECKING:
    from flows.remote import Remote
    from pipeline.corpus.manifest import Manifest

YOUNG = timedelta(days=1)
"""Longer than any publish takes."""

__all__ = ["collect_remote"]


def collect_remote(remote: Remote, keep: int, *, dry_run: bool = False) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Versions that stay, versions that go, bytes of the blobs that go.

    Raises WrongUse for a remote that cannot be listed; RemoteError when a manifest cannot be read: then nothing is
    removed, for what it names is not known.
    """
    if remote.scheme in ("http", "https"):
        raise WrongUse(f"{remote}: a web server does not list its files; run gc on the folder or the bucket behind it")
    with locked(remote.folder) if remote.folder else nullcontext():
        latest = newest(remote)
        if latest is None:
            raise RemoteError(f"{remote}: holds no latest.json; is this the folder that was published to?")
        files = remote.files()
        names = [name.partition("/")[0] for name in files if name.endswith(f"/{MANIFEST}") and name.count("/") == 1]
        manifests = [remote_manifest(remote, name)[0] for name in names if VERSION.fullmatch(name)]
        manifests.sort(key=lambda one: (one.created, one.captured, one.version))
        stay = [one for one in manifests if one in manifests[-keep:] or one.version == latest.version]
        go = [one for one in manifests if one not in stay]
        orphans = _orphans(files, stay)
        if not dry_run:
            remote.remove([manifest_path(one.version) for one in go])
            remote.remove(list(orphans))
    return tuple(one.version for one in stay), tuple(one.version for one in go), sum(orphans.values())


def _orphans(files: dict[str, tuple[int, datetime]], stay: list[Manifest]) -> dict[str, int]:
    """Blobs that no version needs, with their bytes."""
    needed = {file.sha256 for manifest in stay for file in manifest.files}
    before = now().astimezone(UTC) - YOUNG
    return {
        name: size
        for name, (size, changed) in files.items()
        if name.startswith("blobs/") and name.rpartition("/")[2] not in needed and changed < before
    }
