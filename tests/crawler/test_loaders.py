"""Local files of every kind become pages; what is broken is one clear line, and the others go on."""

from __future__ import annotations

import csv
import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.loaders import LoadFailure, load, localfile
from crawler.loaders.rows import roles
from crawler.page import Page
from crawler.store import RawStore

NOW = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "raw" / "samples"
CHARSET = ("charset", "utf-8")


def outcome(*paths: Path, collection: str | None = None) -> tuple[list[Page], list[LoadFailure]]:
    found = list(load(paths, collection=collection, now=NOW))
    return [f for f in found if isinstance(f, Page)], [f for f in found if isinstance(f, LoadFailure)]


def only_failure(path: Path) -> str:
    pages, (failure,) = outcome(path)
    assert pages == []
    assert failure.path == str(path)
    assert "\n" not in failure.reason
    return failure.reason


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_five_samples() -> None:
    pages, failures = outcome(SAMPLES)
    assert failures == []
    assert [page.url for page in pages] == [
        f"urn:zhengce:samples/{path.name}" for path in sorted(SAMPLES.glob("*.txt"))
    ]
    assert [page.body for page in pages] == [path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))]
    assert {(page.source, page.media_type, page.captured) for page in pages} == {
        ("samples", "text/plain", NOW.replace(microsecond=0))
    }
    assert all(page.is_file and page.status is None and page.headers == () for page in pages)


def test_a_folder_is_read_in_order_and_without_notes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/y.SHTML", "文.md", ".hidden.txt", ".git/x.txt", "README.md", "readme.txt"):
        write(tmp_path / name, name)
    pages, failures = outcome(tmp_path, collection="地方")
    assert failures == []
    prefix = "urn:zhengce:%E5%9C%B0%E6%96%B9/"
    assert [(page.url.removeprefix(prefix), page.media_type, page.body.decode()) for page in pages] == [
        ("a/y.SHTML", "text/html", "a/y.SHTML"),
        ("a/z.html", "text/html", "a/z.html"),
        ("b.txt", "text/plain", "b.txt"),
        ("%E6%96%87.md", "text/plain", "文.md"),
    ]
    assert {page.source for page in pages} == {"地方"}
    (note,), _ = outcome(tmp_path / "README.md")  # named itself, it is read
    assert note.url == f"urn:zhengce:{tmp_path.name}/README.md"


def test_a_file_alone_has_the_id_it_has_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "texts" / "a.txt", "x")
    monkeypatch.chdir(tmp_path / "texts")
    ways = [tmp_path / "texts", tmp_path / "texts" / "a.txt", Path(), Path("a.txt"), Path("..", "texts")]
    assert {page.url for way in ways for page in outcome(way)[0]} == {"urn:zhengce:texts/a.txt"}


def test_two_files_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1" / "a.txt", "1"), write(tmp_path / "2" / "a.txt", "2")
    pages, (failure,) = outcome(one, two, one, collection="c")
    assert [page.body for page in pages] == [b"1"]
    assert failure == LoadFailure(str(two), f"has the same name as {one}; load the folder that holds both")
    assert [page.body for page in outcome(one, two)[0]] == [b"1", b"2"]  # two collections, "1" and "2"


def test_junk_is_kept_as_it_is(tmp_path: Path) -> None:
    junk = b"\x00\xff\xfe\x81" * 9
    (page,), failures = outcome(write(tmp_path / "junk.txt", junk))
    assert (page.body, failures) == (junk, [])


def test_jsonl_plain_and_packed(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {
            "url": "HTTP://www.A.gov.cn/b?y=2&x=1#top",
            "text": "正文",
            "标题": "通知",
            "views": 7,
            "top": True,
            "x": None,
        },
        {"link": "无", "html": "<p>正文</p>", "text": "plain", "tags": ["科技"], "发布日期": " 2024-01-02 "},
        {"text": ""},
        {"text": "\ud83d half a pair"},
    ]
    data = "\ufeff" + "\n\n".join(json.dumps(row) for row in rows)
    packed = {
        "a.jsonl": data.encode(),
        "a.jsonl.gz": gzip.compress(data.encode()[:50]) + gzip.compress(data.encode()[50:]),
        "a.jsonl.zst": zstandard.compress(data.encode()),
    }
    for name, content in packed.items():
        pages, failures = outcome(write(tmp_path / name, content), collection="c")
        assert failures == []
        assert [(page.url, page.media_type, page.body.decode(), page.hints) for page in pages] == [
            (
                "http://www.a.gov.cn/b?x=1&y=2",
                "text/plain",
                "正文",
                (("title", "通知"), ("views", "7"), ("top", "true"), CHARSET),
            ),
            (
                f"urn:zhengce:c/{name}#row-3",
                "text/html",
                "<p>正文</p>",
                (("url", "无"), ("text", "plain"), ("tags", '["科技"]'), ("published", "2024-01-02"), CHARSET),
            ),
            (f"urn:zhengce:c/{name}#row-5", "text/plain", "", (CHARSET,)),
            (f"urn:zhengce:c/{name}#row-7", "text/plain", "\ufffd half a pair", (CHARSET,)),
        ]


