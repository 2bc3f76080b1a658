"""Run the nightly flow and kill it with SIGKILL at the n-th thing it asks of the file system below a folder; 0: never.

python nightly_killed_at.py N FOLDER PARAMETERS

PARAMETERS are JSON. A run that ends by itself prints its state, and how many such moments it had.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    from killed_at import watch

    from flows.engine import prepare_prefect
    from flows.root import Root

    wanted = json.loads(sys.argv[3])
    prepare_prefect(Root(Path(wanted["root"])))
    from flows.nightly import nightly

    sys.addaudithook(watch)
    state = asyncio.run(nightly(**wanted, return_state=True))
    import killed_at

    print(json.dumps({"name": state.name, "message": state.message, "moments": killed_at.seen}))
