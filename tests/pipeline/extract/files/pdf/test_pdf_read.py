"""PDF: reading order, wrapped lines, furniture, tables, scans, and files that are no good."""

from __future__ import annotations

import pytest
from pdfmaker import HEIGHT, WIDTH, Leaf, pdf

from pipeline.extract.files.errors import DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE
from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.formats import parse
from pipeline.extract.files.pdf.scan import is_installed

LEFT, FULL = 74, 28  # GB/T 9704: 28 characters a line of 16 pt
TITLE = "关于印发青屿市防汛应急预案的通知"
BODY = (
    "为贯彻落实国务院关于防灾减灾救灾工作的决策部署，进一步提升全市防汛抗旱能力，现将有关事项通知如下，请认真遵照执行。"
)
SECOND = "各单位要加强组织领导，压实工作责任，完善防汛应急预案，开展隐患排查治理，确保各项任务按期完成并取得实效。"


def wrapped(text: str, width: int = FULL) -> list[str]:
    """A paragraph as it is printed: two characters of indent."""
    first = "　　" + text[: width - 2]
    return [first, *(text[at : at + width] for at in range(width - 2, len(text), width))]


def printed(*paragraphs: str) -> list[str]:
    return [line for paragraph in paragraphs for line in wrapped(paragraph)]


def texts(found: FileRead) -> list[str]:
    assert found.refusal is None, found.refusal
    return [block.text for block in found.blocks]


def rules(found: FileRead) -> list[str]:
    return [removal.rule for removal in found.removals]


def read(*leaves: Leaf) -> FileRead:
    return parse(pdf(*leaves), Limits())


def test_wrapped_lines_become_paragraphs_without_blanks() -> None:
    found = read(Leaf().lines(LEFT, 100, printed(BODY, SECOND)))
    assert texts(found) == [BODY, SECOND]
    assert all(block.begins for block in found.blocks)


def test_a_paragraph_goes_over_the_end_of_a_page() -> None:
    lines = printed(BODY, SECOND, BODY, SECOND)
    found = read(Leaf().lines(LEFT, 100, lines[:4]), Leaf().lines(LEFT, 100, lines[4:]))
    assert texts(found) == [BODY, SECOND, BODY, SECOND]


def test_a_number_that_the_line_breaks_is_one_in_chinese() -> None:
    chinese = Leaf().lines(
        LEFT, 100, [*printed(BODY), "　　全市地区生产总值达到一千二百亿元，同比增长约为12", "345万元。"]
    )
    assert texts(read(chinese))[-1].endswith("约为12345万元。")
    english = ["The number of offices that the plan names is set to 12", "34 of them stand in the city."]
    assert "12 34" in texts(read(Leaf().lines(LEFT, 100, [english[0]] * 4 + english)))[-1]


def test_radicals_in_the_place_of_characters_are_characters() -> None:
    found = read(Leaf().text(177, 80, "⻘屿市⼈⺠政府⽂件", 22).lines(LEFT, 200, printed(BODY, "⻋⻢不⾏")))
    assert texts(found)[0] == "青屿市人民政府文件"
    assert texts(found)[-1] == "车马不行"


def test_short_lines_stay_apart() -> None:
    lines = ["一、总体要求", "　　坚持人民至上。", "二、主要任务", "　　开展隐患排查。", *wrapped(BODY)]
    assert texts(read(Leaf().lines(LEFT, 100, lines)))[:4] == [
        "一、总体要求",
        "坚持人民至上。",
        "二、主要任务",
        "开展隐患排查。",
    ]


def test_the_largest_type_at_the_head_is_the_title_though_it_has_two_lines() -> None:
    leaf = Leaf().text(177, 100, "关于印发青屿市防汛应急", 22).text(254, 132, "预案的通知", 22)
    found = read(leaf.lines(LEFT, 200, printed(BODY, SECOND, BODY)))
    assert found.title == texts(found)[0] == TITLE


