"""All mistakes at once: each message's own, none hidden, none made up."""

from __future__ import annotations

import time

from workbench.templates.limits import Limits
from workbench.templates.mistakes import find_mistakes
from workbench.templates.prompt_file import parse_prompt, raw_prompt

SEVERAL = """\
messages:
  - role: system
    content: "{{ a }} {{ b }} {{ a }}"
  - role: user
    content: |
      fine
      {% for x in %}
  - role: user
    content: "{{ c | uper }} {{ c is od }}"
  - role: assistant
    content: "{{ d | default('x') }}{% if e is defined %}{{ e }}{% endif %}{{ known }}"
"""


def test_every_message_tells_its_own() -> None:
    found = find_mistakes(parse_prompt(SEVERAL, "several"), {"known": 1})
    told = [(m.message_index, m.template_line, m.what.split()[2]) for m in found]
    assert [(index, line) for index, line, _ in told] == [
        (0, 1),
        (0, 1),
        (1, 2),
        (2, 1),
        (2, 1),
    ]
    assert [m.what for m in found[:2]] == [
        "the variable a has no value.",
        "the variable b has no value.",
    ]
    assert [m.hint for m in found[3:]] == ["Did you mean upper?", "Did you mean odd?"]


def test_what_only_comes_from_an_empty_name_is_not_told() -> None:
    found = find_mistakes(raw_prompt("{{ a }}{{ a.b.c }}{{ a + 1 }}{{ 1 / 0 }}"), {})
    assert [m.what for m in found] == ["the variable a has no value."]
    assert [m.what for m in find_mistakes(raw_prompt("{{ 1 / 0 }}"), {})] != []
    assert find_mistakes(raw_prompt("{{ a }}"), {"a": 1}) == []


def test_an_endless_template_is_stopped_once() -> None:
    text = "{{ a }}{% for x in range(99999) %}{% for y in range(99999) %}.{% endfor %}{% endfor %}"
    begun = time.monotonic()
    assert find_mistakes(raw_prompt(text), {}, None, Limits(seconds=1.0))
    assert time.monotonic() - begun < 5.0


def test_many_names_are_told_up_to_a_bound() -> None:
    text = "".join(f"{{{{ name_{n} }}}}" for n in range(100))
    assert 5 <= len(find_mistakes(raw_prompt(text), {})) <= 20
