"""The spam benchmark injects what it says, the same for one seed, and counts known cases exactly."""

from __future__ import annotations

import html
import re
from pathlib import Path
from random import Random

import pytest

from benchmarks.spam import damage
from benchmarks.spam.__main__ import main
from benchmarks.spam.anatomy import Clean, anatomy, plain_anatomy, splice
from benchmarks.spam.bases import bases
from benchmarks.spam.controls import Control, bare, check, honest, marked
from benchmarks.spam.cost import GROUPS, clock
from benchmarks.spam.injection import Injection
from benchmarks.spam.measure import Sheet, cases, measure
from benchmarks.spam.report import ALL, misses, summaries, technique_table
from benchmarks.spam.roundtrip import main as roundtrip
from benchmarks.spam.rows import Bench, strict
from benchmarks.spam.score import align, judge, measured, spam_in
from benchmarks.spam.techniques import HTML, PLAIN, TECHNIQUES, generate
from benchmarks.spam.tools import KEYWORDS, OURS, TOOLS, Seen, keyword_filter
from benchmarks.spam.trips import Sound, aligned, regulation
from benchmarks.spam.vocabulary import Writer, vocabulary

NOWHERE = Path("no-such-folder")  # so that only the pages of the project are there
PARAGRAPHS = (
    "各县级市人民政府，各区人民政府，市政府各部门、各直属单位：",
    "为进一步加强城市地下空间管理，提高综合利用效率，现就有关事项通知如下。",
    "一、严格落实规划管控要求，统筹安排人防、交通、市政等设施。各区应当于年底前完成普查。",
    "二、鼓励社会资本参与建设，依法保障投资者的合法权益，具体办法由市自然资源局另行制定。",
)
TEXT = "\n".join(PARAGRAPHS)
TITLE = "关于加强城市地下空间管理的通知"
SOURCE = (
    f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div class="nav">首页</div>'
    f"<h1>{TITLE}</h1><div>{''.join(f'<p>　　{line}</p>' for line in PARAGRAPHS)}</div></body></html>"
)
URL = "http://www.chengyuan.gov.cn/art/2022/5/1/art_1_1.html"
PAGE = anatomy("notice", URL, SOURCE, TEXT, TITLE)
PLAIN_PAGE = plain_anatomy("notice.txt", URL, f"{TITLE}\n\n{TEXT}")
VARIANTS = [
    (technique, variant, PLAIN_PAGE if technique in PLAIN else PAGE)
    for technique, variants in TECHNIQUES.items()
    for variant in variants
]


def strings(spam: Injection) -> tuple[str, ...]:
    return (*spam.text, *spam.title, *spam.unseen)


def control(**changes: object) -> Control:
    values = {"tool": OURS, "page": "c", "lost": 0, "body": 9, "flagged": False, "missing": (), "rules": ()} | changes
    return Control(**values)  # type: ignore[arg-type]


def test_every_technique_has_three_variants() -> None:
    assert {name: len(variants) for name, variants in TECHNIQUES.items() if len(variants) < 3} == {}
    assert not set(HTML) & set(PLAIN)


@pytest.mark.parametrize(("technique", "variant", "page"), VARIANTS)
def test_one_seed_writes_one_page_and_its_strings_stand_in_it(technique: str, variant: str, page: Clean) -> None:
    spam = generate(page, technique, variant, 7)
    assert spam == generate(page, technique, variant, 7)
    assert spam != generate(page, technique, variant, 8)
    whole, before = html.unescape(spam.page), measured(html.unescape(page.source))
    readable = measured(whole), measured(re.sub(r"<[^>]*>", "", whole))  # in attributes, and across tags
    for text in strings(spam):
        assert any(measured(text) in shown for shown in readable)
        assert not text or measured(text) not in before
    assert strings(spam) or technique == "script droppers"  # escaped scripts hold no string that anyone could read


@pytest.mark.parametrize(("technique", "variant", "page"), [row for row in VARIANTS if row[2].plain])
def test_a_plain_text_grows_by_its_strings_alone(technique: str, variant: str, page: Clean) -> None:
    spam = generate(page, technique, variant, 3)
    difference = align(measured(page.source), measured(spam.page))
    tool = len("分享") if variant == "label, |" else 0  # a line of the page's tools, which is no spam
    assert difference.deleted == ()
    assert sum(map(len, difference.inserted)) == sum(len(measured(text)) for text in strings(spam)) + tool


