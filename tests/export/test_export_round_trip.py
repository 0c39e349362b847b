"""Prompts that leave in a format with a way back, and what they say when they return."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.exporting import BUNDLED, LIBRARY, contents, export, file_name, known_values

from workbench.core.errors import UserError
from workbench.core.open_text import Hole
from workbench.experiments.import_prompt import as_prompt
from workbench.export.dialects import jinja_source
from workbench.export.formats import export_formats
from workbench.export.import_formats import import_formats
from workbench.export.reading import Imported, ReadPrompt
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values

TWO_WAY = ("dotprompt", "llm", "messages", "modelfile", "mustache", "promptfoo", "prompty")
TRIMMED = {"dotprompt": None, "prompty": "\n"}
"""Formats whose readers drop what stands around a message: white space, or line ends."""
ONE_SYSTEM_ONE_USER = "holds one system and one user message"
REFUSALS = {
    "llm": ONE_SYSTEM_ONE_USER,
    "modelfile": "raw text|three double quotes",
    "prompty": "reads as the begin",
    "dotprompt": "right in front of a variable",
}


def nothing_beside(name: str) -> str:
    """No test file names another one."""
    raise UserError(f"There is no {name}.")


def back(name: str, text: str, file: str) -> tuple[PromptFile, Imported]:
    """The prompt that a file of the format holds."""
    found = import_formats().get(name).read(file, text, nothing_beside)
    assert len(found.prompts) == 1
    prompt, _left_out = as_prompt(found.prompts[0])
    return prompt, found


def trimmed(name: str, texts: list[str]) -> list[str]:
    """The texts as the format's readers leave them."""
    return [text.strip(TRIMMED[name]) for text in texts] if name in TRIMMED else texts


def left_as(name: str, prompt: PromptFile, values: dict[str, object]) -> str | None:
    """The file's text; None for what the format cannot hold at all and says so."""
    try:
        return export(name, prompt, **values).text
    except UserError as error:
        if name in REFUSALS and re.search(REFUSALS[name], error.message):
            return None
        raise


@pytest.mark.parametrize("name", TWO_WAY)
@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_bundled_prompts_say_the_same_for_every_row(name: str, path: Path) -> None:
    prompt = load_prompt(path)
    suffix = export_formats().get(name).suffix
    for row in ({}, *prompt.test_data):
        values = coerce_values(prompt, known_values(prompt, row), LIBRARY)
        text = left_as(name, prompt, values)
        if text is None:
            continue
        returned, _ = back(name, text, file_name(path, suffix))
        kept = coerce_values(returned, known_values(returned, values))
        rendered = render_prompt(returned, kept, None)
        got = [m.content for m in rendered.messages] if returned.is_chat else [rendered.text]
        assert trimmed(name, got) == trimmed(name, contents(prompt, **values))
        if returned.is_chat and prompt.is_chat:
            roles = {"developer": "system"}
            assert [m.role for m in returned.messages] == [
                roles.get(m.role, m.role) for m in prompt.messages
            ]


@pytest.mark.parametrize("name", TWO_WAY)
def test_variables_stay_open(name: str) -> None:
    """A prompt that returns can be filled with another value."""
    prompt = parse_prompt(
        "messages:\n  - {role: system, content: 'Be {{ tone }}.'}\n"
        "  - {role: user, content: 'Ask {{ what }}'}\nvariables: {tone: kind}\n",
        "open",
    )
    if name in ("messages", "modelfile"):
        made = export(name, prompt, what="x")
        assert "filled in" in " ".join(made.losses)
        return
    returned, _ = back(name, export(name, prompt).text, f"open{export_formats().get(name).suffix}")
    values = coerce_values(returned, {"tone": "harsh", "what": "why"})
    found = [m.content for m in render_prompt(returned, values, None).messages]
    assert found == ["Be harsh.", "Ask why"]


