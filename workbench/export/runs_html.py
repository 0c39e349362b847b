"""Runs as one HTML page: every token on the colour of its probability. Nothing is loaded."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from workbench.export.runs import Document, RunFormat

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Runs</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<link rel="icon" href="data:,">
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;
background:#fff;color:#1b1d21}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.7 ui-monospace,monospace;
background:#f5f6f8;padding:.8rem;border-radius:6px}
.replies{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem}
.facts{color:#5b616b}.t{border-radius:2px;color:#1b1d21}
@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e8eb}pre{background:#20242a}
.facts{color:#9aa2ad}}
</style></head><body><h1>Runs</h1>
<p class="facts">The likelier a token was, the paler is its ground; point at it for figures.</p>
"""
_DARKEST = 8.0
"""Nats of surprise at which the ground is darkest: a probability of 0.03 %."""


def write(documents: Iterator[Document], file: BinaryIO) -> int:
    """A section for each run, the replies beside each other."""
    count = 0
    file.write(_HEAD.encode())
    for document in documents:
        file.write(_section(document).encode("utf-8", "replace"))
        count += 1
    file.write(b"</body></html>\n")
    return count


def _section(document: Document) -> str:
    model = document.get("model") or {}
    title = html.escape(str(document.get("prompt_name") or "Prompt"))
    facts = html.escape(
        f"{document.get('run_id')} · {model.get('name')} {model.get('quantization')} · seed"
        f" {document.get('seed')} · {document.get('created') or ''}"
    )
    replies = "".join(map(_reply, document.get("samples") or []))
    return (
        f'<section><h2>{title}</h2><p class="facts">{facts}</p>'
        f"<pre>{html.escape(str(document.get('prompt') or ''))}</pre>"
        f'<div class="replies">{replies}</div></section>\n'
    )


def _reply(sample: Mapping[str, Any]) -> str:
    tokens = sample.get("tokens") or []
    inside = _tokens(tokens) if tokens else html.escape(str(sample.get("text") or ""))
    reason = html.escape(str(sample.get("finish_reason")))
    return f'<div><p class="facts">reply, ended by {reason}</p><pre>{inside}</pre></div>'


def _tokens(tokens: Sequence[Mapping[str, Any]]) -> str:
    found = []
    for token in tokens:
        logprob = token.get("logprob")
        text = html.escape(str(token.get("text")))
        if logprob is None:
            found.append(f'<span class="t" title="not scored">{text}</span>')
            continue
        share = min(1.0, -logprob / _DARKEST)
        # Viridis-like ends would hide dark text; one hue from white to amber keeps it readable.
        light = 97 - 32 * share
        title = f"{100 * math.exp(logprob):.3g} %, rank {token.get('rank')}"
        if token.get("entropy") is not None:
            title += f", entropy {token['entropy']:.3g} nats"
        style = f"background:hsl(38 {round(90 * share)}% {light:.0f}%)"
        found.append(f'<span class="t" style="{style}" title="{title}">{text}</span>')
    return "".join(found)


FORMAT = RunFormat(
    "html", "HTML page", "Replies with the probability of every token, in one file.", ".html", write
)
