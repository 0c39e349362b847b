"""`check`: every kind of mistake with its line and column in the file, several at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.paths import prompts_folder
from workbench.templates.check import Problem, Severity, check_file, check_prompt
from workbench.templates.library import Library

MANY = """\
name: Many mistakes
descripton: hello
modelParameters: {temperature: hot, maxTokens: 5, fooBar: 1, seed: 3}
variables:
  a: {type: number, default: x}
  b: {typ: text}
  c: {type: choice, choices: [p, q]}
messages:
  - role: usr
    content: hi
  - role: user
    content: |
      Hello {{ name|uper }}
      and {{ c|lowr }}
      {% if c is odder %}{% endif %}
  - role: user
    content: "one {{ c + }}"
  - role: assistant
    content: >-
      folded
      text {% endif %}
testData:
  - 3
"""


SYNTAX = "Correct the template's Jinja2 syntax there."


def said(problems: list[Problem]) -> list[str]:
    """The findings as the command line shows them."""
    return [f"{p.line}:{p.column} {p.severity}: {p.message} {p.hint}".rstrip() for p in problems]


def found(source: str) -> list[str]:
    return said(check_prompt(source, "x"))


def test_all_mistakes_of_a_file_at_once() -> None:
    assert found(MANY) == [
        "2:1 note: The key descripton means nothing here. Did you mean description?",
        "3:19 note: temperature takes a number, not 'hot'. It is left out.",
        "3:51 note: There is no decoding parameter named foo_bar. It is left out.",
        "5:30 error: The default does not fit: The variable a takes a number, not 'x'.",
        "6:12 error: The variable b has the unknown field typ. Did you mean type?",
        "9:11 error: Message 1 has the unknown role usr. Did you mean user?",
        "13:21 error: There is no filter named uper. Did you mean upper?",
        "14:16 error: There is no filter named lowr. Did you mean lower?",
        "15:18 error: There is no test named odder. Did you mean odd?",
        f"17:19 error: Unexpected 'end of print statement'. {SYNTAX}",
        f"21:15 error: Encountered unknown tag 'endif'. {SYNTAX}",
        "23:5 error: A row of testData must be keys and values, not a number.",
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text: 'a\n", "2:1 error: Broken YAML: while scanning a quoted scalar"),
        ("text: a\ntext: b\n", "2:1 error: The key text is there twice."),
        ("name: a\n", "1:1 error: A prompt needs messages: or text:, and neither is there."),
        ("- a\n", "1:1 error: A prompt file holds keys and values, not a list."),
        ("", "None:None error: A prompt file holds keys and values, not nothing."),
        ("text: |\n  a\n\n  {{ b\n", "4:3 error: Unexpected end of template, expected 'end of"),
        ("text: |\n  a\n  {% for x in %}\n", "3:3 error: Expected an expression, got 'end of st"),
        ("text: |\n  a\n  {% if a %}\n", "3:3 error: Unexpected end of template. Jinja was look"),
        ("text: '{{ a ! b }}'\n", "1:13 error: Unexpected char '!' at 5."),
        ("text: |\n  {% import 'x' as y %}", "2:3 error: The tag {% import %} cannot be used here"),
        ("text: |\n  {% include 'x' %}", "2:3 error: There is no library here to include x"),
        ("text: a\nmodel: [x]\n", "2:8 error: Model must be a text, not a list."),
        (
            "text: '{{ a }}'\nvariables:\n  a:\n    default: x\n  b:\n    default: y\n",
            "5:3 note: The variable b is declared and never used.",
        ),
        (
            "text: '{{ a }}'\nvariables:\n- a\n- name: b\n  default: y\n",
            "4:3 note: The variable b is declared and never used.",
        ),
        (
            "text: |\n  one\n  {{ nme }}\nvariables: {name: x}\n",
            "3:6 note: The variable nme is used and not declared. Did you mean name?",
        ),
        (
            "text: '{% for x in xs %}{{ x }}{% endfor %}'\n",
            "1:20 note: The variable xs is used and not declared. Declare it: variables: {xs: …}.",
        ),
        (
            "text: '{{ a }}'\nvariables: {a: {type: number}}\ntestData:\n- a: 1\n- a: many\n",
            "5:6 error: Row 2: The variable a takes a number, not 'many'.",
        ),
        (
            "text: '{{ a }}'\nvariables: {a: {type: text}}\ntestData:\n- {}\n",
            "4:3 error: Row 1 cannot be rendered: the variable a has no value (line 1) Give it",
        ),
        (
            "text: '{{ a }}'\nvariables: {a: x}\ntestData:\n- {a: y, aa: 3}\n",
            "4:10 note: Row 1 has aa, which is no variable of the prompt. Did you mean a?",
        ),
        (
            "text: |\n  {{ a }}\n  {{ a.b.c }}\nvariables: {a: x}\n",
            "3:8 error: A text has no 'b'. Check the name, or write `is defined` before using it.",
        ),
        (
            "text: |\n  {{ 1 // n }}\nvariables: {n: 1}\ntestData:\n- {n: 0}\n",
            "5:3 error: Row 1 cannot be rendered: integer division or modulo by zero (line 2)",
        ),
    ],
)
def test_every_kind_of_mistake_has_its_place(source: str, expected: str) -> None:
    problems = found(source)
    assert any(problem.startswith(expected) for problem in problems), problems


@pytest.mark.parametrize(
    "source",
    [
        "messages:\n- {role: user, content: '{{input}}'}\ntestData:\n- {input: a, expected: b}\n",
        "text: '{{ a|default(3) }}'\nvariables: {a: {type: text}}\ntestData:\n- {}\n",
        "text: '{{ a }}'\nvariables: {a: x, b: y}\nevaluators:\n- string: {contains: '{{b}}'}\n",
        "text: a\nresponseFormat: json\njsonSchema: '{}'\nmodelParameters: {topP: 0.9, seed: 3}\n",
        "text: '{% set y = x %}{{ y }}{% macro m(k) %}{{ k }}{% endmacro %}'\nvariables: {x: 1}\n",
    ],
)
def test_what_is_right_is_not_spoken_of(source: str) -> None:
    assert found(source) == []


def test_the_bundled_prompts_have_nothing_wrong_with_them() -> None:
    library = Library([prompts_folder()])
    wrong = {
        path.name: said(check_file(path, library))
        for path in prompts_folder().rglob("*.prompt.yml")
    }
    assert {name: problems for name, problems in wrong.items() if problems} == {}


def test_fragments_are_followed(tmp_path: Path) -> None:
    tone = "text: Be {{ tone }}.\nvariables: {tone: kind}\n"
    (tmp_path / "tone.prompt.yml").write_text(tone, encoding="utf-8")
    home = tmp_path / "home.prompt.yml"
    home.write_text("text: |\n  Hi\n  {% include 'tone' %}\n", encoding="utf-8")
    library = Library([tmp_path])
    assert check_file(home, library) == []
    home.write_text("text: |\n  Hi\n  {% include 'tome' %}\n", encoding="utf-8")
    assert said(check_file(home, library)) == [
        "3:3 error: There is no prompt named tome in the library. Did you mean tone?"
    ]
    (tmp_path / "tone.prompt.yml").write_text("text: |\n  a\n  {{ b|c }}\n", encoding="utf-8")
    home.write_text("text: |\n  Hi\n  {% include 'tone' %}\n", encoding="utf-8")
    (problem,) = check_file(home, library)
    assert (problem.line, problem.column) == (3, 3)
    assert problem.message == "In the included tone.prompt.yml, line 3: No filter named 'c'."


def test_files_that_are_no_yaml(tmp_path: Path) -> None:
    raw = tmp_path / "raw.txt"
    raw.write_text("Hi\n{{ a | nope }}", encoding="utf-8")
    assert said(check_file(raw)) == [
        f"2:8 error: There is no filter named nope. {check_file(raw)[0].hint}"
    ]
    latin = tmp_path / "latin.prompt.yml"
    latin.write_bytes(b"name: x\ntext: gr\xf6\xdfe\n")
    assert said(check_file(latin)) == [
        "2:9 error: The byte 0xF6 is not UTF-8. Save the file as UTF-8."
    ]
    (problem,) = check_file(tmp_path / "missing.prompt.yml")
    assert (problem.severity, problem.line) == (Severity.ERROR, None)
    assert "cannot be read: No such file" in problem.message


PIECES = (
    r"text: |messages:|\n- |role: user|\n  content: \|\n    |{{ a }}|{% if a %}|{% endif %}|x|\n|'|"
    r"\nvariables:|\n  a: |{type: number}|\ntestData:|\n- a: 1|{{ a/b }}|{{|é🦊|\r\n|"
    r"{% for x in a %}|{% endfor %}|\n  b: 2"
)
pieces = st.sampled_from([p.replace(r"\n", "\n").replace(r"\r", "\r") for p in PIECES.split("|")])


@given(st.lists(pieces, max_size=14).map("".join))
def test_any_file_gives_findings_inside_it(source: str) -> None:
    rows = source.splitlines() or [""]
    for problem in check_prompt(source, "x"):
        assert problem.message.endswith((".", "!", "?", ")"))
        if problem.line is not None and problem.column is not None:
            assert 1 <= problem.line <= len(rows) + 1
            assert problem.column >= 1
