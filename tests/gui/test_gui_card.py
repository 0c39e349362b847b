"""What the hover card says about a token."""

from __future__ import annotations

import math

import pytest

from workbench.core.tokens import Candidate, TokenRecord
from workbench.gui.card_data import make_card, percent, visible_token


def _record(chosen: int, *, logprob: float | None = None, rank: int | None = 1) -> TokenRecord:
    top = tuple(Candidate(i, f" t{i}", math.log(p)) for i, p in enumerate((0.5, 0.2, 0.1)))
    known = {c.id: c.logprob for c in top}
    return TokenRecord(
        chosen, f" t{chosen}", b"x", known.get(chosen, logprob), rank, 1.0, 0.25, top
    )


def test_rows_add_up_and_mark_the_chosen() -> None:
    card = make_card(_record(1), 12)
    assert [r.percent for r in card.rows] == ["50.0", "20.0", "10.0", "20.0"]
    assert [r.chosen for r in card.rows] == [False, True, False, False]
    assert card.rows[-1].is_rest
    assert card.facts == "token 13 · id 1 · rank 1"
    assert card.surprise == "1.6 nats"
    assert card.after_samplers.startswith("25.0 %")


def test_a_chosen_token_outside_the_list_is_listed() -> None:
    card = make_card(_record(9, logprob=math.log(0.01), rank=40), 0)
    assert [r.text for r in card.rows] == [" t0", " t1", " t2", " t9", "others"]
    assert sum(r.p or 0 for r in card.rows) == pytest.approx(1.0)


def test_a_limit_keeps_the_sum() -> None:
    card = make_card(_record(2), 0, limit=1)
    assert [r.text for r in card.rows] == [" t0", " t2", "others"]
    assert sum(r.p or 0 for r in card.rows) == pytest.approx(1.0)


def test_the_first_token_of_a_scored_text_says_not_available() -> None:
    record = TokenRecord(5, "A", b"A", None, None, None, None, ())
    card = make_card(record, 0)
    assert card.rows == ()
    assert card.surprise == "n/a"
    assert "rank n/a" in card.facts
    assert card.after_samplers == ""


@pytest.mark.parametrize(
    ("p", "text"), [(None, "n/a"), (0.0, "0.0"), (1e-6, "<0.1"), (0.0005, "0.1"), (1.0, "100.0")]
)
def test_percent(p: float | None, text: str) -> None:
    assert percent(p) == text


def test_visible_token() -> None:
    assert visible_token("\n\t") == "⏎→"
    assert visible_token("") == "∅"
