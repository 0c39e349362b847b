"""A promptfoo configuration: the prompt, a provider, and tests from its test data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from workbench.export.base import Chosen, Exported, ExportFormat, Need, Option, PromptParts
from workbench.export.dialects import NUNJUCKS, open_texts
from workbench.export.servers import BASE_URL, MODEL, model_name, server_settings
from workbench.export.text_files import not_in_file, yaml_text

_EXPECTED = ("expected", "expected_output", "answer")
_STRINGS = {
    "equals": "equals",
    "contains": "contains",
    "startsWith": "starts-with",
    "regex": "regex",
    "matches": "regex",
}


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """`prompts`, `providers`, `defaultTest` with the values, `tests` from the test data."""
    opened = open_texts(parts, NUNJUCKS)
    lost = list(opened.lost)
    settings = server_settings(parts)
    lost += settings.lost
    if parts.is_chat:
        rows = [
            {"role": m.role, "content": text}
            for m, text in zip(parts.messages, opened.texts, strict=True)
        ]
        prompt = json.dumps(rows, ensure_ascii=False, indent=2)
    else:
        prompt = opened.texts[0]
    asserts, unsaid = _assertions(parts.evaluators)
    lost += unsaid
    tests = []
    for row in parts.test_data:
        touched = sorted(opened.filled & set(row))
        if touched:
            lost.append(f"A row of test data that gives {', '.join(touched)}, which is filled in.")
            continue
        test: dict[str, object] = {"vars": dict(row)}
        wanted = next((row[key] for key in _EXPECTED if key in row), None)
        if wanted is not None and not parts.evaluators:
            test["assert"] = [{"type": "equals", "value": str(wanted)}]
        tests.append(test)
    values = {v.name: v.value for v in parts.variables if v.value is not None}
    body = yaml_text(
        {
            "description": parts.description or parts.title,
            "prompts": [{"label": parts.title, "raw": prompt}],
            "providers": [_provider(parts, chosen, settings.standard, settings.llama)],
            "defaultTest": {
                key: value
                for key, value in (
                    ("options", {"disableVarExpansion": True} if _has_lists(parts) else {}),
                    ("vars", {n: v for n, v in values.items() if n not in opened.filled}),
                    ("assert", asserts),
                )
                if value
            },
            "tests": tests or [{"vars": {}}],
            "tags": dict.fromkeys(parts.tags, "true"),
        }
    )
    schema = "# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json\n"
    return Exported(schema + not_in_file(lost) + body, tuple(lost))


def _has_lists(parts: PromptParts) -> bool:
    """Whether a value is a list: promptfoo would run a test for each of its rows."""
    rows = [*(v.value for v in parts.variables), *(v for r in parts.test_data for v in r.values())]
    return any(isinstance(value, list | tuple) for value in rows)


def _provider(
    parts: PromptParts,
    chosen: Chosen,
    standard: Mapping[str, object],
    llama: Mapping[str, object],
) -> object:
    if chosen["provider"] == "echo":
        return "echo"
    kind = "chat" if parts.is_chat else "completion"
    config: dict[str, object] = {
        "apiBaseUrl": str(chosen["base-url"]),
        "apiKey": "none-needed",
        **standard,
    }
    if llama:
        config["passthrough"] = dict(llama)
    return {"id": f"openai:{kind}:{model_name(parts, chosen, 'local')}", "config": config}


def _assertions(
    evaluators: tuple[Mapping[str, object], ...],
) -> tuple[list[dict[str, object]], list[str]]:
    """Evaluators as assertions, and a sentence for each that has no equal."""
    found: list[dict[str, object]] = []
    lost: list[str] = []
    for number, evaluator in enumerate(evaluators, start=1):
        name = str(evaluator.get("name") or f"number {number}")
        string = evaluator.get("string")
        told = dict(string) if isinstance(string, Mapping) else {}
        known = {_STRINGS[key]: value for key, value in told.items() if key in _STRINGS}
        if "endsWith" in told:
            known["regex"] = f"{re.escape(str(told['endsWith']))}$"
        if not known:
            lost.append(f"The evaluator {name}: promptfoo has no assertion like it.")
        found += [
            {"type": kind, "value": str(value), "metric": name} for kind, value in known.items()
        ]
    return found, lost


FORMAT = ExportFormat(
    "promptfoo",
    "promptfoo configuration",
    "Prompt, provider, variables and tests for promptfoo eval.",
    ".yaml",
    Need.OPEN,
    write,
    (
        Option(
            "provider",
            "Provider",
            "A server that speaks the OpenAI protocol, or echo, which repeats the prompt.",
            "server",
            ("server", "echo"),
        ),
        BASE_URL,
        MODEL,
    ),
    "promptfoo",
)
