"""One file per format: what it writes, to be read and compared by people."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.exporting import export

from workbench.core.sampling import Sampling
from workbench.export.formats import export_formats
from workbench.templates.prompt_file import parse_prompt

GOLDEN = Path(__file__).parent / "golden"
PROMPT = """\
name: Support reply
description: Answers a customer in one paragraph.
tags: [support, mail]
model: demo/model
messages:
  - role: system
    content: |
      You answer for {{ shop }}. Braces like { these } and $5 are plain text.
      {% for rule in rules %}
      - {{ rule }}
      {% endfor %}
  - role: user
    content: "{{ letter }} (answer in {{ language | upper }})"
variables:
  shop: {default: "Müller & Söhne", description: who answers}
  rules: {type: list, default: [Be kind., "Say \\"sorry\\" once."]}
  language: {type: choice, choices: [en, de], default: en}
  letter: {default: "Where is my parcel?\\nIt is late.", description: what the customer wrote}
testData:
  - letter: I want 20 % back.
    expected: We are sorry.
evaluators:
  - name: is sorry
    string: {contains: sorry}
"""
SAMPLING = Sampling(temperature=0.2, top_k=20, max_tokens=64, stop=("\n\n",), min_p=0.1)
RAW = "text: 'Once {{ who }} went out.'\nname: Tale\nvariables: {who: Bo}\n"
NO_RAW = ("modelfile", "hugging-face")


def written(name: str) -> str:
    """The chat and the raw text in a format, with what is lost, under headings."""
    blocks = []
    for title, source in (("chat", PROMPT), ("raw text", RAW)):
        if title == "raw text" and name in NO_RAW:
            continue
        made = export(name, parse_prompt(source, "support"), SAMPLING, None, 7)
        losses = "".join(f"  {loss}\n" for loss in made.losses) or "  nothing\n"
        blocks.append(f"===== {title} =====\n{made.text}\n===== lost =====\n{losses}")
    return "\n".join(blocks)


@pytest.mark.parametrize("name", export_formats().names())
def test_files_are_as_they_were(name: str) -> None:
    """A change here changes what people's tools read: look at the difference.

    WORKBENCH_WRITE_GOLDEN=1 writes the files anew.
    """
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("WORKBENCH_WRITE_GOLDEN"):
        file.write_text(written(name), encoding="utf-8")
    assert written(name) == file.read_text(encoding="utf-8")


def test_every_golden_file_has_its_format() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(export_formats().names())
