"""Off-site link farms and script droppers.

Enters: a clean HTML page. Leaves: the page with a block of links to many hosts, before the page, inside the document or
behind it; or with a script that would write such links, which shows nothing unless a <noscript> repeats it.
"""

from __future__ import annotations

import base64
import json
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.spam.injection import Injection, Maker, inject
from benchmarks.spam.vocabulary import Writer

if TYPE_CHECKING:
    from random import Random

    from benchmarks.spam.anatomy import Clean


def farm(clean: Clean, rng: Random, place: str, form: str, mark: str) -> Injection:
    """10 to 40 links; `form` is the markup around all, `mark` what stands between two."""
    writer = Writer(rng)
    words = [writer.anchor() for _ in range(rng.randint(10, 40))]
    links = mark.join(f'<a href="{writer.url()}" title="{word}">{word}</a>' for word in words)
    at = {"before": clean.opens, "inside": rng.choice(clean.gaps), "last": clean.gaps[-1], "behind": clean.closes}
    return inject(clean, [(at[place], form.format(links))], text=words)


FARMS: dict[str, Maker] = {
    "before, blanks": partial(farm, place="before", form="<div>{}</div>", mark=" "),
    "before, list": partial(farm, place="before", form="<ul><li>{}</li></ul>", mark="</li>\n<li>"),
    "inside, one a line": partial(farm, place="inside", form="<p>{}</p>", mark="<br>\n"),
    "inside, own paragraphs": partial(farm, place="inside", form="<p>{}</p>", mark="</p><p>"),
    "inside, table": partial(
        farm, place="inside", form="<table><tr><td>{}</td></tr></table>", mark="</td></tr><tr><td>"
    ),
    "last, list": partial(farm, place="last", form="<ul><li>{}</li></ul>", mark="</li><li>"),
    "last, one a line": partial(farm, place="last", form="<div>{}</div>", mark="<br/>"),
    "behind, table": partial(farm, place="behind", form="<table><tr><td>{}</td></tr></table>", mark="</td><td>"),
    "behind, bare": partial(farm, place="behind", form="{}", mark="|"),
}


def dropper(clean: Clean, rng: Random, kind: str, shown: bool = False) -> Injection:
    """A script at the head, between paragraphs or at the end; `shown`: the same links in <noscript> as well."""
    writer = Writer(rng)
    words = writer.phrases(rng.randint(3, 8))
    links = "".join(f'<a href="{writer.url()}">{word}</a>' for word in words)
    escaped = "".join(f"%u{ord(c):04x}" if ord(c) > 127 else c for c in links)
    coded = base64.b64encode(links.encode()).decode()
    codes = ",".join(str(ord(c)) for c in links)
    script = {
        "write": f"document.write({json.dumps(links, ensure_ascii=False)});",
        "unescape": f"eval(unescape('document.write(%27{escaped}%27)'));",
        "char codes": f"document.write(String.fromCharCode({codes}));",
        "base64": f'document.body.innerHTML+=decodeURIComponent(escape(atob("{coded}")));',
        "title": f'document.title="{"_".join(words)}";',
    }
    tag = f"<script>{script[kind]}</script>" if kind in script else f'<script src="//{writer.host()}/tj.js"></script>'
    noscript = f"<noscript>{links}</noscript>" if shown else ""
    place = rng.choice([clean.head, rng.choice(clean.gaps), clean.closes]) if not shown else rng.choice(clean.gaps)
    unseen = words if kind in ("write", "title") else ()
    return inject(clean, [(place, tag + noscript)], text=words if shown else (), unseen=() if shown else unseen)


DROPPERS: dict[str, Maker] = {
    **{
        kind: partial(dropper, kind=kind)
        for kind in ("write", "unescape", "char codes", "base64", "title", "external script")
    },
    "external and noscript": partial(dropper, kind="external script", shown=True),
    "write and noscript": partial(dropper, kind="write", shown=True),
}
