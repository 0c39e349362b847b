"""Writes the guide's page about settings and keys: `python packaging/settings_page.py`.

Settings come from their own table, shortcuts from the table of actions.
"""

from __future__ import annotations

from pathlib import Path

from workbench.core.settings import SETTINGS, Setting
from workbench.gui.actions import ACTIONS

_HEAD = """\
# Every setting and key

The tables behind [Settings, keys, palette, windows](settings.md), written from the program itself
(`python packaging/settings_page.py`). Keys are those of a new profile.
"""


def settings_page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD, "## Settings", ""]
    parts += ["| setting | takes | at first | what it does |", "|---|---|---|---|"]
    parts += [_row(setting) for setting in SETTINGS]
    parts += ["", "## Keys", "", "| keys | action | what it does |", "|---|---|---|"]
    for spec in ACTIONS:
        keys = " or ".join(spec.keys[:1]).replace("Return", "Enter")
        parts.append(f"| {_cell(keys)} | {_cell(spec.label)} | {_cell(spec.help)} |")
    return "\n".join([*parts, ""])


def _row(setting: Setting) -> str:
    names = {choice.value: choice.label for choice in setting.choices}
    takes = ", ".join(names.values()) if names else setting.takes()
    first = names.get(str(setting.default), "") or _said(setting)
    later = " (from the next start)" if setting.restart else ""
    help_ = f"{setting.help}{later}"
    name = f"{setting.label} `{setting.name}`"
    return f"| {name} | {_cell(takes)} | {_cell(first)} | {_cell(help_)} |"


def _said(setting: Setting) -> str:
    value = setting.default
    if isinstance(value, bool):
        return "on" if value else "off"
    if value == setting.minimum and setting.lowest:
        return setting.lowest
    if isinstance(value, tuple):
        return "none"
    return f"{value} {setting.unit}".strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write it and say where."""
    path = Path(__file__).parents[1] / "assets" / "help" / "settings-table.md"
    path.write_text(settings_page(), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
