"""The city speaks as its families do: every list is walked by hand to its end, and every trap snaps as written."""

from __future__ import annotations

import gzip
import io
import json
import re
import time
import zipfile
from html import unescape
from urllib.parse import quote, urlencode, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from tests.city import City, lists
from tests.city.asking import ask, fetch, links, read, urls


def test_ucap_counts_pages_from_one_and_gives_the_last_page_again_beyond_the_end(here: City) -> None:
    first = here.sites["ucap"]
    call = re.search(r"createPageHTML\('page_div',(\d+), 1,'common_list','shtml',(\d+)\)", read(first))
    assert call
    pages = [first, *(first.replace(".shtml", f"_{number}.shtml") for number in range(2, int(call[1]) + 1))]
    found = [link for page in pages for link in links(read(page), page, r'<li><a href="([^"]+)')]
    assert found == urls(here, "ucap") and len(found) == int(call[2])
    beyond = first.replace(".shtml", f"_{int(call[1]) + 1}.shtml")
    assert read(beyond) == read(pages[-1])


def test_szinf_gives_rows_by_post_alone_and_an_empty_list_beyond_the_end(here: City) -> None:
    frame = read(here.sites["ucap_szinf"])
    channel = re.search(r"channel_id='(\w+)'", frame)
    assert channel and "<li>" not in frame.partition('id="xxgklist"')[2]
    api = urljoin(here.sites["ucap_szinf"], "/szinf/xxgk/interfacesWebZcwj/loadData?pageSize=15")
    said = [
        json.loads(read(api, urlencode({"pageIndex": page, "channel_id": channel[1]}).encode()))["data"]
        for page in (1, 2, 3)
    ]
    assert [row["URL"] for part in said for row in part["list"]] == urls(here, "ucap_szinf")
    assert [(part["allRow"], part["totalPage"], len(part["list"])) for part in said] == [
        (18, 2, 15),
        (18, 2, 3),
        (18, 2, 0),
    ]
    generated = {row["PUBLISHED_TIME_FORMAT"] for part in said for row in part["list"] if "/2019" in row["URL"]}
    assert generated == {"2023-06-15"}
    assert re.fullmatch(r"云屿政办?发〔20\d\d〕\d+号", said[0]["list"][0]["C_WJBH"])
    assert fetch(api)[0] == 404


