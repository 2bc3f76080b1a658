"""One text is one document, wherever it is seen; what differs in a fact is another one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from corpus_factory import TEXT, document
from duplicate_cases import LONG, REGULATION, TITLE, Library, notice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.schemas import GROUPS, PAIRS

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.corpus.duplicates.find import Duplicates
    from pipeline.model import Document

SLIPPED = LONG.replace("严峻性", "严竣性").replace("昼夜", "尽夜")
HEADED = "首页 > 政务公开 > 文件\n来源：市政府网站\n" + LONG
TRADITIONAL = LONG.translate(
    str.maketrans(
        "县区关单为进数发质将实给认贯执总体达标务组织领导责", "縣區關單為進數發質將實給認貫執總體達標務組織領導責"
    )
)
ASCII = LONG.translate(str.maketrans("，。：（）、", ",.:()/")).replace("\n", "\n　　")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def members(found: Duplicates) -> list[set[str]]:
    return [set(cluster) for cluster in found.clusters["members"].to_pylist()]


def rules(found: Duplicates, verdict: str) -> list[str]:
    return [row["rule"] for row in found.pairs.to_pylist() if row["verdict"] == verdict]


def test_copies_in_other_dress_are_one_and_the_issuer_wins(library: Library) -> None:
    origin, mirror = notice("o"), notice("m", source_kind="mirror", text=TRADITIONAL)
    repost, slipped = notice("r", source_kind="repost", text=ASCII), notice("s", source_kind="repost", text=SLIPPED)
    headed, other = notice("h", source_kind="repost", text=HEADED), document("x")
    found = library.find([mirror, repost, other], [origin, slipped, headed])
    [cluster] = found.clusters.to_pylist()
    assert cluster["canonical"] == origin.id
    assert cluster["id"] == min(cluster["members"])
    assert cluster["members"] == sorted(one.id for one in (origin, mirror, repost, slipped, headed))
    assert set(rules(found, "merge")) == {"exact.letters", "near.letters"}
    assert (found.clusters.schema, found.pairs.schema) == (GROUPS, PAIRS)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"source_kind": "origin"}, {"source_kind": "file", "repairs": ()}),
        ({"source_kind": "file"}, {"source_kind": "repost", "repairs": ()}),
        ({"source_kind": "repost"}, {"source_kind": "mirror", "repairs": ()}),
        ({"repairs": ()}, {"text": LONG + "。。"}),
        ({"text": LONG + "。。"}, {}),
        ({"text": LONG + "\n（此件公开发布）"}, {"repairs": ()}),
    ],
)
def test_the_canonical_one_is_the_nearest_to_the_issuer_then_the_most_complete(
    better: dict[str, object], worse: dict[str, object], library: Library
) -> None:
    for names in (("a", "b"), ("c", "d")):
        good, bad = notice(names[0], **better), notice(names[1], **worse)
        found = Library(library.folder / names[0])
        found.folder.mkdir()
        assert found.find([bad, good]).clusters["canonical"].to_pylist() == [good.id]


@pytest.mark.parametrize(
    ("one", "two", "rule"),
    [
        ({"title": "关于2021年防汛的通知"}, {"title": "关于2022年防汛的通知"}, "veto.title_numbers"),
        ({"title": "关于公布第十批名单的通知"}, {"title": "关于公布第十一批名单的通知"}, "veto.title_numbers"),
        ({"doc_number": "苏府〔2021〕33号"}, {"doc_number": "苏府〔2022〕33号"}, "veto.doc_number"),
        ({}, {"text": LONG.replace("2021年5月底", "2022年5月底")}, "veto.year"),
        ({}, {"text": LONG.replace("12亿元", "15亿元")}, "veto.amount"),
        ({}, {"text": LONG.replace("12亿元", "1.2亿元")}, "veto.amount"),
        ({}, {"text": LONG.replace("5月底", "六月底")}, "veto.number"),
        ({}, {"text": LONG.replace("苏州市", "无锡市")}, "veto.place"),
        ({"title": "苏州市关于防汛的通知"}, {"title": "无锡市关于防汛的通知", "text": SLIPPED}, "veto.place"),
        ({}, {"title": TITLE + "（征求意见稿）", "text": SLIPPED}, "veto.title"),
        ({"text": LONG + "\n任命张伟为局长。"}, {"text": LONG + "\n任命李强为局长。"}, "veto.name"),
        ({"text": LONG + "\n| 镇 | 合格 |"}, {"text": LONG + "\n| 镇 | 不良 |"}, "veto.table"),
        ({"text": REGULATION}, {"text": REGULATION.replace("工商行政管理", "市场监督管理")}, "veto.article"),
    ],
)
def test_what_differs_in_a_fact_is_another_document(
    one: dict[str, object], two: dict[str, object], rule: str, library: Library
) -> None:
    found = library.find([notice("a", **one), notice("b", **two)])
    assert members(found) == []
    assert rules(found, "veto") == [rule]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"title": "关于做好２０２２年防汛工作的通知"}, {"title": "關於做好二〇二二年防汛工作的通知"}),
        ({"title": "关于做好2022年防汛工作的通知"}, {"title": None}),
        ({"doc_number": "苏府〔2022〕33号"}, {"doc_number": "苏府[2022]33號"}),
        ({"doc_number": "苏府〔2022〕33号"}, {"doc_number": None}),
        ({"title": "三明市关于防汛的通知"}, {"title": "关于防汛的通知"}),
        ({"title": TITLE}, {"title": "苏州市人民政府：" + TITLE, "text": HEADED}),
        ({}, {"text": LONG.replace("2021年5月", "二〇二一年五月")}),
        ({}, {"text": LONG.replace("苏州市防汛", "苏州防汛")}),
        ({}, {"text": "浏览次数：5191\n2020年3月2日\n" + LONG}),
        (
            {"text": "2021年3月1日公布\n" + REGULATION},
            {"text": "2021年3月1日公布\n" + REGULATION.replace("应当安装", "必须加装")},
        ),
    ],
)
def test_the_same_facts_in_other_words_are_no_veto(
    one: dict[str, object], two: dict[str, object], library: Library
) -> None:
    assert len(members(library.find([notice("a", **one)], [notice("b", **two)]))) == 1


def test_a_copy_that_could_belong_to_two_documents_stays_alone(library: Library) -> None:
    last, this = (notice(str(year), title=f"关于{year}年防汛的通知") for year in (2021, 2022))
    copy, again = notice("copy", title=None), notice("again", title="关于2022年防汛的通知", source_kind="repost")
    found = library.find([copy, last, this, again])
    assert members(found) == [{this.id, again.id}]
    assert set(rules(found, "veto")) == {"veto.title_numbers", "veto.ambiguous"}


def test_a_cluster_never_holds_two_documents_that_a_veto_keeps_apart(library: Library) -> None:
    last, this = notice("a"), notice("b", text=LONG.replace("2021年5月底", "2022年5月底"))
    short = notice("c", text=LONG.replace("到2021年5月底，", ""))
    found = library.find([last, this, short])
    assert all({last.id, this.id} - cluster for cluster in members(found))
    assert set(rules(found, "veto")) >= {"veto.year"}


@pytest.mark.parametrize("text", ["", " \n　", "……——"])
def test_documents_without_letters_are_never_joined(text: str, library: Library) -> None:
    found = library.find([document("a", text=text), document("b", text=text)])
    assert (found.clusters.num_rows, found.pairs.num_rows) == (0, 0)


def test_a_short_text_is_joined_only_under_the_same_title(library: Library) -> None:
    short = "请用手机扫描二维码进行观看"
    one = document("a", text=short, title="H5：科研诚信管理办法")
    two, again = document("b", text=short, title="H5：基金管理办法"), document("c", text=short + "。", title=one.title)
    assert members(library.find([one, two, again])) == [{one.id, again.id}]


def test_dated_versions_are_related_and_not_merged(library: Library) -> None:
    title = "农业用水管理办法"
    old = document("old", title=title, text="2010年3月1日公布\n" + REGULATION)
    new = document("new", title=title, text="2010年3月1日公布\n2020年5月1日修订\n" + REGULATION)
    found = library.find([new, old])
    assert (members(found), rules(found, "veto")) == ([], ["veto.revision"])
    [relation] = found.neighbours.to_pylist()
    assert (relation["document_id"], relation["type"], relation["target_id"]) == (new.id, "version_of", old.id)


def test_this_years_notice_is_the_next_edition_of_last_years(library: Library) -> None:
    years = {
        year: notice(str(year), title=f"关于做好{year}年防汛工作的通知", text=LONG.replace("2021", str(year)))
        for year in (2020, 2021, 2022)
    }
    found = library.find(list(years.values()))
    assert members(found) == []
    relations = {
        (row["document_id"], row["target_id"]) for row in found.neighbours.to_pylist() if row["type"] == "edition_of"
    }
    assert relations == {(years[2022].id, years[2021].id), (years[2021].id, years[2020].id)}


def test_a_notice_that_carries_the_plan_contains_it(library: Library) -> None:
    plan = notice("p", title="防汛抗旱工作方案", text=LONG)
    cover = "各县区人民政府：\n现将《防汛抗旱工作方案》印发给你们，请认真贯彻执行。\n市人民政府\n"
    issued = notice(
        "n", title="市政府关于印发《防汛抗旱工作方案》的通知", text=cover + LONG, doc_number="苏府〔2022〕9号"
    )
    found = library.find([plan, issued])
    assert members(found) == []
    contained = [row for row in found.neighbours.to_pylist() if row["type"] == "contains"]
    assert [(row["document_id"], row["target_id"]) for row in contained] == [(issued.id, plan.id)]


def test_a_bucket_of_one_form_is_searched_for_copies_in_bounded_time(library: Library) -> None:
    forms = [
        notice(f"f{n}", title=f"防汛责任书{n}号", text=LONG.replace("12亿元", f"{n}亿元")) for n in range(100, 160)
    ]
    copy = notice("copy", source_kind="repost", title=None, text=forms[7].text.replace("昼夜", "尽夜"))
    found = library.find(forms, [copy])
    assert members(found) == [{forms[7].id, copy.id}]


def test_what_was_compared_once_is_not_read_again(library: Library) -> None:
    first = library.find([notice("a"), notice("b", text=SLIPPED)])
    library.folder.joinpath("000.parquet").write_bytes(b"not read")
    again = library.find([document("x")])
    assert members(again) == members(first) != []


def test_a_shard_that_is_gone_is_named(library: Library) -> None:
    library.find([notice("a")], [document("x")])
    (library.folder / "000.parquet").unlink()
    (library.folder / "000.parquet").mkdir()
    corpus_rows = [notice("b", text=SLIPPED)]
    with pytest.raises(CorpusError, match=r"000\.parquet"):
        library.find(corpus_rows)


variants = st.builds(
    notice,
    st.integers(0, 60).map(str),
    text=st.sampled_from(
        [LONG, SLIPPED, HEADED, TRADITIONAL, ASCII, TEXT, LONG.replace("2021", "2022"), LONG[60:], "见附件", ""]
    ),
    title=st.sampled_from([None, "关于防汛的通知", "关于2021年防汛的通知", "关于2022年防汛的通知"]),
    doc_number=st.sampled_from([None, "苏府〔2021〕1号", "苏府〔2022〕1号"]),
    source_kind=st.sampled_from(["origin", "file", "repost", "mirror"]),
    published=st.sampled_from([None, datetime(2021, 5, 1), datetime(2022, 5, 1)]),
    written=st.sampled_from([None, date(2021, 4, 1)]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many=st.lists(variants, min_size=2, max_size=10, unique_by=lambda one: one.id), data=st.data())
def test_any_order_of_arrival_gives_what_one_run_gives(
    many: list[Document], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    once = Library(tmp_path_factory.mktemp("once")).find(many)
    shuffled = data.draw(st.permutations(many))
    cut = data.draw(st.integers(0, len(many)))
    nightly = Library(tmp_path_factory.mktemp("nightly"))
    if cut:
        nightly.find(shuffled[:cut])
    later = nightly.find(shuffled[cut:]) if cut < len(many) else nightly.find()
    assert later.clusters.equals(once.clusters)
    assert later.pairs.equals(once.pairs)
    assert later.neighbours.equals(once.neighbours)
    by_id = {one.id: one for one in many}
    for cluster in members(once):
        assert len({by_id[member].doc_number for member in cluster} - {None}) <= 1
