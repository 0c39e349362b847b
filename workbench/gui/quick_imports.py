"""Spares the start of the window what PySide does at every import."""

from __future__ import annotations

import sys

_FEATURES = "shibokensupport.feature"
_ASKS = "_mod_uses_pyside"


def spare_source_checks() -> bool:
    """Keep PySide from reading the source of every module that is imported from now on.

    It looks there for the word PySide6, to know whether `from __feature__ import snake_case` could
    matter; nothing here uses such features. That reading was a fifth of all imports. Returns
    whether there was something to spare: another PySide may do it in another way.
    """
    features = sys.modules.get(_FEATURES)
    if features is None or not hasattr(features, _ASKS):
        return False
    setattr(features, _ASKS, _no)
    return True


def _no(_module: object) -> bool:
    """No module is one whose names PySide may spell otherwise."""
    return False