def test_the_places_of_a_page_are_its_paragraphs() -> None:
    assert [SOURCE[slice(*run)].strip() for run in PAGE.runs] == list(PARAGRAPHS)
    assert all(SOURCE[:gap].endswith("</p>") for gap in PAGE.gaps)
    assert SOURCE[slice(*PAGE.title_span)] == TITLE
    assert SOURCE[PAGE.closes :] == "</body></html>" and SOURCE[: PAGE.opens].endswith("<body>")
    assert [PLAIN_PAGE.source[slice(*run)] for run in PLAIN_PAGE.runs] == list(PARAGRAPHS)
    menu = anatomy("x", URL, f"<body><p>{PARAGRAPHS[1]}</p></body>", "另一份文件的正文，与本页无关", "x")
    assert menu.runs == () and not menu.usable


def test_splice_keeps_the_order_at_one_place() -> None:
    assert splice("甲乙", [(1, "2"), (0, "0"), (1, "3")]) == "0甲23乙"


def test_nothing_inserted_and_nothing_lost_is_a_clean_sheet() -> None:
    spam = Injection(page="", text=("百家乐稳赢打法",))
    outcome = judge(Seen(TEXT, TITLE), Seen(TEXT, TITLE), spam)
    assert outcome.figures == (7, 0, 0, len(measured(TEXT)))
    assert outcome.title_right and outcome.hunted == () == outcome.missing


def test_spam_left_and_text_lost_are_counted_to_the_character() -> None:
    spam = Injection(page="", text=("金鲨汇官网www.kq88.top", "QQ123456789"), title=("时时彩计划群",))
    hacked = TEXT.replace("通知如下。", "通知如下。金鲨汇官网www.kq88.top").replace("提高综合利用效率，", "")
    outcome = judge(Seen(TEXT, TITLE), Seen(hacked, f"时时彩计划群_{TITLE}"), spam)
    assert outcome.figures == (15 + 11 + 6, 15 + 6, 8, len(measured(TEXT)))
    assert not outcome.title_right
    assert outcome.missing == ("提高综合利用效率",)


def test_a_page_that_is_refused_has_lost_everything() -> None:
    outcome = judge(Seen(TEXT, TITLE), Seen(""), Injection(page="", text=("百家乐",)))
    assert outcome.figures == (3, 0, len(measured(TEXT)), len(measured(TEXT)))


def test_a_title_that_comes_out_in_the_text_is_left_and_an_honest_line_is_not() -> None:
    spam = Injection(page="", title=("老虎机爆分技巧",))
    assert judge(Seen(TEXT, TITLE), Seen(f"老虎机爆分技巧\n{TEXT}", TITLE), spam).left == 7
    assert judge(Seen(TEXT, TITLE), Seen(f"{TITLE}\n{TEXT}", TITLE), spam).left == 0


def test_what_no_reader_sees_counts_only_where_it_comes_out() -> None:
    spam = Injection(page="", unseen=("捕鱼上下分平台", "迷情药购买"))
    assert judge(Seen(TEXT), Seen(TEXT), spam).figures[:2] == (0, 0)
    assert judge(Seen(TEXT), Seen(TEXT, fields="迷情药购买"), spam).figures[:2] == (5, 5)
    assert judge(Seen(TEXT), Seen(TEXT + "捕鱼上下分平台"), spam).figures[:2] == (7, 7)


def test_an_emoji_is_a_letter_here() -> None:
    assert len(measured("会议🔥纪要")) == 5
    spam = Injection(page="", text=("🔥", "🎰"))
    assert judge(Seen("会议纪要"), Seen("会议🔥纪要"), spam).figures == (2, 1, 0, 4)


def test_a_span_is_spam_by_what_stands_in_it() -> None:
    assert spam_in("官网下载", "金鲨汇官网下载") == 4
    assert spam_in("汇官网下", "金鲨汇官网。") == 4  # cut late by the alignment
    assert spam_in("关于加强管理的通知", "金鲨汇官网下载") == 0
    assert spam_in("关于加强城市管理的通知官网下载", "官网下载") == 4


