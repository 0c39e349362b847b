"""Right answers, numbers, JSON, function calls and texts: the survey's traps, one by one."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from support.metric_evidence import measure, text, value

from workbench.core.metric import CallEvidence, Evidence, TextLogprobs
from workbench.core.types import Timings
from workbench.metrics.numbers import answer_number, find_numbers


@pytest.mark.parametrize(
    ("said", "reference", "expected"),
    [
        ("So 72 clips. Hope that helps...", "72", 1),  # S1: not "..."
        ("It costs $29.00.", "29", 1),  # S1
        ("1e3", "1000", 1),  # S1: not 3
        ("5-3=2", "2", 1),  # S1
        ("-5", "5", 0),  # S2
        ("3.5", "35", 0),  # S2
        ("The total is ,", "5", 0),  # S3: a bare comma is no number
        ("72 apples\n#### 72\n\nQuestion: 3 and 4?\n#### 7", "72", 1),  # S4
        ("It is 72.\n\nQ: What is 3 + 4?\nA: 7", "72", 1),  # S4
        ("123456", "123457", 0),  # S5
        ("-3.5", "-3.5", 1),  # the survey's JSONL line of MGSM
        ("1,234.50", "1234.5", 1),
        ("1.234,50", "1234.5", 1),
        ("3,5", "3.5", 1),
        ("12,34,567", "1234567", 1),
        ("1\u202f234", "1234", 1),
        ("٣٫٥", "3.5", 1),
        ("−5", "-5", 1),
        ("3/4", "0.75", 1),
        ("\\boxed{\\frac{3}{4}}", "0.75", 1),
        ("\\boxed{12{,}345}", "12345", 1),
        ("12\\,345", "12345", 1),
        ("It takes 2 1/2 cups", "2.5", 1),
        ("2½", "2.5", 1),
        ("½", "0.5", 1),
        ("\\frac{-1}{2}", "-0.5", 1),
        ("2 × 10^5", "200000", 1),
        ("0.1", "0.10", 1),
        ("\\boxed{12} is what I get, not 13", "12", 1),
        ("The answer is 4 because 3 + 1.", "4", 1),
        ("no idea", "4", 0),
    ],
)
def test_numeric_match(said: str, reference: str, expected: float) -> None:
    assert value("numeric_match", text(said, reference)) == expected


def test_numbers_are_exact() -> None:
    assert value("numeric_match", text("0.3", "0.30000000000000001")) == 0
    assert value("numeric_match", text("0.3001", "0.3"), tolerance=0.001) == 1
    assert value("numeric_match", text("101", "100"), relative_tolerance=0.01) == 1
    assert value("numeric_match", text("102", "100"), relative_tolerance=0.01) == 0


def test_which_number_is_taken() -> None:
    said = "3 and 4 make 7"
    assert value("numeric_match", text(said, "3"), take="first") == 1
    assert value("numeric_match", text(said, "7"), take="last") == 1
    assert value("numeric_match", text(said, "7"), take="only") == 0
    assert value("numeric_match", text("1.234", "1234"), decimal="comma") == 1
    assert value("numeric_match", text("1 234,5", "1234,5"), decimal="comma") == 1
    assert "no reference" in measure("numeric_match", text("4", "none")).reason.lower()


def test_numbers_that_are_not_read() -> None:
    assert find_numbers("9" * 1000) == []
    assert find_numbers("1e999999") == []
    assert find_numbers("9^9999") == []
    assert find_numbers("\U00010d40") == []  # a digit since Unicode 16
    assert [n.value for n in find_numbers("5/2/2020")] == [5, 2, 2020]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("1,2,3", [1, 2, 3]),  # a list, not 123
        ("12.05.2020", [12, 5, 2020]),  # a date
        ("3.14.15", [3, 14, 15]),  # a version
        ("1,234,56", [1, 234, 56]),
        ("1.234.567", [1234567]),
        ("1.234.567,8", [Fraction("1234567.8")]),
        ("12,345.6", [Fraction("12345.6")]),
        ("0,234", [Fraction("0.234")]),
        ("10^3 and 2**-1", [1000, Fraction(1, 2)]),
        ("x^2", [2]),
        ("50 000", [50000]),
        ("1 234 567,5 km", [Fraction("1234567.5")]),
        ("It is 1 234.", [1234]),
        ("7 of 1 234", [7, 1, 234]),
        ("10 20 300", [10, 20, 300]),
        ("in 2020 300 people", [2020, 300]),
        ("1_000'000", [1000000]),
        ("[1, 2, 3]", [1, 2, 3]),
        ("5 - 3 = 2", [5, 3, 2]),
    ],
)
def test_how_numbers_are_written(written: str, values: list[Fraction]) -> None:
    assert [n.value for n in find_numbers(written)] == values


def test_what_cannot_be_divided() -> None:
    found = answer_number("1/0 or 2")
    assert found is not None
    assert found.value == Fraction(2)


def test_exact_match() -> None:
    assert value("exact_match", text(" Paris\n", "Paris")) == 1
    assert value("exact_match", text(" Paris", "Paris"), strip=False) == 0
    assert value("exact_match", text("paris", "Paris")) == 0
    assert value("exact_match", text("paris", "Paris"), ignore_case=True) == 1
    assert value("exact_match", text("STRASSE", "straße"), ignore_case=True) == 1
    assert value("exact_match", text("e\u0301", "é")) == 1
    assert value("exact_match", text("", "x", "")) == 1


def test_quasi_exact_match_keeps_numbers_apart() -> None:
    """S7 of the survey, mended here: SQuAD's way makes -5 and 5, 1.5 and 15 equal."""
    assert value("quasi_exact_match", text("The Paris!", "paris")) == 1
    assert value("quasi_exact_match", text("«Paris»", "paris")) == 1
    for said, reference in (("-5", "5"), ("1.5", "15"), (".5", "5")):
        assert value("quasi_exact_match", text(said, reference)) == 0
        assert value("squad_em", text(said, reference)) == 1
    assert value("quasi_exact_match", text("1,500.", "1500")) == 1
    for said, reference in (("3-5", "35"), ("10/12", "1012"), ("3,5", "35"), ("10:30", "1030")):
        assert value("quasi_exact_match", text(said, reference)) == 0
        assert value("squad_em", text(said, reference)) == 1
    assert value("quasi_exact_match", text("3,5", "3.5")) == 1
    assert value("quasi_exact_match", text("+5", "5")) == 1
    assert value("quasi_exact_match", text("well-known", "wellknown")) == 1


