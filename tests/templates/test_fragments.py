"""`{% include %}`: fragments from the library, their variables, their errors, and no way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.rendered import Rendered
from workbench.templates.chat import ChatFormat
from workbench.templates.library import Library
from workbench.templates.limits import Limits
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt, raw_prompt
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values, form_variables

TONE = """\
description: How to speak.
variables:
  tone: {choices: [kind, stern], default: kind, description: The voice}
text: |
  Be {{ tone }}.
  {% set inner = 'x' %}
"""
SHOTS = """\
messages:
  - role: user
    content: "{% for ex in examples %}{{ ex.q }}>{{ ex.a }};{% endfor %}"
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    files = {
        "mine/parts/tone.prompt.yml": TONE,
        "mine/parts/shots.prompt.yml": SHOTS,
        "mine/parts/rules.md": "Rules for {{ name }}.",
        "mine/parts/deep.prompt.yml": "text: |\n  one\n  {% include 'tone' %}{{ nme }}\n",
        "mine/a.prompt.yml": "text: \"{% include 'b' %}\"\n",
        "mine/b.prompt.yml": "text: \"{% include './parts/c.prompt.yml' %}\"\n",
        "mine/parts/c.prompt.yml": "text: \"\\n{% include '../a' %}\"\n",
        "mine/chat.prompt.yml": "messages:\n- {role: user, content: a}\n- {role: user, content: b}",
        "mine/broken.prompt.yml": "text: a\ntext: b\n",
        "outside.prompt.yml": "text: secret\n",
        "bundled/tone.prompt.yml": "text: other\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "mine" / "link.prompt.yml").symlink_to(tmp_path / "outside.prompt.yml")
    return Library([tmp_path / "mine", tmp_path / "bundled"])


def pieces(rendered: Rendered) -> list[tuple[str, str]]:
    return [(rendered.text[s.start : s.end], s.source) for s in rendered.spans]


def render(library: Library, template: str, **values: object) -> Rendered:
    """A raw prompt with its fragments; the sources could be followed."""
    rendered = render_prompt(raw_prompt(template), values, None, fragments=library)
    assert rendered.warnings == ()
    return rendered


def refusal(library: Library, prompt: PromptFile, **values: object) -> str:
    with pytest.raises(UserError) as caught:
        render_prompt(prompt, values, None, fragments=library)
    if "has no value" not in caught.value.message:
        with pytest.raises(UserError) as forms:
            form_variables(prompt, None, library)
        assert forms.value.message == caught.value.message
    return str(caught.value)


def test_a_fragment_brings_its_text_its_variables_and_its_defaults(library: Library) -> None:
    rendered = render(library, "Hi {{ name }}. {% include 'parts/tone' %}End", name="Zoe")
    assert pieces(rendered) == [
        ("Hi ", "literal"),
        ("Zoe", "variable:name"),
        (". Be ", "literal"),
        ("kind", "variable:tone"),
        (".\nEnd", "literal"),
    ]
    assert render(library, "{% include 'tone' %}", tone="stern").text == "Be stern.\n"


def test_what_a_fragment_sets_stays_there_and_what_is_set_around_it_reaches_it(
    library: Library,
) -> None:
    template = "{% set tone = name|upper %}{% include 'tone' %}{{ inner is defined }}"
    assert render(library, template, name="zoe").text == "Be ZOE.\nFalse"
    looped = "{% for tone in 'ab' %}{% include 'tone' %}{% endfor %}"
    assert render(library, looped).text == "Be a.\nBe b.\n"
    alone = "{% set tone = 'x' %}{% include 'tone' without context %}"
    assert render(library, alone).text == "Be kind.\n"


def test_examples_in_a_fragment_are_told_apart(library: Library) -> None:
    rows = [{"q": "1", "a": "2"}, {"q": "3", "a": "4"}]
    rendered = render(library, "{% include 'shots' %}", examples=rows)
    assert rendered.text == "1>2;3>4;"
    assert {s.source for s in rendered.spans} == {"literal", "example:0", "example:1"}


def test_fragments_in_messages_know_their_message(library: Library) -> None:
    source = "messages:\n- {role: system, content: \"{% include 'tone' %}\"}\n"
    source += "- {role: user, content: \"{{ tone }}{% include 'rules.md' ignore missing %}\"}\n"
    chat = ChatFormat("{% for m in messages %}<{{ m.content }}>{% endfor %}")
    rendered = render_prompt(parse_prompt(source, "x"), {"tone": "y"}, chat, fragments=library)
    assert rendered.text == "<Be y.\n><y>"
    assert [(s.source, s.message) for s in rendered.spans if s.message is not None] == [
        ("literal", 0),
        ("variable:tone", 0),
        ("literal", 0),
        ("variable:tone", 1),
    ]


def test_paths_count_from_the_including_file(library: Library, tmp_path: Path) -> None:
    home = tmp_path / "mine" / "parts" / "home.prompt.yml"
    home.write_text("text: \"{% include 'rules.md' %} {% include './tone' %}\"\n", encoding="utf-8")
    rendered = render_prompt(load_prompt(home), {"name": "Zoe"}, None, fragments=library)
    assert rendered.text == "Rules for Zoe. Be kind.\n"
    assert [v.name for v in form_variables(load_prompt(home), None, library)] == ["name", "tone"]


def test_the_first_name_that_exists_is_taken(library: Library) -> None:
    assert render(library, "{% include ['nope', 'tone'] %}").text == "Be kind.\n"
    assert render(library, "{% include which %}", which="tone").text == "Be kind.\n"
    assert render(library, "a{% include 'nope' ignore missing %}b").text == "ab"


def test_the_form_asks_for_the_variables_of_fragments(library: Library) -> None:
    prompt = raw_prompt("{{ name }}{% include 'tone' %}{% include 'shots' %}")
    found = {v.name: (str(v.kind), v.default, v.declared) for v in form_variables(
        prompt, None, library
    )}  # fmt: skip
    assert found == {
        "name": ("text", None, False),
        "tone": ("choice", "kind", True),
        "examples": ("list", None, False),
    }
    assert coerce_values(prompt, {"name": "Zoe"}, library) == {"name": "Zoe", "tone": "kind"}
    with pytest.raises(UserError, match="takes one of kind, stern"):
        coerce_values(prompt, {"tone": "loud"}, library)


def test_a_circle_is_refused_with_its_chain(library: Library) -> None:
    said = refusal(library, load_prompt(library.find("a")))
    assert "a.prompt.yml → b.prompt.yml → c.prompt.yml → a.prompt.yml" in said
    assert said.startswith("a.prompt.yml, line 1: in the included c.prompt.yml, line 1: the frag")
    itself = "{% include 'x' %}"
    assert "x.prompt.yml → x.prompt.yml" in refusal(library, saved(library, "x", itself))


def saved(library: Library, name: str, text: str) -> PromptFile:
    path = library.find("a").with_name(f"{name}.prompt.yml")
    path.write_text(f'text: "{text}"\n', encoding="utf-8")
    return load_prompt(path)


def test_a_missing_one_offers_the_nearest(library: Library) -> None:
    said = refusal(library, raw_prompt("one\n{% include 'tonne' %}"))
    assert said.startswith("inline, line 2: there is no prompt named tonne in the library.")
    assert "Did you mean tone?" in said


def test_errors_in_a_fragment_name_both_places(library: Library) -> None:
    said = refusal(library, raw_prompt("\n{% include 'deep' %}"), name="Zoe")
    assert said.startswith(
        "inline, line 2: in the included deep.prompt.yml, line 3: the variable nme has no value."
    )
    assert "Did you mean name?" in said


def test_a_fragment_is_one_text_and_a_sound_file(library: Library) -> None:
    assert "chat.prompt.yml has 2 messages" in refusal(library, raw_prompt("{% include 'chat' %}"))
    said = refusal(library, raw_prompt("{% include 'broken' %}"))
    assert "broken.prompt.yml, line 2, column 1: the key text is there twice." in said


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "../outside.prompt.yml",
        "/etc/passwd",
        "link",
        "parts/../../outside",
        "~/x",
        "mine/../../outside",
        "",
        "..",
        ".",
        "\\\\\\\\host\\\\\\\\share",
        "tone\\u0000",
        "C:/x.prompt.yml",
    ],
)
def test_nothing_outside_the_library_is_reached(library: Library, name: str) -> None:
    said = refusal(library, saved(library, "inside", f"{{% include '{name}' %}}"))
    assert "secret" not in said
    assert "there is no prompt named" in said


