"""The benchmark of attachments writes what it says and counts known answers exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("reportlab", reason="writes the PDFs of the benchmark")

from benchmarks.attachments import __main__ as command
from benchmarks.attachments.files import Made, runs, written
from benchmarks.attachments.regulations import Paragraph, Regulation, regulations
from benchmarks.attachments.score import Score, tree
from pipeline.extract.files.fileread import Limits
from pipeline.extract.files.formats import parse
from pipeline.text import letters

if TYPE_CHECKING:
    from pathlib import Path

_ARTICLES = [
    f"第{n}条 各级人民政府应当加强对防汛工作的领导，组织有关部门、单位做好第{n}项工作，并接受社会监督。"
    for n in "一二三四五六"
]
REGULATION = Regulation(
    "防汛条例",
    (
        Paragraph("防汛条例", 1),
        Paragraph("第一章 总则", 2),
        *map(Paragraph, _ARTICLES[:4]),
        Paragraph("第二章 附则", 2),
        *map(Paragraph, _ARTICLES[4:]),
    ),
)


def test_every_format_gives_its_letters_back(tmp_path: Path) -> None:
    files = written([REGULATION], tmp_path)
    assert {made.path.suffix for made in files} == {".docx", ".pdf", ".ofd", ".rtf", ".xlsx"}
    for made in files:
        found = parse(made.path.read_bytes(), Limits())
        text = "\n".join(block.text for block in found.blocks)
        said = letters(text)
        if made.kind == "pdf, a table":  # nothing tells the running head of one page from a caption
            said = said.removeprefix(letters(REGULATION.name))
        assert said == letters(made.gold), made.kind
        assert not made.has_sections or tree(text) == tree(made.gold), made.kind


def test_what_is_lost_is_counted(tmp_path: Path) -> None:
    score = Score()
    made = Made("docx", tmp_path, "第一章 总则\n国家加强防汛。", has_sections=True)
    score.add(made, 0.5, "第一章 总则\n国家强防汛。", "")
    score.add(made, 0.0, "", "ValueError: broken")
    assert (score.files, score.failed, score.letters, score.lost) == (2, 1, 22, 12)
    assert (score.trees, score.asked, score.seconds) == (1, 1, 0.5)
    assert score.loss == pytest.approx(1000 * 12 / 22)
    other = Score()
    other.add(made, 0.5, "第一章 总则国家加强防汛。", "")
    assert (other.lost, other.trees) == (0, 0)


def test_regulations_are_chosen_evenly(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.md").write_text(
            f"# 条例{number}\n\n<!-- x -->\n\n" + "各级人民政府应当。" * 200, encoding="utf-8"
        )
    (tmp_path / "_index.md").write_text("# 目录" + "条例" * 900, encoding="utf-8")
    chosen = regulations(tmp_path, 3)
    assert [one.name for one in chosen] == ["0", "2", "4"]
    assert chosen[0].paragraphs[0] == Paragraph("条例0", 1)
    with pytest.raises(ValueError, match="has 6 regulations"):
        regulations(tmp_path, 7)


def test_the_text_of_a_published_document_is_that_of_its_runs(tmp_path: Path) -> None:
    (made,) = (made for made in written([REGULATION], tmp_path) if made.path.suffix == ".docx")
    assert letters(runs(made.path)) == letters(REGULATION.text)


def test_wrong_use_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--peer-python", "docling"]) == 2
    assert command.main(["--regulations", str(tmp_path)]) == 2
    assert "--regulations and --count say otherwise" in capsys.readouterr().err


def test_the_table_has_a_row_for_each_kind() -> None:
    one, none = Score(2, 0, 1000, 1, 0.02, 2, 2), Score(2, 2, 1000, 1000)
    lines = command.table({"zhengce": {"docx": one}, "other": {"docx": none}}).splitlines()
    assert lines[2] == "| 2 docx | 1.00 | 10.0 | 2 of 2 | not read |  |  |"
