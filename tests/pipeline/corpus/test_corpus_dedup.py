"""One text is one document, wherever it is seen; last year's text is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from corpus_factory import TEXT, document
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.dedup import exact_clusters, find_duplicates, title_numbers

if TYPE_CHECKING:
    import random

    from pipeline.model import Document

TRADITIONAL = TEXT.translate(
    str.maketrans(
        "县区关单为进数经济发质将实给认贯执总体达标务组织领导责",
        "縣區關單為進數經濟發質將實給認貫執總體達標務組織領導責",
    )
)
ASCII = TEXT.translate(str.maketrans("，。：（）、", ",.:()/")).replace("\n", "\n　　")


def test_copies_in_other_script_and_punctuation_are_one_and_the_issuer_wins() -> None:
    mirror = document("m", source_kind="mirror", text=TRADITIONAL)
    repost = document("r", source_kind="repost", text=ASCII, repairs=())
    origin = document("o")
    other = document("x", text=TEXT + "以上内容有效。")
    assert TRADITIONAL != TEXT != ASCII
    [cluster] = exact_clusters([mirror, repost, other, origin])
    assert cluster.canonical == origin.id
    assert cluster.members == tuple(sorted((mirror.id, repost.id, origin.id)))
    pairs = find_duplicates([mirror, repost, other, origin]).pairs
    assert [pair.verdict for pair in pairs] == ["merge", "merge"]
    assert all(origin.id in (pair.document_id, pair.other_id) for pair in pairs)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"source_kind": "origin"}, {"source_kind": "file", "repairs": ()}),
        ({"source_kind": "file"}, {"source_kind": "repost", "repairs": ()}),
        ({"source_kind": "repost"}, {"source_kind": "mirror", "repairs": ()}),
        ({"repairs": ()}, {"text": TEXT + "。。"}),
        ({"text": TEXT + "。。"}, {}),
    ],
)
def test_the_canonical_one_is_the_nearest_to_the_issuer_then_the_most_complete(
    better: dict[str, object], worse: dict[str, object]
) -> None:
    for names in (("a", "b"), ("b", "a")):
        good, bad = document(names[0], **better), document(names[1], **worse)
        [cluster] = exact_clusters([bad, good])
        assert cluster.canonical == good.id


def test_equals_are_told_apart_by_id() -> None:
    one, two = document("a"), document("b")
    assert exact_clusters([one, two])[0].canonical == min(one.id, two.id)


@pytest.mark.parametrize(
    ("one", "two", "rule"),
    [
        ({"title": "关于做好2021年防汛工作的通知"}, {"title": "关于做好2022年防汛工作的通知"}, "veto.title_numbers"),
        ({"title": "关于公布第一批名单的通知"}, {"title": "关于公布第二批名单的通知"}, "veto.title_numbers"),
        ({"doc_number": "苏府〔2021〕33号"}, {"doc_number": "苏府〔2022〕33号"}, "veto.doc_number"),
    ],
)
def test_next_years_notice_is_another_document(one: dict[str, object], two: dict[str, object], rule: str) -> None:
    found = find_duplicates([document("a", **one), document("b", **two)])
    assert found.clusters == ()
    [veto] = found.pairs
    assert (veto.verdict, veto.rule) == ("veto", rule)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"title": "关于做好２０２２年防汛工作的通知"}, {"title": "關於做好二〇二二年防汛工作的通知"}),
        ({"title": "关于做好2022年防汛工作的通知"}, {"title": None}),
        ({"doc_number": "苏府〔2022〕33号"}, {"doc_number": "苏府[2022]33號"}),
        ({"doc_number": "苏府〔2022〕33号"}, {"doc_number": None}),
        ({"title": "昆山市关于防汛的通知"}, {"title": "关于防汛的通知"}),
    ],
)
def test_the_same_number_in_other_dress_or_unknown_is_no_veto(one: dict[str, object], two: dict[str, object]) -> None:
    assert len(exact_clusters([document("a", **one), document("b", **two)])) == 1


def test_a_copy_that_could_belong_to_two_documents_stays_alone() -> None:
    last, this = (document(str(year), title=f"关于{year}年防汛的通知") for year in (2021, 2022))
    copy = document("copy", title=None)
    again = document("again", title="关于2022年防汛的通知", source_kind="repost")
    found = find_duplicates([copy, last, this, again])
    assert [cluster.members for cluster in found.clusters] == [tuple(sorted((this.id, again.id)))]
    assert {pair.rule for pair in found.pairs} == {"exact.letters", "veto.title_numbers", "veto.ambiguous"}


@pytest.mark.parametrize("text", ["", " \n　", "……——"])
def test_documents_without_letters_are_never_joined(text: str) -> None:
    found = find_duplicates([document("a", text=text), document("b", text=text)])
    assert (found.clusters, found.pairs) == ((), ())


def test_a_short_text_is_joined_only_under_the_same_title() -> None:
    short = "请用手机扫描二维码进行观看"
    one, two = (
        document("a", text=short, title="H5：科研诚信管理办法"),
        document("b", text=short, title="H5：基金管理办法"),
    )
    assert exact_clusters([one, two]) == []
    assert len(exact_clusters([one, document("c", text=short + "。", title=one.title)])) == 1


variants = st.builds(
    document,
    st.integers(0, 400).map(str),
    text=st.sampled_from([TEXT, TRADITIONAL, ASCII, "见附件", ""]),
    title=st.sampled_from([None, "关于防汛的通知", "关于2021年防汛的通知", "关于2022年防汛的通知"]),
    doc_number=st.sampled_from([None, "苏府〔2021〕1号", "苏府〔2022〕1号"]),
    source_kind=st.sampled_from(["origin", "file", "repost", "mirror"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(variants, max_size=12, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_clusters_without_a_conflict_inside(many: list[Document], rng: random.Random) -> None:
    found = find_duplicates(many)
    shuffled = list(many)
    rng.shuffle(shuffled)
    assert find_duplicates(shuffled) == found
    by_id = {one.id: one for one in many}
    members = [member for cluster in found.clusters for member in cluster.members]
    assert len(members) == len(set(members))
    for cluster in found.clusters:
        inside = [by_id[member] for member in cluster.members]
        assert cluster.canonical in cluster.members
        assert len({one.doc_number for one in inside} - {None}) <= 1
        assert len({title_numbers(one.title) for one in inside} - {""}) <= 1


def test_numbers_of_a_title() -> None:
    assert title_numbers("关于2022年第二批（2021—2023）计划的通知") == "2022 2 2021 2023"
    assert title_numbers(None) == title_numbers("关于防汛的通知") == ""
