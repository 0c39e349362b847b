"""Which answer a prompt's testData calls right, and what is said of replies."""

from __future__ import annotations

import pytest

from workbench.core.metric import Score
from workbench.experiments.compare_scores import ColumnScores, expected_answer
from workbench.templates.prompt_file import parse_prompt

PROMPT = parse_prompt(
    """
variables:
  country: {type: text, default: Norway}
  year: {type: number, default: 1990}
messages:
  - {role: user, content: "{{ country }} {{ year }}"}
testData:
  - {expected: Oslo}
  - {country: Greece, expected: Athens}
  - {country: Greece, year: 2000, expected: "Athens then"}
  - {country: Kenya}
  - {country: Rome, expected: 7}
""",
    "capitals",
)


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"country": "Norway", "year": 1990}, "Oslo"),
        ({"country": "Greece", "year": 1990}, "Athens"),
        ({"country": " Greece ", "year": "1990"}, "Athens"),
        ({"country": "Greece", "year": 2000}, "Athens then"),
        ({"country": "Greece", "year": 2000.0}, "Athens then"),
        ({"country": "Greece", "year": 2001}, None),
        ({"country": "Kenya", "year": 1990}, None),
        ({"country": "Rome", "year": 1990}, "7"),
        ({}, None),
    ],
)
def test_the_row_with_these_values_has_the_answer(
    values: dict[str, object], answer: str | None
) -> None:
    assert expected_answer(PROMPT, values) == answer


def test_what_was_not_scored_is_no_zero() -> None:
    some = ColumnScores("x", {"contains": (Score(1.0), Score(None, "No text."), Score(0.0))})
    assert some.fact().value == "contains 0.50"
    assert "No text." in some.fact().tip
    none = ColumnScores("x", {"contains": (Score(None, "No text."),)})
    assert none.fact().value == "contains n/a"
