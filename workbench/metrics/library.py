"""Optional libraries, imported when a metric first needs one."""

from __future__ import annotations

import importlib
from typing import Any

from workbench.metrics.base import NotScored

INSTALL = "pip install 'prompt-workbench[metrics]'"


def library(name: str) -> Any:
    """The module called `name`. It is untyped here: most of these libraries ship no types.

    Raises:
        NotScored: it is not installed; the reason says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        package = name.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != package:
            raise
        raise NotScored(f"The library {package} is not installed: {INSTALL}") from None
