"""datatrove: its reader of JSON lines, its trafilatura, its writer. It runs the trafilatura that it is installed with.

Given the pages as JSON lines (text: the page decoded right), because its reader of WARC files looks for the files of
Common Crawl. Its limit of a second a page is its own default.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.extractors import Trafilatura
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    pipeline = [JsonlReader(str(given.pages), doc_progress=False), Trafilatura(), JsonlWriter(str(given.out / "texts"))]
    begun = time.perf_counter()
    tasks = len(list(given.pages.glob("*.jsonl")))
    LocalPipelineExecutor(
        pipeline=pipeline, tasks=tasks, workers=given.processes, logging_dir=str(given.out / "logs")
    ).run()
    (given.out / "figures.json").write_text(json.dumps({"seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    main()
