"""Hostile and runaway templates: each ends soon with a clear error and without eating memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from support.hostile_templates import ESCAPES, RUNAWAYS

from workbench.core.errors import UserError
from workbench.templates.limits import Limits
from workbench.templates.prompt_file import raw_prompt
from workbench.templates.render import render_prompt

LIMITS = Limits(seconds=0.03)

CHILD = """
import json, resource, sys, time
from workbench.core.errors import UserError
from workbench.templates.limits import Limits
from workbench.templates.chat import ChatFormat
from workbench.templates.prompt_file import parse_prompt, raw_prompt
from workbench.templates.render import render_prompt

chat = parse_prompt("messages:\\n- {role: user, content: hi}\\n", "x")
values = {"name": "Zoe", "rows": [{"a": "x", "b": 1}], "n": 7}
n_escapes, *corpus = json.load(sys.stdin)
limits = Limits()
touched = []
watched = ("open", "socket", "subprocess", "os", "ctypes", "import", "shutil", "glob", "pty")

def hook(event, arguments):
    # Python itself looks for the line of a syntax error in a file of the code's name.
    if event.partition(".")[0] in watched and arguments[0] != "<template>":
        touched.append(event)

render_prompt(raw_prompt("{{ name|title }}{{ n.x|d(1) }}"), values, None, limits)
render_prompt(chat, {}, ChatFormat("{{ strftime_now('%Y') }}"), limits)
try:
    render_prompt(raw_prompt("{{"), values, None, limits)
except UserError:
    pass
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
sys.addaudithook(hook)
for number, source in enumerate(corpus):
    if number == n_escapes:
        limits = Limits(seconds=float(sys.argv[1]))
    for as_chat in (False, True):
        started = time.monotonic()
        touched.clear()
        try:
            if as_chat:
                head = "{% set name = 'Zoe' %}{% set rows = [{'a': 'x', 'b': 1}] %}{% set n = 7 %}"
                outcome = render_prompt(chat, {}, ChatFormat(head + source), limits).text
            else:
                outcome = render_prompt(raw_prompt(source), values, None, limits).text
            said = False
        except UserError as error:
            outcome, said = str(error), True
        row = [said, outcome[:2000], time.monotonic() - started, list(touched)]
        print(json.dumps(row), flush=True)
"""


class Outcome(NamedTuple):
    """What became of a template: refused or rendered, in how many seconds, touching what."""

    refused: bool
    text: str
    seconds: float
    touched: list[str]


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, bool], Outcome]:
    """Every template of the corpus, as a prompt and as a chat template, in a process that may
    have 1 GiB and in which every opened file, socket, process and import is noted.
    """
    corpus = ESCAPES + RUNAWAYS
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(LIMITS.seconds)],
        input=json.dumps([len(ESCAPES), *corpus]),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    rows = [Outcome(*json.loads(line)) for line in done.stdout.splitlines()]
    keys = [(source, as_chat) for source in corpus for as_chat in (False, True)]
    return dict(zip(keys, rows, strict=True))


CASES = [
    pytest.param(source, id=f"{kind}-{number}-{source[:40]}")
    for kind, corpus in (("escape", ESCAPES), ("runaway", RUNAWAYS))
    for number, source in enumerate(corpus)
]


@pytest.mark.parametrize("source", CASES)
def test_it_is_refused_clearly_and_touches_nothing(
    outcomes: dict[tuple[str, bool], Outcome], source: str
) -> None:
    prompt, chat = outcomes[source, False], outcomes[source, True]
    assert prompt.refused, prompt.text
    assert prompt.text.startswith("inline")
    assert len(prompt.text) < 900
    assert "too much memory" not in prompt.text
    assert "0x" not in prompt.text
    assert prompt.touched == chat.touched == []
    # An undefined name prints as nothing in a chat template; nothing else may come through.
    assert chat.refused or chat.text.strip() == ""
    out_of_time = "longer than" in chat.text  # which can happen before the chat template runs
    assert not chat.refused or out_of_time or chat.text.startswith("The chat template")
    assert "0x" not in chat.text.partition("The line is")[0]


@pytest.mark.timing
def test_each_is_stopped_within_two_seconds(outcomes: dict[tuple[str, bool], Outcome]) -> None:
    slow = {key[0][:60]: row.seconds for key, row in outcomes.items() if row.seconds > 2}
    assert slow == {}


def test_a_stopped_template_says_what_was_too_much_and_where() -> None:
    source = "one\n{% for a in range(99999) %}\n{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(UserError) as caught:
        render_prompt(raw_prompt(source), {}, None, LIMITS)
    assert caught.value.message == "inline, line 3: the template ran longer than 0.03 seconds."


def test_the_number_of_cases_is_what_the_promise_says() -> None:
    assert len(set(ESCAPES + RUNAWAYS)) == len(ESCAPES) + len(RUNAWAYS) >= 60


def test_large_honest_prompts_render() -> None:
    text = "word " * 1_000_000
    rendered = render_prompt(raw_prompt("{{ text }}"), {"text": text}, None)
    assert rendered.text == text
    assert [span.source for span in rendered.spans] == ["variable:text"]
