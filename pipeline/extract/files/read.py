"""The door: bytes of any file -> blocks, whatever the file does to its reader.

Enters: bytes and limits. Leaves: a `FileRead`; a file that cannot be read gives one with a refusal. The
reading itself happens in a worker process (`worker`).

>>> [block.text for block in read_file("一、总体要求".encode("gb18030")).blocks]
['一、总体要求']
"""

from __future__ import annotations

from pipeline.extract.files.errors import EMPTY, TOO_LARGE
from pipeline.extract.files.fileread import FileRead, Limits, refused
from pipeline.extract.files.worker import worker

__all__ = ["DEFAULTS", "read_file"]

DEFAULTS = Limits()


def read_file(body: bytes, limits: Limits = DEFAULTS) -> FileRead:
    """Read a file (see module). Never raises for what a file is; OSError if no process can be started."""
    if len(body) > limits.bytes:
        return refused("binary", TOO_LARGE, f"the file has {len(body) >> 20} MiB, more than {limits.bytes >> 20}")
    if not body:
        return refused("empty", EMPTY, "the file is empty")
    return worker().read(body, limits)
