"""An Ollama Modelfile: the model, its settings, the system message and the conversation so far."""

from __future__ import annotations

from workbench.core.errors import UserError
from workbench.export.base import Chosen, Exported, ExportFormat, Need, Option, PromptParts
from workbench.export.losses import about_lost, variables_lost
from workbench.export.text_files import not_in_file

_PARAMETERS = {
    "temperature": "temperature",
    "top_k": "top_k",
    "top_p": "top_p",
    "min_p": "min_p",
    "typical_p": "typical_p",
    "repeat_penalty": "repeat_penalty",
    "repeat_last_n": "repeat_last_n",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "mirostat": "mirostat",
    "mirostat_tau": "mirostat_tau",
    "mirostat_eta": "mirostat_eta",
    "max_tokens": "num_predict",
}
_ALWAYS = ("temperature", "top_k", "top_p", "min_p", "repeat_penalty", "max_tokens")
"""Written even at llama.cpp's default: Ollama's own defaults differ."""


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """FROM, PARAMETER, SYSTEM and MESSAGE lines, the variables filled in.

    Raises:
        UserError: raw text, or a text with three double quotes in a row.
    """
    if not parts.is_chat:
        raise UserError(
            "A Modelfile holds chat messages, and this prompt is raw text.",
            "Write it with messages: first.",
        )
    lost = [*variables_lost(parts), *about_lost(parts)]
    rows = [(m.role, m.filled or "") for m in parts.messages]
    system = [text for role, text in rows if role in ("system", "developer")]
    talk = [(role, text) for role, text in rows if role not in ("system", "developer")]
    if len(system) > 1 or (system and rows[0][0] not in ("system", "developer")):
        lost.append("The places of the system messages: a Modelfile has one, and it is first.")
    if any(role == "tool" for role, _text in talk):
        lost.append("Messages of tools.")
        talk = [(role, text) for role, text in talk if role != "tool"]
    source = str(chosen["from"] or parts.model_path or parts.model or "./model.gguf")
    lines = [f"FROM {source}\n"]
    for name, value in parts.sampling.items():
        if name in _PARAMETERS and (name in parts.settings or name in _ALWAYS):
            lines.append(f"PARAMETER {_PARAMETERS[name]} {value}\n")
    if parts.seed is not None:
        lines.append(f"PARAMETER seed {parts.seed}\n")
    stops = parts.sampling["stop"]
    if isinstance(stops, list | tuple):
        lines += [f"PARAMETER stop {_quoted(str(stop))}\n" for stop in stops]
    lost += [
        f"The setting {name}." for name in parts.settings if name not in (*_PARAMETERS, "stop")
    ]
    if system:
        lines.append(f"SYSTEM {_quoted(chr(10).join(system))}\n")
    lines += [f"MESSAGE {role} {_quoted(text)}\n" for role, text in talk]
    if any(text != text.strip() for _role, text in rows):
        lost.append("White space at the begin and the end of messages may be dropped.")
    return Exported(not_in_file(lost) + "".join(lines), tuple(lost))


def _quoted(text: str) -> str:
    if '"""' in text or text.endswith('"'):
        raise UserError(
            "A Modelfile cannot hold a text with three double quotes or one at its end.",
            "Change the quotes.",
        )
    return f'"""{text}"""'


FORMAT = ExportFormat(
    "modelfile",
    "Ollama Modelfile",
    "Model, settings, system message and examples for ollama create.",
    ".Modelfile",
    Need.VALUES,
    write,
    (
        Option(
            "from", "Model", "A file or an Ollama model; empty takes the chosen model's file.", ""
        ),
    ),
    "ollama",
)