def test_page_numbers_and_running_heads_are_removed_and_told() -> None:
    leaves = [
        Leaf()
        .text(LEFT, 50, "青屿市防汛应急预案", 9)
        .lines(LEFT, 130, printed(BODY, SECOND))
        .text(280, 800, f"— {n} —", 14)
        for n in range(1, 5)
    ]
    found = read(*leaves)
    assert texts(found) == [BODY, SECOND] * 4
    assert sorted(set(rules(found))) == ["files.page_number", "files.running_head"]
    assert len(found.removals) == 8


def test_a_bare_number_in_the_text_is_no_page_number() -> None:
    found = read(Leaf().lines(LEFT, 100, ["2024", *printed(BODY), "3", *printed(SECOND)]))
    assert "3" in texts(found)
    assert "2024" in texts(found)


def test_annexes_at_the_head_of_their_pages_are_no_running_head() -> None:
    pages = [(f"附件{n}", text) for n, text in enumerate((BODY, SECOND, BODY), 1)]
    found = read(*(Leaf().text(LEFT, 86, head).lines(LEFT, 130, printed(text)) for head, text in pages))
    assert texts(found) == ["附件1", BODY, "附件2", SECOND, "附件3", BODY]
    repeated = read(*(Leaf().text(LEFT, 60, "附件1", 9).lines(LEFT, 130, printed(text)) for _, text in pages))
    assert rules(repeated) == ["files.running_head"] * 3


def test_an_address_over_the_end_of_a_line_is_one() -> None:
    lines = [
        "Plans are published at http://www.example.gov.cn/zwgk2022",
        "05/t2022.html and by mail to the offices there",
    ]
    assert texts(read(Leaf().lines(LEFT, 100, [lines[1]] * 3 + lines)))[-1].count("zwgk202205/t2022.html and") == 1


def test_a_heading_that_stands_on_two_pages_only_stays() -> None:
    leaves = [Leaf().text(LEFT, 100, "主要任务").lines(LEFT, 128, printed(BODY)) for _ in range(2)]
    assert texts(read(*leaves)).count("主要任务") == 2


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [SECOND[at : at + 13] for at in range(0, 52, 13)] * 2
    right = [BODY[at : at + 13] for at in range(0, 52, 13)] * 2
    leaf = Leaf().text(LEFT, 80, "青屿市人民政府公报二〇二四年第三期本期目录和主要内容")
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        leaf.text(LEFT, 120 + 20 * number, one).text(LEFT + 240, 123 + 20 * number, other)
    text = "".join(texts(read(leaf)))
    assert text.index("".join(left)) < text.index("".join(right))


def test_a_list_in_two_columns_is_read_across() -> None:
    names = ["张三", "李四", "王五", "赵六", "钱七", "孙八"]
    leaf = Leaf()
    for number, name in enumerate(names):
        leaf.text(LEFT, 120 + 28 * number, name).text(LEFT + 240, 120 + 28 * number, "市水务局局长")
    assert texts(read(leaf))[0] == "张三 市水务局局长"


@pytest.mark.parametrize("style", ["lines", "bars"])
def test_ruled_lines_are_a_table(style: str) -> None:
    xs, ys = [80.0, 150, 330, 500], [100.0, 130, 160, 190]
    rows = [["序号", "任务", "责任单位"], ["1", "完善防汛应急预案", "市应急管理局"], ["2", "开展隐患排查", "市水务局"]]
    leaf = Leaf()
    if style == "lines":
        leaf.grid(xs, ys, rows)
    else:
        for x in xs:
            leaf.bar(x, ys[0], 0.5, 90)
        for y in ys:
            leaf.bar(xs[0], y, 420, 0.5)
        for row, y in zip(rows, ys, strict=False):
            for text, x in zip(row, xs, strict=False):
                leaf.text(x + 5, y + 20, text, 10.5)
    (table,) = read(leaf).blocks
    assert table.kind == "table"
    assert table.text.splitlines()[::2][0] == "| 序号 | 任务 | 责任单位 |"
    assert table.text.splitlines()[-1] == "| 2 | 开展隐患排查 | 市水务局 |"


