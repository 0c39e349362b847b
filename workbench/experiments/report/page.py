"""The page around a report: one HTML file with its own style, light and dark, and no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.experiments.report.svg import clean

_STYLE = """
:root{--bg:#f4f5f7;--pane:#fff;--line:#e1e4ea;--ink:#1d2330;--muted:#5f6778;--accent:#3457d5;
--good:#1d7a4f;--warn:#b4540a;--c0:#3457d5;--c1:#b4540a;--c2:#1d7a4f;--c3:#8e2aa8;--c4:#a8861a;
--c5:#0f7d9c;--c6:#b02a5b;--c7:#5f6778}
@media (prefers-color-scheme:dark){:root{--bg:#15181f;--pane:#1c2029;--line:#2b313d;--ink:#e6e9f0;
--muted:#99a2b3;--accent:#7c9bff;--good:#63c694;--warn:#f0a35c;--c0:#7c9bff;--c1:#f0a35c;
--c2:#63c694;--c3:#d08ee6;--c4:#e0c060;--c5:#5fc3dd;--c6:#f084ab;--c7:#99a2b3}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
main{max-width:900px;margin:0 auto;padding:24px 20px 60px}
section{background:var(--pane);border:1px solid var(--line);border-radius:8px;padding:16px 20px;
margin:16px 0;overflow-x:auto}
h1{font-size:22px;margin:8px 0 2px}h2{font-size:16px;margin:0 0 8px}
p{margin:6px 0}.muted,caption{color:var(--muted)}.warn{color:var(--warn)}
table{border-collapse:collapse;margin:8px 0;font-variant-numeric:tabular-nums}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600;color:var(--muted)}td.n,th.n{text-align:right}td.best{font-weight:700}
td.n,td:first-child{white-space:nowrap}small{display:block;color:var(--muted);font-weight:400}
caption{text-align:left;caption-side:bottom;padding-top:4px;font-size:12.5px}
.chapter>summary{font-size:18px;font-weight:600;color:var(--ink);margin-top:28px}
details{margin:8px 0}summary{cursor:pointer;color:var(--accent)}
td.text{max-width:280px;overflow-wrap:anywhere;white-space:pre-wrap}
nav a{color:var(--accent);margin-right:14px;text-decoration:none}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:4px 0}.key svg{vertical-align:-3px}
figure{display:inline-table;margin:8px 16px 8px 0;vertical-align:top}
figcaption{display:table-caption;caption-side:bottom;color:var(--muted);font-size:12.5px}
svg{max-width:100%;height:auto}svg text{font:11.5px system-ui,sans-serif;fill:var(--ink)}
svg .tick,svg .axis{fill:var(--muted)}svg .grid{stroke:var(--line);stroke-width:1}
svg .ideal{stroke:var(--muted);stroke-dasharray:4 4}svg .error{stroke:var(--ink);stroke-width:1.2}
svg .s0{fill:var(--c0);stroke:var(--c0)}svg .s1{fill:var(--c1);stroke:var(--c1)}
svg .s2{fill:var(--c2);stroke:var(--c2)}svg .s3{fill:var(--c3);stroke:var(--c3)}
svg .s4{fill:var(--c4);stroke:var(--c4)}svg .s5{fill:var(--c5);stroke:var(--c5)}
svg .s6{fill:var(--c6);stroke:var(--c6)}svg .s7{fill:var(--c7);stroke:var(--c7)}
svg .w{stroke-width:1.6;fill:none}svg .thin{stroke-opacity:.45}
svg .b{fill-opacity:.45;stroke:none}
svg .d{fill-opacity:.3;stroke-width:1}svg .up{fill:var(--c0);stroke:var(--c0)}
svg .down{fill:var(--c1);stroke:var(--c1)}svg .even{fill:var(--c7);stroke:var(--c7)}
svg .cell{fill:var(--warn)}svg .hit{fill:var(--accent)}svg .none{fill:var(--line);fill-opacity:.5}
svg .strong{fill:var(--pane);font-weight:600}
@media print{body{background:#fff}section{break-inside:avoid;border:0}}
"""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; `body` is HTML already."""

    anchor: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections that belong together, under a title that folds them away."""

    anchor: str
    title: str
    sections: tuple[Section, ...]


def page(title: str, lead: str, parts: Sequence[Section | Chapter]) -> str:
    """The whole file. `lead` is HTML that stands under the title."""
    links = "".join(f'<a href="#{part.anchor}">{clean(part.title)}</a>' for part in parts)
    bodies = "".join(
        _section(part) if isinstance(part, Section) else _chapter(part) for part in parts
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        # Nothing may be fetched, whatever a model wrote into its replies.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width">'
        f"<title>{clean(title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{clean(title)}</h1>{lead}<nav>{links}</nav>{bodies}</main></body></html>\n"
    )


def _section(part: Section) -> str:
    return f'<section id="{part.anchor}"><h2>{clean(part.title)}</h2>{part.body}</section>'


def _chapter(part: Chapter) -> str:
    bodies = "".join(map(_section, part.sections))
    return (
        f'<details class="chapter" id="{part.anchor}" open><summary>{clean(part.title)}</summary>'
        f"{bodies}</details>"
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell. `kind` is "" for words, "n" for numbers, "text" for long text, "n best".

    Attributes:
        hint: shown under the mouse. `below`: a smaller second line.
    """

    words: str
    kind: str = ""
    hint: str = ""
    below: str = ""


def table(heads: Sequence[Cell | str], rows: Sequence[Sequence[Cell | str]], note: str = "") -> str:
    """A table with one line of heads; `note` stands below it."""
    caption = f"<caption>{clean(note)}</caption>" if note else ""
    body = "".join(f"<tr>{''.join(_cell('td', cell) for cell in row)}</tr>" for row in rows)
    head = "".join(_cell("th", cell) for cell in heads)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(tag: str, cell: Cell | str) -> str:
    if isinstance(cell, str):
        return f"<{tag}>{clean(cell)}</{tag}>"
    kind = f' class="{cell.kind}"' if cell.kind else ""
    hint = f' title="{clean(cell.hint)}"' if cell.hint else ""
    below = f"<small>{clean(cell.below)}</small>" if cell.below else ""
    return f"<{tag}{kind}{hint}>{clean(cell.words)}{below}</{tag}>"


def paragraph(words: str, kind: str = "") -> str:
    """Words as a paragraph; nothing for no words."""
    look = f' class="{kind}"' if kind else ""
    return f"<p{look}>{clean(words)}</p>" if words else ""


def figure(drawing: str, words: str = "") -> str:
    """An SVG drawing with a caption."""
    caption = f"<figcaption>{clean(words)}</figcaption>" if words else ""
    return f"<figure>{drawing}{caption}</figure>"


def folded(title: str, body: str) -> str:
    """Something long that opens on a click."""
    return f"<details><summary>{clean(title)}</summary>{body}</details>"
