"""The process that reads files: `python -m pipeline.extract.files.child FD`, started by worker.py.

Enters: over a socket, limits and bytes, one file after another. Leaves: a `FileRead` for each. The process ends, with
every program that it started, when the other side is gone, in the middle of a file too; after a file that used up its
memory; and with an error that no reader should raise.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from queue import SimpleQueue

from pipeline.extract.files.bounds import bound
from pipeline.extract.files.errors import TOO_MUCH_MEMORY
from pipeline.extract.files.fileread import refused
from pipeline.extract.files.formats import parse
from pipeline.extract.files.wire import pack, unpack_limits


def serve(wire: Connection) -> None:
    """Read files until the other side is gone."""
    files: SimpleQueue[tuple[bytes, bytes]] = SimpleQueue()
    threading.Thread(target=_listen, args=(wire, files), daemon=True).start()
    while True:
        message, body = files.get()
        limits = unpack_limits(message)
        bound(limits)
        try:
            found = parse(body, limits)
            answer = pack(found)
        except MemoryError:
            wire.send_bytes(pack(refused("binary", TOO_MUCH_MEMORY, too_much(limits.memory))))
            return
        wire.send_bytes(answer)


def too_much(memory: int) -> str:
    return f"reading the file needs more than {memory >> 20} MiB of memory"


def _listen(wire: Connection, files: SimpleQueue[tuple[bytes, bytes]]) -> None:
    """In a thread of its own, so that the end of the other side is seen while a file is being read."""
    try:
        while True:
            files.put((wire.recv_bytes(), wire.recv_bytes()))
    except (EOFError, OSError, MemoryError):
        os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
