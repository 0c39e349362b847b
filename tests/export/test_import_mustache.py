"""Mustache with its own delimiters, as mustache.js 4 renders it; what it refuses is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.experiments.import_prompt import read_foreign
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values


def rendered(folder: Path, source: str, name: str = "p.mustache") -> str:
    """The text of a template with x = X and the rows 1 and 2."""
    path = folder / name
    path.write_text(source, encoding="utf-8")
    [prompt] = read_foreign(path).prompts
    known = {variable.name for variable in prompt.variables}
    values = {k: v for k, v in {"x": "X", "rows": ["1", "2"]}.items() if k in known}
    return render_prompt(prompt, coerce_values(prompt, values), None).text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "{{=<% %>=}}<% x %> {{x}} <%! c %>|<%& x %>|<%={{ }}=%>{{x}}",
            "X {{x}} |X|X",
        ),
        ("{{=| |=}}|x| {{x}}", "X {{x}}"),
        ("a\n{{=<% %>=}}\n<%#rows%><%.%>,<%/rows%> {{{x}}}", "a\n1,2, {{{x}}}"),
        ("{{= <% %> =}}<%x%>", "X"),
        ("{{#rows}}{{=<% %>=}}<%.%><%={{ }}=%>{{/rows}}", "12"),
        ("{{!-- a }} b {{x}} --}} c", " b X --}} c"),
    ],
)
def test_other_delimiters(tmp_path: Path, source: str, said: str) -> None:
    assert rendered(tmp_path, source) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a\n{{=a=}}x", "p.mustache, line 2 of the text: {{=a=}} does not name two delimiters"),
        ("{{= = = =}}", "{{= = = =}} does not name two delimiters"),
        ("{{=<% %>=}}<% x", "a tag has no end"),
        ("{{=<% %>=}}<%#rows%> {{/rows}}", "{{#rows}} is not closed"),
    ],
)
def test_delimiters_that_are_none(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        rendered(tmp_path, source)
    assert said in str(caught.value)


def test_handlebars_has_no_other_delimiters(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Handlebars changes no delimiters"):
        rendered(tmp_path, "---\nmodel: m\n---\n{{=<% %>=}}<%x%>", "p.prompt")
