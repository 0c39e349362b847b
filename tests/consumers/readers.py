"""Reads an exported prompt with the program it is for, in that program's own environment.

Run as `python readers.py NAME`, with `[[file, values of its variables], …]` as JSON on stdin; it
prints the messages of each file as JSON: `[[[role, content], …], …]`, and knows no workbench.
"""

# mypy: ignore-errors
# Its libraries are not installed where types are checked.

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path


def llm(file: Path, values: dict) -> list:
    import yaml
    from llm.templates import Template

    template = Template(name=file.stem, **yaml.safe_load(file.read_text(encoding="utf-8")))
    prompt, system = template.evaluate(values.get("input", ""), values)
    return ([["system", system]] if system else []) + [["user", prompt]]


def langchain(file: Path, values: dict) -> list:
    prompt = runpy.run_path(str(file))["prompt"]
    made = prompt.invoke(values)
    if not hasattr(made, "to_messages") or type(prompt).__name__ == "PromptTemplate":
        return [["user", made.to_string()]]
    names = {"human": "user", "ai": "assistant"}
    return [[names.get(m.type, m.type), m.content] for m in made.to_messages()]


def prompty(file: Path, values: dict) -> list:
    import prompty as library

    agent = library.load(str(file))
    return [
        [str(m.role), "".join(p.value for p in m.parts)] for m in library.prepare(agent, values)
    ]


def mustache(file: Path, values: dict) -> list:
    import chevron

    rows = json.loads(file.read_text(encoding="utf-8"))
    return [[row["role"], chevron.render(row["content"], values)] for row in rows]


def python(file: Path, values: dict) -> list:
    made = [v for k, v in runpy.run_path(str(file)).items() if callable(v) and k[0] != "_"]
    found = made[0](**values)
    if isinstance(found, str):
        return [["user", found]]
    return [[row["role"], row["content"]] for row in found]


if __name__ == "__main__":
    reader = globals()[sys.argv[1]]
    print(json.dumps([reader(Path(file), values) for file, values in json.load(sys.stdin)]))
