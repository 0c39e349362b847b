"""The token budget: every token counted once, parts in a steady order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.budget import BudgetPart, first_beyond, token_budget
from workbench.core.tokens import PromptToken


def _tokens(*sources: str) -> list[PromptToken]:
    return [PromptToken(i, "x", b"x", source) for i, source in enumerate(sources)]


def test_examples_then_variables_then_the_rest() -> None:
    sources = ("special", "literal", "variable:b", "variable:a", "example:0", "example:3")
    found = token_budget(_tokens(*sources, "variable:b", "special"))
    assert found == (
        BudgetPart("examples", "example", 2),
        BudgetPart("b", "variable:b", 2),
        BudgetPart("a", "variable:a", 1),
        BudgetPart("instructions", "literal", 1),
        BudgetPart("template", "special", 2),
    )


def test_no_tokens_have_no_parts() -> None:
    assert token_budget(()) == ()


def test_a_variable_may_bear_the_name_of_a_part() -> None:
    found = token_budget(_tokens("variable:examples", "example:0", "variable:template", "special"))
    assert [(part.name, part.tokens) for part in found] == [
        ("examples", 1),
        ("examples", 1),
        ("template", 1),
        ("template", 1),
    ]
    assert len({part.source for part in found}) == 4


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["literal", "special"]),
            st.integers(0, 3).map(lambda n: f"example:{n}"),
            st.sampled_from("abc").map(lambda n: f"variable:{n}"),
        )
    )
)
def test_the_parts_add_up(sources: list[str]) -> None:
    parts = token_budget(_tokens(*sources))
    assert sum(part.tokens for part in parts) == len(sources)
    assert all(part.tokens > 0 for part in parts)
    assert len({part.source for part in parts}) == len(parts)


def test_where_the_context_ends() -> None:
    assert first_beyond(100, 100) is None
    assert first_beyond(101, 100) == 100
    assert first_beyond(100, 100, reserve=1) == 99
    assert first_beyond(1, 5, reserve=9) == 0
    assert first_beyond(0, 0) is None
