"""The process that decides whether two expressions are equal; math-verify may hang or blow up."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import regex

from workbench.metrics.child_side import limit_memory, serve

_MARKED = re.compile(r"\$|\\\(|\\\[|\\boxed")
_NAMES = r"(?:sqrt|sin|cos|tan|cot|sec|csc|log|ln|exp|pi|arcsin|arccos|arctan|min|max|gcd|lcm)"
# No two letters in a row but names of functions and LaTeX commands: an expression, not prose.
# Not with `re`: Python before 3.11.5 fails to match possessive groups (its issue 106052).
_BARE = regex.compile(rf"(?:\\[a-zA-Z]+|{_NAMES}(?![a-z])|[^\W\d_](?![^\W\d_])|[\W\d_])++")
_SQRT = re.compile(r"(?<!\\)\bsqrt\s*\(([^()]*)\)")
_POWER = re.compile(r"\*\*\s*(?:\(([^()]*)\)|(-?\w+))")
_LONGEST_BARE = 500


def plain(text: str) -> str:
    """Spellings that the parser does not know, in those it knows."""
    text = text.strip().replace("\\beginboxed{", "\\boxed{").replace("°", "^\\circ")
    return text.replace("−", "-")


def parsed(text: str) -> list[Any]:
    """What math-verify reads in a text; a text that is all expression is read whole."""
    from math_verify import ExprExtractionConfig, LatexExtractionConfig, parse

    text = plain(text)
    config = (LatexExtractionConfig(), ExprExtractionConfig())
    if not _MARKED.search(text) and len(text) <= _LONGEST_BARE and _BARE.fullmatch(text):
        latex = _SQRT.sub(r"\\sqrt{\1}", text)
        latex = _POWER.sub(lambda m: f"^{{{m[1] or m[2]}}}", latex).replace("*", " \\cdot ")
        found = parse(f"${latex}$", extraction_config=config, parsing_timeout=None)
        if found:
            return list(found)
    return list(parse(text, extraction_config=config, parsing_timeout=None))


def judge(question: Mapping[str, str]) -> dict[str, object]:
    """Whether the reply equals the reference; None when the reference cannot be read."""
    from math_verify import verify

    reference, said = question["reference"], question["said"]
    if "".join(reference.split()) == "".join(said.split()):
        return {"equal": True}
    gold = parsed(reference)
    if not gold:
        return {"equal": None}
    found = parsed(said)
    equal = bool(found) and bool(verify(gold, found, timeout_seconds=None))
    shown = str(found[-1])[:80] if found else "nothing to read in the reply"
    return {"equal": equal, "found": shown, "wanted": str(gold[-1])[:80]}


def main() -> None:
    """Serve until the pipe closes."""
    limit_memory(int(sys.argv[1]))
    logging.disable()

    def start() -> tuple[dict[str, object], Any]:
        try:
            import math_verify  # noqa: F401  # only to learn whether it is there
        except ModuleNotFoundError:
            return {"missing": "math_verify"}, judge
        return {}, _guarded

    serve(start)


def _guarded(question: Mapping[str, str]) -> dict[str, object]:
    try:
        return judge(question)
    except (RecursionError, MemoryError, OverflowError) as error:
        return {"error": f"the expression is too large ({type(error).__name__})"}


if __name__ == "__main__":
    main()
