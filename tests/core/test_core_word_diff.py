"""The word diff: it rebuilds both texts, mirrors, cuts no character, and its work is bounded."""

from __future__ import annotations

import random
import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder

from workbench.core.sequence_diff import matches, settled
from workbench.core.word_diff import Change, ChangeKind, Part, Row, rows, word_diff
from workbench.core.words import is_line_end, split_lines, split_words

EQUAL, DELETE, INSERT, REPLACE = ChangeKind

PIECES = [
    *["the", "The", "cat", "don't", "3.14", "x_1", " ", "  ", "\t", "\n", "\r\n", "\r", "."],
    *[
        "'",
        "{{",
        "}}",
        "é",
        "e\u0301",
        "\u0301",
        "\u200d",
        "👩‍💻",
        "👍🏽",
        "🇩🇪",
        "🇪",
        "हिन्दी",
        "क्ष",
        "กำ",
    ],
    *[
        "中文",
        "が",
        "か\u3099",
        "각",
        "\u1112\u1161\u11ab",
        "\u0600",
        "\u2028",
        "\x00",
        "1\ufe0f\u20e3",
    ],
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=30)
FEW_IDS = st.lists(st.integers(0, 3), max_size=14)


def applied(a: str, b: str, changes: tuple[Change, ...]) -> str:
    """`a` with the changes made to it; what did not change is taken from `a`."""
    return "".join(
        a[c.a_start : c.a_end] if c.kind is EQUAL else b[c.b_start : c.b_end] for c in changes
    )


def told(a: str, b: str) -> list[tuple[str, str, str]]:
    """The changes with their texts."""
    return [(c.kind.value, a[c.a_start : c.a_end], b[c.b_start : c.b_end]) for c in word_diff(a, b)]


