"""A prompt without its parts: rendered again where the template can, cut where it cannot."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workbench.core.errors import UserError
from workbench.core.parts import Part, PartKind, PartLevel, parts_at, selection
from workbench.templates.chat import ChatFormat
from workbench.templates.prompt_file import PromptFile, parse_prompt
from workbench.templates.removal import (
    By,
    PromptSource,
    Replacement,
    checked_source,
    deciding_variables,
    without,
)
from workbench.templates.render import render_prompt

STRICT = (
    "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('roles must alternate') }}{% endif %}"
    "<{{ m.role }}>{{ m.content | trim }}</>{% endfor %}<assistant>"
)
FEW_SHOT = parse_prompt(
    """
variables:
  examples:
    type: list
    default:
      - {q: one, answer: 1}
      - {q: two, answer: 2}
      - {q: three, answer: 3}
  question: {default: five}
text: |
  {{ examples | length }} examples
  {% for e in examples -%}
  Q: {{ e.q }} A: {{ e.answer }}
  {% endfor -%}
  Q: {{ question }} A:
""",
    "shots",
)
CHAT = parse_prompt(
    """
variables:
  context: {default: "grass"}
  formal: {type: boolean, default: true}
messages:
  - role: system
    content: Be {% if formal %}formal{% else %}loose{% endif %}.
  - role: user
    content: "Context: {{ context }}. Say why. Be brief."
