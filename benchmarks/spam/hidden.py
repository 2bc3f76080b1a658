"""Hidden blocks: what a search engine reads and a visitor does not see.

Enters: a clean HTML page. Leaves: the page with a block of links or of sentences under one of the tricks that hide it,
before the body's content, between two paragraphs of the document, or at the end.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.spam.injection import Injection, Maker, inject
from benchmarks.spam.inline import chosen
from benchmarks.spam.vocabulary import Writer

if TYPE_CHECKING:
    from random import Random

    from benchmarks.spam.anatomy import Clean

WAYS = {
    "display:none": '<div style="display:none">{}</div>',
    "display: none, p": '<p style="color:red; DISPLAY : none ;">{}</p>',
    "visibility:hidden": '<div style="visibility:hidden;">{}</div>',
    "off-screen left": '<div style="position:absolute;left:-9999px;">{}</div>',
    "off-screen top": '<div style="position:fixed; top:-1200px">{}</div>',
    "text-indent": '<div style="text-indent:-9999em">{}</div>',
    "font-size:0": '<div style="font-size:0px;line-height:0">{}</div>',
    "height 1px, overflow": '<div style="height:1px;overflow:hidden;width:1px">{}</div>',
    "height:0, overflow": '<div style="overflow:hidden;height:0">{}</div>',
    "white on white": '<div style="color:#fff;background-color:#FFFFFF">{}</div>',
    "white, no background": '<div style="color:#ffffff">{}</div>',
    "font white": '<font color="#ffffff" size="1" style="background:#fff">{}</font>',
    "marquee": '<marquee height="1" width="5" scrollamount="3000">{}</marquee>',
    "noscript": "<noscript>{}</noscript>",
    "opacity:0": '<div style="opacity:0;filter:alpha(opacity=0)">{}</div>',
    "hidden": "<div hidden>{}</div>",
    "clip": '<div style="position:absolute;clip:rect(0,0,0,0)">{}</div>',
}
"""The tricks by name, markup around `{}`."""
INSIDE = {
    "inside a paragraph, display:none": '<span style="display:none">{}</span>',
    "inside a paragraph, font-size:0": '<b style="font-size:0">{}</b>',
}
"""Tricks that are played in the middle of a sentence."""
RULES = {
    "class, display:none": "display:none",
    "class, off-screen": "position:absolute;left:-5000px",
}
"""Tricks that an inline <style> plays on a class or an id with a name that says nothing."""


def block(clean: Clean, rng: Random, way: str, linked: bool, rule: str = "", inside: bool = False) -> Injection:
    """Hide 5 to 20 links, or 2 to 5 sentences."""
    writer = Writer(rng)
    if linked:
        words = writer.phrases(rng.randint(5, 20))
        content = " ".join(f'<a href="{writer.url()}">{word}</a>' for word in words)
    else:
        words = [writer.sentence() for _ in range(rng.randint(2, 5))]
        content = "".join(words)
    place = rng.choice([clean.opens, rng.choice(clean.gaps), clean.closes])
    if inside:
        (place,) = chosen(clean, rng, "clause", 1)
    if not rule:
        return inject(clean, [(place, way.format(content))], text=words)
    name = writer.letters(5)
    mark, attribute = rng.choice([(".", "class"), ("#", "id")])
    style = f"<style>{mark}{name}{{{rule}}}</style>"
    hidden = f'<div {attribute}="{name}">{content}</div>'
    return inject(clean, [(clean.head, style), (place, hidden)], text=words)


def _blocks(linked: bool) -> dict[str, Maker]:
    ways: dict[str, Maker] = {name: partial(block, way=way, linked=linked) for name, way in WAYS.items()}
    ways |= {name: partial(block, way=way, inside=True, linked=linked) for name, way in INSIDE.items()}
    return ways | {name: partial(block, way="", rule=rule, linked=linked) for name, rule in RULES.items()}


LINKS, TEXTS = _blocks(True), _blocks(False)