def test_squad() -> None:
    """inspect tests/scorer/test_classification.py: 0.67; S6: bags, not sets; S7."""
    paris = text("Paris", "Paris, Texas")
    assert value("squad_f1", paris) == pytest.approx(2 / 3)
    assert value("squad_em", paris) == 0
    assert value("squad_f1", text("yes yes yes", "yes")) == 0.5
    assert value("squad_f1", text("a cat", "dog", "the cat")) == 1
    assert value("squad_f1", text("", "cat")) == 0
    assert value("squad_f1", text("the", "")) == 1


def test_contains() -> None:
    assert value("contains", text("It is Paris.", "Paris")) == 1
    assert value("contains", text("It is paris.", "Paris")) == 0
    assert value("contains", text("It is paris.", "Paris"), ignore_case=True) == 1
    assert value("contains", text("cats", "cat"), words=True) == 0
    assert value("contains", text("cats cat", "cat"), words=True) == 1
    assert value("contains", text("a b", "a", "c"), all=True) == 0
    assert value("contains", text("a b", "a", "b"), all=True) == 1
    assert "empty" in measure("contains", text("anything", "")).reason
    assert value("starts_with", text(" Yes, it is", "Yes")) == 1
    assert value("ends_with", text("it is so.\n", "so.")) == 1


def test_regex() -> None:
    assert value("regex", text("order 66", r"\d+")) == 1
    assert value("regex", text("order 66", r"\d+"), whole=True) == 0
    assert value("regex", text("ORDER", "order"), ignore_case=True) == 1
    assert "no regular expression" in measure("regex", text("x", "(")).reason
    assert "longer than" in measure("regex", text("a" * 40 + "!", "(a|aa)+$")).reason


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('{"a": [1, 2.5, null]}', 1),
        (" 3 ", 1),
        ("NaN", 0),
        ('{"a": Infinity}', 0),
        ('{"a": 1, "a": 2}', 0),
        ("{'a': 1}", 0),
        ("", 0),
        ("[1,]", 0),
        ("9" * 10_000, 1),
        ("[" * 100_000, 0),
        ('"\u0001"', 0),
        ("\ufeff{}", 0),
    ],
)
def test_json_valid(said: str, expected: float) -> None:
    assert value("json_valid", text(said)) == expected


