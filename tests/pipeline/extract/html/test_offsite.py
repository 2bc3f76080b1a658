"""Which links leave a site."""

from __future__ import annotations

import pytest

from pipeline.extract.html.offsite import leaves

PAGE = "http://www.qingyu.gov.cn/zwgk/t1.html"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://www.xpj888.com/", "www.xpj888.com"),
        ("//m.k8.vip:8080/a", "m.k8.vip"),
        ("https://news.example.com.cn/a.html", "news.example.com.cn"),
    ],
)
def test_another_site_is_told_by_its_host(address: str, host: str) -> None:
    assert leaves(address, PAGE) == host


@pytest.mark.parametrize(
    "address",
    [
        "/zwgk/t2.html",
        "http://www.qingyu.gov.cn/a.html",
        "http://www.gov.cn/",
        "https://www.tsinghua.edu.cn/",
        "https://mp.weixin.qq.com/s/abc",
        "http://[broken",
        "javascript:void(0)",
    ],
)
def test_the_own_site_public_bodies_and_the_press_are_none(address: str) -> None:
    assert leaves(address, PAGE) == ""


def test_hosts_of_one_domain_are_one_site_and_a_public_suffix_is_none() -> None:
    assert leaves("http://bbs.example.com.cn/", "http://www.example.com.cn/") == ""
    assert leaves("http://www.other.com.cn/", "http://www.example.com.cn/") == "www.other.com.cn"
