"""Which document a relation means: one, or none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import document_id
from pipeline.corpus import resolve as module
from pipeline.corpus.keys import issuer_said, link_ids, number_key, title_key, without_issuer
from pipeline.corpus.resolve import NEEDED, resolve
from pipeline.corpus.schemas import RELATIONS
from pipeline.corpus.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, Any]
DOCUMENTS = pa.schema(
    [(name, pa.date32() if name == "written" else pa.string()) for name in NEEDED if name != "published"]
    + [("published", pa.timestamp("s", tz="Asia/Shanghai"))]
)
SUZHOU, KUNSHAN, WUXI, STATE = "320500", "320583", "320200", None


def held(id_: str, title: str, /, **facts: Any) -> Row:
    return {"id": id_, "title": title, "canonical": id_, **facts}


def target(relation: Mapping[str, Any], *documents: Row, by: Row | None = None) -> str | None:
    """The id that one relation of the document `by` is resolved to."""
    speaker = by or held("by", "某通知", division=SUZHOU, written=date(2022, 5, 1))
    rows = [{"document_id": speaker["id"], "type": "cites", "start": 5, "end": 9, **relation}]
    table = pa.Table.from_pylist([speaker, *documents], schema=DOCUMENTS)
    found = resolve(pa.Table.from_pylist(rows, schema=RELATIONS), table)
    assert found.schema == RELATIONS
    return str(found["target_id"][0]) if found["target_id"][0].is_valid else None


LAW = held("law", "中华人民共和国种子法")


@pytest.mark.parametrize("title", ["中华人民共和国种子法", "种子法", "《中华人民共和国种子法》", "种子 法"])
def test_a_title_means_the_one_document_that_has_it(title: str) -> None:
    assert target({"target_title": title}, LAW) == "law"


@pytest.mark.parametrize("title", ["种子法实施条例", None])
def test_what_is_not_here_stays_open(title: str | None) -> None:
    assert target({"target_title": title}, LAW) is None


def test_a_number_is_believed_before_a_title() -> None:
    one = held("one", "关于供水的通知", doc_number="苏府〔2020〕3号", division=SUZHOU)
    other = held("other", "某市供水办法", division=SUZHOU)
    assert target({"target_number": "苏府〔2020〕3号", "target_title": "某市供水办法"}, one, other) == "one"
    assert target({"target_number": "苏府〔2020〕4号", "target_title": "某市供水办法"}, one, other) is None


def test_two_documents_of_one_number_are_told_apart_by_their_titles_or_not_at_all() -> None:
    one = held("one", "关于供水的通知", doc_number="苏府〔2020〕3号")
    other = held("other", "某市供水规划图", doc_number="苏府〔2020〕3号")
    assert target({"target_number": "苏府〔2020〕3号", "target_title": "关于供水的通知"}, one, other) == "one"
    assert target({"target_number": "苏府〔2020〕3号"}, one, other) is None


def test_orders_are_the_same_with_and_without_the_states_name() -> None:
    order = held("order", "公司登记条例", doc_number="中华人民共和国国务院令第451号")
    assert target({"target_number": "国务院令第451号"}, order) == "order"


def test_a_number_without_an_agency_means_one_of_the_same_issuer() -> None:
    order = held("order", "供水办法", doc_number="第5号", issuer="苏州市人民政府")
    assert target({"target_number": "第5号"}, order) is None
    speaker = held("by", "某通知", issuer="苏州市人民政府")
    assert target({"target_number": "第5号"}, order, by=speaker) == "order"


def test_copies_are_one_and_the_canonical_one_is_meant() -> None:
    copies = held("a", "中华人民共和国种子法"), held("b", "中华人民共和国种子法", canonical="a")
    assert target({"target_title": "种子法"}, *copies) == "a"
    own = held("by", "解读", canonical="a", division=SUZHOU)
    assert target({"target_title": "种子法"}, *copies, by=own) is None


def test_a_plan_means_the_notice_that_carries_it() -> None:
    notice = held("notice", "市政府关于印发苏州市供水规划的通知", issuer="苏州市人民政府", division=SUZHOU)
    speaker = held("by", "《苏州市供水规划》解读", division=SUZHOU)
    rows = [
        {"document_id": "notice", "type": "issues", "target_title": "苏州市供水规划", "start": 0, "end": 0},
        {"document_id": "by", "type": "interprets", "target_title": "苏州市供水规划", "start": 0, "end": 0},
    ]
    documents = pa.Table.from_pylist([notice, speaker], schema=DOCUMENTS)
    found = resolve(pa.Table.from_pylist(rows, schema=RELATIONS), documents)
    assert found["target_id"].to_pylist() == [None, "notice"]
    plan = held("plan", "苏州市供水规划", division=SUZHOU)  # its own page is closer
    documents = pa.Table.from_pylist([notice, speaker, plan], schema=DOCUMENTS)
    assert resolve(pa.Table.from_pylist(rows, schema=RELATIONS), documents)["target_id"].to_pylist()[1] == "plan"


@pytest.mark.parametrize(("written", "found"), [(date(2022, 5, 20), "plan"), (date(2018, 5, 20), None)])
def test_what_a_notice_issues_is_of_the_same_days(written: date, found: str | None) -> None:
    plan = held("plan", "苏州市供水规划", division=SUZHOU, written=written)
    assert target({"type": "issues", "target_title": "苏州市供水规划"}, plan) == found


@pytest.mark.parametrize(
    ("where", "speaker", "found"),
    [
        (SUZHOU, SUZHOU, "rule"),
        (SUZHOU, KUNSHAN, "rule"),  # the city above
        (STATE, SUZHOU, "rule"),
        ("100000", SUZHOU, "rule"),
        (WUXI, SUZHOU, None),
        (KUNSHAN, SUZHOU, None),
        (WUXI, STATE, None),
    ],
)
def test_a_title_that_any_place_may_use_means_ones_own(
    where: str | None, speaker: str | None, found: str | None
) -> None:
    rule = held("rule", "城镇供水管理办法", division=where)
    assert target({"target_title": "城镇供水管理办法"}, rule, by=held("by", "通知", division=speaker)) == found


def test_a_title_with_its_place_is_meant_everywhere() -> None:
    rule = held("rule", "无锡市供水管理办法", division=WUXI, issuer="无锡市人民政府")
    assert target({"target_title": "无锡市供水管理办法"}, rule) == "rule"


def test_a_notice_is_found_without_its_issuer_among_ones_own_only() -> None:
    notice = held("n", "苏州市人民政府关于加强供水工作的通知", division=SUZHOU, issuer="苏州市人民政府")
    assert target({"target_title": "关于加强供水工作的通知"}, notice) == "n"
    assert target({"target_title": "关于加强供水工作的通知"}, notice, by=held("by", "通知", division=WUXI)) is None
    assert target({"target_title": "市人民政府关于加强供水工作的通知"}, notice) == "n"
    assert target({"target_title": "无锡市人民政府关于加强供水工作的通知"}, notice) is None


def test_of_dated_versions_the_one_in_force_is_meant_of_yearly_notices_none() -> None:
    old, new = (held(f"v{year}", "某市供水条例", division=SUZHOU, written=date(year, 1, 1)) for year in (2010, 2020))
    assert target({"target_title": "某市供水条例"}, old, new) == "v2020"
    earlier = held("by", "通知", division=SUZHOU, written=date(2015, 1, 1))
    assert target({"target_title": "某市供水条例"}, old, new, by=earlier) == "v2010"
    undated = held("v?", "某市供水条例", division=SUZHOU)
    assert target({"target_title": "某市供水条例"}, old, new, undated) is None
    first, second = (
        held(f"n{year}", "春节安全通知", division=SUZHOU, written=date(year, 1, 1)) for year in (2020, 2021)
    )
    assert target({"target_title": "春节安全通知"}, first, second) is None


def test_the_law_that_replaces_its_namesake_repeals_an_older_one() -> None:
    new = held("by", "某市供水条例", division=SUZHOU, written=date(2020, 1, 1))
    repeals = {"type": "repeals", "target_title": "某市供水条例"}
    old = held("old", "某市供水条例", division=SUZHOU, written=date(2010, 1, 1))
    assert target(repeals, old, by=new) == "old"
    assert target(repeals, {**old, "written": date(2023, 1, 1)}, by=new) is None
    assert target(repeals, {**old, "written": None}, by=new) is None


def test_links_are_resolved_by_their_address() -> None:
    url = "http://www.suzhou.gov.cn/a/t1.html"
    page = held(document_id(url), "解读")
    assert target({"type": "interpreted_by", "target_title": "别的", "target_url": url}, page) == page["id"]
    assert target({"type": "next", "target_url": url.replace("http:", "https:")}, page) == page["id"]
    assert target({"type": "next", "target_url": "http://www.suzhou.gov.cn/a/t2.html"}, page) is None


ADDRESSES = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["www.a.gov.cn", "A.gov.cn", "a.gov.cn.", "a.gov.cn:80", "a.gov.cn:8080", "127.0.0.1", "苏州.cn"]),
    st.text(st.sampled_from("/aA1._-%~ ;中"), max_size=8).map(lambda path: f"/{path}"),
    st.sampled_from(["", "?b=1&a=2", "#top", ";jsessionid=0F?a=1"]),
)


@given(st.lists(st.none() | ADDRESSES, max_size=5))
def test_ids_of_addresses_are_those_of_documents(urls: list[str | None]) -> None:
    found = link_ids(pa.chunked_array([urls], pa.string())).to_pylist()
    assert found == [None if url is None else document_id(url) for url in urls]


def test_what_is_no_address_has_no_id() -> None:
    assert link_ids(pa.chunked_array([["http://[$webpath$]/a.html"]])).to_pylist() == [None]


def test_keys() -> None:
    titles = title_key(pa.chunked_array([["《中华人民共和国 种子法》（２０２１）", "省政府办公厅关于A的通知", None]]))
    assert titles.to_pylist() == ["种子法2021", "省政府办公厅关于a的通知", None]
    assert without_issuer(titles).to_pylist() == ["种子法2021", "关于a的通知", None]
    assert issuer_said(titles).to_pylist() == ["", "省政府办公厅", None]
    assert number_key(pa.chunked_array([["中华人民共和国主席令第47号"]])).to_pylist() == ["主席令第47号"]


def test_order_and_known_targets_stay_slice_by_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"document_id": f"d{index % 3}", "type": "cites", "target_title": "种子法" if index % 2 else f"某{index}号法",
         "target_id": "kept" if index == 4 else None, "start": index, "end": index + 1}
        for index in range(9)
    ]  # fmt: skip
    relations = pa.Table.from_pylist(rows, schema=RELATIONS)
    documents = pa.Table.from_pylist([LAW], schema=DOCUMENTS)
    whole = resolve(relations, documents)
    assert whole["start"].to_pylist() == list(range(9))
    assert whole["target_id"].to_pylist() == [None, "law", None, "law", "kept", "law", None, "law", None]
    monkeypatch.setattr(module, "SLICE", 2)
    assert resolve(relations, documents).equals(whole)
    assert resolve(relations.slice(0, 0), documents).num_rows == 0


def test_wanted_counts_documents_and_joins_title_and_number() -> None:
    rows = [
        ("a", "cites", "国发〔2021〕4号", "绿色意见", None),
        ("b", "repeals", None, "绿色意见", None),
        ("b", "cites", "国发〔2021〕4号", None, None),
        ("c", "cites", "国发〔2021〕4号", None, None),
        ("a", "cites", None, "《种子法》", None),
        ("b", "cites", None, "中华人民共和国种子法", None),
        ("a", "cites", None, "水法", "held"),
        ("a", "issues", None, "自己的方案", None),
        ("a", "next", None, "下一篇", None),
        ("a", "cites", "甲发〔2020〕1号", "年度通知", None),
        ("b", "cites", "甲发〔2021〕1号", "年度通知", None),
    ]
    names = ("document_id", "type", "target_number", "target_title", "target_id")
    relations = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=RELATIONS)
    found = wanted(relations).to_pylist()
    assert found[0] == {
        "target_number": "国发〔2021〕4号",
        "target_title": "绿色意见",
        "documents": 3,
        "types": ["cites", "repeals"],
    }
    assert [(one["target_number"], one["documents"]) for one in found[1:]] == [
        (None, 2), ("甲发〔2020〕1号", 1), ("甲发〔2021〕1号", 1),
    ]  # fmt: skip
    assert wanted(relations, most=1).num_rows == 1
