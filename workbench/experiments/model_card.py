"""Everything a GGUF file says of itself, ready to be shown. No Qt; any thread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workbench.core.visible import one_line, visible
from workbench.engine.gguf import Header, LongArray, TensorType, read_header
from workbench.engine.gguf_kinds import ModelKind, kind_of
from workbench.engine.gguf_metadata import int_of
from workbench.engine.gguf_texts import read_numbers, read_texts
from workbench.experiments.model_facts import Fact, model_facts
from workbench.experiments.model_fit import Fit, Machine, MemoryRow, fit, memory_table

FIRST_ITEMS = 32
"""So many items of a long array are shown."""
LONGEST_SHOWN = 20_000
"""Characters of one value that are shown; copying gives all of them."""
_TEXT, _INT32 = 8, 5
_TOKENS, _TYPES = "tokenizer.ggml.tokens", "tokenizer.ggml.token_type"
_TEMPLATE = "tokenizer.chat_template"
_LAYOUTS = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
# llama.cpp's llama_token_type, include/llama.h.
_TOKEN_TYPES = {
    1: "normal",
    2: "unknown",
    3: "control",
    4: "user defined",
    5: "unused",
    6: "byte",
}
_CONTROL = 3
_MOST_CONTROL = 400


@dataclass(frozen=True, slots=True)
class RawKey:
    """One key of the metadata.

    Attributes:
        kind: what the value is: "text", "number", "12,000 texts".
        shown: the value on one line, safe to show.
        whole: the value as it stands in the file, for copying; of a long array its first items.
    """

    key: str
    kind: str
    shown: str
    whole: str


@dataclass(frozen=True, slots=True)
class SpecialToken:
    """A token with a task.

    Attributes:
        role: "bos", "eos", "padding" …; "control" for one that has no named task.
        text: None where the vocabulary does not have the id.
    """

    role: str
    id: int
    text: str | None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model's file says of itself.

    Attributes:
        facts: what a person asks first, in groups.
        templates: chat templates by name; the one that is used is named "".
        token_kinds: how many tokens of each kind the vocabulary has; empty when it says nothing.
        fit, memory: None for files that no prompt runs on.
    """

    path: Path
    header: Header
    kind: ModelKind
    facts: tuple[Fact, ...]
    types: tuple[TensorType, ...]
    templates: tuple[tuple[str, str], ...]
    special: tuple[SpecialToken, ...]
    token_kinds: tuple[tuple[str, int], ...]
    keys: tuple[RawKey, ...]
    fit: Fit | None
    memory: tuple[MemoryRow, ...]


def read_card(path: Path, machine: Machine) -> ModelCard:
    """Read a model's card; only its header is read.

    Raises:
        UserError: the file cannot be used; why is said as `read_header` says it.
    """
    header = read_header(path)
    kind = kind_of(header)
    lists = {key: _first_texts(path, value) for key, value in header.metadata.items()}
    texts = {key: items for key, items in lists.items() if items is not None}
    types = _token_types(path, header)
    return ModelCard(
        path=path,
        header=header,
        kind=kind,
        facts=model_facts(header, kind, texts),
        types=header.tensor_types,
        templates=_templates(header),
        special=_special(path, header, types),
        token_kinds=tuple(
            (_TOKEN_TYPES.get(number, f"type {number}"), count)
            for number, count in sorted(Counter(map(int, types)).items())
        ),
        keys=tuple(
            _raw(path, key, value, texts.get(key)) for key, value in header.metadata.items()
        ),
        fit=fit(header, machine) if kind.writes else None,
        memory=memory_table(header, machine) if kind.writes else (),
    )


def card_text(card: ModelCard) -> str:
    """The card as plain text, for copying into a note."""
    lines = [f"{fact.name}: {fact.value}" for fact in card.facts]
    lines += [f"{t.name}: {t.n_tensors} tensors, {t.n_params:,} weights" for t in card.types]
    return "\n".join((str(card.path), *lines, ""))


