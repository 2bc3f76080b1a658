"""raw/ as a whole: what was put comes back, other tools can read it, and nothing is written twice."""

from __future__ import annotations

import gzip
import io
import itertools
import os
import random
import signal
import subprocess
import sys
import textwrap
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.errors import RawStoreError, WarcDamage
from crawler.index import sidecar, sightings, surt, write_index
from crawler.page import Page, file_urn
from crawler.store import RawStore, safe_name

DAY = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "raw" / "samples"


def crawled(body: bytes = "苏府〔2022〕33号".encode(), **changes: object) -> Page:
    page = Page(
        url="http://www.suzhou.gov.cn/a.shtml",
        source="suzhou",
        body=body,
        media_type="text/html",
        captured=DAY,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
        status=200,
        hints=(("published", "2022-05-23"), ("title", "市政府关于……的通知")),
    )
    return replace(page, **changes)  # type: ignore[arg-type]


def local(name: str = "a.txt", body: bytes = b"text", **changes: object) -> Page:
    page = Page(url=f"urn:zhengce:demo/{name}", source="demo", body=body, media_type="text/plain", captured=DAY)
    return replace(page, **changes)  # type: ignore[arg-type]


def put(store: RawStore, *pages: Page, run: str = "r1") -> list[str]:
    with store.writer(pages[0].source, run) as writer:
        return [writer.put(page) for page in pages]


def stored(store: RawStore) -> list[Page]:
    return [record.page for shard in store.shards() for record in store.records(shard)]


def files(store: RawStore) -> list[str]:
    return sorted(path.relative_to(store.root).as_posix() for path in store.root.rglob("*") if path.is_file())


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path / "raw")


def test_what_is_put_comes_back(store: RawStore) -> None:
    pages = [crawled(), crawled(url="http://www.suzhou.gov.cn/b.shtml", body=b"", headers=(), hints=(), status=404)]
    assert put(store, *pages) == ["new", "new"]
    assert files(store) == ["suzhou/r1.cdxj", "suzhou/r1.warc.gz"]
    records = list(store.records(store.shards()[0]))
    assert [record.page for record in records] == pages
    assert [record.sha256 for record in records] == [page.sha256 for page in pages]
    assert {record.warc for record in records} == {"suzhou/r1.warc.gz"}
    for record in records:  # the offset is that of a gzip member that holds the page
        with gzip.open(io.BytesIO((store.root / record.warc).read_bytes()[record.offset :])) as member:
            assert record.page.url.encode() in member.read()


def test_the_five_real_pages(store: RawStore) -> None:
    pages = [
        local(path.name, path.read_bytes(), url=file_urn("demo", path.relative_to(SAMPLES)))
        for path in sorted(SAMPLES.glob("*.txt"))
    ]
    assert len(pages) == 5
    put(store, *pages)
    assert stored(store) == pages


def test_same_page_same_bytes(tmp_path: Path) -> None:
    first, second = RawStore(tmp_path / "a"), RawStore(tmp_path / "b")
    for store in (first, second):
        put(store, crawled())
        put(store, crawled(captured=DAY + timedelta(days=1)), run="r2")
    assert [(first.root / name).read_bytes() for name in files(first)] == [
        (second.root / name).read_bytes() for name in files(second)
    ]


def test_other_tools_replay_it(store: RawStore) -> None:
    page = crawled(headers=(("Content-Encoding", "br"), ("Content-Length", "7"), ("X-Name", "值"), ("Empty", "")))
    put(store, page, crawled(captured=DAY + timedelta(days=1)), crawled(url="http://a.cn/%C3%A9"))
    put(store, local(), local("b.txt", b""))
    for shard in store.shards():
        assert Checker(Namespace(inputs=[str(shard)], verbose=False)).process_all() == 0
        with shard.open("rb") as stream:
            replayed = [
                (r.rec_headers["WARC-Target-URI"], r.content_stream().read())
                for r in ArchiveIterator(stream, check_digests="raise")
                if r.rec_type in ("response", "resource")
            ]
        assert replayed == [(r.page.url, r.page.body) for r in store.records(shard)]
        with shard.open("rb") as stream:
            assert all(record.verify_block_digest() for record in FastIterator(stream, parse_http=False))
    assert next(kept for kept in stored(store) if kept.url == page.url) == page


