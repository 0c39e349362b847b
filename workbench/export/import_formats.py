"""All import formats: every module of this folder called `from_….py` gives one as `FORMAT`."""

from __future__ import annotations

import importlib
import pkgutil

from workbench import export
from workbench.core.errors import UserError
from workbench.core.registry import Registry
from workbench.export.reading import ImportFormat
from workbench.export.structured import front_matter, read_json, read_yaml


def import_formats() -> Registry[ImportFormat]:
    """The formats by name, in the order of their names."""
    found = [
        importlib.import_module(f"{export.__name__}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(export.__path__)
        if module.name.startswith("from_")
    ]
    registry: Registry[ImportFormat] = Registry("import format")
    for made in sorted(found, key=lambda one: one.name):
        registry.add(made.name, made)
    return registry


def format_of(name: str, text: str) -> ImportFormat:
    """The format of a file, by its ending and what it holds.

    Raises:
        UserError: it is broken YAML or JSON, none of them, or several are possible.
    """
    fitting = [made for made in import_formats() if made.fits(name, text)]
    named = [made for made in fitting if name.lower().endswith(made.suffixes)]
    chosen = named or fitting
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        _refuse_broken(name, text)
        raise UserError(
            f"{name} is in no format that can be imported.",
            f"Formats: {', '.join(import_formats().names())}.",
        )
    raise UserError(
        f"{name} could be {' or '.join(made.name for made in chosen)}.", "Name it with --format."
    )


def _refuse_broken(name: str, text: str) -> None:
    """Say what is broken in a file whose ending promises YAML or JSON."""
    ending = name.lower()
    if ending.endswith((".yaml", ".yml")):
        read_yaml(text, name)
    elif ending.endswith(".json"):
        read_json(text, name)
    elif ending.endswith((".prompty", ".prompt")):
        front_matter(text, name)
