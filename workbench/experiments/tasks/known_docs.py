"""Rows as the harness's multiple-choice tasks and their data sets keep them, told by columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, as_text, gold_of
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField
from workbench.experiments.tasks.shapes import finished

Made = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A data set's rows.

    Attributes:
        columns: what a row must have.
        make: the parts of an item.
        more: a further condition on the file.
    """

    name: str
    columns: tuple[str, ...]
    make: Callable[[Source, Fields], Made]
    more: Callable[[Look], bool] = lambda _look: True


def _labels(source: Source, fields: Fields, usual: tuple[str, ...]) -> tuple[int, ...]:
    """The right one of `usual` by a label that is a number, a name, or true or false."""
    names = source.labels.get("label", ())
    value = fields.raw("label" if fields.has("label") else "answer")
    if isinstance(value, int) and not isinstance(value, bool) and names:
        if not 0 <= value < len(names):
            raise BadField("label", f"{value} is no label.")
        value = names[value]
    if isinstance(value, bool):
        return (int(not value),) if usual[0] in ("yes", "True") else (int(value),)
    if isinstance(value, str) and value.lower() in _WORDS:
        word = _WORDS[value.lower()]
        if word in usual:
            return (usual.index(word),)
    return gold_of("label", value, usual)


_WORDS = {
    "entailment": "True",
    "not_entailment": "False",
    "contradiction": "False",
    "neutral": "Neither",
    "true": "yes",
    "false": "no",
}


def _harness(_source: Source, fields: Fields) -> Made:
    choices = tuple(f" {c}" for c in fields.texts("choices"))
    return {
        "prompt": fields.text("query"),
        "choices": choices,
        "gold": gold_of("gold", fields.raw("gold"), choices),
    }


def _arc(_source: Source, fields: Fields) -> Made:
    choices = fields.mapping("choices")
    texts, labels = choices.get("text"), choices.get("label")
    if not isinstance(texts, list) or not isinstance(labels, list) or len(texts) != len(labels):
        raise BadField("choices", "It must hold as many texts as labels.")
    names = [as_text("choices", label) for label in labels]
    answer = fields.text("answerKey")
    if answer not in names:
        raise BadField("answerKey", f"{answer!r} is none of the labels {', '.join(names)}.")
    return {
        "variables": {"question": fields.text("question", "question_stem")},
        "options": tuple(as_text("choices", text) for text in texts),
        "gold": (names.index(answer),),
    }


def _hellaswag(_source: Source, fields: Fields) -> Made:
    activity = fields.text("activity_label", default="")
    context = fields.text("ctx")
    prompt = f"{activity}: {context}" if activity else context
    endings = tuple(f" {ending.strip()}" for ending in fields.texts("endings"))
    return {
        "prompt": prompt,
        "choices": endings,
        "gold": gold_of("label", fields.raw("label"), endings),
        "group": activity,
    }


def _piqa(_source: Source, fields: Fields) -> Made:
    solutions = (f" {fields.text('sol1')}", f" {fields.text('sol2')}")
    return {
        "prompt": f"Question: {fields.text('goal')}\nAnswer:",
        "choices": solutions,
        "gold": gold_of("label", fields.raw("label"), ("0", "1")),
    }


def _boolq(_source: Source, fields: Fields) -> Made:
    return {
        "prompt": f"{fields.text('passage')}\nQuestion: {fields.text('question')}?\nAnswer:",
        "choices": (" yes", " no"),
        "gold": _yes(fields, "label" if fields.has("label") else "answer"),
        "cluster": fields.text("passage"),
    }


def _yes(fields: Fields, name: str) -> tuple[int, ...]:
    """0 for yes and 1 for no, of a column where 1 or true means yes."""
    value = fields.raw(name)
    if value in (1, "1", "true", "True", "yes"):
        return (0,)
    if value in (0, "0", "false", "False", "no"):
        return (1,)
    raise BadField(name, "It must be true or false, or 1 or 0.")


