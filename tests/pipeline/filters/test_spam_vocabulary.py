"""Words and shapes of the trade, each found once, and none where honest text only looks like them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.filters.spam.evidence import is_trade, points, score
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold


def kinds(text: str) -> list[tuple[str, str]]:
    key = fold(text)
    return [(hit.kind, key[hit.start : hit.stop]) for hit in hits(key)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("澳門新葡京", [("sure", "澳门新葡京")]),
        ("ＢＥＴ365", [("sure", "bet365")]),
        ("金彩娱乐官网", [("brand", "金彩娱乐官网")]),
        ("k8体育app下载", [("brand", "k8体育app下载")]),
        ("缅北国际网址", [("brand", "缅北国际网址")]),
        ("加QQ：12345678", [("handle", "加qq:12345678")]),
        ("客服微信ab12345", [("handle", "客服微信ab12345")]),
        ("www.xpj888.com", [("odd_address", "www.xpj888.com")]),
    ],
)
def test_a_mark_of_spam_is_found_with_its_kind(text: str, found: list[tuple[str, str]]) -> None:
    got = kinds(text)
    assert [one for one in got if one[0] != "weak"][: len(found)] == found


@pytest.mark.parametrize(
    "text",
    [
        "中国体育彩票官网",
        "市政务直播平台",
        "福利彩票代理点",
        "商标国际注册",
        "网址：http://www.qingyu.gov.cn/zwgk/",
        "邮箱：abc@tsinghua.edu.cn",
        "1991年至1999年",
        "印刷单位和印刷企业",
        "地级以上分局",
        "建立博物馆",
        "交通博览会",
    ],
)
def test_honest_names_are_none(text: str) -> None:
    assert [
        kind for kind, _ in kinds(text) if kind in ("sure", "brand", "strong", "handle", "odd_address", "address")
    ] == []


def test_no_hit_stands_over_another() -> None:
    found = hits(fold("澳门新葡京娱乐城官网www.xpj888.com注册送58元加微信xpj888"))
    assert all(one.stop <= other.start for one, other in pairwise(found))


def test_more_hits_of_a_kind_weigh_more_up_to_a_bound() -> None:
    one, two, many = (
        "、".join(["新葡京", "娱乐城", "百家乐真人", "波多野结衣", "蜜桃视频"][:count]) for count in (1, 2, 5)
    )
    weights = [points(fold(text), hits(fold(text))) for text in (one, two, many)]
    assert weights[0] < weights[1]
    assert weights[1] <= weights[2] < 2 * weights[1]


def test_an_item_of_weak_words_is_spam_only_if_they_are_most_of_it() -> None:
    assert is_trade("在线视频免费观看")
    assert not is_trade("在线办理视频会议系统免费使用申请")
    assert score("新葡京 | 教育局") == 0.5
