"""What is one document, whatever its address looks like, and what keeps the id that it always had."""

from __future__ import annotations

import pytest

from crawler.page import canonical_url, document_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/zw/a.html", "http://a.gov.cn:80/zw/a.html"),
        ("https://a.gov.cn/a", "https://a.gov.cn:443/a"),
        ("http://a.gov.cn/a", "http://a.gov.cn./a"),
        ("http://a.gov.cn:8080/a", "http://a.gov.cn.:8080/a"),
        ("http://a.gov.cn/x.html", "http://a.gov.cn/x.html;jsessionid=0F3A9C!-12"),
        ("http://a.gov.cn/x.jsp?id=1", "http://a.gov.cn/x.jsp;JSESSIONID=0F3A?id=1"),
        ("http://[::1]/a", "http://[::1]:80/a"),
        ("http://a.gov.cn/a", "https://A.GOV.CN/a#top"),
    ],
)
def test_one_document(one: str, other: str) -> None:
    assert document_id(one) == document_id(other)
    assert canonical_url(canonical_url(other)) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/a", "http://a.gov.cn:8080/a"),
        ("http://a.gov.cn/a", "http://a.gov.cn:443/a"),
        ("http://a.gov.cn/zw/a.html", "http://a.gov.cn//zw/a.html"),
        ("http://a.gov.cn/x;id=1", "http://a.gov.cn/x;id=2"),
        ("http://a.gov.cn/x?jsessionid=1", "http://a.gov.cn/x?jsessionid=2"),
    ],
)
def test_two_documents(one: str, other: str) -> None:
    assert document_id(one) != document_id(other)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://www.suzhou.gov.cn/szsrmzf/zfwj/202205/0123456789abcdef0123456789abcdef.shtml", "e15b727c037d9f7c"),
        ("http://www.shenyang.gov.cn:8081/zwgk/t20220523_1.html?b=2&a=%E5%9B%BD", "de19a2514fefbd5e"),
        ("urn:zhengce:demo/a.txt", "3e85ca9b59c3e046"),
    ],
)
def test_ids_are_for_life(url: str, number: str) -> None:
    assert document_id(url) == number