def character_ends(text: str) -> set[int]:
    """Where Qt says that a visible character ends: an implementation that is not ours."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    ends = set()
    at = 0
    while at >= 0:
        ends.add(at)
        at = finder.toNextBoundary()
    return {number for number, unit in enumerate(units) if unit in ends}


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
@example("", "\n")
@example("a b", "c d")
@example(" x", " ")
def test_changes_rebuild_both_texts_and_alternate(a: str, b: str) -> None:
    changes = word_diff(a, b)
    assert applied(a, b, changes) == b
    at_a = at_b = 0
    for number, change in enumerate(changes):
        assert (change.a_start, change.b_start) == (at_a, at_b)
        at_a, at_b = change.a_end, change.b_end
        left, right = a[change.a_start : at_a], b[change.b_start : at_b]
        expected = {
            EQUAL: bool(left) and left == right,
            DELETE: bool(left) and not right,
            INSERT: bool(right) and not left,
            REPLACE: bool(left) and bool(right),
        }
        assert expected[change.kind]
        if number:
            assert (change.kind is EQUAL) != (changes[number - 1].kind is EQUAL)
    assert (at_a, at_b) == (len(a), len(b))


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_the_other_way_round_is_the_mirror_image(a: str, b: str) -> None:
    mirrored = {EQUAL: EQUAL, REPLACE: REPLACE, DELETE: INSERT, INSERT: DELETE}
    assert word_diff(b, a) == tuple(
        Change(mirrored[c.kind], c.b_start, c.b_end, c.a_start, c.a_end) for c in word_diff(a, b)
    )


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_text_and_itself_are_equal(text: str) -> None:
    whole = (Change(EQUAL, 0, len(text), 0, len(text)),) if text else ()
    assert word_diff(text, text) == whole
    assert all(p.kind is EQUAL for row in rows(text, text) for p in row.left or ())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("\u0600क्ष")
@example("👩\u200dक्ष")
def test_pieces_join_to_the_text_and_end_where_qt_ends_characters(text: str) -> None:
    pieces = split_words(text)
    assert "".join(pieces) == text
    assert all(pieces)
    # Python and Qt may know different versions of Unicode: only what both know is compared.
    if any(unicodedata.category(c) in ("Cn", "Cs") for c in text):
        return
    # After an emoji Qt pairs the letters of two flags otherwise than the Unicode rule does.
    if re.search("[\U0001f1e6-\U0001f1ff]{3}", text):
        return
    ends = character_ends(text)
    at = 0
    for piece in pieces:
        at += len(piece)
        assert at in ends, (piece, pieces)


@pytest.mark.parametrize(
    "piece",
    [
        "word",
        "don't",
        "it’s",
        "3.14",
        "1,000.5",
        "x_1",
        "हिन्दी",
        "क्ष",
        "👩‍💻",
        "👍🏽",
        "🇩🇪",
        "e\u0301te\u0301",
        "\r\n",
    ],
)
def test_these_are_one_piece(piece: str) -> None:
    assert split_words(f"({piece})") == ["(", piece, ")"]
    assert is_line_end(piece) == (piece == "\r\n")


def test_texts_without_spaces_are_cut_into_characters() -> None:
    assert split_words("中文か\u3099กำ") == ["中", "文", "か\u3099", "กำ"]
    assert split_words("ក្ក") == ["ក្ក"]
    assert split_words("🇩🇪🇫🇷") == ["🇩🇪", "🇫🇷"]
    assert told("我爱北京", "我爱上海") == [("equal", "我爱", "我爱"), ("replace", "北京", "上海")]


def test_a_mark_never_hides_the_end_of_a_line() -> None:
    assert split_words("a\n\u0301b") == ["a", "\n", "\u0301", "b"]
    assert split_lines("a\r\n\nb\rc") == ["a", "", "b", "c"]


def test_words_are_replaced_whole_and_phrases_stay_together() -> None:
    assert told("Be brief, please.", "Be precise, please.") == [
        ("equal", "Be ", "Be "),
        ("replace", "brief", "precise"),
        ("equal", ", please.", ", please."),
    ]
    assert told("a big red house", "a small blue house") == [
        ("equal", "a ", "a "),
        ("replace", "big red", "small blue"),
        ("equal", " house", " house"),
    ]


def test_an_insertion_is_told_as_words_with_their_space_or_as_whole_lines() -> None:
    assert told("one two", "one new two")[1] == ("insert", "", "new ")
    assert told("- one\n- two\n", "- one\n- new\n- two\n")[1] == ("insert", "", "- new\n")
    assert told("- one\n- new\n- two", "- one\n- two")[1] == ("delete", "- new\n", "")


def test_rows_put_lines_beside_those_they_became() -> None:
    a = "system\nAnswer briefly.\nold one\nend"
    b = "system\nnew line\nAnswer very briefly.\nend\n"
    assert rows(a, b) == (
        Row((Part(EQUAL, "system"),), (Part(EQUAL, "system"),), 1, 1),
        Row(None, (Part(INSERT, "new line"),), None, 2),
        Row(
            (Part(EQUAL, "Answer "), Part(EQUAL, "briefly.")),
            (Part(EQUAL, "Answer "), Part(INSERT, "very "), Part(EQUAL, "briefly.")),
            2,
            3,
        ),
        Row((Part(DELETE, "old one"),), None, 3, None),
        Row((Part(EQUAL, "end"),), (Part(EQUAL, "end"),), 4, 4),
        Row(None, (), None, 5),
    )


def test_replaced_lines_stand_beside_some_of_what_replaced_them() -> None:
    found = rows("same\nalpha beta\nsame too", "same\ngamma\ndelta\nsame too")
    assert [(r.left_line, r.right_line) for r in found] == [(1, 1), (None, 2), (2, 3), (3, 4)]
    assert found[1].right == (Part(REPLACE, "gamma"),)
    assert found[2].left == (Part(REPLACE, "alpha beta"),)
    assert found[2].right == (Part(REPLACE, "delta"),)
    unlike = rows("alpha", "gamma\ndelta")
    assert [(r.left_line, r.right_line) for r in unlike] == [(1, 1), (None, 2)]
    assert rows("", "") == (Row((), (), 1, 1),)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_rows_hold_every_line_of_both_texts_once_and_in_order(a: str, b: str) -> None:
    found = rows(a, b)
    for text, side, number in ((a, "left", "left_line"), (b, "right", "right_line")):
        shown = [r for r in found if getattr(r, side) is not None]
        assert ["".join(p.text for p in getattr(r, side)) for r in shown] == split_lines(text)
        assert [getattr(r, number) for r in shown] == list(range(1, len(shown) + 1))
    kinds = {p.kind for r in found for p in r.left or ()}
    assert INSERT not in kinds
    assert all(r.left is not None or r.right is not None for r in found)


def longest_common(a: list[int], b: list[int]) -> int:
    """The length of the longest common subsequence, by the textbook table."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = row[:]
        for j, y in enumerate(b):
            row[j + 1] = before[j] + 1 if x == y else max(before[j + 1], row[j])
    return row[-1]


