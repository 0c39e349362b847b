"""How files for other tools are spelled: YAML that people can read, JSON, quoted texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_WIDE = 1 << 30
"""No line is folded: what stands on one line stays on it."""
_NUMBER = re.compile(
    r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?\Z|0[oxb][0-9a-fA-F]+\Z", re.ASCII
)
"""What YAML 1.2 reads as a number: PyYAML, which knows 1.1, leaves some of these unquoted."""
_BREAKS = re.compile("[\r\x85\u2028\u2029\ufeff]")


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    if _BREAKS.search(value) or not value.strip() or _NUMBER.match(value):
        style = '"'  # PyYAML writes these line ends as they are, and reads them as spaces
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def yaml_text(data: Mapping[str, Any]) -> str:
    """The mapping as YAML, in its order; empty values are left out."""
    kept = {key: value for key, value in data.items() if value not in (None, "", [], {}, ())}
    return yaml.dump(plain(kept), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE)


def json_text(data: object) -> str:
    """The value as JSON over several lines, with a line end."""
    return json.dumps(plain(data), ensure_ascii=False, indent=2) + "\n"


def plain(value: Any) -> Any:
    """Tuples as lists and mappings as dicts, all the way down, for writers that know no others."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def fenced(text: str, language: str) -> str:
    """The text as a code block of Markdown, between fences longer than any inside it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def commented(lines: Sequence[str], mark: str = "#") -> str:
    """The sentences as comment lines; empty when there are none. No line can leave its comment."""
    kept = [" ".join(line.split()) for line in lines]
    return "".join(f"{mark} {line}\n" for line in kept)


def not_in_file(losses: Sequence[str], mark: str = "#") -> str:
    """The losses as comment lines under a heading; empty when nothing is lost."""
    return (
        commented(["Not in this file:", *(f"- {loss}" for loss in losses)], mark) if losses else ""
    )
