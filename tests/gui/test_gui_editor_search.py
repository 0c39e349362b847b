"""Find and replace without a window: matches, groups, bad patterns, patterns that never end."""

from __future__ import annotations

import re
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.gui.editor.search import Query, find_all, replaced, replacement_of

TEXTS = ("Hello hello {{ name }}", "a1 b2\nc3")
ENDLESS = [r"(?:.*?,){25}P", r"(a|aa)+$", r"(x+x+)+y"]
SLOW_TEXT = ",".join(map(str, range(600))) + "a" * 5000 + "b" + "x" * 4000


@pytest.mark.parametrize(
    ("query", "places"),
    [
        (Query("hello"), [(0, 0, 5), (0, 6, 11)]),
        (Query("hello", match_case=True), [(0, 6, 11)]),
        (Query("ell", whole_word=True), []),
        (Query("{{ name", whole_word=True), [(0, 12, 19)]),
        (Query("."), []),
        (Query(r"^\w\d", is_regex=True), [(1, 0, 2), (1, 6, 8)]),
        (Query(r"$", is_regex=True), [(0, 22, 22), (1, 5, 5), (1, 8, 8)]),
    ],
)
def test_matches(query: Query, places: list[tuple[int, int, int]]) -> None:
    assert [tuple(m) for m in find_all(query, TEXTS).matches] == places


@pytest.mark.parametrize(
    ("query", "texts", "count"),
    [
        (Query("hello", replacement=r"\1 $1"), [r"\1 $1 \1 $1 {{ name }}", TEXTS[1]], 2),
        (Query(r"(\w)(\d)", True, replacement=r"\2\1"), [TEXTS[0], "1a 2b\n3c"], 3),
        (Query(r"(?P<n>\d)", True, replacement=r"<\g<n>>"), [TEXTS[0], "a<1> b<2>\nc<3>"], 3),
        (Query(r"^", True, replacement="> "), ["> Hello hello {{ name }}", "> a1 b2\n> c3"], 3),
        (Query("nothing"), list(TEXTS), 0),
    ],
)
def test_replacing(query: Query, texts: list[str], count: int) -> None:
    assert replaced(query, TEXTS) == (texts, count)


@given(st.text("ab.*(", min_size=1, max_size=3), st.text("ab.*( \n", max_size=30))
def test_plain_search_is_plain(word: str, text: str) -> None:
    found = find_all(Query(word, match_case=True), [text]).matches
    assert [m.start for m in found] == [m.start() for m in re.finditer(re.escape(word), text)]
    fresh, count = replaced(Query(word, match_case=True, replacement="z"), [text])
    assert fresh == [text.replace(word, "z")]
    assert count == len(found)


def test_one_match_is_replaced_by_what_its_groups_hold() -> None:
    found = find_all(Query(r"(\w)(\d)", is_regex=True, replacement=r"\2-\1"), TEXTS)
    assert replacement_of(found, 2) == "3-c"


@pytest.mark.parametrize("pattern", ["(", "[a", "a**", "*", r"\p{Foo}", "a{99999999999}", "(?P<"])
@pytest.mark.parametrize("whole_word", [False, True])
def test_a_bad_pattern_is_one_sentence(pattern: str, whole_word: bool) -> None:
    with pytest.raises(UserError) as caught:
        find_all(Query(pattern, is_regex=True, whole_word=whole_word), TEXTS)
    assert pattern in caught.value.message
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("put", [r"\3", "\\", r"\g<x>", r"\g<"])
def test_a_bad_replacement_is_one_sentence(put: str) -> None:
    with pytest.raises(UserError, match="replacement") as caught:
        replaced(Query("(h)", is_regex=True, replacement=put), TEXTS)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("pattern", ENDLESS)
def test_an_endless_pattern_is_stopped_and_others_run_meanwhile(pattern: str) -> None:
    turns = 0
    ended = threading.Event()

    def work() -> None:
        nonlocal turns
        while not ended.wait(0.005):
            turns += 1

    other = threading.Thread(target=work)
    other.start()
    before = time.monotonic()
    with pytest.raises(UserError, match=r"0\.3 s"):
        find_all(Query(pattern, is_regex=True), [SLOW_TEXT], limit_s=0.3)
    took = time.monotonic() - before
    ended.set()
    other.join()
    assert took < 5.0
    assert turns > 5


def test_a_result_without_bounds_is_refused() -> None:
    with pytest.raises(UserError, match="5,000,000"):
        replaced(Query("a", replacement="b" * 2000), ["a" * 50_000], limit_s=20.0)
    with pytest.raises(UserError, match="the most"):
        find_all(Query("a" * 5000), ["a"])
