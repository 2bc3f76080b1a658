"""Bytes are read in the encoding that fits them, whatever is declared, and reading never fails."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.encoding.decode import decode

TEXT = "苏州市人民政府关于印发方案的通知：各区人民政府，现将方案印发给你们，请认真贯彻执行。" * 3
RARE = "镕喆㙍囍堃，" + TEXT
TRADITIONAL = "臺北市政府公報：本辦法自公布日施行，請依規定辦理，特此公告。" * 3


def html(charset: str, text: str = TEXT) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>{text}</p>'


@pytest.mark.parametrize("declared", ["", "text/html; charset=utf-8", "text/html;charset='UTF-8'"])
def test_utf8_is_read_as_declared_or_not(declared: str) -> None:
    found = decode(TEXT.encode(), declared)
    assert (found.text, found.encoding, found.lost) == (TEXT, "utf-8", 0)


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "cp936", "x-gbk", '"gb2312"'])
def test_every_gb_label_reads_all_of_gb18030(declared: str) -> None:
    found = decode(RARE.encode("gb18030"), f"text/html; charset={declared}")
    assert (found.text, found.encoding, found.lost) == (RARE, "gb18030", 0)


@pytest.mark.parametrize("wrong", ["utf-8", "gb2312", "gbk", "ascii", "us-ascii", "utf-32"])
@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
def test_a_wrong_label_is_not_believed(right: str, wrong: str) -> None:
    assert decode(TEXT.encode(right), f"text/html; charset={wrong}").text == TEXT


@pytest.mark.parametrize("server", ["iso-8859-1", "latin1", "windows-1252"])
def test_the_default_label_of_old_servers_does_not_spoil_utf8(server: str) -> None:
    assert decode(TEXT.encode(), f"text/html; charset={server}").text == TEXT


@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
def test_a_page_that_says_nothing_is_told_by_its_bytes(right: str) -> None:
    found = decode(TEXT.encode(right))
    assert (found.text, found.lost) == (TEXT, 0)


def test_big5_is_read_as_declared() -> None:
    assert decode(TRADITIONAL.encode("big5"), "text/html; charset=big5").text == TRADITIONAL
    assert decode(html("big5", TRADITIONAL).encode("big5")).encoding == "big5hkscs"


@pytest.mark.parametrize("right", ["gbk", "gb2312", "GB18030"])
def test_the_meta_tag_is_read(right: str) -> None:
    found = decode(html(right).encode(right))
    assert TEXT in found.text
    assert found.reason == "meta"


def test_the_bytes_go_first_then_the_server_then_the_meta_tag() -> None:
    assert decode(html("gbk").encode(), "text/html; charset=gbk").reason == "the bytes are UTF-8"
    assert decode(html("big5").encode("gbk"), "text/html; charset=gbk").reason == "HTTP header"
    assert decode(html("gbk").encode("gbk"), "text/html; charset=utf-8").reason == "meta"


@pytest.mark.parametrize("tail", ["", " "])
def test_a_meta_tag_that_can_be_read_as_ascii_is_not_utf16(tail: str) -> None:
    assert TEXT in decode((html("utf-16") + tail).encode()).text


def test_the_xml_declaration_is_read() -> None:
    found = decode(f'<?xml version="1.0" encoding="gb2312"?><html>{TEXT}'.encode("gb18030"))
    assert (found.reason, found.encoding) == ("XML declaration", "gb18030")
    assert TEXT in found.text


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(bom: bytes, codec: str) -> None:
    found = decode(bom + TEXT.encode(codec), "text/html; charset=gb2312")
    assert (found.text, found.reason, found.lost) == (TEXT, "byte order mark", 0)


@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
@pytest.mark.parametrize("declared", ["", "charset=utf-8", "charset=gb2312"])
def test_a_page_cut_inside_a_character_loses_only_that(right: str, declared: str) -> None:
    found = decode(TEXT.encode(right)[:-1], declared)
    assert found.text[: len(TEXT) - 1] == TEXT[:-1]
    assert 1 <= found.lost <= 3


@pytest.mark.parametrize(
    "label",
    [
        *("bogus", "none", "..", "undefined", "x-unknown", "utf", "gb", "mbcs"),
        *("hex", "base64", "rot13", "bz2", "zlib", "quopri", "idna", "punycode", "utf-7", "string_escape"),
    ],
)
@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_nonsense_label_is_passed_over(label: str, where: str) -> None:
    body = html(label if where == "meta" else "").encode()
    found = decode(body, f"text/html; charset={label}" if where == "header" else "")
    assert TEXT in found.text
    assert found.lost == 0


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("label", ["unicode_escape", "raw_unicode_escape", "utf-7"])
def test_no_label_lets_half_a_surrogate_pair_in(label: str, codec: str) -> None:
    found = decode(b"\\ud800 +2AA- policy " + TEXT.encode(codec), f"charset={label}")
    found.text.encode()
    assert TEXT in found.text


def test_nothing_is_nothing() -> None:
    assert decode(b"").text == ""
    assert decode(b"", "text/html; charset=bogus").text == ""


@given(st.binary(max_size=200), st.sampled_from(("", "charset=utf-8", "charset=gbk", "charset=big5", "charset=utf-16")))
def test_reading_never_fails(body: bytes, declared: str) -> None:
    found = decode(body, declared)
    found.text.encode()
    assert found.lost == found.text.count("\ufffd")
    assert found.reason


@given(st.text(alphabet="政策方案，。（）ＡA1 \n", max_size=60), st.sampled_from(("utf-8", "gb18030")))
def test_a_right_label_reads_every_text(text: str, codec: str) -> None:
    assert decode(text.encode(codec), f"text/html; charset={codec}").text == text
