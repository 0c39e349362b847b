"""The workbench's own rows: any columns that name a question and what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.core.errors import UserError
from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, as_text
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField
from workbench.experiments.tasks.shapes import MAKERS, QUESTION, kind_of

_TEXTS = ("prompt", *QUESTION)


def _fits(look: Look) -> bool:
    return bool(look.first)


def _kind(look: Look) -> Kind:
    found = (kind_of(row.fields) for row in look.first)
    kind = next((k for k in found if k is not None), None)
    if kind is None:
        columns = ", ".join(look.first[0].fields) if look.first else "none"
        raise UserError(
            f"{look.path.name} does not say what is asked of a model; its columns are {columns}.",
            "Name the kind (--kind choice, generate, sequence, code, call) and see the help page.",
        )
    return kind


def _items(source: Source, fields: Fields) -> Iterable[Item]:
    variants = fields.mappings("variants") if fields.has("variants") else ()
    item = MAKERS[source.kind](fields)
    yield item
    yield from _variants(item, variants)


def _variants(item: Item, variants: Iterable[object]) -> Iterator[Item]:
    """The same item said in other words: typos, another order, a distractor."""
    for number, variant in enumerate(variants, 1):
        if not isinstance(variant, dict):
            raise BadField("variants", f"Variant {number} is no object.")
        name = next((n for n in _TEXTS if n in variant), None)
        if name is None:
            raise BadField("variants", f"Variant {number} has no input.")
        text = as_text("variants", variant[name])
        kind = as_text("variants", variant.get("kind", f"variant {number}"))
        yield replace(
            item,
            id=f"{item.id}/{kind}",
            prompt=text if item.prompt is not None else None,
            variables={**item.variables, "question": text, name: text},
            variant_of=item.id,
            variant=kind,
            cluster=item.cluster or item.id,
        )


OWN = Reader(
    "own rows",
    "Rows with columns such as question, choices, answer, prompt, completion, tests, functions",
    _fits,
    _kind,
    _items,
)
