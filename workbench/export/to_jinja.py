"""A template for plain Jinja2, with the values as defaults of its variables."""

from __future__ import annotations

import json
import math
import re

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, declarations_lost, includes_lost, settings_lost

_LOOP_TAGS = re.compile(r"\{%[-+]?\s*(break|continue)\b")
_OWN_TAGS = re.compile(r"\{%[-+]?\s*(generation)\b")


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """Comment, defaults, then the template; the messages of a chat one after the other.

    Line ends stand inside the tags, so that the head leaves no trace in what is rendered.
    """
    head = [_comment(f"{parts.title}. {parts.description}".strip())]
    head += [
        f"{{% set {v.name} = {v.name} | default({literal(v.value)})\n%}}"
        for v in parts.variables
        if v.value is not None
    ]
    bodies = [
        (_comment(message.role) if parts.is_chat else "") + message.template
        for message in parts.messages
    ]
    # Jinja2 drops the last line end of a template; here only the last message ends one.
    bodies[:-1] = [body.removesuffix("\n").removesuffix("\r") for body in bodies[:-1]]
    text = "".join(head) + "\n\n".join(bodies)
    losses = [*declarations_lost(parts), *settings_lost(parts)]
    losses += about_lost(parts, has_description=True)
    if parts.is_chat:
        losses.insert(0, "The roles: they stand in comments, and the messages are one text.")
    if _LOOP_TAGS.search(text):
        losses.append("{% break %} and {% continue %}: they need jinja2.ext.loopcontrols.")
    if _OWN_TAGS.search(text):
        losses.append("{% generation %}: plain Jinja2 does not know it.")
    return Exported(text, (*losses, *includes_lost(parts)))


def literal(value: object) -> str:
    """A JSON value as Jinja2 writes it."""
    if value is None or isinstance(value, bool):
        return {None: "none", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return repr(value) if math.isfinite(value) else f'"{value}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{literal(str(k))}: {literal(v)}' for k, v in value.items())}}}"
    # Jinja2 reads \\-escapes as Python does, and line ends as \n; braces would end the tag's scan.
    text = json.dumps(str(value), ensure_ascii=False)
    return text.replace("%}", "\\x25}").replace("}}", "\\x7d}").replace("#}", "\\x23}")


def _comment(text: str) -> str:
    inside = " ".join(text.replace("#}", "# }").replace("{#", "{ #").split())
    return f"{{# {inside}\n#}}"


FORMAT = ExportFormat(
    "jinja",
    "Jinja2 template",
    "One text with its variables, for plain Jinja2; the values become defaults.",
    ".jinja",
    Need.FILE,
    write,
)
