"""All formats for runs: every module of this folder called `runs_….py` gives one as `FORMAT`."""

from __future__ import annotations

import importlib
import pkgutil

from workbench import export
from workbench.core.registry import Registry
from workbench.export.runs import RunFormat


def run_formats() -> Registry[RunFormat]:
    """The formats by name, in the order of their names."""
    found = [
        importlib.import_module(f"{export.__name__}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(export.__path__)
        if module.name.startswith("runs_")
    ]
    registry: Registry[RunFormat] = Registry("format for runs")
    for made in sorted(found, key=lambda one: one.name):
        registry.add(made.name, made)
    return registry