""",
    "chat",
)


def source(prompt: PromptFile, template: str | None = None, **values: object) -> PromptSource:
    """A rendered prompt with its defaults and `values`."""
    filled = {v.name: v.default for v in prompt.variables} | values
    chat = ChatFormat(template)
    rendered = render_prompt(prompt, filled, chat)
    return checked_source(PromptSource(rendered, prompt, filled, chat))


def part(of: PromptSource, name: str, level: PartLevel = PartLevel.SOURCE) -> Part:
    """The part whose source or text is `name`."""
    found = [
        p for p in parts_at(of.rendered, level) if name in (p.source, p.text(of.rendered.text))
    ]
    assert len(found) == 1
    return found[0]


def test_an_example_goes_with_the_words_around_it() -> None:
    shots = source(FEW_SHOT)
    made = without(shots, [part(shots, "example:1")])
    assert made.text == "2 examples\nQ: one A: 1\nQ: three A: 3\nQ: five A:"
    assert made.rendered_again
    both = without(shots, [part(shots, "example:1"), part(shots, "example:0")])
    assert both.text == "1 examples\nQ: three A: 3\nQ: five A:"


def test_a_variable_becomes_empty_its_default_or_a_text() -> None:
    shots = source(FEW_SHOT, question="nine")
    question = part(shots, "variable:question")
    assert without(shots, [question]).text.endswith("\nQ:  A:")
    by_default = without(shots, [question], Replacement(By.DEFAULT))
    assert by_default.text.endswith("\nQ: five A:")
    by_text = without(shots, [question], Replacement(By.TEXT, "{{ 1 }}"))
    assert by_text.text.endswith("\nQ: {{ 1 }} A:")


def test_a_message_goes_with_its_header() -> None:
    chat = source(CHAT)
    made = without(chat, [part(chat, "message:0", PartLevel.MESSAGE)])
    assert made.text == "User: Context: grass. Say why. Be brief.\n\nAssistant:"
    assert made.rendered_again


def test_a_message_that_the_chat_template_needs_is_cut() -> None:
    prompt = parse_prompt(
        "messages:\n  - {role: user, content: Hello}\n  - {role: assistant, content: Hi}\n"
        "  - {role: user, content: Bye}\n",
        "strict",
    )
    chat = source(prompt, STRICT)
    made = without(chat, [part(chat, "message:1", PartLevel.MESSAGE)])
    assert made.text == "<user>Hello</><assistant></><user>Bye</><assistant>"
    assert not made.rendered_again
    assert "roles must alternate" in made.note


def test_a_message_can_become_a_text_with_braces() -> None:
    chat = source(CHAT)
    made = without(
        chat, [part(chat, "message:0", PartLevel.MESSAGE)], Replacement(By.TEXT, "{% raw %}{{x}}")
    )
    assert made.text.startswith("System: {% raw %}{{x}}\n\nUser: Context")


def test_words_go_from_one_message_only_and_together_with_a_variable() -> None:
    chat = source(CHAT)
    words = [p for p in parts_at(chat.rendered, PartLevel.SOURCE) if p.kind is PartKind.WORDS]
    assert [p.message for p in words] == [1]
    assert without(chat, words).text == "System: Be formal.\n\nUser: grass\n\nAssistant:"
    made = without(chat, [*words, part(chat, "variable:context")])
    assert made.text == "System: Be formal.\n\nUser: \n\nAssistant:"
    both = without(chat, [*words, part(chat, "message:0", PartLevel.MESSAGE)])
    assert both.text == "User: grass\n\nAssistant:"


def test_sentences_and_selections_are_cut_and_nothing_else_changes() -> None:
    chat = source(CHAT)
    made = without(chat, [part(chat, "Say why. ", PartLevel.SENTENCE)])
    assert made.text == "System: Be formal.\n\nUser: Context: grass. Be brief.\n\nAssistant:"
    assert (made.rendered_again, made.note) == (False, "")
    at = chat.rendered.text.index("brief")
    chosen = selection(chat.rendered, at, at + 5)
    assert "Be ." in without(chat, [chosen]).text
    assert "Be long." in without(chat, [chosen], Replacement(By.TEXT, "long")).text
    several = parts_at(chat.rendered, PartLevel.SENTENCE)
    assert without(chat, several).text == "System: \n\nUser: \n\nAssistant:"


def test_parts_that_overlap_are_cut_once() -> None:
    chat = source(CHAT)
    parts = [selection(chat.rendered, 0, 12), selection(chat.rendered, 8, 10)]
    assert without(chat, parts).text == chat.rendered.text[12:]


def test_what_has_no_default_or_no_single_text_is_refused() -> None:
    shots = source(FEW_SHOT)
    with pytest.raises(UserError, match="example 1 has no default"):
        without(shots, [part(shots, "example:0")], Replacement(By.DEFAULT))
    with pytest.raises(UserError, match="row of several values"):
        without(shots, [part(shots, "example:0")], Replacement(By.TEXT, "x"))


def test_a_variable_that_only_decides_is_found() -> None:
    chat = source(CHAT)
    shown = parts_at(chat.rendered, PartLevel.SOURCE)
    (formal,) = deciding_variables(chat, shown)
    assert (formal.source, formal.spans) == ("variable:formal", ())
    assert without(chat, [formal]).text.startswith("System: Be loose.")
    loose = source(CHAT, formal=False)
    assert deciding_variables(loose, parts_at(loose.rendered, PartLevel.SOURCE)) == ()


def test_a_prompt_that_does_not_render_the_same_again_is_cut() -> None:
    chat = source(CHAT)
    other = PromptSource(chat.rendered, CHAT, {"context": "other", "formal": True}, chat.chat)
    checked = checked_source(other)
    assert checked.prompt is None
    made = without(checked, [part(checked, "variable:context")])
    assert "Context: . Say" in made.text
    assert not made.rendered_again


def test_the_time_of_the_run_is_the_time_of_every_rendering() -> None:
    dated = ChatFormat(
        "{{ strftime_now('%d %b') }}{% for m in messages %}{{ m.content }}{% endfor %}"
    )
    prompt = parse_prompt(
        "messages:\n  - {role: system, content: Alpha}\n  - {role: user, content: Beta}\n", "dated"
    )
    then = datetime(2021, 3, 4, tzinfo=UTC)
    rendered = render_prompt(prompt, {}, dated, now=lambda: then)
    kept = checked_source(PromptSource(rendered, prompt, {}, dated, now=lambda: then))
    assert without(kept, [part(kept, "message:0")]).text == "04 MarBeta"