def _multirc(_source: Source, fields: Fields) -> Made:
    paragraph, question = fields.text("paragraph"), fields.text("question")
    answer = fields.text("answer")
    # Here a label of 1 means that the answer is right, and "yes" says so.
    return {
        "prompt": f"{paragraph}\nQuestion: {question}\nAnswer: {answer}\nIs the answer right?",
        "choices": (" yes", " no"),
        "gold": _yes(fields, "label"),
        "cluster": paragraph,
        "group": question,
    }


def _copa(_source: Source, fields: Fields) -> Made:
    word = {"cause": "because", "effect": "therefore"}.get(fields.text("question"))
    if word is None:
        raise BadField("question", "It must be cause or effect.")
    ends = [fields.text(name) for name in ("choice1", "choice2")]
    return {
        "prompt": f"{fields.text('premise').strip().removesuffix('.')} {word}",
        "choices": tuple(f" {end[:1].lower()}{end[1:]}" for end in ends),
        "gold": gold_of("label", fields.raw("label"), ("0", "1")),
    }


def _entailment(answers: tuple[str, ...]) -> Callable[[Source, Fields], Made]:
    def make(source: Source, fields: Fields) -> Made:
        ways = " or ".join([", ".join(answers[:-1]), answers[-1]])
        hypothesis = fields.text("hypothesis")
        return {
            "prompt": f"{fields.text('premise')}\nQuestion: {hypothesis} {ways}?\nAnswer:",
            "choices": tuple(f" {answer}" for answer in answers),
            "gold": _labels(source, fields, answers),
        }

    return make


def _wic(_source: Source, fields: Fields) -> Made:
    one, two = fields.text("sentence1"), fields.text("sentence2")
    return {
        "prompt": f"Sentence 1: {one}\nSentence 2: {two}\nQuestion: Is the word "
        f"'{fields.text('word')}' used in the same way in the two sentences above?\nAnswer:",
        "choices": (" no", " yes"),
        "gold": (1 - _yes(fields, "label")[0],),
    }


def _record(_source: Source, fields: Fields) -> Made:
    entities = tuple(dict.fromkeys(fields.texts("entities")))
    answers = set(fields.texts("answers"))
    gold = tuple(i for i, entity in enumerate(entities) if entity in answers)
    if not gold:
        raise BadField("answers", "None of them is among the entities.")
    passage, *notes = fields.text("passage").strip().split("\n@highlight\n")
    query = fields.text("query")
    if "@placeholder" not in query:
        raise BadField("query", "It has no @placeholder.")
    return {
        "prompt": passage + "\n\n" + "".join(f"  - {note}.\n" for note in notes),
        "choices": tuple(f"  - {query.replace('@placeholder', e)}" for e in entities),
        "options": entities,
        "gold": gold,
        "cluster": passage,
    }


def _wsc(_source: Source, fields: Fields) -> Made:
    spans = fields.mapping("target") if fields.has("target") else None
    noun, pronoun = (
        as_text("target", spans.get(name)) if spans is not None else fields.text(name)
        for name in ("span1_text", "span2_text")
    )
    return {
        "prompt": f"Passage: {fields.text('text')}\nQuestion: In the passage above, does the "
        f'pronoun "{pronoun}" refer to "{noun}"?\nAnswer:',
        "choices": (" no", " yes"),
        "gold": (1 - _yes(fields, "label")[0],),
    }


def _axb(source: Source, fields: Fields) -> Made:
    answers = ("True", "False")
    return {
        "prompt": f"{fields.text('sentence1')}\nQuestion: {fields.text('sentence2')} True or "
        "False?\nAnswer:",
        "choices": tuple(f" {answer}" for answer in answers),
        "gold": _labels(source, fields, answers),
    }


