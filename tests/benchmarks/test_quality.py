"""The quality of ours on our own pages may not sink, and the scorer sees what is wrong. No peer is needed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.extractors import OURS, Extractor, Found
from benchmarks.quality.floors import figures, read_floors, rounded, sunk, write_floors
from benchmarks.quality.gold import Gold, GoldError, decode_right
from benchmarks.quality.measure import Result, assess, clock, judge
from benchmarks.quality.ownpages import own_page
from benchmarks.quality.report import BEGIN, END, insert, misses, report
from benchmarks.quality.sets import OWN, load_set, without_head
from benchmarks.quality.summary import Summary, summarize
from pipeline.text import letters

TEXT = "各县级市人民政府，苏州工业园区管委会：现将《苏州市生物医药产业创新集群建设实施方案》印发给你们，请认真落实。"
TABLE = (("序号", "任务", "责任单位"), ("1", "数字融合", "市工信局"), ("2", "金融赋能", "市金融局"))
GOLD = Gold(
    name="notice",
    url="http://www.example.gov.cn/1.html",
    body=TEXT.encode(),
    html=TEXT,
    text=TEXT,
    facts={"title": "关于印发实施方案的通知", "written": "2022-05-19", "effective": None},
    tables=(TABLE,),
    marks=frozenset(["flag suspect_lost_chars"]),
)
RIGHT = Found(text=TEXT, facts=GOLD.facts, tables=GOLD.tables, marks=GOLD.marks)


def figures_of(*found: Found, gold: Gold = GOLD) -> Summary:
    return summarize(Result("ours", tuple(judge(gold, one) for one in found)))


@pytest.fixture(scope="module")
def own() -> tuple[Summary, list[str]]:
    pages, problems = load_set(OWN, Path())
    return summarize(assess(pages, OURS)), problems


def test_our_own_pages_can_all_be_used(own: tuple[Summary, list[str]]) -> None:
    assert own[1] == []


def test_no_figure_sinks_below_its_floor(own: tuple[Summary, list[str]]) -> None:
    assert sunk(figures(own[0]), read_floors()) == []


def test_a_figure_that_sinks_is_seen(tmp_path: Path) -> None:
    good = figures_of(RIGHT)
    write_floors(good, tmp_path / "floors.yml")
    floors = read_floors(tmp_path / "floors.yml")
    assert sunk(figures(good), floors) == []
    bad = replace(RIGHT, text=TEXT[:-9], facts={**GOLD.facts, "title": None, "effective": "2022-06-01"}, tables=())
    worse = [line.split()[0] for line in sunk(figures(figures_of(bad)), floors)]
    assert worse == ["f1", "loss", "cells", "metadata", "invented"]
    assert sunk(figures(good), {"f1": 1.0}) != []


def test_floors_are_rounded_to_the_worse_side() -> None:
    assert (rounded("f1", 0.99999), rounded("loss", 0.00001), rounded("pages", 41)) == (0.999, 0.001, 41)


def test_a_right_record_gets_everything() -> None:
    summary = figures_of(RIGHT)
    assert (summary.precision, summary.recall, summary.f1, summary.loss) == (1, 1, 1, 0)
    assert (summary.cells, summary.metadata, summary.invented, summary.marks) == (1, 1, (0, 1), (1, 1))
    assert misses({"x": [Result("ours", (judge(GOLD, RIGHT),))]}) == []


def test_width_and_script_are_nobodys_loss() -> None:
    other = replace(RIGHT, text=TEXT.replace("，", ",\n").replace("现将", "現將"))
    assert figures_of(other).f1 == 1


def test_a_lost_character_costs_recall_and_loss() -> None:
    summary = figures_of(replace(RIGHT, text=TEXT.replace("建设实施", "建实施")))
    length = len(letters(TEXT))
    assert summary.loss == pytest.approx(1 / length)
    assert summary.recall == pytest.approx((length - 4 - 5) / (length - 4))  # it stood in five grams
    assert summary.precision < 1


def test_an_added_footer_costs_precision_only() -> None:
    summary = figures_of(replace(RIGHT, text=TEXT + "主办单位：青屿市人民政府办公室"))
    assert (summary.recall, summary.loss) == (1, 0)
    assert summary.precision < 0.8


def test_text_of_a_page_without_text_is_wrong() -> None:
    empty = replace(GOLD, text="")
    assert figures_of(replace(RIGHT, text=""), gold=empty).f1 == 1
    assert figures_of(RIGHT, gold=empty).f1 == 0


def test_a_page_without_a_document_is_right_when_it_is_refused() -> None:
    listing = replace(GOLD, text=None, facts={}, tables=None, marks=frozenset())
    assert figures_of(replace(RIGHT, text=""), RIGHT, gold=listing).refused == (1, 2)
    assert figures_of(RIGHT, gold=listing).pages == 0


def test_an_invented_date_is_no_wrong_one() -> None:
    invented = figures_of(replace(RIGHT, facts={**GOLD.facts, "effective": "2022-06-01"}))
    assert (invented.metadata, invented.invented) == (1, (1, 1))
    wrong = figures_of(replace(RIGHT, facts={**GOLD.facts, "written": "2022-05-20"}))
    assert (wrong.metadata, wrong.invented, wrong.fields["written"]) == (0.5, (0, 1), (0, 1))


def test_a_field_that_a_peer_never_gives_is_not_judged() -> None:
    assert figures_of(replace(RIGHT, facts={"title": "通知"})).fields == {"title": (0, 1)}
    assert figures_of(replace(RIGHT, facts=None)).metadata is None


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ([*TABLE], 9),
        ([("重点工作清单",), *TABLE], 9),  # the caption taken for a row
        ([TABLE[0], ("1", "市工信局", ""), TABLE[2]], 7),  # a cell that slipped to the left
        ([TABLE[0], ("1", "金融赋能", "市工信局"), ("2", "数字融合", "市金融局")], 7),  # two cells that changed rows
        ([TABLE[0], TABLE[2], TABLE[1]], 6),  # rows out of order
        ([TABLE[0]], 3),
    ],
)
def test_cells_count_in_their_place(rows: list[tuple[str, ...]], right: int) -> None:
    cells = judge(GOLD, replace(RIGHT, tables=(tuple(rows),))).cells
    assert cells is not None
    assert (cells.right, cells.gold) == (right, 9)


def test_tables_are_compared_in_their_order() -> None:
    second = (("年份", "数量"), ("2022", "5"))
    two = replace(GOLD, tables=(TABLE, second))
    assert judge(two, replace(RIGHT, tables=(second,))).cells == judge(two, replace(RIGHT, tables=((), second))).cells
    swapped = judge(two, replace(RIGHT, tables=(second, TABLE))).cells
    assert swapped is not None
    assert swapped.right == 9


def test_a_table_where_there_is_none_is_invented() -> None:
    bare = replace(GOLD, tables=())
    assert figures_of(RIGHT, replace(RIGHT, tables=()), gold=bare).invented == (1, 4)


def test_a_peer_that_gives_up_gets_nothing_and_is_counted() -> None:
    def fail(page: Gold) -> Found:
        raise ValueError(page.name)

    peer = Extractor(
        name="peer", run=fail, look=fail, errors=(ValueError,), nothing=Found(text="", facts={"title": None})
    )
    summary = summarize(assess([GOLD], peer))
    assert (summary.f1, summary.loss, summary.errors, summary.metadata) == (0, 1, 1, 0)
    assert clock([GOLD], [peer, OURS], 1).keys() == {"peer", "zhengce"}
    with pytest.raises(ValueError, match="notice"):
        assess([GOLD], replace(peer, errors=(KeyError,)))


def test_what_ours_missed_is_said() -> None:
    bad = replace(RIGHT, text=TEXT[:-9], facts={**GOLD.facts, "title": "通知"}, tables=(), marks=frozenset())
    lines = misses({"x": [Result("ours", (judge(GOLD, bad),))]})
    assert [line.split(": ")[0] for line in lines] == ["x/notice"] * 4
    assert "x/notice: lacks flag suspect_lost_chars" in lines


def test_the_page_is_decoded_right_for_the_peers() -> None:
    page = f'<?xml version="1.0" encoding="gbk"?><html><meta charset="utf-8"><p>{TEXT}</p>'
    for encoding in ("utf-8", "gb18030", "utf-16"):
        decoded = decode_right(page.encode(encoding), TEXT)
        assert TEXT in decoded
        assert not decoded.startswith("<?xml")
    assert "蘇州市" in decode_right(
        "<p>蘇州市人民政府關於推動產業發展的通知</p>".encode("big5"), "苏州市人民政府关于推动产业发展的通知"
    )


def test_the_head_of_a_gold_text_is_dropped() -> None:
    text = "国务院关于加强\n工作的意见\n国办发〔2019〕4号\n各省：\n按国办发〔2018〕1号"
    assert without_head(text, "国办发〔2019〕4号") == "各省：\n按国办发〔2018〕1号"
    assert without_head("国务院令\n第706号\n条例", "国令第706号") == "条例"
    with pytest.raises(GoldError, match="does not open"):
        without_head("各省：\n一、", "国办发〔2019〕4号")


def write(folder: Path, card: str) -> Path:
    (folder / "a.html").write_bytes(f"<p>{TEXT}</p>".encode("gb18030"))
    (folder / "a.yml").write_text(card, encoding="utf-8")
    return folder / "a.yml"


CARD = f"""\
url: http://www.example.gov.cn/1.html
title: 关于印发实施方案的通知
published: 2022-05-20 10:08
tables: [{{header: [序号], rows: [[1.10]]}}]
attachments: [{{name: 附件.docx, url: "http://a/1.docx"}}]
flags: [suspect_lost_chars]
relations: [{{type: issues, target_title: 实施方案}}]
text: |
  {TEXT}