def store(page: str) -> tuple[list[str], str]:
    """The links of a jpage datastore and its next address."""
    records = re.findall(r"<record><!\[CDATA\[(.*?)\]\]></record>", page, re.S)
    following = re.search(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', page)
    return [re.findall(r"href='([^']+)'", record)[0] for record in records], following[1] if following else ""


def test_jpage_holds_three_screens_and_the_proxy_has_the_rest(here: City) -> None:
    first = here.sites["jcms"]
    page = read(first)
    assert '<script type="text/xml"><datastore><nextgroup>' in page and "totalRecord:28" in page
    held, following = store(page)
    proxy = urljoin(first, "/module/web/jpage/dataproxy.jsp?startrecord=16&endrecord=30&perpage=5")
    form = urlencode({"col": 1, "appid": 1, "webid": 7, "path": "/", "columnid": 3296, "unitid": 212860}).encode()
    answer = read(proxy, form)
    assert "<totalrecord>28</totalrecord><totalpage>6</totalpage>" in answer
    rest, _ = store(answer)
    assert [urljoin(first, link) for link in held + rest] == urls(here, "jcms")
    assert re.search(r'class="time">\s+\d{4}-\s+\d\d-\s+\d\d\s+</span>', answer)
    assert store(read(urljoin(first, following)))[0] == rest
    end = fetch(proxy.replace("=16", "=31").replace("=30", "=45"), form)
    assert end[0] == 200 and len(end[2]) == 54


def test_encrypted_ids_work_only_as_the_next_address_gives_them(here: City) -> None:
    first = here.sites["jcms_encrypted"]
    found, following = store(read(first))
    assert "<totalrecord>26</totalrecord>" in read(first)
    visited = 0
    while following:
        answer = fetch(urljoin(first, following))[2]
        if len(answer) == 54:
            break
        more, following = store(answer.decode())
        found, visited = found + more, visited + 1
    assert visited == 2 and len(answer) == 54
    assert [urljoin(first, link) for link in found] == urls(here, "jcms_encrypted")
    plain = urljoin(first, "/module/web/jpage/dataproxy.jsp?page=1&columnid=104&unitid=212860")
    assert len(fetch(plain)[2]) == 54


def test_xxgk_is_a_table_for_the_area_that_the_tree_names(here: City) -> None:
    first = here.sites["jcms_xxgk"]
    area = re.search(r"tree\.jsp\?area=(\w+)", read(first))
    assert area
    search = urljoin(first, f"/module/xxgk/search.jsp?infotypeId=&vc_title=&vc_number=&area={area[1]}")
    found: list[str] = []
    for page in range(1, 5):
        form = urlencode({"infotypeId": 0, "jdid": 1, "divid": "div1686", "area": area[1], "currpage": page}).encode()
        table = read(search, form)
        found += links(table, first)
        assert "共3页&nbsp;23条记录" in table
    assert found == urls(here, "jcms_xxgk")
    assert links(read(search.replace(area[1], "1"), b"jdid=1"), first) == []


@pytest.mark.parametrize(("name", "attribute"), [("jpaas", "querydata"), ("jpaas_camel", "queryData")])
def test_jpaas_answers_who_says_where_he_comes_from(here: City, name: str, attribute: str) -> None:
    first = here.sites[name]
    page = read(first)
    said = re.search(rf'url="([^"]+)" {attribute}="\{{([^"]+)\}}"', page)
    assert said and '="bulidstatic"' in page
    query = dict(re.findall(r"'(\w+)':'([^']*)'", said[2]))
    found: list[str] = []
    for number in range(1, 9):
        extra = {"paramJson": json.dumps({"pageNo": number, "pageSize": int(query["rows"])})} if number > 1 else {}
        answer = ask(f"{urljoin(first, said[1])}?{urlencode(query | extra)}", Referer=first)
        rows = links(answer["data"]["html"], first)
        assert f'count="{len(urls(here, name))}"' in answer["data"]["html"]
        if not rows or rows[0] in found:
            break
        found += rows
    assert (
        found == urls(here, name)
        and (rows == []) == (name == "jpaas")
        and number == -(-len(found) // int(query["rows"])) + 1
    )
    address = f"{urljoin(first, said[1])}?{urlencode(query)}"
    assert fetch(address)[0] == 403
    bare = ask(f"{address}&pageNo=2", Referer=first)
    assert links(bare["data"]["html"], first) == found[: int(query["rows"])]


@pytest.mark.parametrize(
    ("name", "prefix", "charset"), [("trs", "index", "utf-8"), ("trs_numbered", "index_18086", "gb18030")]
)
def test_trs_counts_pages_from_zero_and_has_a_stub_beyond_the_end(
    here: City, name: str, prefix: str, charset: str
) -> None:
    first = urljoin(here.sites[name], f"{prefix}.html")
    call = re.search(r'createPageHTML\((\d+), 0, "(\w+)", "html"\)', fetch(here.sites[name])[2].decode(charset))
    assert call and call[2] == prefix
    pages = [first, *(first.replace(".html", f"_{index}.html") for index in range(1, int(call[1])))]
    found = [link for page in pages for link in links(fetch(page)[2].decode(charset), page, r'href="(\./[^"]+html)')]
    assert found == urls(here, name)
    status, _, stub = fetch(first.replace(".html", f"_{call[1]}.html"))
    assert status == 200 and 300 <= len(stub) <= 400


def test_shpt_takes_json_and_counts_milliseconds(here: City) -> None:
    api = urljoin(here.sites["shpt"], "/zwgk-search-front/api/data/search")
    pages = [ask(api, {"channelList": ["15856"], "pageNo": n, "pageSize": 20}) for n in (1, 2, 3)]
    rows = [row for page in pages for row in page["data"]["list"]]
    assert [row["url"] for row in rows] == urls(here, "shpt") and pages[2]["data"]["list"] == []
    assert {(page["code"], page["data"]["totalCount"], page["data"]["totalPage"]) for page in pages} == {(0, 25, 2)}
    days = [time.strftime("%Y-%m-%d", time.gmtime(row["display_date"] / 1000 + 8 * 3600)) for row in rows]
    assert days == [day for _, _, day in here.documents("shpt")]
    moved = next(row["url"] for row, day in zip(rows, days, strict=True) if day < "2022")
    assert "/2022/286/" in moved
    assert any(row["attaches"] for row in rows)
    assert fetch(api, b"pageNo=1")[0] == 415


def test_shanghai_keeps_an_archive_for_every_year(here: City) -> None:
    section = here.sites["shanghai"]
    archives = links(read(section), section, r'<a href="([^"]+)"><h4>\d{4}年')
    found: list[str] = []
    for archive in archives:
        total = re.search(r"totalPage: (\d+)", read(archive))
        assert total
        pages = [archive, *(archive.replace(".html", f"_{number}.html") for number in range(2, int(total[1]) + 1))]
        rows = [
            links(re.sub("<!--.*?-->", "", read(url), flags=re.S), url, r'<a href="([^"]+)" target') for url in pages
        ]
        found += [link for page in rows for link in page]
        assert fetch(archive.replace(".html", f"_{int(total[1]) + 1}.html"))[0] == 404
    assert found == urls(here, "shanghai") and len(archives) > 3
    assert read(archives[0]).count(found[0].rpartition("/")[2]) == 2


def test_the_library_groups_kinds_and_has_no_code_200_beyond_the_end(here: City) -> None:
    api = urljoin(here.sites["gov_library"], "/search-gov/data?q=&sort=pubtime&searchfield=title")
    both = ask(f"{api}&t=zhengcelibrary&p=1&n=50")["searchVO"]["catMap"]
    assert set(both) == {"gongwen", "bumenfile", "otherfile", "gongbao"}
    assert [row["url"] for row in both["gongwen"]["listVO"]] == urls(here, "gov_library")
    assert [row["url"] for row in both["bumenfile"]["listVO"]] == urls(here, "gov_library_bm")
    pages = [ask(f"{api}&t=zhengcelibrary_gw&p={number}&n=20") for number in (1, 2)]
    rows = [row for page in pages for row in page["searchVO"]["listVO"]]
    assert [row["url"] for row in rows] == urls(here, "gov_library")
    assert all("<em>" in row["title"] and re.fullmatch(r"20\d\d\.\d\d\.\d\d", row["pubtimeStr"]) for row in rows)
    beyond = ask(f"{api}&t=zhengcelibrary_gw&p=3&n=20")
    assert (beyond["code"], beyond["searchVO"]) == (1001, None)


@pytest.mark.parametrize(("name", "column"), [("gkmlpt", 505), ("gkmlpt_long", 506)])
def test_gkmlpt_needs_the_sid_of_its_index(here: City, name: str, column: int) -> None:
    index = read(here.sites[name].partition("#")[0])
    sid = re.search(r"SID:\s*'(\d+)'", index)
    tree = re.search(r"TREE:\s*(\[.*?\])\s*,\s*SERVICE_AREA_ID", index, re.S)
    assert sid and tree and column in [leaf["id"] for leaf in json.loads(tree[1])[0]["children"]]
    api = urljoin(here.sites[name], f"/gkmlpt/api/all/{column}?page=")
    pages = [ask(f"{api}{number}&sid={sid[1]}") for number in (1, 2, 3)]
    assert [row["url"] for page in pages for row in page["articles"]] == urls(here, name)
    assert pages[0]["classify"]["post_count"] == pages[0]["total"] == len(urls(here, name))
    assert max(len(page["articles"]) for page in pages) <= 100 and pages[2]["articles"] == []
    assert ask(f"{api}0&sid={sid[1]}") == pages[0]
    assert ask(f"{api}1&sid=1")["articles"] == []


@pytest.mark.parametrize("name", ["epoint", "epoint_old"])
def test_epoint_counts_pages_from_zero_and_may_hold_json_in_json(here: City, name: str) -> None:
    first = here.sites[name]
    told = re.search(r"var siteInfo = (\{.*?\})", read(urljoin(first, "/js/webBuilderCommon.js")))
    assert told
    site = json.loads(told[1])
    api = urljoin(first, f"{site['projectName']}/rest/lightfrontaction/getgovinfolist")
    wanted = {"deptcode": "", "categorynum": first.rpartition("=")[2], "pageSize": 10, "siteGuid": site["siteGuid"]}
    found: list[str] = []
    for index in range(9):
        custom = ask(api, {"params": wanted | {"pageIndex": index}} if index % 2 else wanted | {"pageIndex": index})[
            "custom"
        ]
        assert isinstance(custom, str if name == "epoint_old" else dict)
        custom = json.loads(custom) if isinstance(custom, str) else custom
        assert custom["total"] == len(urls(here, name))
        found += [urljoin(first, row["infourl"]) for row in custom["data"]]
        if not custom["data"]:
            break
    assert found == urls(here, name)
    assert "etag" not in fetch(found[0])[1]


def test_truecms_has_hidden_rows_and_wraps_xml_in_jsonp(here: City) -> None:
    first = here.sites["truecms"]
    page = read(first)
    column = re.search(r"columnId:'([^']+)'", page)
    assert column and 'id="initData" style="display:none"' in page and "totalRecord:30" in page
    path = re.compile(r"(?:href=\"|name2\(')(/[^\"']+)")
    assert [urljoin(first, p) for p in path.findall(page.partition("initData")[2])][:12] == urls(here, "truecms")[:12]
    api = urljoin(first, "/TrueCMS/messageController/getMessage.do")
    said = {"startrecord": 11, "endrecord": 40, "perpage": 30, "columnId": column[1], "callback": "cb"}
    wrapped = re.fullmatch(r"cb\((.*)\)", read(f"{api}?{urlencode(said)}", Referer=first))
    assert wrapped
    root = ElementTree.fromstring(json.loads(wrapped[1])["result"])
    assert root.findtext("totalrecord") == "30"
    rest = [urljoin(first, path.findall(record.text or "")[0]) for record in root.iter("record")]
    assert rest == urls(here, "truecms")[10:]
    assert fetch(f"{api}?{urlencode(said)}")[0] == 404
    assert ask(f"{api}?{urlencode(said | {'perpage': 100, 'callback': ''})}", Referer=first)["result"] == ""


def test_a_closed_interface_leaves_the_first_rows_only(here: City) -> None:
    page = read(here.sites["truecms_closed"])
    column = re.search(r"columnId:'([^']+)'", page)
    assert column and "totalRecord:15" in page and len(urls(here, "truecms_closed")) == 12
    api = urljoin(here.sites["truecms_closed"], "/TrueCMS/messageController/getMessage.do")
    assert fetch(f"{api}?startrecord=1&endrecord=10&columnId={column[1]}", Referer="http://a/")[0] == 404


def test_a_generic_list_goes_on_as_its_link_says(here: City) -> None:
    page: str | None = here.sites["generic"]
    found: list[str] = []
    while page:
        text = fetch(page)[2].decode("gb18030")
        assert "charset=gb2312" in text
        found += links(text, page, r'·<a href="([^"]+)')
        page = next(iter(links(text, page, r'<a href="([^"]+)">下一页')), None)
    assert found == urls(here, "generic")
    page, titles = here.sites["generic_dede"], []
    while page:
        text = read(page)
        titles += re.findall(r'class="title">([^<]+)', text)
        page = next(iter(links(text, page, r'<a href="([^"]+)">下一页')), None)
    assert titles == [title for _, title, _ in here.documents("generic_dede")]
    assert "页面不存在" in read(here.sites["generic_dede"].replace("3_1", "3_9"))


def test_sitemaps_and_feeds_name_every_document(here: City) -> None:
    index = read(here.sites["sitemap"])
    files = [fetch(url)[2] for url in re.findall(r"<loc>([^<]+)", index)]
    texts = [gzip.decompress(file).decode() if file[:2] == b"\x1f\x8b" else file.decode() for file in files]
    assert [file[:2] == b"\x1f\x8b" for file in files] == [False, True]
    assert [url for text in texts for url in re.findall(r"<loc>([^<]+)", text)] == urls(here, "sitemap")
    assert [link.text for link in ElementTree.fromstring(read(here.sites["rss"])).iter("link")][1:] == urls(here, "rss")
    atom = ElementTree.fromstring(read(here.sites["atom"]))
    assert [link.attrib["href"] for link in atom.iter("{http://www.w3.org/2005/Atom}link")] == urls(here, "atom")


def test_interfaces_are_what_the_frames_name(here: City) -> None:
    for name, (address, facts) in here.interfaces.items():
        frame = read(here.sites[name].partition("#")[0])
        assert name.startswith("gkmlpt") or urlsplit(address).path in frame
        assert all(value in frame for value in facts.values()), name


# Documents


@pytest.mark.parametrize("name", list(lists()))
def test_documents_stand_where_the_list_says_with_what_belongs_to_them(here: City, name: str) -> None:
    documents = here.documents(name)
    assert len(documents) >= 12 and len({url for url, _, _ in documents}) == len(documents)
    assert [day for _, _, day in documents] == sorted((day for _, _, day in documents), reverse=True)
    charsets, long = [], 0
    for url, title, day in documents:
        pages = [fetch(part)[2] for part in here.parts(url)]
        charset = "gb18030" if b"charset=gb2312" in pages[0] else "utf-8"
        charsets.append(charset)
        text = "".join(page.decode(charset) for page in pages)
        assert title.partition("（")[0] in unescape(text), url
        assert "五、附则" in text and len(text) > 1500
        day_cn = f"{int(day[:4])}年{int(day[5:7])}月{int(day[8:])}日"
        assert day in text or day_cn in text or f"{day} 09:" in text
        long += "#PAGE_BREAK#" in text or len(pages) > 1
    assert charsets.count("gb18030") == 1
    assert long >= (1 if here.families[name] in ("ucap", "trs", "generic") else 0)
    for page, url in here.attachments(name):
        status, headers, file = fetch(url)
        assert status == 200 and ("pdf" in headers["content-type"]) == file.startswith(b"%PDF")
        if name != "generic_dede":
            told = fetch(here.parts(page)[-1])[2].decode("utf-8", "replace")
            assert quote(urlsplit(url).path) in told or urlsplit(url).path.rpartition("/")[2] in told


@pytest.mark.parametrize("name", [name for name, family in lists().items() if family not in ("shpt", "generic")])
def test_heads_carry_the_metas_of_the_standard(here: City, name: str) -> None:
    url, title, day = here.documents(name)[0]
    page = read(url)
    metas = {name.strip(): content for name, content in re.findall(r'<meta name="([^"]+)" content="([^"]*)"', page)}
    assert metas["ArticleTitle"] == title and metas["PubDate"].startswith(day)
    assert {"SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "ContentSource"} <= set(metas)


def test_attachments_are_valid_files(here: City) -> None:
    files = [fetch(url)[2] for _, url in here.attachments("trs")]
    texts = [file for file in files if file.startswith(b"%PDF-")]
    words = [file for file in files if file.startswith(b"PK")]
    assert texts and words
    for file in texts:
        start = int(file.rpartition(b"startxref\n")[2].split()[0])
        places = [int(row[:10]) for row in file[start:].split(b"\n") if row.endswith(b" n ")]
        assert file[start : start + 4] == b"xref"
        assert [file[place:].split()[:3] for place in places] == [
            [str(number).encode(), b"0", b"obj"] for number in range(1, len(places) + 1)
        ]
    for file in words:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            assert archive.testzip() is None
            assert "任务分工表" in archive.read("word/document.xml").decode()
