"""What a spreadsheet puts on the clipboard becomes cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gui.table_text import read_table, write_table


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("\n\n", []),
        ("Hello, world; how are you?", [["Hello, world; how are you?"]]),
        ("a\tb\r\n1\t2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
        ('a,b\n"x, ""y""\nz",2\n', [["a", "b"], ['x, "y"\nz', "2"]]),
        ("one\ntwo\nthree", [["one"], ["two"], ["three"]]),
        (
            "Dear Ben,\nhow are you?\nBest, Ann, Mia",
            [["Dear Ben,"], ["how are you?"], ["Best, Ann, Mia"]],
        ),
        ('5" disk\tround', [['5" disk', "round"]]),
        ('"never closed\tb\nc\td', [['"never closed', "b"], ["c", "d"]]),
        ("a\t\tb\n\t\t\n", [["a", "", "b"], ["", "", ""]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_clipboard_texts(text: str, cells: list[list[str]]) -> None:
    assert read_table(text) == cells


cell = st.text(st.sampled_from('ab ,;"\n\r\té漢'), max_size=6)


@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=5)
    )
)
def test_what_is_copied_is_what_is_pasted(rows: list[list[str]]) -> None:
    assert read_table(write_table(rows)) == rows


@given(st.text())
def test_any_text_is_read_and_no_word_is_lost(text: str) -> None:
    cells = read_table(text)
    together = "".join(c for row in cells for c in row)
    for sign in set(text) - set('\t\r\n,;"'):
        assert together.count(sign) == text.count(sign) or not text.strip()
