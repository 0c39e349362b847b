"""Colours of templates: lines one by one give what Jinja's lexer gives for the whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

from workbench.gui.editor.template_lexer import (
    ROOT,
    Kind,
    Mode,
    lex_line,
    lex_text,
    state_before,
)
from workbench.gui.editor.text_units import from_units, to_units
from workbench.gui.editor.yaml_lexer import YamlKind, lex_yaml

_JINJA = Environment(autoescape=True)
_PIECES = st.sampled_from(
    [
        "text", " ", "\n", "\n\n", "{{ name }}", "{{ a.b | upper }}", "{{", "}}", "{%", "%}",
        "{% for x in xs %}", "{% endfor %}", "{# note\nmore #}", "{#", "#}", "{% raw %}",
        "{% endraw %}", "{%- if a is not none -%}", "{% endif %}", "'", '"', "'a {{ b'", "(", ")",
        "[1, 2.5]", "{'k': {'v': 1}}", "|", "é", "😀", "{", "}", "{% set x = 'a\nb' %}", "?",
    ]
)  # fmt: skip


def kinds(text: str) -> list[tuple[str, str]]:
    """Tokens as (text, kind)."""
    return [(token.text, token.kind.value) for token in lex_text(text)]


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_lines_give_what_the_whole_text_gives(text: str) -> None:
    tokens = lex_text(text)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    try:
        _JINJA.parse(text)
    except TemplateSyntaxError:
        return  # Jinja gives up; ours goes on with the next tag
    whole = _JINJA.lexer.tokeniter(text, None)
    wanted = "".join(v for _, kind, v in whole if kind not in ("data", "whitespace"))
    assert "".join("".join(t.text for t in tokens).split()) == "".join(wanted.split())


def test_kinds() -> None:
    assert kinds("{% for ex in rows if ex is not none %}{{ ex.name | join(', ') }}") == [
        ("{%", "delimiter"), ("for", "tag"), ("ex", "name"), ("in", "keyword"), ("rows", "name"),
        ("if", "keyword"), ("ex", "name"), ("is", "keyword"), ("not", "keyword"),
        ("none", "test"), ("%}", "delimiter"), ("{{", "delimiter"), ("ex", "name"),
        (".", "operator"), ("name", "attribute"), ("|", "operator"), ("join", "filter"),
        ("(", "operator"), ("', '", "string"), (")", "operator"), ("}}", "delimiter"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "line", "wanted"),
    [
        ("{{ a", "| upper }}", [("|", Kind.OPERATOR), ("upper", Kind.FILTER)]),
        ("{{ a |", "upper }}", [("upper", Kind.FILTER)]),
        ("{% ", "for x", [("for", Kind.TAG), ("x", Kind.NAME)]),
        ("{{ f(", "'a', [1", [("'a'", Kind.STRING), (",", Kind.OPERATOR)]),
        ("{# one", "two #} three", [(" two", Kind.COMMENT), ("#}", Kind.DELIMITER)]),
        ("{{ 'one", "two' | upper }}", [("two'", Kind.STRING), ("|", Kind.OPERATOR)]),
        ("{% raw %}{{ a", "{{ b }}", []),
    ],
)
def test_a_tag_goes_on_in_the_next_line(
    before: str, line: str, wanted: list[tuple[str, Kind]]
) -> None:
    tokens, _ = lex_line(line, state_before(before))
    found = [(t.text, t.kind) for t in tokens][: len(wanted)]
    assert [(a.strip(), k) for a, k in found] == [(a.strip(), k) for a, k in wanted]
    assert bool(tokens) == bool(wanted)


@pytest.mark.parametrize(
    "text", ["{{ a {{ b }}", "{{ a\n{{ b }}", "{{ a ? {{ b }}", "{{ a {% if b %}", "{{ a } {{ b }}"]
)
def test_a_forgotten_end_does_not_colour_what_follows(text: str) -> None:
    tokens = lex_text(text)
    assert "b" in [t.text for t in tokens if t.kind is Kind.NAME]
    assert state_before(text) == ROOT


def test_an_end_forgotten_for_long_is_given_up() -> None:
    assert state_before("{{ a\n" + "word\n" * 200) == ROOT
    assert state_before("{# a\n" + "word\n" * 200).mode is Mode.COMMENT


@given(st.text(max_size=30), st.integers(0, 30))
def test_places_in_units_and_back(text: str, at: int) -> None:
    at = min(at, len(text))
    assert from_units(text, to_units(text, at)) == at


def test_yaml_parts() -> None:
    source = (
        "# head\nname: Story  # what\ntemperature: 0.5\nmessages:\n  - role: user\n"
        '    content: |\n      Hi {{ name }} # no comment\n  - {role: assistant, content: "a: b"}\n'
    )
    found = lex_yaml(source)
    parts = {(source[p.start : p.end].strip(), p.kind) for p in found.parts}
    assert ("# head", YamlKind.COMMENT) in parts
    assert ("# what", YamlKind.COMMENT) in parts
    assert ("# no comment", YamlKind.COMMENT) not in parts
    assert ("temperature", YamlKind.KEY) in parts
    assert ("0.5", YamlKind.CONSTANT) in parts
    assert ('"a: b"', YamlKind.TEXT) in parts
    assert [(t.text, source[t.start : t.end]) for t in found.template if t.kind is Kind.NAME] == [
        ("name", "name")
    ]


@given(st.text(alphabet="a:-#'\"|>{[]}&*!%@\n \t😀", max_size=40))
def test_any_text_can_be_coloured_as_yaml(source: str) -> None:
    for part in lex_yaml(source).parts:
        assert 0 <= part.start <= part.end <= len(source)
