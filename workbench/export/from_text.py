"""A plain text or a Jinja2 template as raw text."""

from __future__ import annotations

from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt

_SUFFIXES = (".jinja", ".jinja2", ".j2", ".txt", ".md")


def fits(name: str, _text: str) -> bool:
    """Whether the ending says so, and the name is not that of a model's chat template."""
    return name.lower().endswith(_SUFFIXES) and "chat_template." not in name.lower()


def read(name: str, text: str, _beside: Beside) -> Imported:
    """The whole file as the template of raw text."""
    return Imported((ReadPrompt(name.rsplit(".", 1)[0], text=text),))


FORMAT = ImportFormat(
    "jinja",
    "Text or Jinja2 template",
    "One text; what stands in double braces are its variables.",
    _SUFFIXES,
    fits,
    read,
)
