"""What goes between a run and the process that reads its files: limits and bytes there, a `FileRead` back.

JSON, checked against the records when it is read: a file that took its reader over could send no objects of its own,
as it could with pickles.

>>> unpack(pack(FileRead(kind="text", title="附件1"))).title
'附件1'
"""

from __future__ import annotations

from pydantic import ConfigDict, TypeAdapter, with_config

from pipeline.extract.files.fileread import FileRead, Limits

_BINARY = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
_READ = TypeAdapter(with_config(_BINARY)(FileRead))
_LIMITS = TypeAdapter(Limits)


def pack(found: FileRead) -> bytes:
    return _READ.dump_json(found)


def unpack(message: bytes) -> FileRead:
    """Raises ValueError for anything that is no FileRead."""
    return _READ.validate_json(message)


def pack_limits(limits: Limits) -> bytes:
    return _LIMITS.dump_json(limits)


def unpack_limits(message: bytes) -> Limits:
    return _LIMITS.validate_json(message)