def _templates(header: Header) -> tuple[tuple[str, str], ...]:
    found = []
    for key, value in header.metadata.items():
        if isinstance(value, str) and (key == _TEMPLATE or key.startswith(f"{_TEMPLATE}.")):
            found.append((one_line(key.removeprefix(_TEMPLATE).removeprefix("."), 60), value))
    return tuple(sorted(found))


def _token_types(path: Path, header: Header) -> tuple[int | float, ...]:
    value = header.metadata.get(_TYPES)
    if isinstance(value, LongArray) and value.kind == _INT32:
        return read_numbers(path, value.offset, "i", value.length)
    if isinstance(value, tuple):
        return tuple(number for number in value if isinstance(number, int))
    return ()


def _special(
    path: Path, header: Header, types: tuple[int | float, ...]
) -> tuple[SpecialToken, ...]:
    ids: list[tuple[str, int]] = []
    for key in header.metadata:
        name = key.removeprefix("tokenizer.ggml.")
        if name != key and name.endswith("_token_id"):
            ids.append(
                (one_line(name.removesuffix("_token_id"), 40), int_of(header.metadata, key, -1))
            )
    named = {number for _, number in ids}
    control = [n for n, kind in enumerate(types) if kind == _CONTROL and n not in named]
    ids += [("control", number) for number in control[:_MOST_CONTROL]]
    tokens = header.metadata.get(_TOKENS)
    texts: dict[int, str] = {}
    if isinstance(tokens, LongArray) and tokens.kind == _TEXT:
        texts = read_texts(path, tokens.offset, (number for _, number in ids), tokens.length)
    return tuple(
        SpecialToken(role, number, texts.get(number)) for role, number in ids if number >= 0
    )


def _first_texts(path: Path, value: object) -> tuple[str, ...] | None:
    """The first items of an array of texts; None for everything else."""
    if not isinstance(value, LongArray) or value.kind != _TEXT:
        return None
    found = read_texts(path, value.offset, range(FIRST_ITEMS), value.length)
    return tuple(found[number] for number in sorted(found))


def _raw(path: Path, key: str, value: object, texts: tuple[str, ...] | None) -> RawKey:
    name = one_line(key, 200)
    if isinstance(value, str):
        return RawKey(name, "text", one_line(value, 400), value)
    if isinstance(value, LongArray):
        items: tuple[object, ...] = texts if texts is not None else _first_numbers(path, value)
        is_one, is_text = value.length == 1, value.kind == _TEXT
        kind = f"{value.length:,} texts" if is_text else f"{value.length:,} numbers"
        one = "1 text" if is_text else "1 number"
        return RawKey(name, one if is_one else kind, *_items(items, value.length))
    if isinstance(value, tuple):
        return RawKey(name, f"{len(value):,} numbers", *_items(value, len(value)))
    if isinstance(value, bool):
        return RawKey(name, "yes or no", str(value).lower(), str(value).lower())
    return RawKey(name, "number", str(value), str(value))


def _first_numbers(path: Path, array: LongArray) -> tuple[object, ...]:
    layout = _LAYOUTS.get(array.kind)
    if layout is None:
        return ()
    return read_numbers(path, array.offset, layout, min(array.length, FIRST_ITEMS))


def _items(items: tuple[object, ...], length: int) -> tuple[str, str]:
    """An array on one line, and its items on lines of their own; what is left out is said."""
    kept = items[:FIRST_ITEMS]
    more = length - len(kept)
    words = [repr(one_line(i, 60)) if isinstance(i, str) else str(i) for i in kept]
    tail = f"… and {more:,} more" if more > 0 else ""
    whole = "\n".join([*(visible(str(i)) for i in kept), *([tail] if tail else [])])
    return f"[{', '.join(words)}{', ' + tail if tail and words else tail}]", whole