def test_a_cell_wraps_and_reaches_over_others() -> None:
    leaf = Leaf().line(80, 100, 500, 100).line(80, 160, 500, 160).line(150, 130, 500, 130)
    for x in (80, 150, 500):
        leaf.line(x, 100, x, 160)
    leaf.line(330, 130, 330, 160)
    leaf.text(85, 130, "地区", 10.5).text(300, 118, "补助资金", 10.5).text(200, 148, "上年", 10.5).text(
        400, 148, "本年", 10.5
    )
    leaf.line(80, 160, 80, 210).line(150, 160, 150, 210).line(330, 160, 330, 210).line(500, 160, 500, 210)
    leaf.line(80, 210, 500, 210)
    leaf.lines(85, 174, ["青屿市滨", "海新区"], 10.5, 14).text(200, 180, "120", 10.5).text(400, 180, "150", 10.5)
    (table,) = read(leaf).blocks
    assert table.text.splitlines() == [
        "| 地区 | 补助资金 |  |",
        "| --- | --- | --- |",
        "|  | 上年 | 本年 |",
        "| 青屿市滨海新区 | 120 | 150 |",
    ]
    assert set(table.merged) == {(1, 0, 0, 0), (0, 2, 0, 1)}


def test_a_table_over_a_page_break_is_one_and_its_heading_stands_once() -> None:
    xs = [80.0, 150, 330, 500]
    head = ["序号", "任务", "责任单位"]
    one = Leaf().grid(xs, [700.0, 730, 760], [head, ["1", "完善应急预案", "市应急管理局"]]).text(290, 810, "— 1 —", 14)
    two = Leaf().grid(xs, [80.0, 110, 140], [head, ["2", "开展隐患排查", "市水务局"]]).text(290, 810, "— 2 —", 14)
    found = read(one, two)
    (table,) = found.blocks
    assert [line.split(" | ")[0] for line in table.text.splitlines()] == ["| 序号", "| ---", "| 1", "| 2"]
    assert "files.repeated_heading" in rules(found)


def test_a_row_over_a_page_break_is_one() -> None:
    xs = [80.0, 150, 330, 500]
    one = Leaf().grid(
        xs, [700.0, 730, 760], [["序号", "任务", "责任单位"], ["1", "完善全市防汛应急预案和专项", "市应急管理局"]]
    )
    two = Leaf().grid(xs, [80.0, 110, 140], [["", "预案体系", ""], ["2", "开展隐患排查", "市水务局"]])
    (table,) = read(one, two).blocks
    assert "| 1 | 完善全市防汛应急预案和专项预案体系 | 市应急管理局 |" in table.text.splitlines()


def test_a_word_over_a_page_break_is_one() -> None:
    xs = [80.0, 150, 330, 500]
    one = Leaf().grid(xs, [700.0, 730, 760], [["字段", "类型", "说明"], ["enterprise_n", "int", "企业名称"]])
    two = Leaf().grid(xs, [80.0, 110, 140], [["ature_id", "", ""], ["policy_id", "int", "政策编号"]])
    (table,) = read(one, two).blocks
    assert table.text.splitlines()[2:] == [
        "| enterprise_nature_id | int | 企业名称 |",
        "| policy_id | int | 政策编号 |",
    ]


def test_a_new_row_with_blanks_at_the_head_of_a_page_stays_a_row() -> None:
    xs = [80.0, 150, 330, 500]
    one = Leaf().grid(xs, [700.0, 730, 760], [["地区", "任务", "责任单位"], ["青屿市", "排查隐患", "市水务局"]])
    two = Leaf().grid(xs, [80.0, 110, 140], [["", "完善预案", "市应急管理局"], ["滨海区", "值班值守", "区水务局"]])
    (table,) = read(one, two).blocks
    assert table.text.splitlines()[3] == "|  | 完善预案 | 市应急管理局 |"


def test_the_title_in_the_margin_of_one_page_is_a_running_head() -> None:
    found = read(Leaf().text(220, 40, TITLE, 9).text(121, 120, TITLE, 22).lines(LEFT, 180, printed(BODY, SECOND)))
    assert texts(found) == [TITLE, BODY, SECOND]
    assert rules(found) == ["files.running_head"]


