"""Exported prompts, read by the programs they are for."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from support.exporting import BUNDLED, LIBRARY, export, known_values
from support.node_programs import MODULES, node_environment

from workbench.core.errors import UserError
from workbench.experiments.import_prompt import read_foreign
from workbench.export.formats import export_formats
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values

pytestmark = [pytest.mark.consumer, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".consumers" / "venv" / "bin" / "python"
READERS = Path(__file__).parent / "readers.py"
PROMPT = """\
name: Odd
messages:
  - role: system
    content: "Be {{ tone }}. {braces} $5 {{ '{{' }} é 日本 \\\\ \\"q\\""
  - role: user
    content: |
      {% for row in rows %}
      - {{ row.a }}: {{ row.b }}
      {% endfor %}
      {{ question }}?
variables:
  tone: kind
  rows: {type: json, default: [{a: 1, b: "x"}, {a: 2, b: "{y} $z"}]}
  question: "Where is {it} for $5"
"""


def read_all(name: str, files: list[tuple[Path, dict[str, object]]]) -> list[list[list[str]]]:
    """The messages that the program makes of each file."""
    done = subprocess.run(
        [str(PYTHON), str(READERS), name],
        input=json.dumps([(str(file), values) for file, values in files]),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    found: list[list[list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return found


def read(name: str, file: Path, values: dict[str, object]) -> list[list[str]]:
    """The messages that the program makes of the file."""
    return read_all(name, [(file, values)])[0]


def said(prompt: PromptFile, values: dict[str, object]) -> list[list[str]]:
    """The messages as the workbench renders them."""
    rendered = render_prompt(prompt, values, None, fragments=LIBRARY)
    if not prompt.is_chat:
        return [["user", rendered.text]]
    return [[m.role, m.content] for m in rendered.messages]


def exported(name: str, prompt: PromptFile, folder: Path, **options: str | bool) -> Path:
    """The prompt with its defaults, written as a file of the format."""
    file = folder / f"made{export_formats().get(name).suffix}"
    file.write_text(export(name, prompt, None, options).text, encoding="utf-8")
    return file


def chats() -> list[Path]:
    """Bundled prompts that can be filled with their defaults."""
    found = []
    for path in BUNDLED:
        prompt = load_prompt(path)
        try:
            render_prompt(prompt, coerce_values(prompt, {}, LIBRARY), None, fragments=LIBRARY)
        except UserError:
            continue
        found.append(path)
    return found


@pytest.mark.parametrize("name", ["llm", "langchain", "prompty", "mustache", "python"])
def test_an_odd_prompt_is_read_as_it_was_meant(name: str, tmp_path: Path) -> None:
    prompt = parse_prompt(PROMPT, "odd")
    values = coerce_values(prompt, {"tone": "harsh {x}", "question": "Why $1"})
    file = exported(name, prompt, tmp_path)
    given = {k: v for k, v in values.items() if k != "rows" or name in ("mustache", "python")}
    found, wanted = read(name, file, given), said(prompt, values)
    if name == "prompty":  # drops line ends around messages, as the file says
        wanted = [[role, text.strip("\n")] for role, text in wanted]
    assert found == wanted


def test_langchain_reads_jinja2_too(tmp_path: Path) -> None:
    prompt = parse_prompt(PROMPT, "odd")
    values = coerce_values(prompt, {"tone": "harsh {x}", "question": "Why $1"})
    file = exported("langchain", prompt, tmp_path, **{"template-format": "jinja2"})
    assert read("langchain", file, values) == said(prompt, values)


@pytest.mark.parametrize("name", ["llm", "langchain", "prompty"])
def test_bundled_prompts_are_read(name: str, tmp_path: Path) -> None:
    files: list[tuple[Path, dict[str, object]]] = []
    wanted = []
    for path in chats():
        prompt = load_prompt(path)
        folder = tmp_path / path.name
        folder.mkdir()
        try:
            file = exported(name, prompt, folder)
        except UserError:
            continue  # the round trip names which formats refuse what
        values = coerce_values(prompt, {}, LIBRARY)
        files.append((file, {k: v for k, v in values.items() if k == "input" and name == "llm"}))
        texts = said(prompt, values)
        if name == "prompty":
            texts = [[role, text.strip("\n")] for role, text in texts]
        else:
            texts = [["system" if r == "developer" else r, text] for r, text in texts]
        wanted.append(texts)
    assert len(files) > 50
    for (file, _), found, texts in zip(files, read_all(name, files), wanted, strict=True):
        assert found == texts, file.parent.name


def promptfoo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """promptfoo's own program, without its network."""
    program = MODULES / ".bin" / "promptfoo"
    return subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=node_environment(
            PROMPTFOO_DISABLE_TELEMETRY="1",
            PROMPTFOO_DISABLE_UPDATE="1",
            PROMPTFOO_CONFIG_DIR=str(folder / "config"),
            NO_COLOR="1",
        ),
    )


