"""The fingerprint says of a shard what `letters` says of one text, and finds near texts by their bands."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from duplicate_cases import LONG
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.duplicates.fingerprint import BAND_NAMES, FINGERPRINT, SHORT, fingerprint
from pipeline.corpus.duplicates.letters import letters_of
from pipeline.corpus.duplicates.numerals import value_of
from pipeline.corpus.duplicates.revisions import revision_days
from pipeline.corpus.duplicates.titles import payloads, title_numbers
from pipeline.text import letters


def printed(texts: list[str | None], titles: list[str | None] | None = None) -> pa.Table:
    columns = {"text": texts, "title": titles or [None] * len(texts), "doc_number": [None] * len(texts)}
    return fingerprint(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))


@settings(max_examples=200)
@given(st.lists(st.text(st.sampled_from("投资１2.５億元，建設㎡ﬁ①㈠。\n |aＡ–〇貳𠀀é"), max_size=30), max_size=5))
def test_letters_of_a_shard_are_the_letters_of_each_text(texts: list[str]) -> None:
    found = letters_of(pa.array(texts, pa.string()))
    assert [found.text(row).replace(".", "") for row in range(len(texts))] == [letters(text) for text in texts]


def test_a_decimal_point_is_a_letter_and_other_points_are_none() -> None:
    found = letters_of(pa.array(["投资１.5亿元.", "1、第2.项", "．5"]))
    assert [found.text(row) for row in range(3)] == ["投资1.5亿元", "1第2项", "5"]


def test_equal_letters_have_equal_digests_wherever_they_stand() -> None:
    table = printed(["别的", LONG, None, LONG.replace("，", ","), LONG.replace("12亿", "1.2亿"), "", LONG[::-1]])
    digests = table["letters"].to_pylist()
    assert digests[1] == digests[3] is not None
    assert len({digests[row] for row in (0, 1, 4, 6)}) == 4
    assert digests[2] is digests[5] is None
    assert table.schema == pa.schema(FINGERPRINT)


def test_a_short_text_has_its_title_in_its_digest_and_no_bands() -> None:
    table = printed(["见附件"] * 3, ["甲办法", "乙办法", "甲办法"])
    one, two, three = table["letters"].to_pylist()
    assert one == three != two
    assert table[BAND_NAMES[0]].null_count == 3
    assert printed(["字" * SHORT])[BAND_NAMES[0]].null_count == 0


def test_the_fingerprint_of_a_text_does_not_depend_on_its_shard() -> None:
    texts: list[str | None] = [LONG, "短", LONG * 3, None]
    together = printed(texts)
    for row, text in enumerate(texts):
        assert printed([text]).equals(together.slice(row, 1))


def test_nearly_all_pairs_with_four_fifths_in_common_share_a_band() -> None:
    rng = np.random.default_rng(3)
    codes = rng.integers(0x4E00, 0x9FA0, (400, 600))
    edited = codes.copy()
    edited[:, 540:] = rng.integers(0x4E00, 0x9FA0, (400, 60))  # 536 of 596 pieces stay: Jaccard 0.817
    far = codes.copy()
    far[:, 150:] = rng.integers(0x4E00, 0x9FA0, (400, 450))  # 0.14
    one, two, three = (printed(["".join(map(chr, row)) for row in many]) for many in (codes, edited, far))
    bands = [np.stack([table[name].to_numpy() for name in BAND_NAMES], axis=1) for table in (one, two, three)]
    assert (bands[0] == bands[1]).any(axis=1).mean() >= 0.99
    assert (bands[0] == bands[2]).any(axis=1).mean() <= 0.02


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("关于2022年第二批（2021—2023）计划的通知", "2022 2 2021 2023"),
        ("关于二〇二二年第二十批的通知", "2022 20"),
        ("关于第十批的通知", "10"),
        ("三明市关于进一步做好防汛的通知", ""),
        (None, ""),
    ],
)
def test_numbers_of_a_title(title: str | None, numbers: str) -> None:
    assert title_numbers(pa.array([title], pa.string()).fill_null("")).to_pylist() == [numbers]


@pytest.mark.parametrize(
    ("title", "payload"),
    [
        ("市政府关于印发《甲方案（试行）》的通知", "甲方案（试行）"),
        ("转发省政府关于印发甲方案的通知", "甲方案"),
        ("关于防汛的通知", "关于防汛的通知"),
    ],
)
def test_what_a_title_issues(title: str, payload: str) -> None:
    assert payloads(pa.array([title])).to_pylist() == [payload]


def test_an_office_before_a_title_is_no_part_of_it() -> None:
    table = printed([LONG] * 3, ["苏州市人民政府：甲方案", "甲方案", "解读：甲方案"])
    one, two, three = table["title_key"].to_pylist()
    assert one == two == table["payload_key"][0].as_py() != three


def test_the_day_of_a_version_is_the_last_one_in_its_head() -> None:
    heads = [
        "1994年1月5日 国务院批准\n2023年7月20日 《决定》修订\n第一条 自2024年1月1日起公布",
        "2023年7月20日公布",
        None,
    ]
    heads.append("（2023年13月40日公布）\n第一条")
    assert [str(day) for day in revision_days(pa.array(heads)).to_pylist()] == ["2023-07-20", "None", "None", "None"]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("二十三", "23"),
        ("二〇二二", "2022"),
        ("一百零五", "105"),
        ("05", "5"),
        ("2022.5.23", "2022523"),
        ("3.5万", "3.5万"),
    ],
)
def test_the_value_of_a_number(numeral: str, value: str) -> None:
    assert value_of(numeral) == value