def test_the_alignment_is_the_shortest() -> None:
    assert align("各县级市人民政府", "各县级市人民政府").inserted == ()
    found = align("各县级市人民政府", "各县级博彩市民政府")
    assert (sum(map(len, found.inserted)), sum(map(len, found.deleted))) == (2, 1)


def test_the_writer_is_deterministic_and_keeps_its_words_apart_from_the_keyword_list() -> None:
    one, two = Writer(Random(4)), Writer(Random(4))
    assert one.phrases(20) == two.phrases(20) and one.sentence("url") == two.sentence("url")
    assert len(set(Writer(Random(5)).phrases(20))) == 20
    assert "www." in Writer(Random(6)).sentence("url")
    assert len(KEYWORDS) == len(set(KEYWORDS)) == 20
    assert not any(word in vocabulary().categories for word in KEYWORDS)


def test_the_keyword_filter_drops_lines_and_does_not_know_better() -> None:
    kept = keyword_filter(
        f"{TITLE}\n\n{TEXT}\n金鲨汇百家乐稳赢，加微信领取彩金。\n三、依法打击赌博违法犯罪。\n", URL, True
    )
    assert "百家乐" not in kept.text and "打击赌博" not in kept.text
    assert measured(PARAGRAPHS[2]) in measured(kept.text)


def test_our_own_pages_are_bases_and_the_hacked_ones_are_not() -> None:
    pages = list(bases(NOWHERE))
    names = {page.name for page in pages}
    assert "pages/ucap/gongshui_jiedu" in names and "pages/ucap/gongshui_jiedu.txt" in names
    assert not any("hacked" in name for name in names)
    assert all(page.usable for page in pages)
    chosen = list(cases(pages, 1, 2, ("sentences", "plain: lines")))
    assert chosen == list(cases(pages, 1, 2, ("sentences", "plain: lines")))
    assert {page.plain for technique, _, page in chosen if technique == "plain: lines"} == {True}
    assert len(chosen) == 2 * (len(HTML["sentences"]) + len(PLAIN["plain: lines"]))


def test_controls_are_many_different_and_hold_their_text() -> None:
    controls = list(honest())
    assert len(controls) >= 60 and sum(not page.plain for page in controls) >= 20
    assert len({page.text for page in controls}) >= 20
    for page in controls:
        assert 150 <= len(page.text) <= 800
        assert measured(page.text) in measured(html.unescape(page.source)) or not page.plain
    told = "".join(page.text for page in controls)
    spoken = (
        "赌博 扫黄打非 福利彩票 体育彩票 成人高考 六合 性病 艾滋病 酒类 贴息 小额贷款 澳门 直播 私服 毒品 伪基站 代孕"
    )
    assert [word for word in spoken.split() if word not in told] == []


def test_markup_of_a_control() -> None:
    assert bare("* [市财政局](http://czj.x.gov.cn)") == "市财政局"
    made = marked("甲。\n| 一 | 二 |\n| 三 | 四 |\n* [乙](http://x.cn)\n* 丙")
    assert made.count("<table>") == 1 == made.count("<ul>")
    assert "<td>四</td>" in made and '<a href="http://x.cn" target="_blank">乙</a>' in made


def test_a_control_is_checked_against_its_own_text() -> None:
    page = next(page for page in honest() if page.plain and "网络赌博" in page.title)
    found = {one.tool: one for one in check(page)}
    assert set(found) == set(TOOLS)
    assert found[OURS].body == len(measured(page.text))
    assert found["trafilatura + keywords"].lost > 100