def test_json_in_a_reply() -> None:
    said = 'Here you are:\n```json\n{"a": 1}\n```\nDone {b}.'
    assert value("json_valid", text(said)) == 0
    assert value("json_valid", text(said), extract="fence") == 1
    assert value("json_valid", text('So {"a": 1} it is'), extract="first") == 1
    assert value("json_valid", text("none"), extract="first") == 0


SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"age": {"type": "integer", "minimum": 0}, "name": {"pattern": "^[A-Z]"}},
        "required": ["age"],
    }
)


def test_json_schema() -> None:
    assert value("json_schema", text('{"age": 3, "name": "Zoe"}', SCHEMA)) == 1
    assert value("json_schema", text('{"age": 3}'), schema=SCHEMA) == 1
    wrong = measure("json_schema", text('{"age": -3}', SCHEMA))
    assert wrong.value == 0
    assert "$.age" in str(wrong.detail["error"])
    assert value("json_schema", text('{"age": 3, "name": "zoe"}', SCHEMA)) == 0
    assert value("json_schema", text("no json", SCHEMA)) == 0
    closed = '{"properties": {"a": {}}, "patternProperties": {"^x": {"type": "string"}}, '
    for more, said, expected in (
        ("false", '{"a": 1, "x1": "y"}', 1),
        ("false", '{"b": 1}', 0),
        ("false", '{"x1": 2}', 0),
        ('{"type": "null"}', '{"b": null}', 1),
        ('{"type": "null"}', '{"b": 2}', 0),
    ):
        schema = f'{closed}"additionalProperties": {more}}}'
        assert value("json_schema", text(said, schema)) == expected, (more, said)


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("{", "not JSON"),
        ("3", "is an object"),
        ('{"type": "nothing"}', "no valid schema"),
        ('{"$ref": "https://example.invalid/schema.json"}', "not in it"),
        ('{"$ref": "#/$defs/lost"}', "not in it"),
        ('{"pattern": "("}', "no valid schema"),
        ('{"pattern": "^(a|aa)+$"}', "too long"),
        ('{"patternProperties": {"^(a|aa)+$": {}}}', "too long"),
        ('{"patternProperties": {"^(a|aa)+$": {}}, "additionalProperties": false}', "too long"),
    ],
)
def test_schemas_that_cannot_be_used(schema: str, reason: str) -> None:
    long = "a" * 40 + "!"
    said = json.dumps({long: 1}) if "Properties" in schema else json.dumps(long)
    assert reason in measure("json_schema", text(said, schema)).reason


FUNCTION = {
    "name": "weather",
    "parameters": {
        "type": "dict",
        "properties": {
            "city": {"type": "string"},
            "unit": {"type": "string"},
            "days": {"type": "integer"},
            "limit": {"type": "float"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "place": {"type": "dict"},
        },
        "required": ["city"],
    },
}
GOLD = CallEvidence(
    "weather",
    {
        "city": ["San Francisco", "SF"],
        "unit": ["C", ""],
        "days": [3, ""],
        "limit": [2.0, ""],
        "tags": [["a-b", "c"], ""],
        "place": [{"lat": [1, 2], "note": ["x", ""]}, ""],
    },
)


def called(*calls: CallEvidence, gold: tuple[CallEvidence, ...] = (GOLD,)) -> Evidence:
    """Calls made, against the gold."""
    return Evidence(calls=calls, gold_calls=gold, functions=(FUNCTION,))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"city": "SF"}, 1),  # "" among the right values: may be left out
        ({"city": "san francisco", "unit": "c"}, 1),  # texts without case
        ({"city": "San.Fran-cisco"}, 1),  # and without ,./-_*^ and spaces
        ({"unit": "C"}, 0),  # a required one is missing
        ({"city": "SF", "wind": True}, 0),  # an unknown one
        ({"city": "LA"}, 0),
        ({"city": "SF", "days": 3}, 1),
        ({"city": "SF", "days": "3"}, 0),  # types are strict
        ({"city": "SF", "days": 3.0}, 0),
        ({"city": "SF", "days": True}, 0),
        ({"city": "SF", "limit": 2}, 1),  # a whole number does for a float
        ({"city": "SF", "tags": ["AB", "C"]}, 1),
        ({"city": "SF", "tags": ["C", "AB"]}, 0),  # lists have an order
        ({"city": "SF", "tags": [1, 2]}, 0),
        ({"city": "SF", "place": {"lat": 2}}, 1),  # one level deep: lists of right values
        ({"city": "SF", "place": {"lat": 3}}, 0),
        ({"city": "SF", "place": {"lat": 1, "lon": 1}}, 0),
        ({"city": "SF", "place": {"note": "x"}}, 0),
    ],
)
def test_call_arguments(arguments: dict[str, object], expected: float) -> None:
    """BFCL ast_checker.py: simple_function_checker, string_, list_ and dict_checker."""
    assert value("call_match", called(CallEvidence("weather", arguments))) == expected


