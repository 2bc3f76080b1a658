"""What a page's own style sheet hides, and what it only hides from some screens."""

from __future__ import annotations

import pytest
from lxml import html
from pagemaker import record

from pipeline.extract.html.stylesheet import hidden_names, is_named
from pipeline.steps import clean

LINK = "<a href='http://seo.qfrj.cn/'>论坛发帖机群发软件</a>"
TEXT = "<p>为规范城市管理行政处罚裁量权的行使，制定本基准。</p><p>本基准自公布之日起施行。</p>"


@pytest.mark.parametrize(
    ("sheet", "names"),
    [
        (".x9{position:fixed;top:-500px} #y{display : none}", {".x9", "#y"}),
        ("div.x, p.y { visibility:hidden }", {".x", ".y"}),
        ("<!-- /* .x{display:none} */ .t{transform:scale(0)} -->", {".t"}),
        ("@media (max-width:700px){.x{display:none}} .y{color:red}", set()),
        ("#box a{display:none} .x:hover{display:none} a.x.y{display:none}", set()),
    ],
)
def test_names_of_one_rule(sheet: str, names: set[str]) -> None:
    assert hidden_names(html.fromstring(f"<div><style>{sheet}</style></div>")) == names


def test_an_element_has_one_of_the_names() -> None:
    names = frozenset((".x9", "#y"))
    assert is_named(names, None, "a x9")
    assert is_named(names, "y", None)
    assert not is_named(names, "x9", "y")


def test_links_under_a_hidden_class_are_hidden() -> None:
    links = f"<div class='xk9q'>{LINK}</div>"
    page = f"<style>.xk9q{{left:-900px}}</style><h1>处罚裁量基准</h1><div id='zoom'>{TEXT}{links}</div>"
    found = clean(record(f"<html><body>{page}</body></html>", media_type="text/html"))
    assert found.document
    assert "发帖机" not in found.document.text
    assert "发帖机" in "".join(removal.evidence for removal in found.removals)


def test_a_body_that_a_script_shows_is_text() -> None:
    page = f"<style>.body{{display:none}}</style><h1>处罚裁量基准</h1><div class='body'>{TEXT}</div>"
    found = clean(record(f"<html><body>{page}</body></html>", media_type="text/html"))
    assert found.document
    assert "制定本基准。" in found.document.text
