"""A small matrix of encodings, declarations, cuts and mixtures; benchmarks/encodings.py runs the large one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.encoding.charset import declarations
from pipeline.extract.encoding.decode import decode
from pipeline.extract.encoding.hanzi import likeness
from pipeline.extract.encoding.mixed import CHINESE, CLEAR, read_mixed

NOTICE = (
    "关于印发《示例市城市更新行动方案》的通知，各区人民政府，市政府各部门：经市政府同意，现将方案印发给你们，"
    "请结合实际认真贯彻执行。示例市人民政府办公室。"
)
TRADITIONAL = (
    "關於印發《示例市城市更新行動方案》的通知，各區人民政府，市政府各部門：經市政府同意，現將方案印發給你們，"
    "請結合實際認真貫徹執行。示例市人民政府辦公室。"
)
WRITTEN = [
    ("utf-8", NOTICE),
    ("gb18030", NOTICE),
    ("gb18030", TRADITIONAL),
    ("gbk", NOTICE),
    ("big5", TRADITIONAL),
    ("big5hkscs", TRADITIONAL),
    ("utf-16-le", NOTICE),
    ("utf-16-be", NOTICE),
]
LABELS = ["", "utf-8", "utf8", "gb2312", "GBK;", '"GB2312"', "gb_2312-80", "x-gbk", "big5", "x-x-big5", "iso-8859-1"]
LABELS += ["windows-1252", "hz-gb-2312", "utf-16", "euc-kr", "x-none"]


def page(text: str, label: str = "") -> str:
    meta = f"<meta charset={label}>" if label else ""
    return f"<html><head>{meta}<title>{text[:20]}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(("codec", "text"), WRITTEN)
def test_no_label_spoils_a_notice(codec: str, text: str, label: str) -> None:
    bare = decode(text[:60].encode(codec), f"text/html; charset={label}")
    assert (bare.text, bare.lost, bare.doubt) == (text[:60], 0, False)
    marked = page(text, label)
    found = decode(marked.encode(codec))
    assert (found.text, found.lost, found.mended, found.doubt) == (marked, 0, 0, False)


@pytest.mark.parametrize(("codec", "text"), WRITTEN)
@pytest.mark.parametrize(("meta", "header"), [("big5", "gbk"), ("gbk", "utf-8"), ("utf-8", "big5")])
def test_labels_that_contradict_each_other_do_no_harm(codec: str, text: str, meta: str, header: str) -> None:
    assert decode(page(text, meta).encode(codec), f"text/html; charset={header}").text == page(text, meta)


@pytest.mark.parametrize(("codec", "text"), WRITTEN)
@pytest.mark.parametrize("label", ["", "utf-8", "gbk", "big5", "iso-8859-1"])
def test_a_page_cut_inside_a_character_loses_that_one_and_says_so(codec: str, text: str, label: str) -> None:
    found = decode(text.encode(codec)[:-1], f"charset={label}")
    assert (found.text, found.lost) == (text[:-1] + "\ufffd", 1)


@pytest.mark.parametrize("body", [b"<p>\xe6\x94", b"<p>\xd5", b"<p>caf\xe9</p>" * 3, bytes(range(128, 256)) * 3])
@pytest.mark.parametrize("label", ["", "iso-8859-1", "gbk"])
def test_what_cannot_be_known_is_flagged(body: bytes, label: str) -> None:
    found = decode(body, f"charset={label}")
    assert found.lost or found.doubt


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("shift_jis", "cp932", "これは日本語の案内です。市役所へお越しください。"),
        ("euc-kr", "cp949", "연변조선족자치주 인민정부 판공실 통지문을 발표하였다"),
        ("windows-1251", "cp1251", "Правительство Российской Федерации приняло решение"),
    ],
)
def test_other_languages_are_believed_as_declared(label: str, codec: str, text: str) -> None:
    assert decode(page(text, label).encode(codec)).text == page(text, label)


def test_a_western_label_is_believed_of_western_words_only() -> None:
    western = "<p>It\u2019s the café\u2019s menu \u2013 d\u00e9j\u00e0 vu</p>"
    found = decode(western.encode("cp1252"), "text/html; charset=iso-8859-1")
    assert (found.text, found.encoding, found.doubt) == (western, "cp1252", True)
    assert decode("<p>人事任免</p>".encode("gbk"), "text/html; charset=iso-8859-1").text == "<p>人事任免</p>"


def test_hz_is_read_as_declared() -> None:
    assert decode(NOTICE.encode("hz"), "charset=hz-gb-2312").text == NOTICE
    assert decode(b"~{ is no Chinese", "charset=hz-gb-2312").text == "~{ is no Chinese"


@pytest.mark.parametrize(
    ("bulk", "inside"),
    [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("gb18030", "utf-8"), ("big5hkscs", "utf-8"), ("utf-8", "big5hkscs")],
)
@pytest.mark.parametrize("label", ["", "utf-8", "gbk", "big5"])
def test_a_fragment_in_another_encoding_is_read_in_its_own(bulk: str, inside: str, label: str) -> None:
    text = TRADITIONAL if "big5hkscs" in (bulk, inside) else NOTICE
    start = "<p>" + "</p>\n<p>".join([text] * 3) + "</p>"
    footer = '<div title="示例市">版本信息<td>一</td><a>投</a><b>中文</b><a>首页</a><a>搜索</a>政策文件</div>'
    found = decode(start.encode(bulk) + footer.encode(inside) + b"</body>", f"charset={label}")
    assert (found.text, found.lost, found.encoding) == (start + footer + "</body>", 0, bulk)
    assert found.mended >= 3


def test_a_cut_character_is_not_taken_for_another_encoding() -> None:
    description = f'<meta name="description" content="{NOTICE[:20]}'.encode() + "政".encode()[:2] + b'">'
    found = decode(description + page(NOTICE).encode())
    assert (found.lost, found.mended, found.encoding) == (1, 0, "utf-8")
    assert found.text.count(NOTICE[:20] + "\ufffd") == 1


@pytest.mark.parametrize(
    ("codec", "bytes_", "text"),
    [
        ("utf-8", b"<p>\x93policy\x94 \x96 it\x92s</p>", "<p>“policy” – it’s</p>"),
        ("utf-8", b"<p>\xa0</p>", "<p>\xa0</p>"),
        ("gb18030", b"<td>\xa0</td><td>\x80 5</td>", "<td>\xa0</td><td>€ 5</td>"),
        ("big5hkscs", b"<td>\xa3\xe1 5</td>", "<td>€ 5</td>"),
    ],
)
def test_marks_of_windows_are_read_and_counted(codec: str, bytes_: bytes, text: str) -> None:
    start = page(TRADITIONAL)
    found = decode(start.encode(codec) + bytes_)
    assert (found.text, found.lost) == (start + text, 0)
    assert found.mended


@pytest.mark.parametrize(
    ("codec", "bytes_", "text"),
    [("gb18030", b"\xa6\xd9\xfe\x59", "︐龴"), ("big5hkscs", b"\xa1\x45\xa1\xe3\xa2\x44", "‧～￥")],
)
def test_characters_are_those_of_the_standards_of_today(codec: str, bytes_: bytes, text: str) -> None:
    assert decode(TRADITIONAL.encode(codec) + bytes_).text == TRADITIONAL + text


def test_few_bytes_that_are_utf8_by_chance_are_read_as_chinese() -> None:
    lucky = "投".encode("gb18030") * 4
    assert lucky.decode() != "投" * 4  # they are valid UTF-8
    assert decode(lucky, "charset=gb2312").text == "投投投投"
    for text in ("· · ·", "Ü ö é", "Права человека"):
        assert decode(text.encode()).text == text


def test_declarations_stand_where_a_browser_reads_them() -> None:
    assert declarations(b"<!-- <meta charset=big5> --><meta charset=gbk>") == (("gb18030", "meta"),)
    assert declarations(b"<script>'<meta charset=big5>'</script><meta charset=utf8>") == (("utf-8", "meta"),)
    assert declarations(b"<script>" + b"x" * 9000 + b"</script><meta charset=gbk>") == (("gb18030", "meta"),)
    assert declarations(b"<p>charset=gbk</p><meta name=description content='charset=gbk'>") == ()
    assert declarations(b"", "text/html;charset=GB2312;") == (("gb18030", "HTTP header"),)
    assert declarations(b"", "text/html; charset=x-none") == declarations(b"", "text/html; charset=rot13") == ()


def test_the_reason_names_the_witness_or_the_evidence() -> None:
    big5 = page(TRADITIONAL, "gb2312").encode("big5")
    assert decode(big5, "charset=big5").reason == "HTTP header"
    assert decode(big5).reason == "the bytes read as Chinese, not as meta says"
    assert decode(page(NOTICE).encode("gbk")).reason == "the bytes read as Chinese"
    assert decode(NOTICE.encode("utf-16-le")).encoding == "utf-16-le"
    assert decode(page(NOTICE).encode("utf-16-be")).reason == "zero bytes beside ASCII"


def test_binary_is_not_taken_for_utf16() -> None:
    assert "\0" in decode(b"\x00\x01\x00\x00\xfe\x03\x00\xe0\x00\x00\x00\x99" * 50).text
    assert "\0" in decode(b"report\0" * 50).text


@pytest.mark.parametrize("right", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize("wrong", ["gb18030", "big5hkscs", "utf-8", "utf-16-le", "utf-16-be"])
def test_right_readings_stand_clear_of_wrong_ones(right: str, wrong: str) -> None:
    body = TRADITIONAL[:40].encode(right)
    if right == wrong:
        assert likeness(body.decode(wrong)) > CHINESE
    else:
        assert likeness(body.decode(wrong, "replace")) < min(CHINESE, likeness(body.decode(right)) - CLEAR)


@given(st.binary(max_size=300), st.sampled_from(("utf-8", "gb18030", "big5hkscs")))
def test_a_mixture_is_read_to_its_end(noise: bytes, codec: str) -> None:
    start = page(TRADITIONAL).encode(codec)
    text, _ = read_mixed(start + noise + b"<END>", codec)
    text.encode()
    assert text.startswith(page(TRADITIONAL))
    assert text.endswith("<END>")