def _winogrande(_source: Source, fields: Fields) -> Made:
    before, gap, after = fields.text("sentence").partition("_")
    if not gap:
        raise BadField("sentence", "It has no gap (_).")
    options = (fields.text("option1"), fields.text("option2"))
    # Full scoring: the option and everything after it, behind the same beginning.
    return {
        "prompt": before.rstrip(),
        "choices": tuple(f" {option}{after}" for option in options),
        "options": options,
        "gold": gold_of("answer", fields.text("answer"), ("1", "2")),
    }


def _letters(_source: Source, fields: Fields) -> Made:
    names = [name for name in "ABCDEFGHIJ" if fields.has(name)]
    options = tuple(fields.text(name) for name in names)
    return {
        "variables": {"question": fields.text("question", "Question")},
        "options": options,
        "gold": gold_of("answer", fields.raw("answer"), names),
    }


def _gpqa(_source: Source, fields: Fields) -> Made:
    wrong = [fields.text(f"Incorrect Answer {number}") for number in (1, 2, 3)]
    return {
        "variables": {"question": fields.text("Question")},
        "options": (fields.text("Correct Answer"), *wrong),
        "gold": (0,),
        "tags": ("permute",),
        "group": fields.text("High-level domain", "Subdomain", default=""),
    }


def _crows(_source: Source, fields: Fields) -> Made:
    more, less = fields.text("sent_more"), fields.text("sent_less")
    # Whole sentences behind nothing; the share that prefers the first is the stereotype score.
    return {
        "prompt": "",
        "choices": (more, less),
        "gold": (0,),
        "group": fields.text("bias_type", default=""),
    }


def _is_cb(look: Look) -> bool:
    values = {str(row.fields.get("label")).lower() for row in look.first}
    return bool(values & {"contradiction", "neutral", "2"}) or "cb" in look.path.parts


_SHAPES = (
    _Shape("harness documents", ("query", "choices", "gold"), _harness),
    _Shape("arc", ("choices", "answerKey"), _arc),
    _Shape("hellaswag", ("ctx", "endings", "label"), _hellaswag),
    _Shape("piqa", ("goal", "sol1", "sol2", "label"), _piqa),
    _Shape("boolq", ("passage", "question", "label"), _boolq),
    _Shape("boolq", ("passage", "question", "answer"), _boolq),
    _Shape("multirc", ("paragraph", "question", "answer", "label"), _multirc),
    _Shape("copa", ("premise", "choice1", "choice2", "question", "label"), _copa),
    _Shape(
        "cb", ("premise", "hypothesis", "label"), _entailment(("True", "False", "Neither")), _is_cb
    ),
    _Shape("rte", ("premise", "hypothesis", "label"), _entailment(("True", "False"))),
    _Shape("wic", ("sentence1", "sentence2", "word", "label"), _wic),
    _Shape("ax-b", ("sentence1", "sentence2", "label"), _axb),
    _Shape("record", ("passage", "query", "entities", "answers"), _record),
    _Shape("wsc", ("text", "target", "label"), _wsc),
    _Shape("wsc", ("text", "span1_text", "span2_text", "label"), _wsc),
    _Shape("winogrande", ("sentence", "option1", "option2", "answer"), _winogrande),
    _Shape("mmlu csv", ("question", "A", "B", "answer"), _letters),
    _Shape("gpqa", ("Question", "Correct Answer", "Incorrect Answer 1"), _gpqa),
    _Shape("crows-pairs", ("sent_more", "sent_less"), _crows),
)


def _reader(shape: _Shape) -> Reader:
    def items(source: Source, fields: Fields) -> Iterable[Item]:
        made = shape.make(source, fields)
        yield finished(fields, Kind.CHOICE, {**made, "variables": made.get("variables", {})})

    return Reader(
        shape.name,
        f"{shape.name}: rows with {', '.join(shape.columns)}",
        lambda look: (
            look.kind in (None, Kind.CHOICE) and look.has(*shape.columns) and shape.more(look)
        ),
        lambda _look: Kind.CHOICE,
        items,
    )


KNOWN_DOCS = tuple(_reader(shape) for shape in _SHAPES)
