"""`workbench history diff`: two recorded runs held against each other."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from workbench.cli.history_open import open_history
from workbench.cli.options import json_option, print_json, profile_option
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.experiments.run_diff import RunDiff, TextDiff


@click.command(epilog="Example: workbench history diff 01jd… 01je… --json")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@json_option
@profile_option
def diff(a: str, b: str, as_json: bool, profile: Profile) -> None:
    """Compare two runs: prompt, settings, replies by word and token, scores, timings."""
    from workbench.experiments.run_diff import diff_document, run_diff

    store = open_history(profile)
    try:
        found = run_diff(store, a, b)
    finally:
        store.close()
    if as_json:
        print_json(diff_document(found))
    else:
        _print(found)


def _print(found: RunDiff) -> None:
    print(found.sentence)
    for setting in found.settings:
        print(f"  {setting.group} {setting.name}: {_value(setting.a)} → {_value(setting.b)}")
    if not found.template:
        print("  another chat template")
    if found.prompt.a != found.prompt.b:
        print("--- prompt")
        print(marked(found.prompt, colour=sys.stdout.isatty()))
    for reply in found.replies:
        print(f"--- reply {reply.sample + 1}")
        if reply.tokens is not None:
            n_a, n_b, equal = reply.tokens.n_a, reply.tokens.n_b, reply.tokens.n_equal
            print(f"{n_a:,} and {n_b:,} tokens, {equal:,} in both")
            if (first := reply.tokens.first) is not None:
                print(
                    f"they part at token {first.index + 1:,}: "
                    f"{_said(first.a_text, first.p_a)} → {_said(first.b_text, first.p_b)}"
                )
        if reply.text.a != reply.text.b:
            print(marked(reply.text, colour=sys.stdout.isatty()))
    different = [s for s in found.scores if s.a != s.b]
    for score in different:
        name = f"{score.metric} (version {score.version}), reply {score.sample + 1}"
        print(f"{name}: {_number(score.a)} → {_number(score.b)}")
    for timing in found.timings:
        if timing.a != timing.b:
            print(f"{timing.name}: {_number(timing.a)} → {_number(timing.b)} {timing.unit}")


def marked(found: TextDiff, *, colour: bool) -> str:
    """Both texts in one: removed words as [-…-], added ones as {+…+}, or in colour."""
    from workbench.core.word_diff import ChangeKind

    parts = []
    for change in found.changes:
        old = found.a[change.a_start : change.a_end]
        new = found.b[change.b_start : change.b_end]
        if change.kind is ChangeKind.EQUAL:
            parts.append(new)
            continue
        if old:
            parts.append(f"\x1b[31m[-{old}-]\x1b[0m" if colour else f"[-{old}-]")
        if new:
            parts.append(f"\x1b[32m{{+{new}+}}\x1b[0m" if colour else f"{{+{new}+}}")
    return "".join(parts)


def _said(text: str, p: float | None) -> str:
    return (repr(text) if text else "the end") + ("" if p is None else f" ({100 * p:.3g} %)")


def _value(value: object) -> str:
    from workbench.core.text import elide

    return elide(json.dumps(value, ensure_ascii=False), 60)


def _number(value: float | None) -> str:
    return "not available" if value is None else f"{value:,.4g}"