@settings(max_examples=300, deadline=None)
@given(FEW_IDS, FEW_IDS)
def test_short_sequences_are_matched_as_well_as_possible(a: list[int], b: list[int]) -> None:
    found = matches(a, b)
    assert sum(length for _, _, length in found) == longest_common(a, b)
    moved = settled(found, a, b, lambda items, start, end: (7 * start + items[end - 1]) % 5)
    for blocks in (found, moved):
        at_a = at_b = 0
        for i, j, length in blocks:
            assert length > 0
            assert i >= at_a
            assert j >= at_b
            assert a[i : i + length] == b[j : j + length]
            at_a, at_b = i + length, j + length
    assert sum(n for _, _, n in moved) == sum(n for _, _, n in found)


@pytest.mark.parametrize("letters", [2, 5, 300])
def test_long_unlike_sequences_still_match_rightly_and_in_bounded_work(letters: int) -> None:
    chance = random.Random(letters)
    a = [chance.randrange(letters) for _ in range(4000)]
    b = [chance.randrange(letters) for _ in range(4000)]
    found = matches(a, b)
    assert found
    at_a = at_b = 0
    for i, j, length in found:
        assert i >= at_a
        assert j >= at_b
        assert a[i : i + length] == b[j : j + length]
        at_a, at_b = i + length, j + length


def prose(chance: random.Random, characters: int) -> str:
    """Sentences of made-up words, frequent and rare ones as in real texts."""
    words = ["".join(chance.choices("aeioulnrst", k=chance.randint(2, 9))) for _ in range(2000)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    out: list[str] = []
    while sum(map(len, out)) < characters:
        sentence = " ".join(chance.choices(words, weights, k=chance.randint(4, 25)))
        out.append(sentence + chance.choice([". ", ".\n", ".\n\n", ": "]))
    return "".join(out)


def test_a_long_insertion_and_a_move_are_found_in_a_long_text() -> None:
    chance = random.Random(1)
    a = prose(chance, 50_000)
    added, cut = prose(chance, 6_000), a.index(". ", 20_000) + 2
    inserted = word_diff(a, a[:cut] + added + a[cut:])
    assert sum(c.b_end - c.b_start for c in inserted if c.kind is not EQUAL) == len(added)
    moved = a[10_000:30_000] + a[:10_000] + a[30_000:]
    changed = sum(c.a_end - c.a_start for c in word_diff(a, moved) if c.kind is not EQUAL)
    assert changed < 10_100


@pytest.mark.timing
def test_50000_characters_are_compared_while_one_blinks() -> None:
    chance = random.Random(2)
    a = prose(chance, 50_000)
    pieces = split_words(a)
    for _ in range(60):
        pieces[chance.randrange(len(pieces))] = chance.choice(["new", " ", "", "two words"])
    edited, other = "".join(pieces), prose(chance, 50_000)
    signs = ["".join(chance.choices(".,;!? ", k=50_000)) for _ in range(2)]
    cases = [(a, edited, 0.2), (a, other, 1.5), (signs[0], signs[1], 2.0)]
    for first, second, limit in cases:
        start = time.process_time()
        changes = word_diff(first, second)
        assert time.process_time() - start < limit
        assert applied(first, second, changes) == second


def test_enormous_texts_are_compared_by_lines() -> None:
    line = "the same words again and again\n"
    a = "".join(f"{number} {line}" for number in range(35_000))
    b = a.replace("\n17000 the same", "\n17000 the other").rstrip("\n")
    changed = [c for c in word_diff(a, b) if c.kind is not EQUAL]
    assert [a[c.a_start : c.a_end].split()[0] for c in changed] == ["17000", "34999"]
    assert applied(a, b, word_diff(a, b)) == b
