"""Pages of characters and lines: what stands beside, above and inside what."""

from __future__ import annotations

import pytest

from pipeline.extract.files.layout.edges import Frame, frames
from pipeline.extract.files.layout.grid import cells_of
from pipeline.extract.files.layout.lines import Line, lines_of
from pipeline.extract.files.layout.paragraphs import Begun, goes_on
from pipeline.extract.files.layout.runs import runs_of
from pipeline.extract.files.layout.sheet import Glyph, Rule
from pipeline.extract.files.layout.upright import Drawing, Mark, upright
from pipeline.extract.files.layout.words import glued


def glyphs(text: str, x: float = 0, base: float = 100, size: float = 16, pitch: float | None = None) -> list[Glyph]:
    step = size if pitch is None else pitch
    return [
        Glyph(letter, x + at * step, base - 0.86 * size, x + at * step + size, base + 0.14 * size, base, size)
        for at, letter in enumerate(text)
    ]


def line(text: str, x0: float, x1: float, base: float = 100, size: float = 16) -> Line:
    return Line(text, x0, x1, base - size, base, base, size, left=0, right=448, leading=28, sheet=1)


def test_runs_of_one_line_are_put_in_order_with_a_blank_at_a_gap() -> None:
    drawn = [*glyphs("局长", x=120), *glyphs("张三")]
    assert [found.text for found in lines_of(runs_of(drawn))] == ["张三 局长"]


def test_the_mark_of_a_note_belongs_to_its_line() -> None:
    drawn = [*glyphs("重点区域"), *glyphs("①", x=64, base=93, size=8), *glyphs("第二行", base=128)]
    assert [found.text for found in lines_of(runs_of(drawn))] == ["重点区域①", "第二行"]


def test_lines_that_overlap_are_two() -> None:
    drawn = [*glyphs("发票代码"), *glyphs("发票号码", base=105)]
    assert [found.text for found in lines_of(runs_of(drawn))] == ["发票代码", "发票号码"]


def test_text_set_apart_has_no_blanks() -> None:
    spaced = [*glyphs("规范和保障公安机关", pitch=31), *glyphs("职责", base=128, pitch=31)]
    assert [found.text for found in lines_of(runs_of(spaced))] == ["规范和保障公安机关", "职责"]
    assert [found.text for found in lines_of(runs_of(glyphs("通知", pitch=48)))] == ["通 知"]


@pytest.mark.parametrize(
    ("above", "below", "begun", "expected"),
    [
        (line("一" * 28, 0, 448), line("续行", 0, 32, 128), Begun(32), True),
        (line("一" * 20, 0, 320), line("新段", 0, 32, 128), Begun(32), False),
        (line("一" * 28, 0, 448), line("新段", 32, 64, 128), Begun(32), False),
        (line("一" * 28, 0, 448), line("远处", 0, 32, 200), Begun(32), False),
        (line("一" * 28, 0, 448), line("小字", 0, 18, 128, 9), Begun(32), False),
        (line("一" * 27 + "。", 0, 448), line("句子在行末结束，缩进的文中是同一段", 0, 300, 128), Begun(32, 0.0), True),
        (line("一" * 27 + "。", 0, 448), line("不缩进的文中是另一段", 0, 300, 128), Begun(0, 0.0), False),
        (line("一" * 28, 0, 448), line("第二条 本办法", 0, 112, 128), Begun(32), False),
        (line("总则………………12", 0, 448), line("附则………………30", 0, 448, 128), Begun(0), False),
        (line("关于做好防汛工作的", 152, 296, size=22), line("通知", 202, 246, 128, 22), Begun(152), True),
        (line("青屿市人民政府", 147, 301, size=22), line("公 告", 202, 246, 128, 22), Begun(147), False),
        (line("open data and", 0, 447), line("information", 0, 88, 128), Begun(32), True),
        (line("open data", 0, 330), line("information", 0, 88, 128), Begun(32), False),
        (line("open data and its", 0, 400), line("information", 0, 88, 128), Begun(32), True),
    ],
)
def test_which_line_goes_on(above: Line, below: Line, begun: Begun, expected: bool) -> None:
    assert goes_on(above, below, begun, 16) is expected


def test_words_are_glued() -> None:
    assert glued("2024年", "预算") == "2024年预算"
    assert glued("GB/T", "9704") == "GB/T 9704"
    assert glued("", "甲") == "甲"


def test_lines_drawn_in_pieces_are_one_frame_and_a_drawing_is_none() -> None:
    pieces = [Rule(x, y, x + 30, y) for y in (0, 20) for x in (0, 30, 60)]
    sides = [Rule(x, 0, x, 20) for x in (0, 45, 90)]
    (frame,) = frames(pieces + sides)
    assert [(y, x0, x1) for y, x0, x1 in frame.level] == [(0, 0, 90), (20, 0, 90)]
    assert frames([*pieces, *sides, *(Rule(10, 10 + n, 80, 10 + n) for n in range(0, 90_000, 10))]) == []


def test_a_lone_rule_is_no_frame() -> None:
    assert frames([Rule(0, 0, 90, 0), Rule(0, 40, 90, 40)]) == []


def test_a_cell_that_is_no_oblong_falls_into_its_rows() -> None:
    level = [(0.0, 0.0, 90.0), (20.0, 45.0, 90.0), (40.0, 0.0, 90.0), (60.0, 0.0, 90.0)]
    cells = cells_of(Frame(level, [(0, 0, 60), (45, 20, 60), (90, 0, 60)]))
    places = {(cell.row, cell.column, cell.rows, cell.columns) for cell in cells}
    assert (2, 0, 1, 1) in places
    assert sum(rows * columns for _, _, rows, columns in places) == 6


@pytest.mark.parametrize("turns", range(4))
def test_a_turned_page_is_read_upright(turns: int) -> None:
    marks = {
        0: Mark("甲", 100, 86, 116, 102, 100, 100, 16, 0),
        1: Mark("甲", 86, 484, 102, 500, 100, 500, 16, 1),
        2: Mark("甲", 484, 698, 500, 714, 500, 700, 16, 2),
        3: Mark("甲", 498, 100, 514, 116, 500, 100, 16, 3),
    }
    sheet = upright(1, 600, 800, Drawing([marks[turns]], [Rule(0, 0, 600, 0)], 0))
    (glyph,) = sheet.glyphs
    assert (glyph.x0, glyph.base) == {0: (100, 100), 1: (300, 100), 2: (100, 100), 3: (100, 100)}[turns]
    assert glyph.x1 - glyph.x0 == 16
    assert (sheet.width, sheet.height) == ((600, 800) if turns % 2 == 0 else (800, 600))
    assert all(rule.x0 <= rule.x1 and rule.y0 <= rule.y1 for rule in sheet.rules)
