"""What the export formats write, read again by those who read such files."""

from __future__ import annotations

import json
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.ext import loopcontrols
from support.exporting import BUNDLED, LOADED, contents, export

from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.core.rendered import Rendered, Span
from workbench.core.sampling import Sampling
from workbench.experiments.export_prompt import OnModel, export_prompt
from workbench.export.base import Need
from workbench.export.formats import export_formats
from workbench.export.to_jinja import literal
from workbench.templates.conversation import parse_conversation
from workbench.templates.prompt_file import load_prompt, parse_prompt, raw_prompt

PLAIN = jinja2.Environment(  # what anybody would load the file with
    undefined=jinja2.StrictUndefined,
    extensions=[loopcontrols],
    autoescape=False,  # noqa: S701  # prompts are no HTML
)
CHAT = """\
name: Story
description: "Use it for stories; {# not #} for code."
tags: [a, b]
model: other/model
modelParameters: {maxTokens: 64, theirs: [1], temperature: 0.8}
messages:
  - role: system
    content: Be {{ tone }}.
  - role: user
    content: |
      {% for item in items %}{{ item }};{% endfor %}
      Go.
variables:
  tone: {type: choice, choices: [kind, terse], default: kind}
  items: {type: list, default: [a, "b }} %} #}", 'c "quoted"']}
testData:
  - tone: terse
evaluators:
  - name: says so
"""


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_bundled_prompts_in_plain_jinja_and_as_messages_say_the_same(path: Path) -> None:
    prompt = load_prompt(path)
    wanted = contents(prompt)
    messages = json.loads(export("messages", prompt).text)
    assert [row["content"] for row in messages] == wanted
    parse_conversation(json.dumps(messages), "messages.json")
    made = export("jinja", prompt)
    if any("included by name" in loss for loss in made.losses):
        assert "{% include" in prompt.source
        return
    assert PLAIN.from_string(made.text).render() == "\n\n".join(wanted)


def test_a_prompt_file_keeps_every_byte_and_takes_the_settings() -> None:
    prompt = parse_prompt(CHAT, "story")
    kept = Sampling(max_tokens=64)
    assert export("prompt-yml", prompt, kept).text == CHAT
    changed = export("prompt-yml", prompt, Sampling(max_tokens=9, top_k=7))
    read = parse_prompt(changed.text, "story")
    assert read.model_parameters == {
        "maxTokens": 9,
        "theirs": [1],
        "temperature": 0.8,
        "top_k": 7,
    }
    assert read.messages == prompt.messages
    assert changed.losses == ()


def test_raw_text_becomes_a_prompt_file() -> None:
    made = export("prompt-yml", raw_prompt("Once {{ who }}", "fable"), Sampling(top_k=3), who="Bo")
    read = parse_prompt(made.text, "fable")
    assert (read.text, read.name) == ("Once {{ who }}", "fable")
    assert read.model_parameters == {"top_k": 3}
    assert made.losses == ("The value of who: the file declares no default.",)


def test_what_a_format_cannot_say_is_listed() -> None:
    prompt = parse_prompt(CHAT, "story")
    losses = " ".join(export("messages", prompt, Sampling(temperature=0.0)).losses)
    for word in ("tone and items", "temperature 0.0", "other/model", "tags", "1 row", "1 evalu"):
        assert word in losses, word
    losses = " ".join(export("jinja", prompt).losses)
    for word in ("roles", "tone and items", "other/model", "tags", "1 row of test data"):
        assert word in losses, word
    assert "description," not in losses.casefold()
    raw = export("messages", raw_prompt("Once"))
    assert json.loads(raw.text) == [{"role": "user", "content": "Once"}]
    assert "raw text" in raw.losses[0]


def test_the_text_is_what_the_model_reads() -> None:
    exact = Rendered("<s>Hello", (Span(0, 8, "literal"),), adds_bos=True)
    made = export_prompt(
        export_formats().get("text"),
        raw_prompt("Hello"),
        {},
        sampling=Sampling(),
        on_model=lambda: OnModel(exact, LOADED),
    )
    assert made.text == "<s>Hello"
    assert "BOS" in made.losses[-1]
    with pytest.raises(UserError, match="needs a model"):
        export_prompt(export_formats().get("text"), raw_prompt("a"), {}, sampling=Sampling())


def test_a_missing_value_is_said_and_not_written() -> None:
    with pytest.raises(UserError, match="who"):
        export("messages", raw_prompt("Once {{ who }}"))
    assert "{{ who }}" in export("jinja", raw_prompt("Once {{ who }}")).text


def test_a_broken_template_leaves_as_it_is_or_not_at_all() -> None:
    source = "text: '{% if %} {{ a }}'\nvariables: {a: 1}\n"
    prompt = parse_prompt(source, "broken")
    for name in ("prompt-yml", "jinja"):
        made = export_prompt(export_formats().get(name), prompt, {}, sampling=Sampling())
        assert "{% if %} {{ a }}" in made.text
    with pytest.raises(UserError, match="line 1"):
        export_prompt(export_formats().get("messages"), prompt, {}, sampling=Sampling())


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
FLAT = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
ROWS = st.lists(FLAT, max_size=4) | st.dictionaries(TEXTS, FLAT, max_size=4)
JSON = FLAT | ROWS | st.lists(ROWS, max_size=3) | st.dictionaries(TEXTS, ROWS, max_size=3)


@given(JSON)
def test_any_value_written_for_jinja_is_read_as_it_was(value: object) -> None:
    template = PLAIN.from_string(f"{{% set v = {literal(value)}\n%}}")
    seen = template.make_module().v  # type: ignore[attr-defined]  # what the template set
    assert seen == value
    assert type(seen) is type(value)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{\r"), max_size=80),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_text_in_a_template_is_the_same_in_plain_jinja(text: str, value: str) -> None:
    prompt = raw_prompt(f"{text}{{{{ x }}}}{text}")
    made = export("jinja", prompt, x=value)
    assert PLAIN.from_string(made.text).render() == contents(prompt, x=value)[0]


def test_formats_are_found_and_described() -> None:
    formats = export_formats()
    assert {"prompt-yml", "jinja", "text", "messages"} <= set(formats.names())
    assert formats.names() == sorted(formats.names())
    for made in formats:
        assert made.suffix.startswith(".")
        assert made.help.endswith(".")
        assert made.need in Need
    with pytest.raises(UserError, match="Did you mean messages"):
        formats.get("mesages")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.txt"
    write_whole(path, "first\n")
    with pytest.raises(UserError, match="half a character"):
        write_whole(path, "a\n\ud800")
    assert path.read_bytes() == b"first\n"
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        write_whole(folder, "text")
    assert [p.name for p in path.parent.iterdir()] == ["out.txt"]
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    write_whole(link, "second\n")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "second\n"
