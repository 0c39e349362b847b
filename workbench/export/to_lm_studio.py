"""A preset of LM Studio: the system message and the settings."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, variables_lost
from workbench.export.text_files import json_text

_FIELDS = {
    "temperature": "llm.prediction.temperature",
    "top_k": "llm.prediction.topKSampling",
    "max_tokens": "llm.prediction.maxPredictedTokens",
}
_CHECKED = {
    "top_p": ("llm.prediction.topPSampling", 1.0),
    "min_p": ("llm.prediction.minPSampling", 0.0),
    "repeat_penalty": ("llm.prediction.repeatPenalty", 1.0),
}


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """`operation.fields` with the system prompt and the sampling; the rest of the talk is lost."""
    lost = [*variables_lost(parts), *about_lost(parts)]
    system = [m.filled or "" for m in parts.messages if m.role in ("system", "developer")]
    others = [m for m in parts.messages if m.role not in ("system", "developer")]
    if others:
        lost.append(
            "1 message that is not the system's: a preset has none."
            if len(others) == 1
            else f"{len(others)} messages that are not the system's: a preset has none."
        )
    fields: list[dict[str, object]] = []
    if system:
        fields.append({"key": "llm.prediction.systemPrompt", "value": "\n".join(system)})
    for name, key in _FIELDS.items():
        value = parts.sampling[name]
        if name == "max_tokens":
            value = {"checked": True, "value": value}
        fields.append({"key": key, "value": value})
    for name, (key, off) in _CHECKED.items():
        value = parts.sampling[name]
        fields.append({"key": key, "value": {"checked": value != off, "value": value}})
    stops = parts.sampling["stop"]
    if stops:
        fields.append({"key": "llm.prediction.stopStrings", "value": stops})
    said = {*_FIELDS, *_CHECKED, "stop"}
    lost += [f"The setting {name}." for name in parts.settings if name not in said]
    if parts.seed is not None:
        lost.append("The seed.")
    preset = {
        "identifier": f"@local:{parts.name}",
        "name": parts.title,
        "changed": False,
        "operation": {"fields": fields},
        "load": {"fields": []},
    }
    return Exported(json_text(preset), tuple(lost))


FORMAT = ExportFormat(
    "lm-studio",
    "LM Studio preset",
    "The system message and the settings as a preset of LM Studio.",
    ".preset.json",
    Need.VALUES,
    write,
    program="LM Studio",
)
