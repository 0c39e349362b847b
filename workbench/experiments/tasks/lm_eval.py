"""lm-evaluation-harness task files: YAML with doc_to_text, doc_to_choice, doc_to_target.

The data must lie on this machine: `dataset_kwargs: data_files`, or a folder beside the file.
Python functions (`!function`) are not run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, as_text, gold_of, written_list
from workbench.experiments.tasks.reader import Reader, Source
from workbench.experiments.tasks.rows import BadField
from workbench.experiments.tasks.shapes import finished
from workbench.templates.code_cache import CodeCache
from workbench.templates.limits import Limits
from workbench.templates.prompt_file import raw_prompt
from workbench.templates.render import render_prompt

_KINDS = {
    "multiple_choice": Kind.CHOICE,
    "generate_until": Kind.GENERATE,
    "greedy_until": Kind.GENERATE,
    "loglikelihood": Kind.SEQUENCE,
    "loglikelihood_rolling": Kind.SEQUENCE,
}
_LIMITS = Limits(seconds=20.0)
_SPLITS = ("test_split", "validation_split", "training_split")
_METRICS = {"acc": "accuracy", "acc_norm": "acc_norm", "exact_match": "exact_match", "f1": "f1"}


def is_harness_task(header: Mapping[str, object]) -> bool:
    """Whether a YAML document is a task of the harness."""
    return "doc_to_text" in header or "output_type" in header


def data_of(path: Path, header: Mapping[str, object]) -> tuple[Path, str]:
    """Where a task's rows lie, and the split that is scored.

    Raises:
        UserError: they are not on this machine, or the file builds on another one.
    """
    if "include" in header:
        raise UserError(
            f"{path.name} includes {header['include']}.", "Give the task's whole text in one file."
        )
    split = next((str(header[s]) for s in _SPLITS if header.get(s)), "")
    kwargs = header.get("dataset_kwargs")
    files: object = kwargs.get("data_files") if isinstance(kwargs, dict) else None
    if isinstance(files, dict):
        files = files.get(split) or next(iter(files.values()), None)
    if isinstance(files, list):
        files = files[0] if files else None
    wanted = files if isinstance(files, str) else str(header.get("dataset_path", ""))
    place = path.parent / wanted
    if not wanted or not place.exists():
        raise UserError(
            f"The data of {path.name} ({wanted or 'no data_files'}) is not there.",
            "Put the files beside it and name them in dataset_kwargs: data_files.",
        )
    return place, split


class _Templates:
    """A task's templates over the columns of one row."""

    def __init__(self, fields: Mapping[str, object], codes: CodeCache) -> None:
        self._values = {k: v for k, v in fields.items() if k.isidentifier()}
        self._codes = codes

    def text(self, key: str, template: object) -> str:
        """A template filled in, or the column it names.

        Raises:
            BadField: it cannot be filled in.
        """
        if isinstance(template, int) and not isinstance(template, bool):
            return str(template)
        if not isinstance(template, str):
            raise BadField(key, "It must be a template; Python functions are not run.")
        if template in self._values:
            return as_text(template, self._values[template])
        try:
            made = render_prompt(
                raw_prompt(template), self._values, None, _LIMITS, codes=self._codes
            )
        except UserError as error:
            raise BadField(key, error.message) from None
        return made.text

    def texts(self, key: str, template: object) -> tuple[str, ...]:
        """A list of templates, a column that holds a list, or a template that spells one."""
        if isinstance(template, list):
            return tuple(self.text(key, entry) for entry in template)
        if isinstance(template, str) and isinstance(self._values.get(template), list):
            rows = self._values[template]
            return tuple(as_text(key, row) for row in rows) if isinstance(rows, list) else ()
        spelled = written_list(self.text(key, template))
        if spelled is None:
            raise BadField(key, "It gives no list.")
        return tuple(as_text(key, entry) for entry in spelled)


def harness_reader(path: Path, header: Mapping[str, object]) -> Reader:
    """A reader for the rows of this task.

    Raises:
        UserError: its output type is unknown.
    """
    output = str(header.get("output_type", "generate_until"))
    if output not in _KINDS:
        raise UserError(
            f"{path.name} has the output_type {output}.", f"Known: {', '.join(_KINDS)}."
        )
    kind = _KINDS[output]
    codes = CodeCache()
    return Reader(
        "lm-eval task",
        "lm-evaluation-harness: YAML with doc_to_text, doc_to_choice, doc_to_target",
        lambda _look: True,
        lambda _look: kind,
        lambda source, fields: _items(header, codes, source, fields),
        lambda _source: _metrics(header),
        _stop(header),
    )


def _items(
    header: Mapping[str, object], codes: CodeCache, source: Source, fields: Fields
) -> Iterable[Item]:
    templates = _Templates({name: fields.raw(name) for name in fields.columns()}, codes)
    delimiter = str(header.get("target_delimiter", " "))
    made: dict[str, Any] = {"variables": {}}
    prompt = templates.text("doc_to_text", header.get("doc_to_text", ""))
    description = header.get("description")
    if isinstance(description, str) and description:
        prompt = templates.text("description", description) + prompt
    made["prompt"] = prompt
    if source.kind is Kind.CHOICE:
        options = templates.texts("doc_to_choice", header.get("doc_to_choice"))
        made["options"] = options
        made["choices"] = tuple(f"{delimiter}{option}" for option in options)
        made["gold"] = _gold(templates, header, options)
    elif source.kind is Kind.GENERATE:
        made["references"] = (templates.text("doc_to_target", header.get("doc_to_target")),)
    else:
        target = templates.text("doc_to_target", header.get("doc_to_target", ""))
        made["completion"] = f"{delimiter}{target}" if prompt else target
    yield finished(fields, source.kind, made)


def _gold(
    templates: _Templates, header: Mapping[str, object], options: tuple[str, ...]
) -> tuple[int, ...]:
    text = templates.text("doc_to_target", header.get("doc_to_target")).strip()
    value: object = int(text) if text.isascii() and text.isdigit() and text not in options else text
    return gold_of("doc_to_target", value, options)


def _stop(header: Mapping[str, object]) -> tuple[str, ...]:
    """`generation_kwargs: until`, one text or several."""
    kwargs = header.get("generation_kwargs")
    until = kwargs.get("until") if isinstance(kwargs, dict) else None
    texts = until if isinstance(until, list) else [until]
    return tuple(text for text in texts if isinstance(text, str) and text)


def _metrics(header: Mapping[str, object]) -> tuple[str, ...]:
    rows = header.get("metric_list")
    named = [r.get("metric") for r in rows if isinstance(r, dict)] if isinstance(rows, list) else []
    return tuple(dict.fromkeys(_METRICS[str(n)] for n in named if str(n) in _METRICS))