def test_a_digest_that_lies_is_noticed(store: RawStore) -> None:
    put(store, local(body=b"text"))
    shard = store.shards()[0]
    plain = gzip.decompress(shard.read_bytes())
    assert plain.count(b"\r\ntext\r\n") == 1
    shard.write_bytes(gzip.compress(plain.replace(b"\r\ntext\r\n", b"\r\ntexT\r\n")))
    with pytest.raises(WarcDamage, match=r"r1\.warc\.gz.*does not fit its digest"):
        list(store.records(shard))


def test_a_file_that_did_not_change_leaves_nothing(store: RawStore) -> None:
    put(store, local())
    before = files(store)
    assert put(store, local(captured=DAY + timedelta(days=1)), run="r2") == ["unchanged"]
    assert files(store) == before
    assert put(store, local(body=b"other", captured=DAY + timedelta(days=2)), run="r3") == ["new"]
    assert put(store, local(captured=DAY + timedelta(days=3)), run="r4") == ["new"]  # changed back
    assert [page.body for page in stored(store)] == [b"text", b"other", b"text"]


def test_a_crawled_page_that_did_not_change_is_a_revisit(store: RawStore) -> None:
    put(store, crawled())
    for day in (1, 2):
        assert put(store, crawled(captured=DAY + timedelta(days=day)), run=f"r{day + 1}") == ["unchanged"]
    assert stored(store) == [crawled()]
    for number, shard in enumerate(store.shards()[1:], start=2):
        with shard.open("rb") as stream:
            (revisit,) = [r.rec_headers for r in ArchiveIterator(stream) if r.rec_type == "revisit"]
        assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        assert revisit["WARC-Refers-To-Target-URI"] == crawled().url
        assert revisit["WARC-Refers-To-Date"] == "2026-01-01T00:00:00Z"
        assert revisit["WARC-Date"] == f"2026-01-0{number}T00:00:00Z"
        assert revisit["WARC-Payload-Digest"] == f"sha256:{crawled().sha256}"
    # seen three times; the same three captures, as from a WARC that is loaded again, are no news
    again = [crawled(captured=DAY + timedelta(days=day)) for day in (0, 1, 2)]
    assert put(store, *again, run="r4") == ["unchanged"] * 3
    assert len(store.shards()) == 3


@pytest.mark.parametrize("change", [{"hints": ()}, {"status": 404}, {"media_type": "text/plain"}, {"body": b"x"}])
def test_what_stands_beside_the_bytes_counts(store: RawStore, change: dict[str, object]) -> None:
    put(store, crawled())
    changed = crawled(captured=DAY + timedelta(days=1), **change)
    assert put(store, changed, run="r2") == ["new"]
    assert stored(store) == [crawled(), changed]


def test_two_rows_at_one_address_are_known_again(store: RawStore) -> None:
    rows = [local(hints=(("theme", "科技"),)), local(hints=(("theme", "财政"),)), local(hints=(("theme", "科技"),))]
    assert put(store, *rows) == ["new", "new", "unchanged"]
    later = [replace(row, captured=DAY + timedelta(days=1)) for row in rows]
    assert put(store, *later, run="r2") == ["unchanged"] * 3


def test_older_captures_of_an_archive_are_known_again(store: RawStore) -> None:
    new, old = crawled(body=b"new", captured=DAY), crawled(body=b"old", captured=DAY - timedelta(days=9))
    assert put(store, new) == ["new"]
    assert put(store, old, run="r2") == ["new"]
    assert put(store, old, new, run="r3") == ["unchanged", "unchanged"]
    assert put(store, crawled(body=b"new", captured=DAY + timedelta(days=1)), run="r4") == ["unchanged"]


