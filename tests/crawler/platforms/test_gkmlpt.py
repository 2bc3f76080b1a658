"""gkmlpt: the catalogue in window._CONFIG, its leaves as columns, a hundred articles a page."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from platform_lists import column, title, walk

from crawler.errors import ListError
from crawler.platforms import PLATFORMS, ListRequest, detect

INDEX = "http://www.example.gov.cn/gkmlpt/index"
API = "http://www.example.gov.cn/gkmlpt/api/all/505"
TREE = [
    {"id": 1, "name": "机构概况", "jump_url": "", "children": [{"id": 11, "name": "领导", "jump_url": ""}]},
    {
        "id": 2,
        "name": "政策",
        "jump_url": "",
        "children": [
            {"id": 505, "name": "规范性文件", "jump_url": "", "children": []},
            {"id": 22, "name": "外部", "jump_url": "http://www.example.com/"},
            {"id": 507, "name": "解读]文件", "jump_url": ""},
        ],
    },
]
PAGE = (
    "<html><script>window._CONFIG = {\n  SID: '200001',\n  TREE: "
    + json.dumps(TREE, ensure_ascii=False)
    + ",\n  SERVICE_AREA_ID: 20, GKMLPT: '/gkmlpt/', };</script></html>"
)


def article(number: int) -> dict[str, object]:
    found: dict[str, object] = {
        "id": number,
        "title": title(number),
        "url": f"http://www.example.gov.cn/gkmlpt/content/3/32/post_{number}.html",
        "identifier": f"11440100007482516X/2024-{number:05d}",
        "document_number": f"某府规〔2024〕{number}号",
        "publisher": "某市人民政府办公厅",
        "date": 1704384000,
        "display_publish_time": 1704384000,
        "is_expired": int(number == 1),
        "is_abolished": 0,
    }
    if number == 2:
        found |= {"url": "", "post_url": "/gkmlpt/content/3/32/mpost_2.html"}
    if number == 3:
        found["attachment"] = [{"name": "附件1.docx", "url": "/attachment/7/3.docx"}]
    return found


def column_answer(request: ListRequest, total: int = 150) -> str:
    asked = parse_qs(urlsplit(request.url).query)
    page = int(asked["page"][0])
    rows = [article(n) for n in range(total)[100 * page - 100 : 100 * page]]
    return json.dumps({"classify": {"post_count": total}, "articles": rows})


def test_a_column() -> None:
    seen = walk("gkmlpt", column(API, sid="200025"), column_answer)
    assert (seen.titles, seen.ends, seen.total) == ([title(n) for n in range(150)], ["total reached"], 150)
    assert [request.url for request in seen.requests] == [f"{API}?page=1&sid=200025", f"{API}?page=2&sid=200025"]
    assert {item.published for item in seen.items} == {"2024-01-05"}
    assert dict(seen.items[1].hints) == {
        "doc_number": "某府规〔2024〕1号",
        "index_number": "11440100007482516X/2024-00001",
        "publisher": "某市人民政府办公厅",
        "validity": "失效",
    }
    assert "validity" not in dict(seen.items[0].hints)
    assert seen.items[2].url == "http://www.example.gov.cn/gkmlpt/content/3/32/mpost_2.html"
    assert seen.items[3].attachments == (("附件1.docx", "http://www.example.gov.cn/attachment/7/3.docx"),)


def test_a_count_that_is_too_high() -> None:
    def serve(request: ListRequest) -> str:
        return column_answer(request) if "page=3" not in request.url else json.dumps({"articles": []})

    seen = walk(
        "gkmlpt", column(API, sid="1"), lambda request: serve(request).replace('"post_count": 150', '"post_count": 999')
    )
    assert (len(seen.items), seen.ends) == (150, ["empty answer"])


@pytest.mark.parametrize(
    ("under", "leaves"), [("", ["11", "505", "507"]), ("^政策$", ["505", "507"]), ("规范性", ["505"])]
)
def test_the_catalogue(under: str, leaves: list[str]) -> None:
    read = PLATFORMS["gkmlpt"].read(ListRequest(url=INDEX), PAGE.encode(), (), column(INDEX, under=under))
    assert [urlsplit(request.url).path.rpartition("/")[2] for request in read.following] == leaves
    assert all(request.url.endswith("?page=1&sid=200001") for request in read.following)


def test_one_leaf_by_the_fragment() -> None:
    read = PLATFORMS["gkmlpt"].read(ListRequest(url=INDEX), PAGE.encode(), (), column(f"{INDEX}#507"))
    assert [urlsplit(request.url).path for request in read.following] == ["/gkmlpt/api/all/507"]


def test_a_site_from_its_catalogue() -> None:
    seen = walk(
        "gkmlpt",
        column(INDEX, under="规范性"),
        lambda request: column_answer(request) if "/api/" in request.url else PAGE,
    )
    assert (len(seen.items), seen.ends) == (150, ["total reached"])


@pytest.mark.parametrize("page", ["<html>404</html>", PAGE[: PAGE.index("规范性")]])
def test_no_catalogue(page: str) -> None:
    with pytest.raises(ListError, match=r"gkmlpt/index: (no window\._CONFIG|the catalogue .* is cut off)"):
        walk("gkmlpt", column(INDEX), lambda request: page)


def test_the_fingerprint() -> None:
    assert detect(PAGE, INDEX) == "gkmlpt"
    assert detect("<script>window._CONFIG = {a: 1}</script>", "https://www.example.com/") == "generic"
