"""`zhengce sources learn`: from the pages in raw/ to a file beside the cards, and to cleaner documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from crawler.source import load_sources
from flows.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Zhengce = Callable[..., Result]

PLACES = {"苏州市": "防汛", "烟台市": "消防", "沈阳市": "供水", "昆山市": "供热", "南通市": "养老", "无锡市": "托育"}
PAGE = """智慧云桌面
{place}人民政府关于做好{subject}工作的通知
各县（区）人民政府，市政府各部门：
为做好{place}{subject}工作，保障群众利益，现就{subject}检查的有关任务通知如下。
{place}各级{subject}管理机构要在月底前完成{subject}检查，问题清单报{place}{subject}办公室。
特此通知。
申报流程图
站群服务台
"""


def pages(folder: Path) -> Path:
    """Six pages of one site and a copy of one of them."""
    folder.mkdir()
    for number, (place, subject) in enumerate(PLACES.items()):
        (folder / f"{number}.txt").write_text(PAGE.format(place=place, subject=subject), encoding="utf-8")
    (folder / "copy.txt").write_text(PAGE.format(place="苏州市", subject="防汛"), encoding="utf-8")
    return folder


@pytest.fixture
def loaded(zhengce: Zhengce, tmp_path: Path, inbox: Path) -> Zhengce:
    """raw/ with the pages of a site and with the inbox, whose two pages teach nothing."""
    assert zhengce("load", pages(tmp_path / "site")).exit_code == 0
    assert zhengce("load", inbox).exit_code == 0
    return zhengce


def test_what_was_learned_is_written_beside_the_cards(loaded: Zhengce, corpus: Path) -> None:
    result = loaded("sources", "learn", "site")
    assert result.exit_code == 0
    path = corpus / "sources" / "site.furniture.yml"
    assert str(path) in result.stdout
    assert "release" in result.stdout
    learned = load_sources(corpus)["site"].furniture
    assert learned is not None
    assert (learned.of, learned.newest.isoformat()) == (6, "2026-01-01")
    assert learned.head == {"智慧云桌面": 6}
    assert learned.foot == {"申报流程图": 6, "站群服务台": 6}


def test_the_same_pages_give_the_same_bytes(loaded: Zhengce, corpus: Path, tmp_path: Path) -> None:
    loaded("sources", "learn", "site")
    path = corpus / "sources" / "site.furniture.yml"
    first = path.read_bytes()
    assert json.loads(loaded("sources", "learn", "site", "--json").stdout)["sources"][0]["state"] == "unchanged"
    other = tmp_path / "other"
    runner = CliRunner()
    for name in sorted((path.name for path in (tmp_path / "site").iterdir()), reverse=True):  # a shard each
        runner.invoke(app, ["--root", str(other), "load", str(tmp_path / "site" / name)])
    assert runner.invoke(app, ["--root", str(other), "sources", "learn", "site"]).exit_code == 0
    assert (other / "sources" / "site.furniture.yml").read_bytes() == first


def test_a_dry_run_writes_nothing(loaded: Zhengce, corpus: Path) -> None:
    result = loaded("sources", "learn", "site", "--dry-run")
    assert result.exit_code == 0
    assert "智慧云桌面" in result.stdout
    assert not (corpus / "sources").exists()


def test_json_tells_what_was_learned(loaded: Zhengce, corpus: Path) -> None:
    found = json.loads(loaded("sources", "learn", "site", "inbox", "site", "--json").stdout)
    assert found["sources"] == [
        {
            "source": "site",
            "path": str(corpus / "sources" / "site.furniture.yml"),
            "state": "new",
            "pages": 7,
            "documents": 6,
            "head": {"智慧云桌面": 6},
            "foot": {"申报流程图": 6, "站群服务台": 6},
        },
        {
            "source": "inbox",
            "path": str(corpus / "sources" / "inbox.furniture.yml"),
            "state": "none",
            "pages": 2,
            "documents": 1,
            "head": {},
            "foot": {},
        },
    ]
    assert not (corpus / "sources" / "inbox.furniture.yml").exists()


def test_a_file_without_reason_is_removed(loaded: Zhengce, corpus: Path) -> None:
    loaded("sources", "learn", "site")
    text = (corpus / "sources" / "site.furniture.yml").read_text(encoding="utf-8")
    stale = corpus / "sources" / "jiangsu" / "inbox.furniture.yml"
    stale.parent.mkdir()
    stale.write_text(text.replace("source: site", "source: inbox"), encoding="utf-8")
    loaded("sources", "learn", "inbox", "--dry-run")
    assert stale.exists()
    assert json.loads(loaded("sources", "learn", "inbox", "--json").stdout)["sources"][0]["state"] == "removed"
    assert not stale.exists()


def test_learning_cleans_that_source_again_and_no_other(loaded: Zhengce, corpus: Path) -> None:
    def cached() -> set[Path]:
        return set((corpus / "clean" / ".cache").glob("*.parquet"))

    def why(page: str) -> list[str]:
        found = json.loads(loaded("why", page, "--json").stdout)
        return [removal["rule"] for removal in found["removals"]]

    loaded("release")
    before = cached()
    assert "furniture.learned" not in why("3.txt")
    loaded("sources", "learn", "site")
    refused = loaded("release")
    assert refused.exit_code == 3
    assert "read otherwise than before" in refused.stderr
    assert loaded("release", "--force", "--because", "lines of the site were learned").exit_code == 0
    assert before < cached()
    assert len(cached() - before) == 1
    assert why("3.txt").count("furniture.learned") == 3


def test_the_newest_capture_counts(
    loaded: Zhengce, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded("sources", "learn", "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    for page in (tmp_path / "site").iterdir():
        page.write_text(page.read_text(encoding="utf-8").replace("站群服务台", "新站群服务台"), encoding="utf-8")
    loaded("load", tmp_path / "site")
    assert json.loads(loaded("sources", "learn", "site", "--json").stdout)["sources"][0]["state"] == "changed"
    learned = load_sources(corpus)["site"].furniture
    assert learned is not None
    assert learned.newest.isoformat() == "2026-01-02"
    assert set(learned.foot) == {"申报流程图", "新站群服务台"}


def test_html_pages_teach_too(zhengce: Zhengce, corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "portal"
    folder.mkdir()
    for number, (place, subject) in enumerate(PLACES.items()):
        lines = "".join(f"<p>{line}</p>" for line in PAGE.format(place=place, subject=subject).splitlines())
        (folder / f"{number}.html").write_text(f"<html><body>{lines}</body></html>", encoding="utf-8")
    zhengce("load", folder)
    found = json.loads(zhengce("sources", "learn", "portal", "--json").stdout)["sources"][0]
    assert {"特此通知。", "各县(区)人民政府,市政府各部门:"}.isdisjoint({*found["head"], *found["foot"]})
    assert found["documents"] == 6


def test_a_source_that_raw_does_not_hold_is_wrong_use(loaded: Zhengce, corpus: Path) -> None:
    result = loaded("sources", "learn", "site", "nowhere")
    assert result.exit_code == 2
    assert result.stderr == f"error: {corpus / 'raw'} holds no pages of nowhere; it holds inbox, site\n"
    assert not (corpus / "sources").exists()


def test_help_has_an_example(zhengce: Zhengce) -> None:
    assert "learn" in zhengce("sources", "--help").stdout
    result = zhengce("sources", "learn", "--help")
    assert result.exit_code == 0
    assert "zhengce sources learn" in result.stdout.split("Example:")[1]
