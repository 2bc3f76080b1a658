"""OFD: text in reading order, tables, templates, and packages that are no good."""

from __future__ import annotations

import pytest
from ofdmaker import SPACE, Leaf, ofd

from pipeline.extract.files.errors import DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE, UNSAFE
from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.formats import parse

TITLE = "关于印发青屿市防汛应急预案的通知"
LINES = [
    "　　为贯彻落实国务院关于防灾减灾救灾工作的决策部署，进一",
    "步提升全市防汛抗旱能力，现将有关事项通知如下，请认真遵照",
    "执行。",
    "　　各单位要加强组织领导，压实工作责任。",
]
TEXT = ["".join(LINES[:3]).strip(), LINES[3].strip()]
_PAGE = "Doc_0/Pages/Page_0/Content.xml"


def texts(found: FileRead) -> list[str]:
    assert found.refusal is None, found.refusal
    return [block.text for block in found.blocks]


def rule_of(body: bytes, limits: Limits | None = None) -> str:
    found = parse(body, limits or Limits())
    assert found.refusal is not None
    return found.refusal.rule


def test_lines_become_paragraphs_and_the_largest_type_the_title() -> None:
    found = parse(ofd(Leaf().text(43, 20, TITLE, 7.7).lines(26, 40, LINES)), Limits())
    assert found.kind == "ofd"
    assert texts(found) == [TITLE, *TEXT]
    assert found.title == TITLE


def test_steps_and_blocks_and_matrices_place_the_characters() -> None:
    leaf = Leaf()
    leaf.drawn.append(
        '<ofd:PageBlock><ofd:TextObject Boundary="20 20 100 10" Size="2.8" CTM="2 0 0 2 0 0"><ofd:TextCode X="0" Y="3" '
        'DeltaX="2.8 g 2 2.8 5.6">应急预案　如</ofd:TextCode></ofd:TextObject></ofd:PageBlock>'
        '<ofd:TextObject Boundary="87.2 20 100 10" Size="5.6"><ofd:TextCode X="0" Y="6">下：</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    assert texts(parse(ofd(leaf), Limits())) == ["应急预案 如 下："]


@pytest.mark.parametrize("space", [SPACE, 'xmlns:ofd="http://www.ofdspec.org"'])
def test_the_namespaces_in_use_are_read(space: str) -> None:
    leaf = Leaf().lines(26, 40, LINES)
    body = ofd(leaf, parts={_PAGE: leaf.xml.replace(SPACE, space)})
    assert texts(parse(body, Limits())) == TEXT


def test_ruled_lines_are_a_table() -> None:
    leaf = Leaf()
    for x in (20, 60, 120):
        leaf.line(x, 20, x, 60)
    for y in (20, 40, 60):
        leaf.line(20, y, 120, y)
    for x, y, text in ((22, 25, "地区"), (62, 25, "资金（万元）"), (22, 45, "青屿市"), (62, 45, "120")):
        leaf.text(x, y, text, 3.7)
    (table,) = parse(ofd(leaf), Limits()).blocks
    assert table.text == "| 地区 | 资金（万元） |\n| --- | --- |\n| 青屿市 | 120 |"


def test_page_numbers_are_removed() -> None:
    found = parse(ofd(*(Leaf().lines(26, 40, LINES).text(95, 282, f"— {n} —", 4.9) for n in (1, 2))), Limits())
    assert texts(found) == TEXT * 2
    assert [removal.rule for removal in found.removals] == ["files.page_number"] * 2


def test_templates_are_drawn_and_missing_pages_are_passed_over() -> None:
    used = Leaf(template='<ofd:Template TemplateID="7"/>').text(26, 60, "各区人民政府：")
    body = ofd(
        used,
        common='<ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpls/Tpl_0/Content.xml"/>',
        parts={"Doc_0/Tpls/Tpl_0/Content.xml": Leaf().text(26, 40, "青屿市人民政府文件", 9).xml},
    )
    assert texts(parse(body, Limits())) == ["青屿市人民政府文件", "各区人民政府："]
    without = ofd(used, common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/none.xml"/>')
    assert texts(parse(without, Limits())) == ["各区人民政府："]


def test_text_askew_is_no_text() -> None:
    leaf = Leaf().lines(26, 40, LINES).text(60, 120, "内部资料", 20, 'CTM="0.7 -0.7 0.7 0.7 0 0"')
    found = parse(ofd(leaf), Limits())
    assert texts(found) == TEXT
    assert [(removal.rule, removal.evidence) for removal in found.removals] == [("files.askew", "内部资料")]


def test_what_is_not_shown_is_not_read() -> None:
    found = parse(ofd(Leaf().lines(26, 40, LINES).text(26, 120, "草稿", more='Visible="false"')), Limits())
    assert texts(found) == TEXT


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (ofd(Leaf()), EMPTY),
        (ofd(Leaf().picture(0, 0, 210, 297)), NEEDS_OCR),
        (
            ofd(Leaf().text(26, 40, TITLE), parts={"Doc_0/Encryptions.xml": "<a/>", "Encryptions.xml": "<a/>"}),
            ENCRYPTED,
        ),
        (ofd(Leaf().text(26, 40, TITLE), parts={"OFD.xml": f"<ofd:OFD {SPACE}/>"}), DAMAGED),
        (ofd(Leaf().text(26, 40, TITLE), parts={"Doc_0/Document.xml": "<ofd:Doc"}), DAMAGED),
        (ofd(Leaf().text(26, 40, TITLE)).replace(b"Doc_0/Document.xml", b"Doc_0/Documenx.xml"), DAMAGED),
        (
            ofd(Leaf(), parts={_PAGE: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            UNSAFE,
        ),
    ],
)
def test_packages_that_are_no_good_say_why(body: bytes, rule: str) -> None:
    assert rule_of(body) == rule


def test_bounds_are_kept() -> None:
    leaves = [Leaf().text(26, 40, f"{TITLE}之{n}") for n in "一二三"]
    assert rule_of(ofd(*leaves), Limits(pages=2)) == TOO_LARGE
    assert rule_of(ofd(*leaves), Limits(inflated=500)) == TOO_LARGE
    assert parse(ofd(*leaves), Limits(pages=3)).refusal is None


def test_a_name_that_leaves_the_package_is_no_page() -> None:
    body = ofd(
        Leaf(),
        parts={
            "Doc_0/Document.xml": f'<Document {SPACE}><Pages><Page BaseLoc="../../../etc/passwd"/></Pages></Document>'
        },
    )
    assert rule_of(body) == EMPTY


def test_units_that_hold_themselves_come_to_an_end() -> None:
    inner = '<ofd:Content><ofd:CompositeObject ResourceID="5"/><ofd:CompositeObject ResourceID="5"/></ofd:Content>'
    unit = f'<ofd:CompositeGraphicUnit ID="5">{inner}</ofd:CompositeGraphicUnit>'
    leaf = Leaf().text(26, 40, TITLE)
    leaf.drawn.append('<ofd:CompositeObject ResourceID="5" Boundary="0 0 10 10"/>')
    body = ofd(
        leaf, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", parts={"Doc_0/Res.xml": f"<Res {SPACE}>{unit}</Res>"}
    )
    assert texts(parse(body, Limits())) == [TITLE]
