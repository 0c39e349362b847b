"""What changed between two runs, in one sentence. Pure; any thread."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from workbench.core.text import elide
from workbench.core.token_diff import TokenDiff

_MOST_NAMED = 3
_LONGEST_VALUE = 24

_LABELS = {
    "run.seed": "the seed",
    "run.n_samples": "the number of samples",
    "run.parent": "where it was forked",
    "run.given": "the words that were given",
}
_QUIET = {"run.prompt_name", "model.quantization", "model.sha256"}
"""Named only when nothing else tells the same."""

_CAUSED_BY_OTHERS = {"engine.n_ctx", "engine.n_threads", "engine.kv_type", "engine.flash_attention"}


def what_changed(
    names: Sequence[str],
    values: Mapping[str, tuple[object, object]],
    prompt_words: tuple[int, int] | None,
    same_template: bool,
    replies: Sequence[tuple[bool, TokenDiff | None]],
) -> str:
    """The sentence.

    Args:
        names: settings that differ, as "group.name".
        values: both values of each.
        prompt_words: words removed from and added to the exact prompt; None when it is the same.
        replies: for each sample whether the texts are the same, and how its tokens differ.
    """
    causes = _causes(names, values, prompt_words, same_template)
    if not causes:
        effect = _effect(replies, expected=False)
        return f"Nothing that makes a reply changed{effect}."
    only = "Only " if len(causes) == 1 else ""
    listed = causes[0] if len(causes) == 1 else f"{', '.join(causes[:-1])} and {causes[-1]}"
    sentence = f"{only}{listed} changed{_effect(replies, expected=True)}."
    return sentence[0].upper() + sentence[1:]


def _causes(
    names: Sequence[str],
    values: Mapping[str, tuple[object, object]],
    prompt_words: tuple[int, int] | None,
    same_template: bool,
) -> list[str]:
    causes: list[str] = []
    if any(name.startswith("model.") for name in names):
        causes.append(_model(values))
    if prompt_words is not None:
        removed, added = prompt_words
        causes.append(f"the prompt (−{removed:,} +{added:,} words)")
    if not same_template:
        causes.append("the chat template")
    loading = {name.partition(".")[2] for name in names if name.startswith("loading.")}
    settings: list[str] = []
    for name in names:
        group, _, own = name.partition(".")
        if group in ("model", "variables") or name in _QUIET:
            continue
        if name in _CAUSED_BY_OTHERS and own in loading:
            continue  # the wish for it is named already
        settings.append(_setting(name, values[name]))
    if not prompt_words:
        variables = [n.partition(".")[2] for n in names if n.startswith("variables.")]
        settings += [f"the variable {name}" for name in variables]
    if len(settings) > _MOST_NAMED:
        rest = len(settings) - _MOST_NAMED + 1
        settings = [*settings[: _MOST_NAMED - 1], f"{rest} other settings"]
    return [*causes, *settings]


def _model(values: Mapping[str, tuple[object, object]]) -> str:
    if "model.name" in values:
        a, b = values["model.name"]
        return f"the model ({a} → {b})"
    if "model.quantization" in values:
        a, b = values["model.quantization"]
        return f"the model's quantization ({a} → {b})"
    return "the model's file"


def _setting(name: str, pair: tuple[object, object]) -> str:
    label = _LABELS.get(name, name.partition(".")[2])
    if name in ("run.parent", "run.given"):
        return label
    return f"{label} ({_value(pair[0])} → {_value(pair[1])})"


def _value(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return elide(text, _LONGEST_VALUE) or "empty"


def _effect(replies: Sequence[tuple[bool, TokenDiff | None]], *, expected: bool) -> str:
    if not replies:
        return ""
    firsts = [t.first for _, t in replies if t is not None and t.first is not None]
    if all(same for same, _ in replies) and not firsts:
        return f"{';' if expected else ', and'} the replies are identical"
    join = ";" if expected else ", yet"
    if not firsts:
        return f"{join} the replies differ"
    first = min(firsts, key=lambda f: f.index)
    said = f"“{elide(first.a_text, 20)}”" if first.a is not None else "the end"
    other = f"“{elide(first.b_text, 20)}”" if first.b is not None else "the end"
    # People count from 1.
    return f"{join} the replies part at token {first.index + 1:,}: {said} → {other}"