def test_promptfoo_validates_and_runs_our_configuration(tmp_path: Path) -> None:
    prompt = parse_prompt(
        PROMPT + "testData:\n  - {tone: dry, question: 'a \"b\" {{c}}'}\n  - {tone: wet}\n"
        "evaluators:\n  - {name: has braces, string: {contains: '{braces}'}}\n",
        "odd",
    )
    made = export("promptfoo", prompt, None, {"provider": "echo"})
    (tmp_path / "promptfooconfig.yaml").write_text(made.text, encoding="utf-8")
    valid = promptfoo(tmp_path, "validate")
    assert valid.returncode == 0, valid.stdout + valid.stderr
    assert "Configuration is valid" in valid.stdout
    ran = promptfoo(tmp_path, "eval", "--no-cache", "-o", "out.json")
    results = json.loads((tmp_path / "out.json").read_text())["results"]
    assert results["stats"] == {**results["stats"], "successes": 2, "failures": 0, "errors": 0}, (
        ran.stdout
    )
    for row, result in zip(
        prompt.test_data,
        sorted(results["results"], key=lambda r: r["testIdx"]),
        strict=True,
    ):
        values = coerce_values(prompt, known_values(prompt, row))
        echoed = json.loads(result["response"]["output"])
        if row.get("question"):
            continue  # promptfoo fills braces inside values again
        assert [[m["role"], m["content"]] for m in echoed] == said(prompt, values)


def test_promptfoos_own_examples_are_read(tmp_path: Path) -> None:
    """The configuration that `promptfoo init` writes."""
    made = promptfoo(tmp_path, "init", "--no-interactive")
    assert made.returncode == 0, made.stdout + made.stderr
    found = read_foreign(tmp_path / "promptfooconfig.yaml")
    assert found.format == "promptfoo"
    assert len(found.prompts) >= 1
    assert all("{{" in "".join(t for _, t in prompt.parts()) for prompt in found.prompts)
    assert any(prompt.test_data for prompt in found.prompts)


def test_handlebars_and_mustache_in_javascript_agree(tmp_path: Path) -> None:
    prompt = parse_prompt(PROMPT, "odd")
    values = coerce_values(prompt, {"tone": "harsh {x}", "question": "Why {{1}}"})
    dot = exported("dotprompt", prompt, tmp_path).read_text(encoding="utf-8")
    body = dot.split("---\n", 2)[2].removesuffix("\n")
    rows = json.loads(exported("mustache", prompt, tmp_path).read_text(encoding="utf-8"))
    script = (
        "const fs=require('fs'),H=require('handlebars'),M=require('mustache');"
        "const d=JSON.parse(fs.readFileSync(0));H.registerHelper('role',r=>'\\u0000'+r+'\\u0001');"
        "console.log(JSON.stringify([H.compile(d.body,{noEscape:true})(d.values),"
        "d.rows.map(r=>M.render(r.content,d.values))]))"
    )
    done = subprocess.run(
        ["node", "-e", script],
        input=json.dumps({"body": body, "rows": rows, "values": values}),
        capture_output=True,
        text=True,
        check=True,
        env=node_environment(),
    )
    handlebars, mustache = json.loads(done.stdout)
    wanted = said(prompt, values)
    parts = [part.split("\x01") for part in handlebars.split("\x00")[1:]]
    assert parts == wanted
    assert mustache == [text for _role, text in wanted]
