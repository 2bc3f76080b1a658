"""What the templates of real sites do with title, facts and links, and what the whole pipeline makes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pagemaker import record

from pipeline.steps import clean

if TYPE_CHECKING:
    from pipeline.model import Document


def document(body: str, head: str = "") -> Document:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    found = clean(record(page, media_type="text/html", url="http://www.qingyu.gov.cn/a.html")).document
    assert found
    return found


TEXT = "<p>各乡镇人民政府：</p><p>据气象部门预报，今夜有大雨，请立即转移危险区域的群众。</p>"
WINDOW = "<title>关于防汛的通知</title>"
SIGNED = "<p>青屿县防汛抗旱指挥部</p><p>2021年7月18日</p>"


def test_the_bodies_above_a_title_belong_to_it() -> None:
    window = "<title>关于启动防汛Ⅳ级应急响应的通知_青屿县水利局</title>"
    for head in (
        "<h1>青屿县防汛抗旱指挥部<br>关于启动防汛Ⅳ级应急响应的通知</h1>",
        "<div><p>青屿县防汛抗旱指挥部</p><p>关于启动防汛Ⅳ级应急响应的通知</p></div>",
    ):
        found = document(f"{head}<div id='zoom'>{TEXT}{SIGNED}</div>", window)
        assert found.title == "青屿县防汛抗旱指挥部关于启动防汛Ⅳ级应急响应的通知"
    banner = "<div>青屿县防汛抗旱指挥部</div><div><h1>关于启动防汛Ⅳ级应急响应的通知</h1></div>"
    assert document(f"{banner}<div id='zoom'>{TEXT}</div>", window).title == "关于启动防汛Ⅳ级应急响应的通知"


def test_the_day_behind_the_title_is_the_day_of_publication() -> None:
    head = "<title>青屿县关于防汛的通知</title>"
    shown = "<h2>青屿县关于防汛的通知<small>（2021-07-19）</small></h2>"
    found = document(f"{shown}<div id='zoom'>{TEXT}{SIGNED}</div>", head)
    assert (found.title, str(found.published)[:10], found.written) == (
        "青屿县关于防汛的通知",
        "2021-07-19",
        date(2021, 7, 18),
    )


def test_the_facts_of_the_document_that_a_page_explains_are_not_its_own() -> None:
    facts = "<p>文号：青政发〔2021〕3号 发布日期：2021-05-31</p>"
    original = f"<div><p>政策原文：<a href='/1.html'>青屿县防汛办法</a></p>{facts}</div>"
    page = f"{original}<h1>《青屿县防汛办法》政策解读</h1><p>2021-07-19 来源：县水利局</p><div id='zoom'>{TEXT}</div>"
    found = document(page, "<title>《青屿县防汛办法》政策解读</title>")
    assert (found.doc_number, str(found.published)[:10]) == (None, "2021-07-19")


def test_text_around_a_table_comes_along_without_a_sentence() -> None:
    cells = "".join(f"<tr><td>{n}</td><td>某某医疗器械有限公司</td><td>{n},386,000.00</td></tr>" for n in (1, 2, 3))
    table = f"<table border='1'><tr><td>包号</td><td>供应商</td><td>金额</td></tr>{cells}</table>"
    body = f"<p>一、项目编号：LC-22</p><p>二、项目名称：设备采购</p>{table}<p>三、公告期限</p><p>1个工作日</p>"
    files = "<p><a href='/a.zip'>采购文件.zip</a></p>"
    title = "<table><tr><td class='bt'>青屿县医院设备采购项目中标结果公告</td></tr></table>"
    layout = f"{title}<table><tr><td>{body}{files}</td></tr></table>"
    found = document(layout, "<title>青屿县医院设备采购项目中标结果公告</title>")
    assert found.text.startswith("一、项目编号：LC-22\n二、项目名称：设备采购\n| 包号 |")
    assert found.text.endswith("三、公告期限\n1个工作日")


def test_a_page_that_still_loads_is_refused() -> None:
    page = "<h1>青屿县关于防汛的通知</h1><div id='zoom'><p>&nbsp;</p><div>正在加载，请稍候……</div></div>"
    found = clean(record(f"<html><body>{page}</body></html>", media_type="text/html"))
    assert found.document is None
    assert [removal.rule for removal in found.removals if removal.scope == "page"] == ["judge.empty"]


def test_an_empty_link_that_is_hidden_is_no_attachment() -> None:
    hidden = "<a href='/1/x.pdf' style='display:none'></a>"
    assert document(f"<h1>关于防汛的通知</h1><div id='zoom'>{TEXT}{hidden}</div>").attachments == ()


def test_a_label_in_brackets_goes_with_its_links() -> None:
    links = "<div>【相关信息】<br><a href='/jd/1.html'>《青屿县防汛办法》政策解读</a></div>"
    assert "相关信息" not in document(f"<h1>关于防汛的通知</h1><div id='zoom'>{TEXT}{links}</div>").text


def test_the_tax_librarys_validity_stands_before_the_dates() -> None:
    line = "<div><span>全文废止</span><span>成文日期：2018-04-10</span><span>发布日期：2018-04-12</span></div>"
    found = document(f"<h1>关于防汛的通知</h1>{line}<div id='zoom'>{TEXT}</div>", WINDOW)
    assert (found.validity, found.written) == ("废止", date(2018, 4, 10))


def test_the_signature_beats_a_table_that_repeats_the_day_of_publication() -> None:
    rows = (("索引号", "SL-1", "生成日期", "{}"), ("文号", "青水〔2021〕4号", "发布日期", "2021-07-20"))
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    table = f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>"
    for day, written in (("2021-07-20", date(2021, 7, 18)), ("2021-07-19", date(2021, 7, 19))):
        page = f"{table.format(day)}<h1>青屿县关于防汛的通知</h1><div id='zoom'>{TEXT}{SIGNED}</div>"
        assert document(page, "<title>青屿县关于防汛的通知</title>").written == written


def test_labels_and_values_in_boxes_of_one_line_are_pairs() -> None:
    pairs = (("索引号", "008511234-1/2023-00096"), ("主题分类", "应急管理 / 预案"), ("文号", "青政办发〔2021〕31号"))
    for label, value in ("b", "em"), ("span", "span"):
        boxes = "".join(f"<{label}>{name}</{label}><{value}>{said}</{value}>" for name, said in pairs)
        found = document(
            f"<div>{boxes}</div><h1>关于防汛的通知</h1><div id='zoom'>{TEXT}</div>", "<title>关于防汛的通知</title>"
        )
        assert (found.index_number, found.theme, found.doc_number) == tuple(said for _, said in pairs)


def test_the_house_that_signs_comes_before_the_office_of_a_form() -> None:
    form = "<p>发文单位：投资处</p><p>文号：青政〔2021〕1号</p>"
    found = document(
        f"<h1>关于防汛的通知</h1>{form}<div id='zoom'>{TEXT}{SIGNED}</div>", "<title>关于防汛的通知</title>"
    )
    assert found.issuer == "青屿县防汛抗旱指挥部"


def test_the_window_names_the_site_alone() -> None:
    brand = "<div><a>青屿自由贸易试验区<b>海口岸片区</b></a></div>"
    found = document(
        f"{brand}<h1>青屿自由贸易试验区海口岸片区关于防汛的通知</h1><div id='zoom'>{TEXT}</div>",
        "<title>青屿自由贸易试验区海口岸片区</title>",
    )
    assert found.title == "青屿自由贸易试验区海口岸片区关于防汛的通知"


def test_the_day_alone_in_brackets_under_the_title_is_the_day_of_adoption() -> None:
    found = document(
        f"<h1>关于防汛的意见</h1><div id='zoom'><p>（2021年7月6日）</p>{TEXT}</div>", "<title>关于防汛的意见</title>"
    )
    assert found.written == date(2021, 7, 6)