def test_loops_stay_loops_where_the_language_has_them() -> None:
    prompt = parse_prompt(
        "messages:\n  - role: user\n    content: |\n"
        "      {% for row in rows %}\n      - {{ row.a }} ({{ row.b }})\n      {% endfor %}\n"
        "      Go, {{ who }}.\n"
        "variables:\n  rows: {type: json, default: [{a: 1, b: x}, {a: 2, b: '{{y}}'}]}\n",
        "rows",
    )
    other = [{"a": "p", "b": "q"}]
    for name in ("dotprompt", "mustache", "promptfoo", "prompty"):
        made = export(name, prompt, who="Bo")
        assert "is filled in" not in " ".join(made.losses), name
        returned, _ = back(name, made.text, f"rows{export_formats().get(name).suffix}")
        kind = {v.name: v for v in returned.variables}
        assert "rows" in kind, name
        for rows in (prompt.variables[0].default, other):
            values = coerce_values(returned, {"rows": rows, "who": "Al"})
            got = [m.content for m in render_prompt(returned, values, None).messages]
            assert trimmed(name, got) == trimmed(name, contents(prompt, rows=rows, who="Al"))


def test_what_a_loop_needs_is_filled_in_or_asked_for() -> None:
    prompt = parse_prompt(
        "messages:\n  - {role: user, content: '{% for i in items %}{{ i }},{% endfor %}{{ q }}'}\n",
        "loop",
    )
    made = export("llm", prompt, items=["a", "b"])
    assert "a,b,$q" in made.text
    assert any("items" in loss and "a loop" in loss for loss in made.losses)
    with pytest.raises(UserError, match="items has no value, and a loop") as raised:
        export("llm", prompt)
    assert "Give items a value" in raised.value.hint


TRAPS = st.sampled_from(
    ["{{ x }}", "{% raw %}", "{# c #}", "}}", "{", "$", "$$x", "${y}", "\\", "\\{{", '"', "'''",
     "---", "- a: b", "key: value", "# not", "\t", "  ", "\n", "\n\n", "\r", "yes", "1.0", "null",
     "&a *a", "@x", "%YAML", "{{{", "{{#a}}", "{{/a}}", "{{else}}", "{{!}}", "é", "日本", "🧪",
     "\u2028", "\u0085", "\x00", "`", "|", ">", "<b>&amp;", "{{=<% %>=}}"]
)  # fmt: skip
WORDS = st.lists(st.one_of(TRAPS, st.text(max_size=6)), max_size=8).map("".join)


@st.composite
def prompts(draw: st.DrawFn) -> tuple[PromptFile, dict[str, object]]:
    """A chat of a system and a user message with odd texts, and values for its two variables."""
    messages = []
    for role, hole in (("system", "tone"), ("user", "what")):
        pieces: list[str | Hole] = [draw(WORDS), Hole(hole), draw(WORDS)]
        source = jinja_source(tuple(p for p in pieces if p != ""))
        messages.append((role, source))
    try:
        prompt, _ = as_prompt(ReadPrompt("odd", tuple(messages)))
    except UserError:
        assume(False)
    return prompt, {"tone": draw(WORDS), "what": draw(WORDS)}


@pytest.mark.parametrize("name", TWO_WAY)
@settings(max_examples=40, deadline=None)
@given(made=prompts())
def test_odd_prompts_come_back(name: str, made: tuple[PromptFile, dict[str, object]]) -> None:
    prompt, values = made
    wanted = contents(prompt, **values)
    text = left_as(name, prompt, values)
    if text is None:
        return
    returned, _ = back(name, text, f"odd{export_formats().get(name).suffix}")
    kept = coerce_values(returned, known_values(returned, values))
    got = [m.content for m in render_prompt(returned, kept, None).messages]
    assert trimmed(name, got) == trimmed(name, wanted)


@pytest.mark.parametrize("name", TWO_WAY)
def test_a_megabyte_leaves_and_returns(name: str) -> None:
    long = "All work: {braces} $money and no play.\n" * 26_000
    prompt = parse_prompt("messages:\n  - {role: user, content: 'Read {{ text }} now.'}\n", "long")
    made = export(name, prompt, text=long)
    returned, _ = back(name, made.text, f"long{export_formats().get(name).suffix}")
    values = coerce_values(returned, known_values(returned, {"text": long}))
    assert [m.content for m in render_prompt(returned, values, None).messages] == [
        f"Read {long} now."
    ]
