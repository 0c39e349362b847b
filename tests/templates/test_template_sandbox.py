"""Hostile and runaway templates: each ends soon with a clear error and without eating memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.templates.chat import ChatFormat
from workbench.templates.limits import Limits
from workbench.templates.prompt_file import parse_prompt, raw_prompt
from workbench.templates.render import render_prompt

VALUES: dict[str, object] = {"name": "Zoe", "rows": [{"a": "x", "b": 1}], "n": 7}
BIG = "{% set big = 'a' * 16000000 %}"
LOOP = (
    "{{% set ns = namespace(x={}) %}}{{% for i in range(999) %}}{{% set ns.x = {} %}}{{% endfor %}}"
)
MACRO = "{% for i in range(99) %}{{ m(ns.x, ns.x) }}{% endfor %}"
LIMITS = Limits(seconds=0.1)

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ (1).__class__.__base__.__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ name.__class__.__mro__ }}",
    "{{ name.parts }}",
    "{{ [].__class__ }}",
    "{{ rows.__getitem__ }}",
    "{{ ()|attr('__class__') }}",
    "{{ name|attr('__class__') }}",
    "{{ name|attr('encode') }}",
    "{{ rows|map(attribute='__class__')|list }}",
    "{{ [name]|map('attr', '__class__')|list }}",
    "{{ [name]|map(attribute='upper.__self__')|list }}",
    "{{ rows|selectattr('__class__')|list }}",
    "{{ rows|groupby('__class__')|list }}",
    "{{ rows|sort(attribute='__class__') }}",
    "{{ rows|sum(attribute='__class__') }}",
    "{{ rows|join(attribute='__class__') }}",
    "{{ '{0.__class__}'.format(name) }}",
    "{{ '{0.__class__.__mro__}'.format(1) }}",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "{{ ('{0.__class__}'|attr('format'))(1) }}",
    "{{ ['{0.__class__}']|map('attr', 'format')|first(1) }}",
    "{{ range.__init__ }}",
    "{{ range(3).start }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ cycler('a').__init__.__globals__ }}",
    "{{ cycler('a').items }}",
    "{{ namespace(a=1).__class__ }}",
    "{{ namespace(a=1)._Namespace__attrs }}",
    "{{ dict.mro() }}",
    "{{ dict.fromkeys('ab') }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__class__ }}",
    "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
    "{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for x in [1] %}{{ loop._recurse }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m.__call__.__globals__ }}",
    "{% macro m() %}{{ caller._environment }}{% endmacro %}{% call m() %}{% endcall %}",
    "{{ rows.append(1) }}",
    "{{ rows[0].update({'a': 2}) }}",
    "{{ rows[0].clear() }}",
    "{{ rows[0].pop('a') }}",
    "{{ name.upper.__self__ }}",
    "{{ name.upper.__func__ }}",
    "{{ name.translate({}) }}",
    "{{ name.encode() }}",
    "{{ name() }}",
    "{{ rows() }}",
    "{{ n.to_bytes(1000000000, 'big') }}",
    "{{ n.real }}",
    "{% include '/etc/passwd' %}",
    "{% import '/etc/passwd' as x %}",
    "{% from '/etc/passwd' import x %}",
    "{% extends '/etc/passwd' %}",
    "{% autoescape true %}{{ name }}{% endautoescape %}",
    "{% debug %}",
    "{% do rows %}",
    "{{ environment }}",
    "{{ context }}",
    "{{ __import__('os') }}",
    "{{ name.upper }}",
    "{{ rows|map('upper') }}",
    "{{ [namespace(a=1)] }}",
    "{{ [range] }}",
]

RUNAWAYS = [
    "{% for i in range(1000000000) %}{% endfor %}",
    "{% for i in range(0, -10000000000, -1) %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) if false %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{{ range(99999)|sum }}{% endfor %}",
    "{% for a in range(99999) %}{{ range(99999)|map('upper')|list|length }}{% endfor %}",
    "{% for a in range(99999) %}{{ range(99999)|select('odd')|list|length }}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% macro m() %}{% call m() %}{% endcall %}{% endmacro %}{{ m() }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 1000000000 * 'a' }}",
    "{{ name * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ (1, 2) * 1000000000 }}",
    "{{ ([1] * 200000 + [2] * 200000)|length }}",
    "{{ 10 ** 10000000000 }}",
    "{{ (10 ** 1000) ** 1000 }}",
    LOOP.format("3", "ns.x * ns.x"),
    LOOP.format("'a'", "ns.x ~ ns.x"),
    LOOP.format("'a'", "ns.x + ns.x"),
    LOOP.format("[1]", "ns.x + ns.x"),
    LOOP.format("[1]", "[ns.x, ns.x]"),
    LOOP.format("(1,)", "(ns.x, ns.x)") + "{{ {ns.x: 1} }}",
    LOOP.format("{}", "{'a': ns.x, 'b': ns.x}") + "{{ ns.x|tojson }}",
    LOOP.format("{}", "dict(a=ns.x, b=ns.x)") + "{{ ns.x == ns.x }}",
    "{% set ns = namespace(x=1) %}{% macro m() %}{% set ns.x = varargs %}{% endmacro %}" + MACRO,
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '%*d' % (1000000000, 1) }}",
    "{{ '%.1000000000f' % 1.0 }}",
    "{{ '%(a)1000000000d' % {'a': 1} }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '{:{}}'.format(1, 1000000000) }}",
    "{{ '{:.1000000000f}'.format(1.0) }}",
    BIG + "{{ ('{0}' * 1000000).format(big) }}",
    BIG + "{{ ('%(a)s' * 1000000) % {'a': big} }}",
    "{{ 'a'.center(1000000000) }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 'a'.rjust(1000000000) }}",
    "{{ 'a'.zfill(1000000000) }}",
    "{{ '\t'.expandtabs(1000000000) }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a\nb'|indent(1000000000) }}",
    BIG + "{{ ('a\n' * 1000)|indent(big) }}",
    BIG + "{{ big.replace('a', 'bbbb') }}",
    BIG + "{{ big|replace('a', 'bbbb') }}",
    BIG + "{{ big.replace('', big) }}",
    BIG + "{{ big.join(big) }}",
    BIG + "{{ range(99999)|join(big) }}",
    BIG + "{{ big|list|length }}",
    BIG + "{{ big|sort|length }}",
    BIG + "{{ big|unique|list|length }}",
    BIG + "{{ big|batch(2)|list|length }}",
    BIG + "{{ big.split('a')|length }}",
    BIG + "{{ big.rsplit('a')|length }}",
    BIG + "{{ big.replace('a', '\n').splitlines()|length }}",
    BIG + "{{ big|title|length }}",
    BIG + "{{ big|wordcount }}",
    BIG + "{{ big|urlencode|length }}",
    BIG + "{% for i in range(99999) %}{{ big }}{% endfor %}",
    BIG + "{% set x %}{% for i in range(99999) %}{{ big }}{% endfor %}{% endset %}",
    BIG + "{% macro m() %}{% for i in range(99999) %}{{ big }}{% endfor %}{% endmacro %}{{ m() }}",
    BIG + "{% for i in range(99999) %}{{ big[i:]|length }}{% endfor %}",
    BIG + "{% for i in range(99999) %}{{ big.upper()|length }}{% endfor %}",
    BIG + "{{ range(99999)|map('replace', '1', big)|list|length }}",
    "{% set x %}{% for i in range(99999) %}" + "x" * 9999 + "{% endfor %}{% endset %}",
    "{{ 'a'|batch(1000000000, 'b')|list }}",
    "{{ 'a'|slice(1000000000)|list }}",
    "{{ [1]|batch(9999, [1] * 9999)|list|length }}",
    "{{ range(99999)|map(attribute='x', default=[1] * 9999)|list|length }}",
    "{{ [[1] * 99999] * 99|sum(start=[])|length }}",
    "{{ 5|round(-1000000000) }}",
    "{{ 5|round(1000000000, 'floor') }}",
    "{{ ('f' * 9999999)|int(0, 16) // 7 }}",
    "{{ [[1]]|tojson(indent=1000000000) }}",
    "{{ [1, 2]|tojson(separators=('x' * 1000000, ':')) }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "[" * 100 + "]" * 100 + " }}",
    "{{ 1" + " + 1" * 5000 + " }}",
    "{{ name" + ".a" * 5000 + " }}",
    "{% if 1 %}" * 500 + "{% endif %}" * 500,
    "{% for i in [1] %}" * 30 + "{% endfor %}" * 30,
    "{{ name }}" * 200_000,
    "{{ 1" + "0" * 5000 + " }}",
]


CHILD = """
import json, resource, sys, time
from workbench.core.errors import UserError
from workbench.templates.limits import Limits
from workbench.templates.prompt_file import raw_prompt
from workbench.templates.render import render_prompt

resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
limits = Limits(seconds=float(sys.argv[1]))
for source in json.load(sys.stdin):
    started = time.monotonic()
    try:
        render_prompt(raw_prompt(source), {"name": "Zoe", "n": 7}, None, limits)
        outcome = "rendered"
    except UserError as error:
        outcome = str(error)
    print(json.dumps([outcome, time.monotonic() - started]), flush=True)
"""


@pytest.fixture(scope="module")
def outcomes() -> list[tuple[str, float]]:
    """What became of every runaway template in a process that may have 1 GiB at most."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(LIMITS.seconds)],
        input=json.dumps(RUNAWAYS),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("source", ESCAPES)
def test_nothing_outside_the_values_can_be_reached(source: str) -> None:
    with pytest.raises(UserError) as caught:
        render_prompt(raw_prompt(source), VALUES, None)
    assert caught.value.message.startswith("inline")
    assert "longer than" not in caught.value.message
    assert "0x" not in caught.value.message


@pytest.mark.parametrize("source", [s for s in ESCAPES if "{{ lipsum" not in s and "env" not in s])
def test_a_chat_template_reaches_no_more_than_a_prompt(source: str) -> None:
    prompt = parse_prompt("messages:\n- {role: user, content: hi}\n", "x")
    head = "{% set name = 'Zoe' %}{% set rows = [{'a': 'x', 'b': 1}] %}{% set n = 7 %}"
    try:
        text = render_prompt(prompt, {}, ChatFormat(head + source)).text
    except UserError as error:
        text = error.message
        assert text.startswith("The chat template")
    # An undefined name prints as nothing in a chat template; nothing else may come through.
    assert text == "" or text.startswith("The chat template")


@pytest.mark.parametrize("number", range(len(RUNAWAYS)))
def test_runaway_templates_are_stopped(outcomes: list[tuple[str, float]], number: int) -> None:
    outcome, seconds = outcomes[number]
    assert outcome.startswith("inline"), RUNAWAYS[number][:200]
    assert len(outcome) < 400
    assert "too much memory" not in outcome
    assert seconds < 2


def test_a_stopped_template_says_what_was_too_much_and_where() -> None:
    source = "one\n{% for a in range(99999) %}\n{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(UserError) as caught:
        render_prompt(raw_prompt(source), {}, None, LIMITS)
    assert caught.value.message == "inline, line 3: the template ran longer than 0.1 seconds."


def test_the_number_of_cases_is_what_the_promise_says() -> None:
    assert len(set(ESCAPES + RUNAWAYS)) == len(ESCAPES) + len(RUNAWAYS) >= 60


def test_large_honest_prompts_render() -> None:
    text = "word " * 1_000_000
    rendered = render_prompt(raw_prompt("{{ text }}"), {"text": text}, None)
    assert rendered.text == text
    assert [span.source for span in rendered.spans] == ["variable:text"]