def test_a_frame_around_text_is_no_table() -> None:
    leaf = Leaf().lines(LEFT, 100, printed(BODY))
    leaf.line(60, 80, 540, 80).line(60, 200, 540, 200).line(60, 80, 60, 200).line(540, 80, 540, 200)
    assert texts(read(leaf)) == [BODY]


def test_notes_at_the_foot_follow_the_paragraph_that_they_interrupt() -> None:
    lines = printed(BODY, SECOND)
    one = Leaf().lines(LEFT, 100, [*lines, *lines[:2]]).text(LEFT, 760, "① 本预案所称重点区域见附件。", 9)
    two = Leaf().lines(LEFT, 100, [*lines[2:], *lines])
    said = texts(read(one, two))
    assert said.index("① 本预案所称重点区域见附件。") == 3
    assert said[2] == BODY


def test_letters_drawn_as_shapes_need_recognition() -> None:
    leaf = Leaf()
    for number in range(60):
        x, y = 80 + 7 * number, 700
        curves = " ".join(f"{x + at} {y} {x + at} {y + 9} {x + 5} {y + at} c" for at in range(40))
        leaf.drawn.append(f"{x} {y} m {curves} f")
    assert rules(read(leaf, Leaf().lines(LEFT, 100, printed(BODY)))) == [NEEDS_OCR]
    found = read(leaf)
    assert found.refusal is not None
    assert found.refusal.rule == NEEDS_OCR


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1"])
def test_a_page_that_lies_on_its_side_is_read(matrix: str) -> None:
    lines = printed(BODY, SECOND)
    leaf = Leaf()
    for number, line in enumerate(lines):
        x, y = {"0 1 -1 0": (100 + 28 * number, 700), "0 -1 1 0": (500 - 28 * number, 100)}.get(
            matrix, (WIDTH - LEFT, 700 - 28 * number)
        )
        leaf.text(x, y, line, matrix=matrix)
    assert texts(read(leaf)) == [BODY, SECOND]


def test_a_watermark_is_no_text_and_is_told() -> None:
    found = read(Leaf().lines(LEFT, 100, printed(BODY)).text(150, 500, "内部资料", 40, "0.7 0.7 -0.7 0.7"))
    assert texts(found) == [BODY]
    assert [(r.rule, r.evidence) for r in found.removals] == [("files.askew", "内部资料")]


@pytest.mark.skipif(is_installed(), reason="the extra [ocr] reads the scan")
def test_scans_are_told() -> None:
    scan = Leaf().picture(0, 0, WIDTH, HEIGHT)
    alone = read(scan)
    assert alone.refusal is not None and alone.refusal.rule == NEEDS_OCR
    some = read(Leaf().lines(LEFT, 100, printed(BODY)), scan)
    assert texts(some) == [BODY]
    assert some.flags == {"needs_ocr"}
    assert [(r.rule, "page 2" in r.reason) for r in some.removals] == [(NEEDS_OCR, True)]


def test_a_picture_beside_text_is_no_scan() -> None:
    found = read(Leaf().lines(LEFT, 100, printed(BODY)).picture(0, 0, WIDTH, HEIGHT))
    assert (texts(found), found.flags) == ([BODY], frozenset())


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (pdf(Leaf()), EMPTY),
        (b"%PDF-1.7\nnothing more", DAMAGED),
        (pdf(Leaf().text(80, 80, TITLE))[:200], DAMAGED),
        (
            pdf(
                Leaf().text(80, 80, TITLE),
                trailer=b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
                % (b"11" * 32, b"22" * 32),
            ),
            ENCRYPTED,
        ),
    ],
)
def test_files_that_are_no_good_say_why(body: bytes, rule: str) -> None:
    found = parse(body, Limits())
    assert found.refusal is not None
    assert found.refusal.rule == rule


def test_too_many_pages_are_refused() -> None:
    leaves = [Leaf().text(80, 80, TITLE) for _ in range(3)]
    assert parse(pdf(*leaves), Limits(pages=3)).refusal is None
    refusal = parse(pdf(*leaves), Limits(pages=2)).refusal
    assert refusal is not None and refusal.rule == TOO_LARGE
