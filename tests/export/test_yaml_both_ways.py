"""YAML as JavaScript's tools read it (1.2) and as Python's do (1.1)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.experiments.import_prompt import read_foreign
from workbench.export.structured import read_yaml
from workbench.export.text_files import yaml_text

PLAIN = """\
no: yes
switch: off
time: 1:30
day: 2024-01-01
octal: 010
octal2: 0o17
hex: 0x1F
big: 1e3
half: .5
under: 1_000
nothing: ~
true: TRUE
minus: -.inf
arabic: ٣
"""
MODERN = {
    "no": "yes", "switch": "off", "time": "1:30", "day": "2024-01-01", "octal": 10, "octal2": 15,
    "hex": 31, "big": 1000.0, "half": 0.5, "under": "1_000", "nothing": None, True: True,
    "minus": float("-inf"), "arabic": "٣",
}  # fmt: skip


LETTERS = "abcdefghi"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]\n" for before, now in pairwise(LETTERS)
)
"""Nine lines that would be four hundred million words."""


def test_plain_words_mean_what_js_yaml_says() -> None:
    """Held against js-yaml 4.1, but for dates: those stay texts."""
    assert read_yaml(PLAIN, "p", modern=True) == MODERN


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=12))
@example("1e3")
@example("0o17")
@example("010")
@example("no")
@example("~")
@example("1:30")
@example(".5")
@example("1_0")
@example("0b1")
@example("=")
@example("2024-01-01")
def test_a_text_that_we_write_is_a_text_for_both(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    written = yaml_text({"a": {"b": text}})
    for modern in (False, True):
        assert read_yaml(written, "p", modern=modern) == {"a": {"b": text}}


@pytest.mark.parametrize("modern", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system [x]",
        "a: !!python/name:os.system",
        "a: !mine b",
        "&a [*a]",
        BOMB,
        "[" * 5000,
    ],
)
def test_tags_and_bombs_are_refused_in_both(text: str, modern: bool) -> None:
    with pytest.raises(UserError):
        read_yaml(text, "p", modern=modern)


def test_promptfoo_reads_no_as_a_text(tmp_path: Path) -> None:
    path = tmp_path / "promptfooconfig.yaml"
    path.write_text(
        "prompts: ['{{a}} {{b}} {{c}}']\nproviders: [echo]\n"
        "defaultTest: {vars: {a: no, b: 1e3, c: 2024-01-01}}\ntests:\n- vars: {a: on, c: true}\n",
        encoding="utf-8",
    )
    [prompt] = read_foreign(path).prompts
    assert {v.name: v.default for v in prompt.variables} == {
        "a": "no",
        "b": 1000.0,
        "c": "2024-01-01",
    }
    assert dict(prompt.test_data[0]) == {"a": "on", "c": True}