def test_jsonl_lines_that_are_none(tmp_path: Path) -> None:
    lines = ['{"text": "a"}', "{broken", '["text"]', '{"title": "t"}', "[" * 10**6, "\ud800", '{"text": "b"}']
    path = write(tmp_path / "a.jsonl", "\n".join(lines).encode("utf-8", "surrogatepass"))
    pages, (failure,) = outcome(path)
    assert [page.body for page in pages] == [b"a", b"b"]
    assert failure.reason.startswith("line 2 is not usable (Expecting property name")
    assert failure.reason.endswith("and 4 more; the other 2 lines were loaded; mend it and load it again")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_truncated_archive_beside_good_files(tmp_path: Path, suffix: str) -> None:
    rows = [{"text": f"{number} {os.urandom(300).hex()}"} for number in range(2000)]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    packed = gzip.compress(data) if suffix == ".gz" else zstandard.compress(data)
    write(tmp_path / "a.txt", "a")
    bad = write(tmp_path / f"b.jsonl{suffix}", packed[: len(packed) // 2])
    write(tmp_path / "c.txt", "c")
    pages, (failure,) = outcome(tmp_path)
    assert failure.path == str(bad)
    assert failure.reason.startswith("damaged after line ")
    loaded = [page.body.decode() for page in pages[1:-1]]
    assert 0 < len(loaded) < 2000
    assert loaded == [row["text"] for row in rows[: len(loaded)]]
    assert [pages[0].body, pages[-1].body] == [b"a", b"c"]


HEBEI = "标题,时间,内容,一级类别,来源网站,访问地址,附件链接\n"  # a public crawl of kjt.hebei.gov.cn has these columns


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_by_its_columns(tmp_path: Path, encoding: str) -> None:
    rows = (
        '通知,2024-08-29,"\n　　各市：\n　　一、内容,第一",政策解读,https://kjt.gov.cn/list,https://kjt.gov.cn/1,\n'
        '年报,2024-01-29,"\n\n",年报,,https://kjt.gov.cn/2,https://kjt.gov.cn/2.pdf\n'
        ",,,,,,\n"
        "无址,,正文,,,,,surplus\n"
    )
    pages, failures = outcome(write(tmp_path / "政策.csv", (HEBEI + rows).encode(encoding)), collection="c")
    assert failures == []
    assert [(page.url, page.body.decode(), page.hints) for page in pages] == [
        (
            "https://kjt.gov.cn/1",
            "\n　　各市：\n　　一、内容,第一",
            (
                ("title", "通知"),
                ("published", "2024-08-29"),
                ("一级类别", "政策解读"),
                ("来源网站", "https://kjt.gov.cn/list"),
                CHARSET,
            ),
        ),
        (
            "https://kjt.gov.cn/2",
            "",
            (
                ("title", "年报"),
                ("published", "2024-01-29"),
                ("一级类别", "年报"),
                ("attachments", "https://kjt.gov.cn/2.pdf"),
                CHARSET,
            ),
        ),
        (
            "urn:zhengce:c/%E6%94%BF%E7%AD%96.csv#row-3",
            "正文",
            (("title", "无址"), ("column 8", "surplus"), CHARSET),
        ),
    ]
    assert {page.media_type for page in pages} == {"text/plain"}


def test_csv_with_tabs_and_html(tmp_path: Path) -> None:
    (page,), failures = outcome(write(tmp_path / "a.csv", "Publish Date\tHTML\n2024\t<p>a,b;c</p>\n"))
    assert (page.body, page.media_type, failures) == (b"<p>a,b;c</p>", "text/html", [])
    assert page.hints == (("published", "2024"), CHARSET)


def test_column_names() -> None:
    assert roles(["索 引 号：", "发布日期", "时间", "正文", "内容", "", "url"]) == [
        "index_number",
        "published",
        "时间",
        "text",
        "内容",
        "column 6",
        "url",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.mp4", b"ftyp", "unsupported kind of file; known are .txt .md"),
        ("a.csv", "标题,日期\n通知,2024\n".encode(), "no column with the text (标题, 日期)"),
        ("a.csv", "标题,正文\n".encode(), "has a header and no rows"),
        ("a.csv", b"\x81\xff\xff", "neither UTF-8 nor GB18030"),
        ("a.csv", b"\xff\xfea", "neither UTF-8 nor GB18030"),
        ("a.jsonl", b"\n\n", "has no line"),
        ("a.jsonl.gz", b"junk", "damaged after line 0"),
        ("a.warc", b"junk", "whole up to byte 0 of 4, then damaged"),
        ("a.warc.gz", gzip.compress(b"junk"), "whole up to byte 24 of 24, then damaged"),
    ],
)
def test_broken_files(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    assert only_failure(write(tmp_path / name, content)).startswith(reason)


def test_csv_with_broken_quotes(tmp_path: Path) -> None:
    pages, (failure,) = outcome(write(tmp_path / "a.csv", 'text\ngood\n"no end\nmore\n'))
    assert [page.body for page in pages] == [b"good"]
    assert failure.reason.startswith("not CSV from line 4 on (unexpected end of data), 1 rows before it were loaded")


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    assert only_failure(tmp_path / "none.txt") == "does not exist; check the spelling"
    (tmp_path / "empty").mkdir()
    assert only_failure(tmp_path / "empty").startswith("holds no file")
    os.mkfifo(tmp_path / "pipe.txt")
    assert only_failure(tmp_path / "pipe.txt").startswith("neither a file nor a folder")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "links" / "circle").symlink_to(tmp_path)
    pages, (failure,) = outcome(tmp_path / "links")
    assert (pages, failure.path) == ([], str(tmp_path / "links" / "gone.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "x")
    path.chmod(0)
    assert only_failure(path).startswith("cannot be read (Permission denied)")


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "a.txt"
    with huge.open("wb") as file:
        file.truncate(localfile.MAX_FILE + 1)  # sparse
    assert only_failure(huge).startswith("has 512 MiB, more than 512; split it")
    bomb = write(tmp_path / "b.jsonl.zst", zstandard.compress(b'{"text": "a"}\n' + b" " * (localfile.MAX_LINE + 1)))
    pages, (failure,) = outcome(bomb)
    assert len(pages) == 1
    assert failure.reason == "line 2 is longer than 64 MiB, 1 before it were loaded"
    wide = write(tmp_path / "c.csv", "text\na\n" + "x" * (localfile.MAX_LINE + 1) + "\n")
    pages, (failure,) = outcome(wide)
    assert len(pages) == 1
    assert "field larger than field limit" in failure.reason


def test_names_that_are_no_text(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xd5\xfe\xb2\xdf"  # 政策 in GBK, as old archives unpack
    Path(os.fsdecode(folder)).mkdir()
    for name in (b"/\xb9\xab.txt", b"/\xb9\xab.mp4"):
        write(Path(os.fsdecode(folder + name)), "x")
    (page,), (failure,) = outcome(Path(os.fsdecode(folder)))
    assert page.url.endswith("/%B9%AB.txt")
    assert failure.path.endswith(r"\xb9\xab.mp4")
    assert (page.source + failure.path + failure.reason).encode()


def foreign(*, packed: bool = True) -> bytes:
    """What another crawler would write: coded bodies, sha1 digests, requests and DNS answers in between."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    date = {"WARC-Date": "2020-05-06T07:08:09.123456Z"}

    def add(url: str, kind: str, body: bytes, *headers: tuple[str, str]) -> None:
        head = StatusAndHeaders("200 OK", list(headers), protocol="HTTP/1.1") if headers else None
        writer.write_record(
            writer.create_warc_record(
                url, kind, payload=BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=dict(date)
            )
        )

    add("dns:a.gov.cn", "response", b"1.2.3.4")
    page = gzip.compress("<p>正文</p>".encode(), mtime=0)
    chunked = b"%x\r\n" % len(page) + page + b"\r\n0\r\n\r\n"
    kind = ("Content-Type", "Text/HTML; charset=gbk")
    add(
        "http://a.gov.cn/1#x", "response", chunked, kind, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")
    )
    add("http://a.gov.cn/2", "response", b"not gzip at all", kind, ("Content-Encoding", "gzip"))
    add("http://a.gov.cn/3", "resource", b"plain")
    add("http://a.gov.cn/4", "response", b"last", kind)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_warc_of_another_crawler(tmp_path: Path, name: str) -> None:
    pages, failures = outcome(write(tmp_path / name, foreign(packed=name.endswith(".gz"))), collection="c")
    assert failures == []
    assert [(page.url, page.body.decode(), page.status) for page in pages] == [
        ("http://a.gov.cn/1", "<p>正文</p>", 200),
        ("http://a.gov.cn/2", "not gzip at all", 200),
        ("http://a.gov.cn/3", "plain", None),
        ("http://a.gov.cn/4", "last", 200),
    ]
    assert {page.captured for page in pages} == {datetime(2020, 5, 6, 7, 8, 9, tzinfo=UTC)}
    assert {page.source for page in pages} == {"c"}
    assert [page.media_type for page in pages] == ["text/html", "text/html", "application/warc-record", "text/html"]
    assert pages[0].headers[0] == ("Content-Type", "Text/HTML; charset=gbk")
    store = RawStore(tmp_path / "raw")
    for run, verdict in (("r1", "new"), ("r2", "unchanged")):
        with store.writer("c", run) as writer:
            assert {writer.put(page) for page in pages} == {verdict}
    (shard,) = store.shards()
    assert [record.page for record in store.records(shard)] == pages
    reloaded, _ = outcome(shard, collection="c")  # our own files are WARC files as well
    assert reloaded == pages


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_warc_cut_anywhere_in_its_last_record(tmp_path: Path, name: str) -> None:
    whole = foreign(packed=name.endswith(".gz"))
    last = whole.rindex(b"\x1f\x8b\x08") if name.endswith(".gz") else whole.rindex(b"WARC/1.0")
    for size in range(last + 1, len(whole)):
        pages, failures = outcome(write(tmp_path / name, whole[:size]))
        assert [page.url[-1] for page in pages] == ["1", "2", "3"]
        assert [failure.reason.split(",")[0] for failure in failures] == [f"whole up to byte {last} of {size}"]


def test_a_second_identical_load_is_no_news(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", "a")
    write(tmp_path / "in" / "b.csv", "标题,正文,类别\n甲,乙,一\n甲,乙,二\n")
    same = '{"url": "http://a.gov.cn/", "text": "t", "kind": "%d"}\n'
    write(tmp_path / "in" / "c.jsonl", same % 1 + same % 2)
    write(tmp_path / "in" / "d.warc", foreign(packed=False))
    store = RawStore(tmp_path / "raw")
    for day, verdict in ((0, "new"), (1, "unchanged"), (2, "unchanged")):
        with store.writer("in", f"r{day}") as writer:
            for page in load([tmp_path / "in"], collection=None, now=NOW + timedelta(days=day)):
                assert isinstance(page, Page)
                assert writer.put(page) == verdict
    assert [shard.name for shard in store.shards()] == ["r0.warc.gz"]


CELLS = st.text(st.characters(codec="utf-8"), max_size=40)


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_table_keeps_its_cells(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("table") / "a.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["标题", "正文"])
        writer.writerows(rows)
    pages, _ = outcome(path)
    filled = [(title, text) for title, text in rows if title.strip() or text.strip()]
    assert [page.body.decode() for page in pages] == [text if text.strip() else "" for _, text in filled]
    assert [dict(page.hints).get("title", "") for page in pages] == [title.strip() for title, _ in filled]


@pytest.mark.soak
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".warc"]))
@settings(max_examples=5000, deadline=None)
def test_no_junk_breaks_the_load(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    folder = tmp_path_factory.mktemp("junk")
    write(folder / f"a{suffix}", data)
    write(folder / "b.txt", "good")
    pages, failures = outcome(folder)
    assert pages[-1].body == b"good"
    assert len(failures) <= 1
