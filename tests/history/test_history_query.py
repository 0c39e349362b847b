"""The query language: what is read into which condition, and what is said about mistakes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.core.sampling import PARAMETERS
from workbench.history.query import (
    EVERYTHING,
    Created,
    Flag,
    Number,
    OneOf,
    Query,
    QueryError,
    Score,
    Words,
    parse_query,
)

NOW = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)


def us(*parts: int) -> int:
    """A moment in UTC."""
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1e6)  # type: ignore[arg-type,misc]


def read(text: str) -> tuple[object, ...]:
    """The conditions of a query, read on a fixed day."""
    return parse_query(text, NOW).conditions


def test_words_phrases_and_negation() -> None:
    """Every word counts; only a last word that is still being typed is completed."""
    assert read("") == ()
    assert parse_query("  ") == EVERYTHING == Query()
    assert read("capital ci") == (Words("capital"), Words("ci", prefix=True))
    assert read("ci ") == (Words("ci"),)
    assert read('"a b" -c ') == (Words("a b"), Words("c", negated=True))
    assert read('"never closed') == (Words("never closed"),)
    assert read("“smart quotes” x ") == (Words("smart quotes"), Words("x"))
    assert read('note:"in two words" reply:yes ') == (
        Words("in two words", "note"),
        Words("yes", "reply"),
    )


def test_names_and_marks() -> None:
    assert read("model:demo,other -tag:old") == (
        OneOf("model", ("demo", "other")),
        OneOf("tag", ("old",), negated=True),
    )
    assert read('prompt:"a,b c"') == (OneOf("prompt", ("a,b c",)),)
    assert read("is:starred -is:rated") == (Flag("starred"), Flag("rated", negated=True))


def test_numbers_and_scores() -> None:
    assert read("temp>0.5") == (Number("sampling.temperature", ">", 0.5),)
    assert read("TOP_K<=40") == (Number("sampling.top_k", "<=", 40),)
    assert read("tokens:10..50") == (Number("n_tokens", ">=", 10), Number("n_tokens", "<=", 50))
    assert read("tokens:..50") == (Number("n_tokens", "<=", 50),)
    assert read("-seed:7") == (Number("seed", "=", 7, negated=True),)
    assert read("score:rouge_l<0.3") == (Score("rouge_l", "<", 0.3),)
    assert read("score:bleu") == (Score("bleu", "", 0.0),)


def test_dates_are_whole_spans_of_time() -> None:
    """A day is the whole day: `date:` is in it, `>` after it, `<=` up to its end."""
    day = (us(2026, 5, 1), us(2026, 5, 2))
    assert read("date:2026-05-01") == (Created(*day),)
    assert read("date>2026-05-01") == (Created(day[1], None),)
    assert read("date<=2026-05-01") == (Created(None, day[1]),)
    assert read("date:2026-12") == (Created(us(2026, 12, 1), us(2027, 1, 1)),)
    assert read("date:2024") == (Created(us(2024, 1, 1), us(2025, 1, 1)),)
    assert read("date:2026-05-01..2026-05-03") == (Created(us(2026, 5, 1), us(2026, 5, 4)),)
    assert read("date:2026-05-01..") == (Created(us(2026, 5, 1), None),)
    assert read("date:yesterday") == (Created(us(2026, 5, 19), us(2026, 5, 20)),)
    assert read("date:2026-05-01T14:30") == (
        Created(us(2026, 5, 1, 14, 30), us(2026, 5, 1, 14, 31)),
    )
    assert read("age<7d") == (Created(us(2026, 5, 13, 15, 30), None),)
    assert read("age>2h") == (Created(None, us(2026, 5, 20, 13, 30)),)


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("foo:bar", "no field “foo”", '"foo:bar"'),
        ("modle:x", "no field “modle”", "Did you mean model?"),
        ("temp>warm", "“warm” is no number", "temp>0.5"),
        ("temp>", "a number is missing", "temp>0.5"),
        ("temp:nan", "“nan” is no number", "temp>0.5"),
        ("tag>1", "compared with “:”", "tag:good"),
        ("model:", "needs a value", "model:demo"),
        ("is:great", "“is:great” is unknown", "is:starred"),
        ("date:2026-13", "“2026-13” is no date", "2026-05-01"),
        ("date:..", "“..” is no date", "2026-05-01"),
        ("age:7d", "compared with < or >", "age<7d"),
        ("age<soon", "no length of time", "7d"),
        ("score:", "needs a value", "score:rouge_l<0.3"),
        ("score>1", "the metric's name", "score:rouge_l<0.3"),
        ("tokens:..", "is no range", "tokens:10..50"),
        ("good ?!", "holds nothing to search for", "letters and digits"),
        (" ".join(["word"] * 31), "at most 30 conditions, not 31", "fewer"),
    ],
)
def test_mistakes_are_explained(text: str, said: str, hint: str) -> None:
    """The message names what is wrong, the hint what would be right, and the place is known."""
    with pytest.raises(QueryError) as caught:
        parse_query(text, NOW)
    assert said in caught.value.message
    assert hint in caught.value.hint
    assert 0 <= caught.value.start < caught.value.end <= len(text)


def test_every_numeric_sampling_parameter_can_be_asked() -> None:
    for parameter in PARAMETERS.values():
        if parameter.kind.value in ("int", "float"):
            (condition,) = read(f"{parameter.name}>=1")
            assert condition == Number(f"sampling.{parameter.name}", ">=", 1.0)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    said = ""
    query = EVERYTHING
    try:
        query = parse_query(text, NOW)
    except UserError as error:
        said = error.message and error.hint
    assert bool(said) or (query == EVERYTHING) == (not text.split())


@given(
    st.lists(
        st.sampled_from(
            ["word", '"two words"', "-no", "temp>0.5", "model:a", "is:starred", "date:2026-05",
             "score:x<1", "tokens:1..2", "note:y"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_parts_are_read_alone_as_together(parts: list[str]) -> None:
    """A query means all of its parts, in their order."""
    together = read(" ".join([*parts, ""]))
    alone = tuple(c for part in parts for c in read(part + " "))
    assert together == alone