def test_the_index_can_be_lost(store: RawStore) -> None:
    put(store, crawled(), crawled(url="http://www.suzhou.gov.cn/B.shtml?x=1"))
    put(store, crawled(captured=DAY + timedelta(days=1)), run="r2")
    before = [sidecar(shard).read_bytes() for shard in store.shards()]
    sidecar(store.shards()[0]).unlink()
    sidecar(store.shards()[1]).write_text("not an index\n")
    assert put(store, crawled(captured=DAY + timedelta(days=1)), run="r3") == ["unchanged"]
    assert [sidecar(shard).read_bytes() for shard in store.shards()] == before


def test_index_lines(store: RawStore) -> None:
    put(store, crawled(), crawled(captured=DAY + timedelta(days=1)), crawled(url="http://a.cn/"))
    shard = store.shards()[0]
    lines = sidecar(shard).read_text().splitlines()
    assert lines == sorted(lines)
    assert [line.split(" ")[:2] for line in lines] == [
        ["cn,a)/", "20260101000000"],
        ["cn,gov,suzhou)/a.shtml", "20260101000000"],
        ["cn,gov,suzhou)/a.shtml", "20260102000000"],
    ]
    assert '"mime": "warc/revisit"' in lines[2]
    assert [line.first for line in sightings(shard)] == [20260101000000] * 3
    assert surt("http://WWW2.a.gov.cn:8080/X?B=1") == "cn,gov,a:8080)/x?b=1"
    assert surt("urn:zhengce:demo/a.txt") == "urn:zhengce:demo/a.txt"


def test_a_run_name_that_is_taken(store: RawStore) -> None:
    put(store, local())
    put(store, local(body=b"2"))
    put(store, local(body=b"3"))
    assert [shard.name for shard in store.shards()] == ["r1.warc.gz", "r1_002.warc.gz", "r1_003.warc.gz"]


