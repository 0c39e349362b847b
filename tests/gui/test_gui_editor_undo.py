"""The undo stack by itself: what is merged, and that back and forth end where they began."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.gui.editor.undo import Block, History, ShapeStep, TextStep, difference


def type_text(history: History, text: str, key: int = 1, at: float = 0.0, start: int = 0) -> None:
    """Push `text` letter by letter."""
    for number, letter in enumerate(text):
        history.push(TextStep(key, start + number, "", letter, at + number * 0.1))


def steps(history: History) -> list[str]:
    """What undo takes away, step by step."""
    found = []
    while (step := history.undo()) is not None:
        assert isinstance(step, TextStep)
        found.append(step.inserted or f"-{step.removed}")
    return found


def test_typing_is_taken_back_word_by_word() -> None:
    history = History()
    type_text(history, "one two\nthree")
    assert steps(history) == ["three", "\n", "two", "one "]


def test_a_pause_a_paste_and_another_block_end_a_step() -> None:
    history = History()
    type_text(history, "ab")
    type_text(history, "cd", at=60.0, start=2)
    history.push(TextStep(1, 4, "", "pasted", 61.0))
    history.push(TextStep(1, 10, "", "e", 61.1))
    history.push(TextStep(2, 0, "", "f", 61.2))
    assert steps(history) == ["f", "e", "pasted", "cd", "ab"]


def test_letters_taken_away_are_one_step() -> None:
    history = History()
    for start in (4, 3, 2):
        history.push(TextStep(1, start, "abcde"[start], "", 0.1))
    for letter in "xy":
        history.push(TextStep(1, 0, letter, "", 0.2))
    assert steps(history) == ["-xy", "-cde"]


def test_a_selection_that_is_typed_over_is_one_step() -> None:
    history = History()
    history.push(TextStep(1, 0, "old words", "n", 0.1))
    history.push(TextStep(1, 1, "", "e", 0.2))
    step = history.undo()
    assert step == TextStep(1, 0, "old words", "ne", 0.2)


def test_a_new_step_ends_what_could_be_redone() -> None:
    history = History()
    type_text(history, "a")
    history.undo()
    assert history.can_redo
    history.push(ShapeStep("add", (), (Block(1, "user", ""),)))
    assert not history.can_redo
    assert history.redo() is None


@given(st.text("ab\n😀", max_size=12), st.text("ab\n😀", max_size=12), st.integers(0, 12))
def test_a_difference_leads_from_old_to_new(old: str, new: str, cursor: int) -> None:
    start, removed, inserted = difference(old, new, min(cursor, len(new)))
    assert old[start : start + len(removed)] == removed
    assert old[:start] + inserted + old[start + len(removed) :] == new


def test_among_equal_letters_the_cursor_tells_the_place() -> None:
    assert difference("aaaa", "aaaaa", 2) == (1, "", "a")
    assert difference("aaaa", "aaa", 1) == (1, "a", "")


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text("xy \n", max_size=3))))
def test_all_the_way_back_and_forth(edits: list[tuple[int, int, str]]) -> None:
    history, text = History(), "begin here"
    first = text
    for number, (at, length, put) in enumerate(edits):
        start = min(at, len(text))
        gone = text[start : start + length]
        if gone == put:
            continue
        text = text[:start] + put + text[start + len(gone) :]
        history.push(TextStep(1, start, gone, put, number * 0.5))
    last = text
    while (step := history.undo()) is not None:
        assert isinstance(step, TextStep)
        assert text[step.start : step.start + len(step.inserted)] == step.inserted
        text = text[: step.start] + step.removed + text[step.start + len(step.inserted) :]
    assert text == first
    while (step := history.redo()) is not None:
        assert isinstance(step, TextStep)
        text = text[: step.start] + step.inserted + text[step.start + len(step.removed) :]
    assert text == last
