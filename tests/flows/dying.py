"""What a worker of another process does for a test; it imports no conftest, of which a worker finds any folder's."""

from __future__ import annotations

import os
import time


def leave(*_: object) -> None:
    """What a worker does that the system kills, out of memory. A nanny restarts only what was well under way."""
    time.sleep(1)
    os._exit(1)