def test_calls_have_no_order() -> None:
    """BFCL ast_checker.py, parallel_function_checker_no_order; the last pair defeats greed."""
    a, b = (CallEvidence("weather", {"city": city}) for city in ("SF", "Rome"))
    rome = CallEvidence("weather", {"city": ["Rome"]})
    either = CallEvidence("weather", {"city": ["SF", "Rome"]})
    assert value("call_match", called(b, a, gold=(GOLD, rome))) == 1
    assert value("call_match", called(a, gold=(GOLD, rome))) == 0
    assert value("call_match", called(a, a, gold=(GOLD, rome))) == 0
    assert value("call_match", called(b, a, gold=(either, rome))) == 1


def test_call_names_and_relevance() -> None:
    assert value("call_match", called(CallEvidence("Weather", {"city": "SF"}))) == 0
    assert value("call_match", called(gold=())) == 1
    assert value("call_match", called(CallEvidence("weather", {}), gold=())) == 0
    assert value("call_match", Evidence(prediction="No.", gold_calls=(GOLD,))) == 0
    dotted = (CallEvidence("math.gcd", {"a": [1]}),)
    made = Evidence(calls=(CallEvidence("math_gcd", {"a": 1}),), gold_calls=dotted)
    assert value("call_match", made) == 0
    assert value("call_match", made, dots_as_underscores=True) == 1


def test_repetition_and_variety() -> None:
    assert value("distinct_n", text("a b a b"), n=1) == 0.5
    assert value("distinct_n", text("a b a b")) == pytest.approx(2 / 3)
    found = measure("repetition", text("one two one two one two"), n=2)
    assert found.value == pytest.approx(3 / 5)
    assert found.detail["most_repeated"] == "one two"
    assert "fewer than 2 words" in measure("distinct_n", text("a")).reason


def test_length() -> None:
    said = "Zoë 👨‍👩‍👧.\nTwo 日本!"
    assert value("length", text(said)) == 4
    assert value("length", text(said), unit="characters") == 14
    assert value("length", text(said), unit="sentences") == 2
    assert value("length", text(said), unit="lines") == 2
    assert value("length", text('He paid 3.5 (not "4."). Why? 好。是！'), unit="sentences") == 4
    assert value("length", text("é"), unit="bytes") == 2
    assert "not counted" in measure("length", text(said), unit="tokens").reason
    reply = Evidence(prediction="x", logprobs=TextLogprobs((-1.0, -2.0), 1, span="reply"))
    assert value("length", reply, unit="tokens") == 2


def test_readability() -> None:
    """Flesch 1948 by hand: 6 words, 1 sentence, 6 syllables."""
    simple = text("The cat sat on the mat.")
    assert value("readability", simple) == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert value("readability", simple, formula="lix") == 6
    assert value("readability", simple, formula="flesch_kincaid") == pytest.approx(
        0.39 * 6 + 11.8 - 15.59
    )
    assert value("readability", simple, formula="ari") == pytest.approx(
        4.71 * 17 / 6 + 0.5 * 6 - 21.43
    )
    assert "Latin" in measure("readability", text("Привет мир.")).reason


def test_timing() -> None:
    timings = Timings(prefill_tps=900.0, decode_tokens=11, decode_tps=20.0, first_token_ms=250.0)
    evidence = Evidence(timings=timings)
    assert value("latency", evidence) == 250 + 500
    assert value("latency", evidence, to="first_token") == 250
    assert value("tokens_per_second", evidence) == 20
    assert value("tokens_per_second", evidence, of="prompt") == 900
    assert measure("latency", Evidence(timings=Timings())).value is None