def test_a_long_run_is_several_files(store: RawStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.store.SHARD_PAGES", 2)
    pages = [crawled(url=f"http://www.suzhou.gov.cn/{number}.shtml", body=b"%d" % number) for number in range(5)]
    assert put(store, *pages) == ["new"] * 5
    assert [path.name for path in store.shards()] == ["r1.warc.gz", "r1_002.warc.gz", "r1_003.warc.gz"]
    assert stored(store) == pages
    assert all(sidecar(shard).exists() for shard in store.shards())
    later = [replace(page, captured=DAY + timedelta(days=1)) for page in pages]
    assert put(store, *later, run="r2") == ["unchanged"] * 5
    put(store, crawled(url="http://www.suzhou.gov.cn/9.shtml"), run="r1")
    assert store.shards()[-1].name == "r2_003.warc.gz"
    assert "suzhou/r1_004.warc.gz" in files(store)


def test_names_of_sources_and_runs(store: RawStore) -> None:
    for source in ("人民政府-政府信息公开", "a/../b", ".hidden", "长" * 200, "a b"):
        with store.writer(source, "2026-01-01T00:00:00Z") as writer:
            writer.put(local(source=source))
    assert all(path.parent.parent == store.root for path in store.shards())
    assert sorted(page.source for page in stored(store)) == sorted(
        ["人民政府-政府信息公开", "a/../b", ".hidden", "长" * 200, "a b"]
    )
    names = ["a", "A", "a/b", "a%2Fb", "..", ".", "", "长" * 99, "长" * 100]
    assert len({safe_name(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (local(source="other"), "belongs to other"),
        (local(captured=datetime(2026, 1, 1)), "no time zone"),
        (local(url="http://a.cn/a b"), "not a canonical URL"),
        (local(url="http://a.cn/文"), "not a canonical URL"),
    ],
)
def test_pages_that_cannot_be_kept(store: RawStore, page: Page, message: str) -> None:
    with store.writer("demo", "r1") as writer:
        with pytest.raises(RawStoreError, match=message):
            writer.put(page)
        writer.put(local("good.txt"))
    assert [kept.url for kept in stored(store)] == ["urn:zhengce:demo/good.txt"]


def test_an_exception_loses_nothing(store: RawStore) -> None:
    with pytest.raises(ZeroDivisionError), store.writer("demo", "r1") as writer:
        writer.put(local())
        raise ZeroDivisionError
    assert stored(store) == [local()]
    assert files(store) == ["demo/r1.cdxj", "demo/r1.warc.gz"]


def test_a_full_disk(store: RawStore) -> None:
    """A file size limit stands for the full disk: the record that does not fit is refused, those before it are kept."""
    script = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from test_store import RawStore, RawStoreError, local, random
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with RawStore(Path(sys.argv[1])).writer("demo", "r1") as writer:
            writer.put(local())
            try:
                writer.put(local("big.txt", random.Random(1).randbytes(30_000)))
            except RawStoreError as error:
                print(error)
            writer.put(local("small.txt"))
        """
    )
    run = [sys.executable, "-c", script, str(store.root), str(Path(__file__).parent)]
    result = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "cannot be written" in result.stdout
    assert [page.url for page in stored(store)] == ["urn:zhengce:demo/a.txt", "urn:zhengce:demo/small.txt"]


def _open_file(store: RawStore, data: bytes) -> Path:
    path = store.root / "suzhou" / "r1.warc.gz.open"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_recovery_at_every_byte_of_the_last_record(store: RawStore, tmp_path: Path) -> None:
    first, last = crawled(), crawled(url="http://www.suzhou.gov.cn/b.shtml")
    put(store, first, last)
    whole = store.shards()[0].read_bytes()
    _, record = store.records(store.shards()[0])
    hints = whole.rindex(b"\x1f\x8b\x08", 0, record.offset)  # the hints of the last page stand before it
    for size in range(hints, len(whole)):
        killed = RawStore(tmp_path / str(size))
        _open_file(killed, whole[:size])
        (line,) = killed.recover()
        assert "1 records kept" in line
        assert stored(killed) == [first]
        assert files(killed) == ["suzhou/r1.cdxj", "suzhou/r1.warc.gz"]
        assert put(killed, first, last) == ["unchanged", "new"]
        assert stored(killed) == [first, last]


def test_recovery_of_a_whole_file_and_of_none(store: RawStore) -> None:
    put(store, crawled())
    shard = store.shards()[0]
    shard.rename(shard.with_name(shard.name + ".open"))  # killed before the rename
    sidecar(shard).unlink()
    assert store.recover() == ["suzhou/r1.warc.gz.open: 1 records kept, 0 bytes of an incomplete one cut off"]
    assert stored(store) == [crawled()]
    for number, data in enumerate((b"", b"\x1f\x8b", b"junk")):
        other = RawStore(store.root / str(number))
        _open_file(other, data)
        assert other.recover() == ["suzhou/r1.warc.gz.open: no whole record, removed"]
        assert files(other) == []


def test_a_kill_between_rename_and_index(store: RawStore) -> None:
    put(store, crawled())
    sidecar(store.shards()[0]).unlink()
    assert store.recover() == []
    assert files(store) == ["suzhou/r1.cdxj", "suzhou/r1.warc.gz"]


def test_recovery_leaves_living_writers_alone(store: RawStore) -> None:
    with store.writer("suzhou", "r1") as writer:
        writer.put(crawled())
        assert store.recover() == ["suzhou/r1.warc.gz.open: is being written by another process, left alone"]
        with store.writer("suzhou", "r1") as second:  # another run of the same name does not take its file
            second.put(crawled(url="http://www.suzhou.gov.cn/b.shtml"))
        writer.put(crawled(url="http://www.suzhou.gov.cn/c.shtml"))
    assert sorted(page.url[-7:] for page in stored(store)) == ["a.shtml", "b.shtml", "c.shtml"]


@pytest.mark.parametrize("flipped", [3, -1])
def test_damage_is_an_error_and_the_records_before_it_stand(store: RawStore, flipped: int) -> None:
    put(store, local(), local("b.txt"))
    shard = store.shards()[0]
    data = bytearray(shard.read_bytes())
    offset = [record.offset for record in store.records(shard)][1]
    position = offset + 20 if flipped > 0 else len(data) - 5
    data[position] ^= 0xFF
    shard.write_bytes(data)
    read = []
    with pytest.raises(WarcDamage, match=r"r1\.warc\.gz: whole up to byte"):
        for record in store.records(shard):
            read.append(record.page)
    assert read == [local()]
    with pytest.raises(WarcDamage):
        write_index(shard)


KILLED = """
import sys, time
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_store import RawStore, local, random
with RawStore(Path(sys.argv[1])).writer("demo", "r1") as writer:
    for number in range(10_000):
        writer.put(local(f"{number}.txt", random.Random(number).randbytes(300)))
        print(number, flush=True)
"""


def _kill_after(root: Path, records: int) -> int:
    """A run in another process, killed when it has told of so many records; leaves how many it told of in all."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(root), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = list(itertools.islice(process.stdout, records))
    os.kill(process.pid, signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return len([line for line in told if line.endswith("\n")])


def _survives(root: Path, records: int) -> None:
    store = RawStore(root)
    told = _kill_after(root, records)
    assert [path.name for path in (root / "demo").iterdir()] == ["r1.warc.gz.open"]
    with store.writer("demo", "r1") as writer:  # recovers by itself
        verdicts = [writer.put(local(f"{n}.txt", random.Random(n).randbytes(300))) for n in range(told + 2)]
    kept = verdicts.index("new") if "new" in verdicts else len(verdicts)
    assert kept >= told
    assert set(verdicts[kept:]) <= {"new"}
    assert [page.url for page in stored(store)] == [f"urn:zhengce:demo/{n}.txt" for n in range(told + 2)]


def test_kill_9(tmp_path: Path) -> None:
    _survives(tmp_path, 37)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(30))
def test_kill_9_campaign(tmp_path: Path, seed: int) -> None:
    _survives(tmp_path, random.Random(seed).randrange(1, 3000))


SURE = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=20).map(str.strip)
HEADERS = st.lists(st.tuples(st.from_regex(r"[A-Za-z0-9!#$&*+.^_`|~-]{1,12}", fullmatch=True), SURE), max_size=5)
ANY_TEXT = st.text(st.characters(), max_size=30)  # lone surrogates and line breaks included
PATHS = st.text(st.sampled_from("abcXYZ019-._~/%?=&"), max_size=20)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    http = draw(st.booleans())
    return Page(
        url=f"http://www.suzhou.gov.cn/{draw(PATHS)}" if http else f"urn:zhengce:demo/{draw(PATHS)}",
        source="demo",
        body=draw(st.binary(max_size=300)),
        media_type=draw(st.sampled_from(["text/html", "text/plain", "application/octet-stream"])),
        captured=DAY + timedelta(seconds=draw(st.integers(0, 10**8))),
        headers=tuple(draw(HEADERS)) if http else (),
        status=draw(st.sampled_from([200, 206, 304, 404, 418, 599])) if http else None,
        hints=tuple(draw(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=4))),
    )


def _round_trip(root: Path, page: Page) -> None:
    store = RawStore(root)
    assert put(store, page) == ["new"]
    assert stored(store) == [page]
    assert put(store, page, run="r2") == ["unchanged"]


@given(page=pages())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, page: Page) -> None:
    _round_trip(tmp_path_factory.mktemp("raw"), page)


@pytest.mark.soak
@given(page=pages())
@settings(max_examples=5000, deadline=None)
def test_round_trip_campaign(tmp_path_factory: pytest.TempPathFactory, page: Page) -> None:
    _round_trip(tmp_path_factory.mktemp("raw"), page)