def test_the_report_adds_up_and_names_the_misses() -> None:
    spam = Injection(page="", text=("百家乐稳赢打法",))
    kept = judge(Seen(TEXT, TITLE), Seen(TEXT + "百家乐稳赢打法", TITLE), spam)
    gone = judge(Seen(TEXT, TITLE), Seen(TEXT, TITLE), spam)
    sheets = [
        Sheet(tool=tool, technique="sentences", variant=variant, page="p", outcome=outcome)
        for tool in TOOLS
        for variant, outcome in (("a", gone), ("b", kept if tool == OURS else gone))
    ]
    added = summaries(sheets)
    assert (added[OURS, ALL].recall, added["trafilatura", ALL].recall) == (0.5, 1.0)
    assert added[OURS, "sentences"].precision == 1.0 and added[OURS, ALL].loss == 0.0
    assert "| sentences | 2 | 14 | 50.00% |" in technique_table(sheets)
    lines = misses(sheets, [control(), control(page="d", lost=2, missing=("依法",))], [], 1)
    assert len(lines) == 2 and "left 7 of 7" in lines[0] and lines[1].startswith("control | d | lost 2")


def test_costs_are_told_by_group() -> None:
    assert GROUPS["drop_spam"] == "filters" and GROUPS["to_simplified"] == "script"
    assert GROUPS["restore_lost"] == "repair" and GROUPS["read"] == "reading"
    cost = clock([PAGE], 1)
    assert set(cost.steps) <= set(GROUPS) and cost.trafilatura > 0
    assert cost.share("filters") < cost.share("filters", "repair", "script", "reading")


def test_damage_is_what_mirrors_do() -> None:
    assert damage.fold_punctuation("（一）：，、。“”") == "(一):,、。“”"
    assert damage.to_traditional("关于后续制度的发展") == "關于后續制度的發展"
    assert damage.to_traditional("于", "STCharacters") == "於"
    assert damage.gbk_slip("。或許S", 0) == "?；蛟SS"
    assert damage.slip_places("甲。或許是\n乙。", short=True) == [1]
    assert damage.slip_places("甲。或许是", short=True) == [] and damage.slip_places("甲。或许是", short=False) == [1]
    assert damage.lost_spaces("甲\n\n乙") == "??甲\n\n??乙"
    assert damage.bracketed_pinyin("政府", Random(1), "repeated") == "政(zheng)(zheng)(zheng)府(fu)(fu)(fu)"
    assert damage.bracketed_pinyin("政府", Random(1), "with a blank") == "政(zhèng )府(fǔ )"
    assert damage.bracketed_pinyin("人民政府" * 50, Random(1), "no tones", 100.0).count("(") == 20
    assert set(damage.bare_pinyin("人民政府", Random(1))) - set("人民政府") <= set("rénmíngzhèfǔ")


def test_what_came_back_is_counted_by_place() -> None:
    assert aligned("甲，乙", "甲,乙") == ["甲", ",", "乙"]
    assert aligned("甲，乙", "甲乙") == ["甲", "", "乙"]
    assert strict("發１") == "發1" != strict("发1")
    assert regulation("# 条例\n\n<!-- INFO END -->\n\n## 第一章\n\n正文") == ("条例", "第一章\n\n正文")


def test_a_round_trip_counts_every_row() -> None:
    bench = Bench(1)
    bench.run(Sound("notice", URL, f"{TITLE}\n\n{TEXT}\n\n澄原市人民政府办公室\n\n2022年5月1日"))
    rows = bench.rows
    assert rows["clean texts"].right == rows["clean texts"].total > 100
    assert rows["punctuation folded"].total == sum(TEXT.count(mark) for mark in "，：；（）")
    assert 0 <= rows["punctuation folded"].right <= rows["punctuation folded"].total
    assert {f"pinyin, {form}" for form in damage.BRACKETED} <= set(rows)
    assert rows["GBK slip, Simplified"].total > 0
    assert all(row.right <= row.total for row in rows.values())


def test_the_round_trip_needs_its_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert roundtrip(["--data", str(tmp_path)]) == 2
    assert "holds no regulations" in capsys.readouterr().err


def test_every_tool_is_judged_on_every_case() -> None:
    sheets = list(measure([PAGE, PLAIN_PAGE], 1, 0, ("meta tags", "plain: title line")))
    assert len(sheets) == len(TOOLS) * (len(HTML["meta tags"]) + len(PLAIN["plain: title line"]))
    assert all(sheet.outcome.lost == 0 for sheet in sheets if sheet.technique == "meta tags")


def test_a_wrong_folder_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(NOWHERE)]) == 2
    assert "no-such-folder is no folder" in capsys.readouterr().err