def test_without_a_library_nothing_can_be_included() -> None:
    with pytest.raises(UserError, match="no library here to include x from"):
        render_prompt(raw_prompt("{% include 'x' %}"), {}, None)
    assert form_variables(raw_prompt("{{ a }}{% include 'x' %}"))[0].name == "a"


@pytest.mark.parametrize("name", ["3", "{'a': 1}", "[]", "[3]", "none"])
def test_names_are_texts(library: Library, name: str) -> None:
    with pytest.raises(UserError, match="include %}"):
        render(library, f"{{% include {name} %}}")


def test_many_includes_stay_within_the_limits(library: Library, tmp_path: Path) -> None:
    for level in range(70):
        path = tmp_path / "mine" / f"level{level}.prompt.yml"
        path.write_text(f"text: \"{{% include 'level{level + 1}' %}}\"\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        render(library, "{% include 'level0' %}")
    assert "calls itself more than 60 levels deep" in caught.value.message
    assert len(caught.value.message) < 300
    endless = "{% for i in range(99999) %}{% include 'tone' %}{% endfor %}"
    with pytest.raises(UserError, match="the template ran longer than"):
        render_prompt(raw_prompt(endless), {}, None, Limits(seconds=0.1), fragments=library)


def test_chat_templates_include_nothing(library: Library) -> None:
    prompt = parse_prompt("messages:\n- {role: user, content: hi}\n", "x")
    with pytest.raises(UserError, match="include %} cannot be used here"):
        render_prompt(prompt, {}, ChatFormat("{% include 'tone' %}"), fragments=library)
