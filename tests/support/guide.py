"""The guide and the repository's own pages as tests read them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HELP = ROOT / "assets" / "help"
PAGES = (*sorted(HELP.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md")

_FENCE = re.compile(r"^```(\S+)[ ]?([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def page_text(path: Path) -> str:
    """A page's Markdown."""
    return path.read_text(encoding="utf-8")


def fenced(path: Path, title: str) -> str:
    """The code block that is fenced with ```LANGUAGE title."""
    found = [body for _, name, body in _FENCE.findall(page_text(path)) if name == title]
    assert len(found) == 1, f"{path.name} has {len(found)} blocks named {title}"
    return str(found[0])


def links(path: Path) -> list[tuple[bool, str]]:
    """Links of a page: whether it is a picture, and where it points."""
    return [(bool(mark), target) for mark, _, target in _LINK.findall(page_text(path))]


def headings(path: Path) -> list[str]:
    """Headings as the names that links give them: lower case, words joined by hyphens."""
    lines = re.findall(r"^#+ (.+)$", page_text(path), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in lines]
