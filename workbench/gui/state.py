"""What the window remembers between starts: theme, places of splitters, what was open. No Qt."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from workbench.core.settings import BY_NAME

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class WindowState:
    """Values for one profile.

    Attributes:
        theme: what the setting `theme` was last.
        model: path of the model; empty for the demo model.
        prompt: path of the prompt file; empty for the first of the library.
        sampling: named decoding parameters that differ from the defaults.
        seed: what stood in the seed field; None when it was empty.
        tint: what colours the reply.
        chat_templates: chosen ones that are not the model's own, by model path: {"path": …} or
            {"source": …}.
        splitters: sizes in pixels, by the splitter's name.
        size: of the window in pixels, width and height; empty before the first start.
        pages: what the workspaces remember, by workspace.
        workspace: which one was in front.
        draft: by what the unsaved edits of a prompt without a file are kept; else empty.
        cursor: which message had the keyboard and where in it; empty when none had.
        scroll: places of scroll bars, by the panel's name.
        run: id of the run on show; empty when none was.
        token: the chosen token of it as numbers: 0 prompt or 1 reply, which reply, which token.
        geometry: place and size of the window as Qt writes it, in base64.
        is_new: no window was ever closed on this profile; never written.
        has_toured: the tour was seen to its end.
        language: of the window, "en" or "de"; empty for the system's.
    """

    theme: str = "system"
    model: str = ""
    prompt: str = ""
    sampling: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    tint: str = "surprise"
    splitters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    size: tuple[int, ...] = ()
    chat_templates: Mapping[str, Any] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    workspace: str = ""
    draft: str = ""
    cursor: tuple[int, ...] = ()
    scroll: Mapping[str, int] = field(default_factory=dict)
    run: str = ""
    token: tuple[int, ...] = ()
    geometry: str = ""
    language: str = ""
    is_new: bool = False
    has_toured: bool = False


def load_state(path: Path) -> tuple[WindowState, str]:
    """The state in a file and a sentence when some of it was unusable (empty otherwise).

    Unusable values fall back to their defaults and the file is kept as `.bak`; a missing file is
    an ordinary first start.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return WindowState(is_new=True), ""
    except (OSError, ValueError, RecursionError) as error:
        return WindowState(), _kept(path, f"cannot be read ({_brief(error)})")
    if not isinstance(data, dict):
        return WindowState(), _kept(path, "holds no settings")
    state, bad = state_of(data)
    problem = _kept(path, f"has unusable values: {', '.join(sorted(bad))}") if bad else ""
    return state, problem


def state_of(data: Mapping[str, Any]) -> tuple[WindowState, list[str]]:
    """The usable values of a JSON object, and the keys of the others."""
    good: dict[str, Any] = {}
    bad: list[str] = []
    for key, value in data.items():
        check = _CHECKS.get(key)
        if check is not None and check(value):
            good[key] = _tuples(key, value)
        elif key != "schema":
            bad.append(key)
    return WindowState(**good), bad


def state_json(state: WindowState) -> dict[str, Any]:
    """A state as `state_of` reads it."""
    data = {"schema": SCHEMA, **asdict(state)}
    del data["is_new"]
    return data


def save_state(path: Path, state: WindowState) -> None:
    """Write the file in one step: a crash leaves the old one or the new one.

    Raises:
        OSError: it cannot be written.
    """
    data = state_json(state)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        fresh.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _kept(path: Path, what: str) -> str:
    backup = path.with_suffix(path.suffix + ".bak")
    try:
        shutil.copyfile(path, backup)
    except OSError:
        return f"The settings file {path.name} {what}; the defaults are used instead."
    return f"The settings file {path.name} {what}; the defaults are used, {backup.name} keeps it."


def _brief(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def _is_seed(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def _is_sizes(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(v, int) and not isinstance(v, bool) and 0 <= v < 10_000_000 for v in value
    )


def _is_splitters(value: object) -> bool:
    return isinstance(value, dict) and all(_is_sizes(v) for v in value.values())


def _is_mappings(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_mapping, value.values()))


_THEMES = [choice.value for choice in BY_NAME["theme"].choices]

_CHECKS: dict[str, Callable[[object], bool]] = {
    "has_toured": lambda value: isinstance(value, bool),
    "theme": lambda value: isinstance(value, str) and value in _THEMES,
    "language": _is_text,
    "model": _is_text,
    "prompt": _is_text,
    "sampling": _is_mapping,
    "seed": _is_seed,
    "tint": _is_text,
    "chat_templates": _is_mapping,
    "splitters": _is_splitters,
    "pages": _is_mappings,
    "workspace": _is_text,
    "draft": _is_text,
    "cursor": lambda value: _is_sizes(value) and isinstance(value, list) and len(value) in (0, 2),
    "scroll": lambda value: isinstance(value, dict) and _is_sizes(list(value.values())),
    "run": _is_text,
    "token": lambda value: _is_sizes(value) and isinstance(value, list) and len(value) in (0, 3),
    "geometry": _is_text,
    "size": lambda value: _is_sizes(value) and isinstance(value, list) and len(value) in (0, 2),
}


def _tuples(key: str, value: Any) -> Any:
    if key in ("size", "cursor", "token"):
        return tuple(value)
    if key == "splitters":
        return {name: tuple(sizes) for name, sizes in value.items()}
    return value
