"""The main job: the five real pages of raw/samples/ become the documents that the project's first issue asks for."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.loaders import load
from crawler.page import Page, RawRecord
from pipeline.repair.edits import revert
from pipeline.steps import clean
from pipeline.text import letters

if TYPE_CHECKING:
    from pipeline.model import Cleaned, Document

SAMPLES = Path(__file__).parent.parent / "raw" / "samples"
NAMES = {
    "suzhou": "000_fd5e1bd26f9b3bd2.txt",
    "kunshan": "001_160efab2486266ed.txt",
    "yantai": "002_c4dcbbf0e13eacd6.txt",
    "shenyang": "003_95cc8a338ed42f00.txt",
    "pudong": "004_f2c0a35f3f585f30.txt",
}
EXPECTED: dict[str, dict[str, object]] = {
    "suzhou": {
        "title": "市政府关于印发苏州市生物医药产业创新集群建设实施方案的通知",
        "doc_number": "苏府〔2022〕33号",
        "issuer": "苏州市人民政府",
        "genre": "通知",
        "published": datetime(2022, 5, 23, 9, 0),
        "written": date(2022, 5, 19),
        "effective": None,
        "expires": None,
        "division": "320500",
        "source_kind": "origin",
        "flags": ("suspect_lost_chars",),
    },
    "kunshan": {
        "title": "昆山市小核酸及生物医药产业创新集群建设重点工作清单",
        "doc_number": None,
        "issuer": None,
        "genre": "清单",
        "published": None,
        "written": None,
        "effective": None,
        "expires": None,
        "division": "320583",
        "source_kind": "file",
        "flags": (),
    },
    "yantai": {
        "title": "关于促进全市生物医药产业高质量发展的若干意见",
        "doc_number": None,
        "issuer": "烟台市人民政府",
        "genre": "意见",
        "published": datetime(2021, 8, 26, 14, 30, 55),
        "written": None,
        "effective": None,
        "expires": None,
        "division": "370600",
        "source_kind": "repost",
        "flags": (),
    },
    "shenyang": {
        "title": "沈阳市生物医药及医疗装备产业集群高质量发展工作措施",
        "doc_number": None,
        "issuer": None,
        "genre": "措施",
        "published": datetime(2024, 9, 29),
        "written": None,
        "effective": None,
        "expires": date(2025, 12, 31),
        "division": "210100",
        "source_kind": "repost",
        "flags": ("effective_relative",),
    },
    "pudong": {
        "title": "浦东新区人民政府办公室关于印发《浦东新区生物医药产业高质量发展行动方案（2022-2024年）》的通知",
        "doc_number": "浦府办〔2022〕2号",
        "issuer": "浦东新区人民政府办公室",
        "genre": "通知",
        "published": None,
        "written": date(2022, 1, 14),
        "effective": None,
        "expires": None,
        "division": "310115",
        "source_kind": "mirror",
        "flags": ("compromised", "traditional_mirror"),
    },
}
LEVEL_ONE = {
    "suzhou": ["总体要求", "主要目标", "重点领域方向", "主要任务", "保障措施"],
    "kunshan": [],
    "yantai": ["总体要求", "实施九大工程", "保障机制"],
    "shenyang": ["总体要求", "重点任务", "保障措施"],
    "pudong": ["总体要求", "发展方向", "重点任务", "落实保障措施"],
}
BEGINS = {
    "suzhou": "各县级市（区）人民政府，苏州工业园区、苏州高新区、太仓港口管委会；市各委办局，各直属单位：\n《苏州市",
    "kunshan": "| 序号 | 重点工作 |  | 具体内容 | 责任单位 |\n",
    "yantai": "为增强生物医药产业发展新动能，构建纵横交融的立体产业生态，",
    "shenyang": "为推进沈阳市生物医药及医疗装备产业集群实现高质量发展，",
    "pudong": "区政府各委、办、局，各管理局（管委会），各直属企业，各街道办事处、镇政府：\n《浦东新区生物医药",
}
ENDS = {
    "suzhou": "\n| 40 |  | 支持载体园区发展 | 市工信局、市资源规划局、市生态环境局、市应急局、"
    "各县级市（区）政府（管委会） |",
    "kunshan": "强化保险贷、知识产权质押等服务。 | 金融办、科技局、财政局、市场监管局 |",
    "yantai": "列出清单、挂图作战、倒排工期、严格考核，全力保障各项工作高效推进。",
    "shenyang": "执行期间如遇国家、省有关政策规定调整的，本措施可进行相应调整。",
    "pudong": "爭取設立國家人類遺傳資源管理服務機構。 | 區發改委、區科經委 |".translate(
        str.maketrans("爭設國類遺傳資機構區發經務", "争设国类遗传资机构区发经务")
    ),
}
NOT_TEXT: dict[str, dict[str, str]] = {
    "suzhou": {
        "当前位置: 首页 > 政务公开 > 政府信息公开专栏 > 市政府文件": "furniture.breadcrumb",
        "市政府关于印发苏州市生物医药产业创新集群建设实施方案的通知": "lift.title",
        "苏府〔2022〕33号": "lift.doc_number",
        "时间: 2022-05-23 09:00 来源: 苏州市人民政府办公室 访问量:": "lift.labels",
        "扫一扫在手机打开当前页": "furniture.",
    },
    "kunshan": {"附件": "lift.", "昆山市小核酸及生物医药产业创新集群建设重点工作清单": "lift.title"},
    "yantai": {
        "烟台市:关于促进全市生物医药产业高质量发展的若干意见": "lift.title",
        "2021-08-26 14:30:55 产业规划方案": "lift.published",
        "1": "furniture.page_number",
        "来源:烟台市人民政府": "lift.source",
        "在线咨询": "furniture.",
        "顶部": "furniture.",
        "客服": "furniture.",
    },
    "shenyang": {
        "最高奖补1000万元!《沈阳市生物医药及医疗装备产业集群高质量发展工作措施》": "lift.title",
        "来源:高新院 achie.org 日期:2024-09-29 点击:次": "lift.labels",
    },
    "pudong": {
        "字號:": "furniture.",
        "浦府辦〔2022〕2號": "lift.doc_number",
        "分享:": "furniture.",
    },
}
"""Lines of the page that are no text, and the beginning of the rule that must say so."""


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    found = {}
    for page in load([SAMPLES], collection="demo", now=datetime(2026, 1, 1, tzinfo=UTC)):
        assert isinstance(page, Page)
        found[page.url.rpartition("/")[2]] = page
    return {name: found[file] for name, file in NAMES.items()}


@pytest.fixture(scope="module")
def samples(pages: dict[str, Page]) -> dict[str, Cleaned]:
    return {name: clean(RawRecord(page=page, sha256=page.sha256, warc="", offset=0)) for name, page in pages.items()}


@pytest.fixture(scope="module")
def documents(samples: dict[str, Cleaned]) -> dict[str, Document]:
    return {name: found.document for name, found in samples.items() if found.document}


def whole(text: str) -> str:
    return "".join(letters(line) for line in text.splitlines())


def test_the_folder_holds_five_pages_and_all_become_documents(documents: dict[str, Document]) -> None:
    assert list(documents) == list(NAMES)
    assert len(list(SAMPLES.glob("*.txt"))) == 5


@pytest.mark.parametrize("field", EXPECTED["suzhou"])
@pytest.mark.parametrize("name", NAMES)
def test_the_fields_are_those_of_the_page(documents: dict[str, Document], name: str, field: str) -> None:
    assert getattr(documents[name], field) == EXPECTED[name][field]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_that_is_filled_says_where_it_stood(documents: dict[str, Document], name: str) -> None:
    found = documents[name]
    proven = ("title", "doc_number", "issuer", "published", "written", "expires")
    expected = {field for field in proven if getattr(found, field) is not None}
    places = dict(found.provenance)
    assert expected <= set(places)
    assert all(getattr(found, field) is not None for field in places)
    assert {where.removesuffix(":date") for _, where in found.provenance} <= {"body", "header_table", "meta"}


def test_a_date_without_a_clock_says_so(documents: dict[str, Document]) -> None:
    assert dict(documents["shenyang"].provenance)["published"].endswith(":date")
    assert not dict(documents["suzhou"].provenance)["published"].endswith(":date")


@pytest.mark.parametrize("name", NAMES)
def test_the_main_headings_are_found(documents: dict[str, Document], name: str) -> None:
    found = [section for section in documents[name].sections if section.level == 1]
    assert [section.heading for section in found] == LEVEL_ONE[name]
    text = documents[name].text
    for section in documents[name].sections:
        assert text[section.start :].startswith(section.number)
        assert section.start < section.end <= len(text)


def test_the_sections_below_them_are_found(documents: dict[str, Document]) -> None:
    counts = Counter(section.level for section in documents["suzhou"].sections)
    assert (counts[2], counts[3]) == (8 + 10 + 3, 40)
    assert Counter(section.level for section in documents["pudong"].sections)[3] == 20 + 4


@pytest.mark.parametrize("name", NAMES)
def test_the_text_begins_and_ends_with_the_document(documents: dict[str, Document], name: str) -> None:
    text = documents[name].text
    assert text.startswith(BEGINS[name])
    assert text.endswith(ENDS[name])


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_text_was_removed_by_a_rule(samples: dict[str, Cleaned], name: str) -> None:
    found = samples[name]
    rules = {removal.evidence: removal.rule for removal in found.removals}
    for line, rule in NOT_TEXT[name].items():
        assert rules[line].startswith(rule)
    assert found.document
    assert not {line for line in NOT_TEXT[name] if line in found.document.text.splitlines()}


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_of_the_page_is_lost_or_added(pages: dict[str, Page], samples: dict[str, Cleaned], name: str) -> None:
    raw, found = pages[name].body.decode(), samples[name]
    assert found.document
    before = revert(found.document.text, found.document.repairs)
    evidence = "\n".join(removal.evidence for removal in found.removals)
    assert Counter(whole(before)) + Counter(whole(evidence)) == Counter(whole(raw))


@pytest.mark.parametrize("name", NAMES)
def test_the_body_of_the_page_comes_back_when_the_repairs_are_undone(
    pages: dict[str, Page], samples: dict[str, Cleaned], name: str
) -> None:
    found = samples[name]
    assert found.document
    gone = Counter(removal.evidence for removal in found.removals)
    body = []
    for line in pages[name].body.decode().splitlines():
        shown = " ".join(line.split())
        if gone[shown]:
            gone[shown] -= 1
        else:
            body.append(line)
    assert whole(revert(found.document.text, found.document.repairs)) == whole("\n".join(body))


@pytest.mark.parametrize("name", NAMES)
def test_letters_of_the_text_differ_from_the_page_only_by_listed_repairs(
    documents: dict[str, Document], name: str
) -> None:
    found = documents[name]
    before = Counter(whole(revert(found.text, found.repairs)))
    given = Counter(letter for repair in found.repairs for letter in whole(repair.after))
    taken = Counter(letter for repair in found.repairs for letter in whole(repair.before))
    after = Counter(whole(found.text))
    assert after - before == given - taken
    assert before - after == taken - given


def test_only_suzhou_lost_characters_and_each_is_listed(documents: dict[str, Document]) -> None:
    lost = {
        name: [(repair.before, repair.after) for repair in found.repairs if repair.rule == "lost_character"]
        for name, found in documents.items()
    }
    assert lost.pop("suzhou") == [("2022519", "2022年5月19日"), ("20212023", "2021—2023")]
    assert not any(lost.values())
    assert "\n苏州市人民政府\n2022年5月19日\n（此件公开发布）\n" in documents["suzhou"].text
    assert "（2021—2023）" in documents["suzhou"].text


@pytest.mark.parametrize("name", NAMES)
def test_each_repair_stands_where_it_says_and_has_a_rule(documents: dict[str, Document], name: str) -> None:
    found = documents[name]
    last = [repair for repair in found.repairs if repair.rule == "width"]
    assert all(found.text[repair.start : repair.start + 1] == repair.after for repair in last)
    assert {repair.rule for repair in found.repairs} <= {
        *("width", "script", "lost_space", "lost_character", "entity", "hard_wrap", "tab"),
        *("table.flattened", "table.tab_cells", "table.pipes", "table.tabs"),
    }
    per_paragraph = Counter(
        found.text.count("\n", 0, repair.start) for repair in found.repairs if repair.rule == "script"
    )
    assert not per_paragraph or max(per_paragraph.values()) == 1


@pytest.mark.parametrize(("name", "rows", "columns"), [("suzhou", 40, 4), ("kunshan", 22, 5), ("pudong", 20, 4)])
def test_the_task_tables_are_whole(documents: dict[str, Document], name: str, rows: int, columns: int) -> None:
    (table,) = documents[name].tables
    number = table.header.index("序号")
    assert [row[number] for row in table.rows] == [str(n) for n in range(1, rows + 1)]
    assert {len(row) for row in (table.header, *table.rows)} == {columns}
    assert all(all(row) for row in table.rows)
    assert documents[name].text[table.start : table.end].count("\n") == rows + 1


def test_pages_without_a_table_have_none(documents: dict[str, Document]) -> None:
    assert documents["yantai"].tables == documents["shenyang"].tables == ()


def test_suzhou_has_one_heading_over_two_columns_and_its_groups_filled(documents: dict[str, Document]) -> None:
    (table,) = documents["suzhou"].tables
    assert table.header == ("序号", "任务清单", "任务清单", "责任单位")
    assert table.rows[1] == (
        *("2", "数字技术融合工程", "加强研发早期数字化支撑"),
        "市工信局、市发改委、市科技局",
    )
    assert Counter(row[1] for row in table.rows)["大中小融通发展工程"] == 4
    assert table.rows[34][2] == "加快CXO等研发制造服务平台聚集"
    assert table.rows[11][1] == table.rows[10][1] == "生物人才集聚工程"
    assert [row[1] for row in table.rows[32:36]] == ["创新平台推进工程"] * 4
    assert table.caption == "苏州市生物医药产业创新集群建设重点工作清单"


def test_kunshan_has_its_wrapped_cells_joined(documents: dict[str, Document]) -> None:
    (table,) = documents["kunshan"].tables
    assert table.header == ("序号", "重点工作", "重点工作", "具体内容", "责任单位")
    assert table.rows[3][:3] == ("4", "实施关键核心技术攻关计划", "加快中西医医美融合创新")
    assert table.rows[21][:2] == ("22", "实施国际一流生态打造计划")


def test_pudong_has_the_merged_group_before_the_number(documents: dict[str, Document]) -> None:
    (table,) = documents["pudong"].tables
    assert table.header == ("重点任务", "序号", "具体工作", "责任部门")
    assert table.rows[1][:2] == ("打造战略科技力量，全力做强创新引擎", "2")
    assert table.rows[2][0] == "加强关键技术攻关，推进产业链自主可控"
    assert table.rows[19][0] == "提升产业生态能级，优化产业发展环境"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("suzhou", ["cover", "payload", "annex"]),
        ("kunshan", ["payload"]),
        ("yantai", ["payload"]),
        ("shenyang", ["payload"]),
        ("pudong", ["cover", "payload", "annex"]),
    ],
)
def test_the_parts_cover_the_whole_text(documents: dict[str, Document], name: str, kinds: list[str]) -> None:
    found = documents[name]
    shares = [part for part in found.parts if part.kind in ("cover", "payload", "annex")]
    assert [part.kind for part in shares] == kinds
    assert shares[0].start == 0
    assert shares[-1].end == len(found.text)
    assert all(one.end == after.start for one, after in pairwise(shares))


@pytest.mark.parametrize(
    ("name", "elements"),
    [
        ("suzhou", ["addressee", "signature", "date", "note", "annex_list"]),
        ("kunshan", []),
        ("yantai", []),
        ("shenyang", []),
        ("pudong", ["addressee", "date", "annex_list"]),
    ],
)
def test_the_elements_of_the_sheet_are_found(documents: dict[str, Document], name: str, elements: list[str]) -> None:
    kinds = [part.kind for part in documents[name].parts]
    assert [kind for kind in kinds if kind not in ("cover", "payload", "annex")] == elements


def test_pudong_reads_as_simplified(documents: dict[str, Document]) -> None:
    text = documents["pudong"].text
    assert "着力打造引领带动我国生物医药创新发展的主阵地" in text
    assert "着眼薄弱环节补短板" in text
    assert "创新能级显著提升" in text
    assert not set(text) & set("東區醫產業發業國務學術與於製後裡")
    assert "??" not in text


def test_no_spam_reaches_a_field_or_the_text(samples: dict[str, Cleaned]) -> None:
    found = samples["pudong"]
    spam = [removal for removal in found.removals if removal.rule.startswith("spam.")]
    assert {removal.evidence[:8] for removal in spam} == {"美国三级日本三级", "主站蜘蛛池模板:"}
    for word in ("无码", "免费", "久久", "亚洲", "成人", "蜘蛛", "三级日本"):
        assert word not in repr(found.document)


def test_punctuation_is_full_width_but_not_in_numbers_and_latin(documents: dict[str, Document]) -> None:
    for name, found in documents.items():
        for mark in ",;:()":
            for position in (i for i, character in enumerate(found.text) if character == mark):
                around = found.text[max(0, position - 1) : position + 2]
                assert not any("一" <= character <= "鿿" for character in around), (name, around)
    assert "“1+N”" in documents["suzhou"].text
    assert "CRO/CDMO/CMO" in documents["suzhou"].text


def test_suzhou_keeps_the_numbers_of_its_table(documents: dict[str, Document]) -> None:
    assert all(f"\n| {number} | " in documents["suzhou"].text for number in range(1, 41))


def test_cleaning_twice_gives_the_same(pages: dict[str, Page], samples: dict[str, Cleaned]) -> None:
    for name, page in pages.items():
        assert clean(RawRecord(page=page, sha256=page.sha256, warc="", offset=0)) == samples[name]
