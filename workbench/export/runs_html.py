"""Runs as one HTML page: tokens on grounds, runs beside each other. Nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from workbench.export.base import Chosen, Option
from workbench.export.html_reply import (
    TINTS,
    Shown,
    grounds_css,
    legend_html,
    reply_html,
    shown,
)
from workbench.export.run_facts import facts_of, name_of, reply_facts
from workbench.export.runs import Document, RunFormat
from workbench.export.visible import html_text

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Runs</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
img-src data:">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:96rem;padding:0 1rem;
background:#fff;color:#1b1d21}
pre{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;
font:14px/1.7 ui-monospace,monospace;background:#f5f6f8;padding:.8rem;border-radius:6px}
.replies,.runs{display:grid;gap:0 1rem;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr))}
.runs>*{min-width:0}.runs h3{font-size:1rem;margin:.6rem 0 0;overflow-wrap:anywhere}
.facts,caption{color:#5b616b}.facts{overflow-wrap:anywhere}
table{border-collapse:collapse;margin:.4rem 0}td,th{padding:.1rem 1rem .1rem 0;text-align:left;
vertical-align:top;overflow-wrap:anywhere}caption{text-align:left}
.t{border-radius:2px;color:#1b1d21}
ins{text-decoration:underline 2px #3457d5;text-underline-offset:3px}
del{color:#8a3b12;text-decoration:line-through;opacity:.8}
@media(min-width:60rem){.c2{grid-template-columns:repeat(2,1fr)}
.c3{grid-template-columns:repeat(3,1fr)}.c4{grid-template-columns:repeat(4,1fr)}}
@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e8eb}pre{background:#20242a}
.facts,caption{color:#9aa2ad}ins{text-decoration-color:#7c9bff}del{color:#f0a35c}}
GROUNDS</style></head><body><h1>Runs</h1>
"""


def write(documents: Iterator[Document], file: BinaryIO, chosen: Chosen) -> int:
    """A section for each run, or for each row of runs that stand beside each other."""
    tint, width = str(chosen["ground"]), int(chosen["columns"])
    marks = bool(chosen["differences"])
    count = 0
    file.write(_HEAD.replace("GROUNDS", grounds_css()).encode())
    file.write(legend_html(tint).encode())
    if width > 1 and marks:
        file.write(_DIFFERENCES.encode())
    while row := list(islice(documents, width)):
        page = _side_by_side(row, tint, width, marks=marks) if width > 1 else _alone(row[0], tint)
        file.write(page.encode())
        count += len(row)
    file.write(b"</body></html>\n")
    return count


_DIFFERENCES = (
    '<p class="facts"><ins>Underlined</ins> is what the first run of a row does not say,'
    " <del>struck out</del> what only the first one says.</p>"
)


def _alone(document: Document, tint: str) -> str:
    replies = "".join(
        f"<div>{_ended(sample)}<pre>{reply_html(shown(sample), tint)}</pre></div>"
        for sample in document.get("samples") or []
    )
    return (
        f'<section><h2>{_title(document)}</h2><p class="facts">{_facts(document)}</p>'
        f"{_prompt(document)}"
        f'<div class="replies">{replies}</div></section>\n'
    )


def _side_by_side(row: Sequence[Document], tint: str, width: int, *, marks: bool) -> str:
    """Runs in columns; a prompt that all share stands above them once."""
    titles = list(dict.fromkeys(map(_title, row)))
    is_shared = len({document.get("prompt") for document in row}) == 1
    base = [shown(sample) for sample in row[0].get("samples") or []]
    columns = []
    for place, document in enumerate(row):
        replies = []
        for index, sample in enumerate(document.get("samples") or []):
            against = _nth(base, index) if marks and place else None
            inside = reply_html(shown(sample), tint, against)
            replies.append(f"{_ended(sample)}<pre>{inside}</pre>")
        columns.append(
            f'<div><h3>{_name(document)}</h3><p class="facts">{_facts(document)}</p>'
            f"{'' if is_shared else _prompt(document)}{''.join(replies)}</div>"
        )
    return (
        f"<section><h2>{' and '.join(titles)}</h2>{_prompt(row[0]) if is_shared else ''}"
        f'{_differing(row)}<div class="runs c{width}">{"".join(columns)}</div></section>\n'
    )


def _nth(replies: Sequence[Shown], index: int) -> Shown | None:
    return replies[index] if index < len(replies) else None


def _title(document: Document) -> str:
    return html_text(document.get("prompt_name") or "Prompt")


def _name(document: Document) -> str:
    return html_text(name_of(document))


def _facts(document: Document) -> str:
    return html_text(" · ".join((name_of(document), *facts_of(document))))


def _prompt(document: Document) -> str:
    stripped = document.get("stripped") or []
    note = (
        '<p class="facts">Paths and names were cut out of texts here; their tokens are left'
        " out.</p>"
        if stripped
        else ""
    )
    return f"<pre>{html_text(document.get('prompt') or '')}</pre>{note}"


def _ended(sample: Mapping[str, Any]) -> str:
    return f'<p class="facts">{html_text(reply_facts(sample))}</p>'


def _differing(row: Sequence[Document]) -> str:
    """A table of the settings that are not the same in all columns; empty when all are."""
    settings = [dict(document.get("sampling") or {}) for document in row]
    names = list(dict.fromkeys(name for one in settings for name in one))
    lines = []
    for name in names:
        values = [str(one.get(name, "–")) for one in settings]
        if len(set(values)) > 1:
            cells = "".join(f"<td>{html_text(value)}</td>" for value in values)
            lines.append(f"<tr><th>{html_text(name)}</th>{cells}</tr>")
    if not lines:
        return ""
    return f"<table><caption>Settings that differ</caption>{''.join(lines)}</table>"


FORMAT = RunFormat(
    "html",
    "HTML page",
    "Replies with a figure of every token as its ground, alone or beside each other, in one file.",
    ".html",
    write,
    (
        Option("ground", "Ground of tokens", "What the ground of a token shows.", TINTS[0], TINTS),
        Option(
            "columns",
            "Runs beside each other",
            "How many runs stand in a row, in their order.",
            "1",
            ("1", "2", "3", "4"),
        ),
        Option(
            "differences",
            "Differences",
            "In columns, mark words that the first run of the row does not say.",
            default=True,
        ),
    ),
    ("The alternatives of each token, variables and the engine.",),
)
