"""Titles and issuers get the repairs of the text."""

from __future__ import annotations

import pytest

from pipeline.repair.polish import polish

MIRROR = frozenset({"traditional_mirror", "compromised"})


@pytest.mark.parametrize(
    ("value", "flags", "expected"),
    [
        ("昆山市行动方案(2022-2024年)", frozenset(), "昆山市行动方案（2022-2024年）"),
        ("??關于印發方案的通知", MIRROR, "关于印发方案的通知"),
        ("發(fā)展方案", MIRROR, "发展方案"),
        ("顯著著力", MIRROR, "显著着力"),
        ("立法會文件", frozenset({"traditional_original"}), "立法會文件"),
        ("䶮(yǎn)字", frozenset(), "䶮（yǎn）字"),
        (" 苏州市\u3000人民政府\n", frozenset(), "苏州市 人民政府"),
        ("", frozenset(), ""),
    ],
)
def test_a_short_string_is_repaired_like_the_text(value: str, flags: frozenset[str], expected: str) -> None:
    assert polish(value, flags) == expected
