"""The process in which a user's metric runs: loads its file or entry point, calls it per item."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workbench.metrics.child_side import limit_memory, serve


def load(place: str) -> Any:
    """The module of a Python file, or the function behind `module:name`."""
    if place.endswith(".py"):
        path = Path(place)
        sys.path.insert(0, str(path.parent))
        spec = importlib.util.spec_from_file_location("user_metric", path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path.name} is no Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules["user_metric"] = module
        spec.loader.exec_module(module)
        return module
    name, _, attribute = place.partition(":")
    found = importlib.import_module(name)
    return getattr(found, attribute) if attribute else found


def main() -> None:
    """Serve until the pipe closes."""
    limit_memory(int(sys.argv[1]))
    serve(lambda: _start(sys.argv[2]))


def _start(place: str) -> tuple[Mapping[str, object], Callable[[Any], object]]:
    from workbench.metrics.evidence_json import evidence_from_json

    try:
        found = load(place)
        score = getattr(found, "score", found)
        if not callable(score) or isinstance(score, type(sys)):
            return {"error": "it has no function score(evidence)"}, str
    except BaseException as error:  # noqa: BLE001  # whatever their module raises, exits included
        return {"error": _where(error)}, str
    info = getattr(found, "INFO", {})
    greeting = {
        "info": info if isinstance(info, dict) else {},
        "means": (getattr(score, "__doc__", None) or "").strip(),
    }

    def respond(question: Mapping[str, Any]) -> object:
        try:
            return _answer(score(evidence_from_json(question)))
        except BaseException as error:  # noqa: BLE001  # an exit in their code is a failed score
            return {"error": _where(error)}

    try:
        import json

        json.dumps(greeting)
    except (TypeError, ValueError):
        greeting["info"] = {}
    return greeting, respond


def _answer(found: object) -> dict[str, object]:
    """What their function returned, as JSON; NaN and infinities as texts."""
    if isinstance(found, Mapping):
        return {
            "value": _value(found.get("value")),
            "reason": str(found.get("reason") or "")[:500],
        }
    return {"value": _value(found)}


def _value(found: object) -> object:
    if hasattr(found, "item") and callable(found.item):
        found = found.item()  # a numpy number
    if found is None or isinstance(found, bool | int):
        return found
    if isinstance(found, float):
        return found if found - found == 0 else str(found)
    return f"a {type(found).__name__}"


def _where(error: BaseException) -> str:
    """The error with the line of their code that raised it."""
    name = type(error).__name__
    what = f"{name}: {error}" if str(error) else name
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    lines = [f for f in traceback.extract_tb(error.__traceback__) if "workbench" not in f.filename]
    own = [f for f in lines if not f.filename.startswith("<frozen")]
    return (f"line {own[-1].lineno}: {what}" if own else what)[:500]


if __name__ == "__main__":
    main()
