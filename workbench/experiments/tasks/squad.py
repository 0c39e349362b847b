"""SQuAD: nested JSON of articles, paragraphs and questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workbench.core.task import BadRow, Item, Kind
from workbench.experiments.tasks.fields import Fields, as_text
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField


def _fits(look: Look) -> bool:
    if look.has("paragraphs"):
        return True
    return look.has("context", "question", "answers") and all(
        isinstance(row.fields["answers"], dict) for row in look.first
    )


def _items(source: Source, fields: Fields) -> Iterable[Item]:
    if not fields.has("paragraphs"):
        yield _flat(fields)
        return
    title = fields.text("title", default="")
    for number, paragraph in enumerate(fields.mappings("paragraphs"), 1):
        cluster = f"{title or fields.line} {number}"
        try:
            context = as_text("context", paragraph.get("context"))
            questions = _listed(paragraph.get("qas"), number)
        except BadField as error:
            source.report(BadRow(fields.line, error.column, error.message))
            continue
        yield from _questions(source, fields.line, title, cluster, context, questions)


def _questions(
    source: Source,
    line: int,
    title: str,
    cluster: str,
    context: str,
    questions: list[object],
) -> Iterator[Item]:
    for number, given in enumerate(questions, 1):
        try:
            entry = _object(given, f"Question {number} of {cluster}")
            question = as_text("question", entry.get("question"))
            references = _answers(entry)
            name = as_text("id", entry.get("id", f"{cluster} {number}"))
        except BadField as error:
            source.report(BadRow(line, error.column, error.message))
            continue
        yield Item(
            name,
            Kind.GENERATE,
            line,
            variables={"question": question, "context": context, "title": title},
            references=references,
            group=title,
            cluster=cluster,
        )


def _listed(value: object, number: int) -> list[object]:
    if not isinstance(value, list):
        raise BadField("qas", f"Paragraph {number} lists no questions.")
    return value


def _object(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise BadField("qas", f"{what} is no object.")
    return value


def _answers(entry: Mapping[str, object]) -> tuple[str, ...]:
    """Right answers; of a question that cannot be answered the empty text."""
    if entry.get("is_impossible") is True:
        return ("",)
    answers = entry.get("answers")
    if not isinstance(answers, list) or not answers:
        raise BadField("answers", f"The question {entry.get('id', '')} has no right answer.")
    texts = [a.get("text") if isinstance(a, dict) else a for a in answers]
    return tuple(dict.fromkeys(as_text("answers", text) for text in texts))


def _flat(fields: Fields) -> Item:
    """The hub's version: one question per row, answers as {text: [...], answer_start: [...]}."""
    answers = fields.mapping("answers").get("text")
    texts = answers if isinstance(answers, list) else []
    return Item(
        fields.text("id", default=str(fields.line)),
        Kind.GENERATE,
        fields.line,
        variables={
            "question": fields.text("question"),
            "context": fields.text("context"),
            "title": fields.text("title", default=""),
        },
        references=tuple(dict.fromkeys(as_text("answers", t) for t in texts)) or ("",),
        group=fields.text("title", default=""),
        cluster=fields.text("context"),
    )


SQUAD = Reader(
    "squad",
    "SQuAD: JSON of articles with paragraphs and qas, or one question per row",
    _fits,
    lambda _look: Kind.GENERATE,
    _items,
    lambda _source: ("squad_em", "squad_f1"),
)
