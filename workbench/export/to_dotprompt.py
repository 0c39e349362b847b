"""A Dotprompt file (Genkit): front matter and one Handlebars text with {{role}} marks."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PartVariable, PromptParts
from workbench.export.dialects import HANDLEBARS, open_texts
from workbench.export.losses import about_lost
from workbench.export.servers import server_settings
from workbench.export.text_files import not_in_file, yaml_text

_CONFIG = {
    "temperature": "temperature",
    "top_p": "topP",
    "max_tokens": "maxOutputTokens",
    "stop": "stopSequences",
}
_KINDS = {"number": "number", "boolean": "boolean", "json": "any"}
_ROLES = {"developer": "system", "assistant": "model"}


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """Front matter with Picoschema inputs, then every message behind its `{{role}}`.

    Raises:
        UserError: a text that Handlebars cannot say.
    """
    opened = open_texts(parts, HANDLEBARS)
    lost = list(opened.lost)
    settings = server_settings(parts)
    lost += settings.lost
    config = {_CONFIG[name]: value for name, value in settings.standard.items() if name in _CONFIG}
    if "top_k" in parts.settings:
        config["topK"] = parts.settings["top_k"]
    said = {*_CONFIG, "top_k"}
    unsaid = {
        **{
            name: value
            for name, value in settings.standard.items()
            if name not in said and value != 0.0
        },
        **{name: value for name, value in settings.llama.items() if name not in said},
    }
    lost += [f"The setting {name}." for name in unsaid]
    lost += about_lost(parts, has_description=True)
    kept = [v for v in parts.variables if v.name not in opened.filled]
    front = yaml_text(
        {
            "name": parts.name,
            "description": parts.description,
            "model": parts.model,
            "config": config,
            "input": {
                key: value
                for key, value in (
                    ("schema", dict(map(_field, kept))),
                    ("default", {v.name: v.value for v in kept if v.value is not None}),
                )
                if value
            },
        }
    )
    roles = [_ROLES.get(m.role, m.role or "user") for m in parts.messages]
    body = "".join(
        f'{{{{role "{role}"}}}}{text}' for role, text in zip(roles, opened.texts, strict=True)
    )
    # The library drops white space around a message, so none is added and what was there is lost.
    if any(text != text.strip() for text in opened.texts):
        lost.append("White space at the begin and the end of messages.")
    if not parts.is_chat:
        lost.insert(0, "That it is raw text: it is one message of the user.")
    return Exported(f"---\n{not_in_file(lost)}{front}---\n{body}\n", tuple(lost))


def _field(variable: PartVariable) -> tuple[str, str]:
    """A line of Picoschema: `name?: string, description`."""
    optional = "?" if variable.value is not None else ""
    about = f", {' '.join(variable.description.split())}" if variable.description else ""
    if variable.kind == "list":
        return f"{variable.name}{optional}(array)", f"string{about}"
    return f"{variable.name}{optional}", f"{_KINDS.get(variable.kind, 'string')}{about}"


FORMAT = ExportFormat(
    "dotprompt",
    "Dotprompt file",
    "Front matter and a Handlebars text, for Genkit and other readers of Dotprompt.",
    ".prompt",
    Need.OPEN,
    write,
    program="dotprompt",
)
