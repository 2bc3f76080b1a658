"""Spider-pool footers: a row of phrases at the end of the page, with a label before it or without.

Enters: a clean HTML page. Leaves: the page with 12 to 45 phrases, as links or as text, behind the body container or
inside it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.spam.injection import Injection, Maker, inject
from benchmarks.spam.vocabulary import Writer

if TYPE_CHECKING:
    from random import Random

    from benchmarks.spam.anatomy import Clean

ITEMS = (12, 45)
"""The seed's footer has 42 items; a dozen is the least that pays for a pool."""


def footer(
    clean: Clean, rng: Random, labelled: bool, form: str, linked: bool = False, mark: str = " | ", inside: bool = False
) -> Injection:
    """`form`: markup around `{}`. `inside`: right behind the document's last paragraph, else before </body>."""
    writer = Writer(rng)
    words = writer.phrases(rng.randint(*ITEMS))
    items = [f'<a href="{writer.url()}" target="_blank">{word}</a>' if linked else word for word in words]
    label = writer.label() + rng.choice([":", "：", ": "]) if labelled else ""
    markup = form.format(label + mark.join(items))
    return inject(
        clean, [(clean.gaps[-1] if inside else clean.closes, markup)], text=(*([label] if label else ()), *words)
    )


FORMS: dict[str, dict[str, object]] = {
    "links, |": {"form": "<div>{}</div>", "linked": True},
    "text, |": {"form": "<footer>{}</footer>"},
    "text, 丨": {"form": '<div class="links">{}</div>', "mark": "丨"},
    "text, _": {"form": "<p>{}</p>", "mark": "_"},
    "text, comma, inside": {"form": "<p>{}</p>", "mark": ",", "inside": True},
    "text, 、": {"form": "{}", "mark": "、"},
    "links, blanks, inside": {"form": "<div>{}</div>", "linked": True, "mark": " ", "inside": True},
    "links, list": {"form": "<ul><li>{}</li></ul>", "linked": True, "mark": "</li><li>"},
}


def _footers(labelled: bool) -> dict[str, Maker]:
    return {name: partial(footer, labelled=labelled, **form) for name, form in FORMS.items()}  # type: ignore[arg-type]


LABELLED, UNLABELLED = _footers(True), _footers(False)
