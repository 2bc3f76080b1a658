"""text-dedup: its program for MinHash as it is, given texts with a blank after each character; nothing is verified."""

from __future__ import annotations

import pickle

from benchmarks.dedup.peers.outcome import (
    BANDS,
    LENGTH,
    PERMUTATIONS,
    ROWS,
    SEED,
    Steps,
    arguments,
    ids,
    write_clusters,
)


def main() -> None:
    given, steps = arguments(), Steps()
    out = given.out / "kept"
    words = ["--path", "parquet", "--data_files", str(given.texts / "texts-*.parquet"), "--split", "train"]
    words += ["--cache_dir", str(given.out / "cache"), "--output", str(out), "--debug", "--column", "spaced"]
    words += ["--ngram", str(LENGTH), "--min_length", "1", "--seed", str(SEED), "--hash_func", "xxh3"]
    words += ["--num_perm", str(PERMUTATIONS), "--b", str(BANDS), "--r", str(ROWS), "--batch_size", "10000"]
    words += ["--num_proc", str(given.processes)]
    with steps.timed("all"):
        from text_dedup.minhash import main as text_dedup

        text_dedup(words, standalone_mode=False)
    found = pickle.loads((out / "uf.pkl").read_bytes())
    names = ids(given.texts)
    clusters = [int(found.find(one)) for one in range(len(names))]
    write_clusters(given.out, names, clusters)
    steps.write(given.out)


if __name__ == "__main__":
    main()
