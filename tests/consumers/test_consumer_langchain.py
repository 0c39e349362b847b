"""What LangChain itself writes of its prompts, read here: the same messages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from workbench.experiments.import_prompt import read_foreign
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values

pytestmark = [pytest.mark.consumer, pytest.mark.timeout(120)]

PYTHON = Path(__file__).parents[2] / ".consumers" / "venv" / "bin" / "python"
SCRIPT = """
import json, sys
from langchain_core.load import dumps
from langchain_core.prompts import (
    ChatPromptTemplate, FewShotPromptTemplate, PromptTemplate, SystemMessagePromptTemplate,
)
values = {"q": "a {b} {{ c }}\\n", "who": "Zoë", "rows": ["1", "2"]}
made = {
    "chat": ChatPromptTemplate.from_messages(
        [("system", "Be {who}: {{% raw %}} {{{{ x }}}}"), ("human", "{q}"), ("ai", "ok\\n")]
    ).partial(who="kind"),
    "jinja": ChatPromptTemplate.from_messages(
        [("human", "{% for r in rows %}<{{ r }}>{% endfor %}\\n")], template_format="jinja2"
    ),
    "mustache": ChatPromptTemplate.from_messages(
        [("human", "{{#rows}}<{{.}}>{{/rows}} {{q}}")], template_format="mustache"
    ),
    "text": PromptTemplate.from_template("{who} says {q}"),
    "few": FewShotPromptTemplate(
        examples=[{"a": "{{1}}", "b": "{who}"}, {"a": "x", "b": "y"}],
        example_prompt=PromptTemplate.from_template("{a} -> {b}"),
        prefix="For {who}", suffix="{q} ->", input_variables=["who", "q"],
    ),
}
out = {}
for name, prompt in made.items():
    asked = {k: v for k, v in values.items() if k in prompt.input_variables}
    found = prompt.invoke(asked)
    is_chat = hasattr(prompt, "messages")
    said = [m.content for m in found.to_messages()] if is_chat else [found.to_string()]
    text = dumps(prompt)
    if name == "few":  # which only the older way can write
        prompt.save("few.json")
        text = open("few.json", encoding="utf-8").read()
    out[name] = [text, asked, said]
print(json.dumps(out))
"""


def test_prompts_mean_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(PYTHON), "-W", "ignore", "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == 5
    for name, (text, values, said) in found.items():
        path = tmp_path / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        [prompt] = read_foreign(path).prompts
        rendered = render_prompt(prompt, coerce_values(prompt, values), None)
        mine = [m.content for m in rendered.messages] if prompt.is_chat else [rendered.text]
        assert mine == said, name
