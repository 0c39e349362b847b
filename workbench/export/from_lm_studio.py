"""A preset of LM Studio: its system message and settings."""

from __future__ import annotations

import json
from typing import Any

from workbench.core.errors import UserError
from workbench.export.dialects import jinja_source
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt
from workbench.export.structured import read_json

_KEYS = {
    "llm.prediction.temperature": "temperature",
    "llm.prediction.topKSampling": "top_k",
    "llm.prediction.topPSampling": "top_p",
    "llm.prediction.minPSampling": "min_p",
    "llm.prediction.repeatPenalty": "repeat_penalty",
    "llm.prediction.maxPredictedTokens": "max_tokens",
    "llm.prediction.stopStrings": "stop",
}
_OFF = {"top_p": 1.0, "min_p": 0.0, "repeat_penalty": 1.0, "max_tokens": -1}
_SYSTEM = "llm.prediction.systemPrompt"


def fits(_name: str, text: str) -> bool:
    """Whether it is JSON with `operation.fields`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    operation = data.get("operation") if isinstance(data, dict) else None
    return isinstance(operation, dict) and isinstance(operation.get("fields"), list)


def read(name: str, text: str, _beside: Beside) -> Imported:
    """The system message, `{{ input }}` as the user's, and the settings.

    Raises:
        UserError: broken JSON, or no list of fields.
    """
    data = read_json(text, name)
    operation = data.get("operation") if isinstance(data, dict) else None
    fields = operation.get("fields") if isinstance(operation, dict) else None
    if not isinstance(fields, list):
        raise UserError(
            f"{name} is no preset of LM Studio: it has no list under operation, fields.",
            "`workbench import --list` names the other formats.",
        )
    system, parameters, left_out = "", {}, []
    for number, row in enumerate(fields, start=1):
        key, value = (row.get("key"), row.get("value")) if isinstance(row, dict) else (None, None)
        if not isinstance(key, str):
            left_out.append(f"Field {number}: it has no key.")
        elif key == _SYSTEM:
            system = str(value or "")
        elif key in _KEYS:
            parameters[_KEYS[key]] = _setting(_KEYS[key], value)
        else:
            left_out.append(f"{key}: nothing here is like it.")
    messages = [("system", jinja_source((system,)))] if system else []
    prompt = ReadPrompt(
        name=str(data.get("name") or name.split(".", 1)[0]),
        messages=(*messages, ("user", "{{ input }}")),
        parameters={k: v for k, v in parameters.items() if v is not None},
    )
    return Imported((prompt,), tuple(left_out))


def _setting(name: str, value: Any) -> object:
    """The value; of one that can be switched off, what means off when it is."""
    if not isinstance(value, dict):
        return value
    return value.get("value") if value.get("checked", True) else _OFF.get(name)


FORMAT = ImportFormat(
    "lm-studio",
    "LM Studio preset",
    "The system message and the settings of a preset.",
    (".preset.json", ".json"),
    fits,
    read,
)
