"""The quality gate: ours and the peers on pages whose text, tables and fields people have written down.

    python -m benchmarks.quality --help

docs/quality.md says what is measured and how. Data goes one way:
sets (gold) -> extractors, peers (found) -> score, cells, facts -> measure (a result) -> report, floors.
"""
