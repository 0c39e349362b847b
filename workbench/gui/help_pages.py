"""The pages of the guide as they stand in the assets: found, titled, in their order, searched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from workbench.core.paths import assets_folder
from workbench.gui.translate import mark, tr

CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        mark("Begin"),
        (
            "quick-start",
            "models",
            "prompt-editor",
            "settings",
            "sampler-guide",
            "troubleshooting",
            "privacy",
        ),
    ),
    (mark("Tokens"), ("token-probabilities", "prompt-surprise", "samplers", "branches")),
    (
        mark("Inside the model"),
        (
            "attention-text",
            "attention-by-source",
            "attention-heads",
            "attention-matrix",
            "influence",
            "logit-lens",
            "steering",
        ),
    ),
    (mark("Comparing"), ("compare", "arena", "sweep")),
    (mark("Measuring"), ("experiments", "tasks", "reports", "metrics", "cluster", "remote")),
    (mark("Keeping"), ("history", "compare-and-replay", "export")),
    (
        mark("Reference"),
        ("cli-reference", "settings-table", "file-formats", "history-tables", "extending"),
    ),
)
"""Chapters and the names of their pages."""

_HEADING = re.compile(r"^(#{2,3}) +(.+?)\s*$", re.MULTILINE)
_NO_ANCHOR = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page.

    Attributes:
        title: its first heading.
        chapter: its heading in the contents, to be shown with `tr`; empty for a page that no
            chapter names.
    """

    name: str
    title: str
    chapter: str
    path: Path

    @property
    def said_title(self) -> str:
        """Its title in the person's language; the page itself may be in English."""
        return tr(self.title)

    @property
    def short_title(self) -> str:
        """For lists: what stands before the colon of its title, of those on attention behind it."""
        short, _, rest = self.said_title.partition(":")
        return rest.strip().capitalize() if short == "Attention" and rest else short

    @property
    def text(self) -> str:
        """Its Markdown."""
        return self.path.read_text(encoding="utf-8")


def help_pages() -> tuple[HelpPage, ...]:
    """Every page in the order of the contents, further ones by title; none without a guide."""
    named = [(name, chapter) for chapter, names in CONTENTS for name in names]
    places = {name: place for place, (name, _) in enumerate(named)}
    chapters = dict(named)
    found = []
    for path in (assets_folder() / "help").glob("*.md"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        title = first.lstrip("# ").strip() or path.stem
        found.append(HelpPage(path.stem, title, chapters.get(path.stem, ""), path))
    return tuple(sorted(found, key=lambda p: (places.get(p.name, len(places)), p.title.casefold())))


def anchor(heading: str) -> str:
    """What a link calls a heading: lower case, words joined by hyphens."""
    return _NO_ANCHOR.sub("", heading).strip().lower().replace(" ", "-")


def sections(page: HelpPage) -> tuple[str, ...]:
    """The headings below a page's title, those of the highest level it has."""
    found = [(len(level), title) for level, title in _HEADING.findall(page.text)]
    top = min((level for level, _ in found), default=0)
    return tuple(re.sub(r"[`*]", "", title) for level, title in found if level == top)


def matching(pages: tuple[HelpPage, ...], wanted: str) -> tuple[HelpPage, ...]:
    """The pages that hold every word, those with the words in their title first."""
    words = wanted.casefold().split()
    held = [page for page in pages if all(word in page.text.casefold() for word in words)]
    titled = [page for page in held if all(word in page.title.casefold() for word in words)]
    return (*titled, *(page for page in held if page not in titled))
