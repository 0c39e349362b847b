"""Which words are offered where, and which characters an error underlines."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

from workbench.gui.editor.error_place import line_in, squiggles
from workbench.gui.editor.template_lexer import lex_text
from workbench.gui.editor.words import (
    Vocabulary,
    Wanted,
    fitting,
    is_opened,
    load_vocabulary,
    made_names,
    open_tags,
    spot_at,
    words_for,
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The words of the sandbox."""
    return load_vocabulary()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{{ ", Wanted.NAME),
        ("{{na", Wanted.NAME),
        ("{% ", Wanted.TAG),
        ("{% if a %}{% end", Wanted.TAG),
        ("{{ a | ", Wanted.FILTER),
        ("{{ a\n|up", Wanted.FILTER),
        ("{% if a is ", Wanted.TEST),
        ("{% if a is not de", Wanted.TEST),
        ("{{ loop.", Wanted.LOOP),
        ("{{ row.", None),
        ("{{ 'a", None),
        ("{{ 12", None),
        ("text", None),
        ("{{ a }} b", None),
        ("{# a", None),
        ("{% raw %}{{ a", None),
    ],
)
def test_what_fits_where(text: str, wanted: Wanted | None) -> None:
    spot = spot_at(text)
    assert (None if spot is None else spot.wanted) == wanted


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("{{ na", ["name", "namespace"]),
        ("{% if a %}{% e", ["endif", "elif", "else"]),
        ("{% for x in xs %}{% if a %}{% endif %}{% en", ["endfor"]),
        ("{{ a | upp", ["upper"]),
        ("{% if a is defi", ["defined"]),
        ("{% for row in rows %}{{ r", ["row"]),
        ("{% for row in rows %}{{ lo", ["loop"]),
        ("{{ loop.la", ["last"]),
    ],
)
def test_the_best_word_is_first(text: str, first: list[str], vocabulary: Vocabulary) -> None:
    spot = spot_at(text)
    assert spot is not None
    known = words_for(spot, text, ["name", "subject"], [text], vocabulary)
    words = fitting(known, text[spot.start :])
    assert [w.text for w in words][: len(first)] == first


def test_every_filter_says_what_it_does(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.filters) > 30
    silent = [w.text for w in vocabulary.filters if not w.detail]
    assert len(silent) < 10, silent


def test_words_open_unasked_only_behind_their_signs() -> None:
    assert all(map(is_opened, ["{{", "{{ ", "{%- ", "{{ a |", "{{ a | "]))
    assert not any(map(is_opened, ["{", "a ", "{{ a", "{{ a | upper "]))


def test_names_that_the_template_makes() -> None:
    tokens = lex_text("{% for a, b in rows %}{% set c = d %}{% macro e(f) %}{% with g = 1 %}")
    assert made_names(tokens) == ["a", "b", "c", "e", "g"]
    assert open_tags(tokens) == ["for", "macro", "with"]


@pytest.mark.parametrize(
    ("content", "underlined"),
    [
        ("{% if %}", "{% if %}"),
        ("{% for a b %}", "b"),
        ("{{ a | nope }}", "nope"),
        ("first\n{% if x %}\n abc\n", "if"),
        ("{% if x %}a{% endif %}\n{% for y in z %}{% if w %}{% endif %}", "for"),
        ("{% foo %}", "foo"),
        ("ok\n{{ a } }} and", "{{ a } }}"),
        ("{% endfor %}", "endfor"),
        ("{{ 1 + }}", "{{ 1 + }}"),
    ],
)
def test_syntax_errors_underline_their_place(content: str, underlined: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        Environment(autoescape=True).from_string(content)
    marks = squiggles(content, caught.value.lineno, str(caught.value))
    assert [content[m.start : m.end] for m in marks] == [underlined]


def test_an_undefined_name_is_underlined_wherever_it_is_used() -> None:
    content = (
        "nobody\n😀 {{ nobody }} nobody {% if nobody.x %}{{ a.nobody }}{% endif %}\n{{ nobody }}"
    )
    marks = squiggles(content, 2, "line 2: the variable nobody has no value.")
    assert [content[m.start : m.end] for m in marks] == ["nobody"] * 3
    assert marks[0].start == content.index("{{ nobody") + 3


def test_an_error_without_a_place_still_underlines_something() -> None:
    assert line_in("message 2, line 14: bad") == 14
    assert line_in("bad") is None
    assert squiggles("", None, "bad") == []
    assert [m[:2] for m in squiggles("ab\n\n", 3, "bad")] == [(0, 2)]
    assert [m[:2] for m in squiggles("\n\n  cd", 1, "bad")] == [(4, 6)]
    assert [m[:2] for m in squiggles("one\n  two ", 99, "bad")] == [(6, 9)]
