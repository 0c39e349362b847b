"""Every key that the guide names is one that does something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.guide import PAGES, page_text

from workbench.gui.actions import ACTIONS, ARENA_KEYS, EDITOR_KEYS, TOKEN_KEYS

_KEYS = re.compile(
    r"\b(?:Ctrl|Alt|Shift)\+(?:Shift\+|Alt\+)?"
    r"(?:[A-Z]\b|F\d+|Enter|Return|[0-9]|\.|,|→|←|↑|↓|click)|\bF\d+\b"
)
_ELSEWHERE = {"Ctrl+click", "F6"}
"""A way to choose several rows; the tour's own key."""


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_a_key_that_is_named_is_one(path: Path) -> None:
    known = {keys.replace("Return", "Enter") for action in ACTIONS for keys in action.keys}
    of_places = repr((ARENA_KEYS, EDITOR_KEYS, TOKEN_KEYS))
    named = {key.replace("Return", "Enter") for key in _KEYS.findall(page_text(path))}
    wrong = {key for key in named - known - _ELSEWHERE if key not in of_places}
    assert not wrong


def test_the_guide_names_many() -> None:
    assert len({key for path in PAGES for key in _KEYS.findall(page_text(path))}) > 25
