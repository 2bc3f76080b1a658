"""`zhengce diff`: two versions, named in any way that is clear, compared for people and for machines."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import EPOCH, notice
from pyarrow import parquet

from crawler.page import Page, document_id
from crawler.store import RawStore
from flows.diff import Kind
from flows.root import Root
from pipeline.corpus.changes import KINDS

if TYPE_CHECKING:
    from conftest import Zhengce

RECORD = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
DAY = datetime(2025, 12, 1, tzinfo=UTC)
OLD, NEW = ("http://www.suzhou.gov.cn/old.html", "http://www.suzhou.gov.cn/new/1.html")


@pytest.fixture
def edited(zhengce: Zhengce, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> Zhengce:
    """Two versions: 120 factories in Suzhou became 150 on the next day, and a notice of Wuxi came."""
    assert zhengce("run", inbox).exit_code == 0
    (inbox / "苏州.txt").write_text(notice("苏州市", "苏府〔2025〕11号", 150), encoding="utf-8")
    (inbox / "wuxi.txt").write_text(notice("无锡市", "锡政发〔2025〕3号", 60), encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 24 * 3600))
    assert zhengce("run", inbox).exit_code == 0
    return zhengce


def versions(root: Path) -> list[str]:
    """The first one and the one after it."""
    latest = json.loads((root / "clean" / "latest.json").read_text())["version"]
    return [json.loads((root / "clean" / latest / "manifest.json").read_text())["previous"], latest]


def told(zhengce: Zhengce, *words: object) -> dict[str, Any]:
    result = zhengce("diff", *words, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_machines_get_every_change_and_its_paragraphs(edited: Zhengce, corpus: Path) -> None:
    first, second = versions(corpus)
    found = told(edited, first, second)
    assert (found["before"], found["after"]) == (first, second)
    assert found["counts"] == {"added": 1, "modified": 1, "moved": 0, "withdrawn": 0, "dropped": 0}
    added, modified = found["changes"]
    assert (added["type"], added["url"], added["diff"]) == ("added", "urn:zhengce:inbox/wuxi.txt", None)
    assert (modified["type"], modified["fields"]) == ("modified", ["text"])
    gone, came = (line for line in modified["diff"].split("\n") if line[0] in "-+")
    assert (gone[0], came[0], gone[1:].replace("120", "150")) == ("-", "+", came[1:])


def test_the_json_is_as_the_record_shows_it(edited: Zhengce) -> None:
    shown = json.loads(RECORD.split("```json title=diff\n")[1].split("```")[0])
    found = told(edited, "--only", "modified")
    assert (found.keys(), found["counts"].keys()) == (shown.keys(), shown["counts"].keys())
    assert found["changes"][0].keys() == shown["changes"][0].keys()


def test_people_see_the_paragraphs(edited: Zhengce) -> None:
    shown = edited("diff").stdout
    for part in ("1 added, 1 modified", "无锡市人民政府", "fields    text", "建成绿色工厂120家", "建成绿色工厂150家"):
        assert part in shown
    assert "\x1b" not in shown


def test_words_that_differ_are_marked(edited: Zhengce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = edited("diff").stdout
    assert "绿色工厂1\x1b[0m\x1b[1;4;31m2\x1b[0m" in shown
    assert "绿色工厂1\x1b[0m\x1b[1;4;32m5\x1b[0m" in shown


def test_a_version_has_several_names_and_the_order_may_be_turned(edited: Zhengce, corpus: Path) -> None:
    first, second = versions(corpus)
    expected = told(edited, first, second)
    for pair in (("previous", "latest"), (), (first[:10], second[:10]), (f"{corpus}/clean/{first}", second)):
        assert told(edited, *pair) == expected
    turned = told(edited, second, first)
    assert [(one["type"], one["url"][-8:]) for one in turned["changes"]] == [
        ("modified", expected["changes"][1]["url"][-8:]),
        ("dropped", "wuxi.txt"),
    ]
    assert "none" in edited("diff", "latest", "latest").stdout


def test_only_some_types(edited: Zhengce) -> None:
    assert [one["type"] for one in told(edited, "--only", "modified")["changes"]] == ["modified"]
    assert [one["type"] for one in told(edited, "--only", "modified", "--only", "added")["changes"]] == [
        "added",
        "modified",
    ]
    assert told(edited, "--only", "moved")["counts"]["added"] == 1
    assert edited("diff", "--only", "nonsense").exit_code == 2
    assert tuple(Kind) == KINDS


def test_many_changes_are_counted_and_asked_for(zhengce: Zhengce, inbox: Path) -> None:
    assert zhengce("run", inbox).exit_code == 0
    for number in range(25):
        text = notice("无锡市", f"锡政发〔2025〕{number + 20}号", 60 + number)
        (inbox / f"wuxi-{number}.txt").write_text(text, encoding="utf-8")
    assert zhengce("run", inbox).exit_code == 0
    shown = zhengce("diff").stdout
    assert (shown.count("\nadded"), "5 more added; --only added shows all" in shown) == (20, True)
    assert zhengce("diff", "--only", "added").stdout.count("\nadded") == 25


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2019", "latest"), "holds no version 2019; the newest there are: 2026-01-01-"),
        (("2026-01", "latest"), "2026-01 means 2 versions; give more of one name: 2026-01-01-"),
        (("../clean", "latest"), "holds no version ../clean"),
    ],
)
def test_a_name_that_is_not_clear_is_one_line(edited: Zhengce, words: tuple[str, ...], says: str) -> None:
    result = edited("diff", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_before_the_second_version_there_is_nothing_to_compare(zhengce: Zhengce, inbox: Path) -> None:
    result = zhengce("diff")
    assert (result.exit_code, "holds no release yet" in result.stderr) == (1, True)
    assert zhengce("run", inbox).exit_code == 0
    result = zhengce("diff")
    assert (result.exit_code, "is the first version" in result.stderr) == (2, True)


def put(root: Root, day: int, *pages: tuple[str, str | None]) -> None:
    """A night of a crawl. A page without a text answers 404."""
    with RawStore(root.raw).writer("portal", f"night-{day}") as writer:
        for url, text in pages:
            body, status = (text.encode(), 200) if text else (b"<h1>404</h1>", 404)
            facts = {"url": url, "source": "portal", "body": body, "status": status, "media_type": "text/plain"}
            writer.put(Page(**facts, captured=DAY + timedelta(day)))  # type: ignore[arg-type]


def test_from_404_to_tombstone_and_to_a_new_address(zhengce: Zhengce, corpus: Path) -> None:
    """Two pages go: one for good, one to a new address. Nobody loses a text, and the old id still leads to it."""
    root, gone = Root(corpus), "http://www.suzhou.gov.cn/gone.html"
    wuxi = notice("无锡市", "锡政发〔2025〕3号", 60)
    suzhou = notice("苏州市", "苏府〔2025〕11号", 120)
    put(root, 0, (OLD, suzhou), (gone, wuxi))
    assert zhengce("release").exit_code == 0
    put(root, 1, (OLD, None), (gone, None), (NEW, suzhou.replace("120家", "150家")))
    assert zhengce("release").exit_code == 0
    assert told(zhengce)["counts"]["added"] == 1  # one night's 404 proves nothing
    put(root, 2, (OLD, None), (gone, None))
    assert zhengce("release").exit_code == 0
    first = sorted((corpus / "clean").glob("2025-12-01-*"))[0].name
    moved, withdrawn = told(zhengce, first, "latest")["changes"]
    assert (moved["type"], moved["id"], moved["previous_id"]) == ("moved", document_id(NEW), document_id(OLD))
    assert "150家" in moved["diff"]
    assert (withdrawn["type"], withdrawn["url"]) == ("withdrawn", gone)
    assert json.loads(zhengce("why", gone, "--json").stdout)["document"]["doc_number"] == "锡政发〔2025〕3号"
    latest = corpus / "clean" / versions(corpus)[1]
    rows = parquet.read_table(latest / "documents", columns=["url", "withdrawn", "aliases"]).to_pylist()
    assert sorted(rows, key=lambda row: row["url"]) == [
        {"url": gone, "withdrawn": date(2025, 12, 3), "aliases": []},
        {"url": NEW, "withdrawn": None, "aliases": [document_id(OLD)]},
    ]
