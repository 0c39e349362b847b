"""A chat template from a file, to use instead of the one in the model."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.core.errors import UserError

_MAX_BYTES = 4 << 20


def load_chat_template(path: Path) -> str:
    """The Jinja2 source in `path`; of a `tokenizer_config.json`, its chat template.

    Of several named templates in such a file the one called "default" is taken, else the first.

    Raises:
        UserError: the file cannot be read, or holds no chat template.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UserError(f"{path.name} is larger than {_MAX_BYTES:,} bytes.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError(
            f"The chat template {path} cannot be read: {error.strerror or error}.",
            "Check the path.",
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name} is not UTF-8 (byte {error.start}).") from error
    if path.suffix.lower() == ".json":
        return _from_json(text, path.name)
    if not text.strip():
        raise UserError(f"The chat template {path.name} is empty.")
    return text


def _from_json(text: str, label: str) -> str:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{label} is broken JSON: {error}.") from error
    found = data.get("chat_template") if isinstance(data, dict) else None
    if isinstance(found, list):
        named = {row.get("name"): row.get("template") for row in found if isinstance(row, dict)}
        found = named.get("default", next(iter(named.values()), None))
    if not isinstance(found, str) or not found.strip():
        raise UserError(f"{label} holds no chat_template.")
    return found