"""


def test_a_gold_page_is_read(tmp_path: Path) -> None:
    page = own_page(write(tmp_path, CARD), "a")
    assert TEXT in page.html
    assert page.facts["title"] == "关于印发实施方案的通知"
    assert (page.facts["published"], page.facts["published_time"]) == ("2022-05-20", "10:08")
    assert page.facts["written"] is None
    assert page.facts["attachments"] == "附件.docx http://a/1.docx"
    assert page.tables == ((("序号",), ("1.10",)),)
    assert page.marks == {"flag suspect_lost_chars", "issues 实施方案"}


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        (CARD.replace("title:", "titel:"), "unknown keys titel"),
        (CARD.replace("2022-05-20 10:08", "soon"), "published: soon is not a date"),
        (CARD.replace("text: |", "note: |").replace("flags", "extra"), "either text or refused"),
        (CARD + "refused: true\n", "either text or refused"),
        (CARD.replace("url: http", "note: http"), "'url'"),
        ("text: [", "is not YAML"),
    ],
)
def test_a_gold_page_with_a_slip_is_named(card: str, reason: str, tmp_path: Path) -> None:
    write(tmp_path, card)
    pages, problems = load_set(OWN, Path(), tmp_path)
    assert pages == []
    assert [reason in line and "a.yml" in line and "\n" not in line for line in problems] == [True]


def test_a_gold_page_without_its_bytes_is_named(tmp_path: Path) -> None:
    write(tmp_path, CARD)
    (tmp_path / "a.html").unlink()
    assert "a.html" in load_set(OWN, Path(), tmp_path)[1][0]


def test_one_run_measures_what_is_there_and_names_what_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "gov-pages"
    folder.mkdir()
    page = f"<html><body><div class=nav><a href=/>首页</a></div><div id=zoom><p>{TEXT}</p></div></body></html>"
    (folder / "a.html").write_text(page, encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    rows = [{"file": "list.html"}, {"file": "lost.html", "gold": "lost.txt"}, {"file": "a.html", "gold": "a.txt"}]
    (folder / "index.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    words = ["--data", str(tmp_path), "--peers", "--rounds", "0", "--json", str(tmp_path / "out.json")]
    guide = tmp_path / "quality.md"
    guide.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    assert main([*words, "--only", "gov-pages", "zh-web", "--markdown", str(guide)]) == 1
    told = capsys.readouterr()
    assert "| zhengce | 1.0000 |" in told.out
    problems = told.err.splitlines()[1:]
    assert len(problems) == 3
    assert "holds no zh-web" in problems[0]
    assert "lost.html" in problems[1]
    assert "left as it is" in problems[2]
    assert guide.read_text(encoding="utf-8") == f"{BEGIN}\n{END}\n"
    sheets = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["gov-pages"][0]["sheets"]
    assert [sheet["page"] for sheet in sheets] == ["a.html"]
    with pytest.raises(SystemExit):
        main(["--only", "no-such-set"])


def test_the_report_goes_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(f"# Quality\n{BEGIN}\nold\n{END}\nend\n", encoding="utf-8")
    peer = replace(RIGHT, tables=None, marks=None, facts=None)
    results = {
        "pages": [Result("zhengce", (judge(GOLD, RIGHT),), 0.5), Result("trafilatura", (judge(GOLD, peer),), 1.0)]
    }
    insert(page, report(results, ["trafilatura"]))
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# Quality\n{BEGIN}\nMeasured with Python")
    assert text.endswith(f"{END}\nend\n")
    assert "old" not in text
    assert "| zhengce | 1.0000 | 1.0000 | 1.0000 | 0.00% | 1 | 0 | n/a | 1.000 | 0/1 | 0 | 2.0 |" in text
    assert "Pages/s: 2.0 × trafilatura, finished record and all." in text
    page.write_text("# Quality\n", encoding="utf-8")
    with pytest.raises(GoldError, match="needs one line"):
        insert(page, "x")
