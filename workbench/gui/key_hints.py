"""Keys that stand in tooltips, names and menus follow the keymap. GUI thread.

Texts are written with the usual keys: "Export (Ctrl+E)" in a tooltip, "Open…\\tCtrl+O" in a menu,
"F8 goes to it" in a sentence. What is shown has the keys that count now; where an action has none,
a sentence names the action instead. Texts written later than the window go through `keyed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget

from workbench.gui.actions import ACTIONS
from workbench.gui.keymap import SPECS, Keymap, keymap_of
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.translate import key_names, language_shown, tr

_BUTTONS = {"Ctrl ↵": "generate", "Esc": "stop"}


@dataclass(frozen=True, slots=True)
class _Usual:
    """The usual keys as texts name them, in the window's language.

    Attributes:
        names: of actions, by their keys.
    """

    names: dict[str, str]
    free: re.Pattern[str]
    in_brackets: re.Pattern[str]
    at_the_end: re.Pattern[str]


@cache
def _usual(_language: str) -> _Usual:
    english = {keys: spec.name for spec in ACTIONS for keys in spec.keys}
    names = {**english, **{key_names(keys): name for keys, name in english.items()}}
    anything = "|".join(re.escape(keys) for keys in sorted(names, key=len, reverse=True))
    free = re.compile(rf"(?<![\w+-])({anything})(?![\w+])")
    return _Usual(names, free, re.compile(rf" ?\(({anything})\)"), re.compile(rf"\t({anything})$"))


class KeyHints(QObject):
    """Keeps the texts of one window in step with its keymap."""

    def __init__(self, keymap: Keymap, window: QWidget) -> None:
        super().__init__(window)
        self._keymap, self._window = keymap, window
        keymap.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Write the keys that count now into every text of the window."""
        for widget in (self._window, *self._window.findChildren(QWidget)):
            if isinstance(widget, PrimaryButton):
                widget.use_keys({keys: self._button_key(keys) for keys in _BUTTONS})
                continue
            if isinstance(widget, QMenu):
                show_keys(widget, self._keymap)
                if not widget.property("keys-followed"):
                    widget.setProperty("keys-followed", True)
                    widget.aboutToShow.connect(lambda menu=widget: show_keys(menu, self._keymap))
                continue
            if tip := widget.toolTip():
                self._follow(widget, "tip", tip, widget.setToolTip)
            if name := widget.accessibleName():
                self._follow(widget, "name", name, widget.setAccessibleName)
            if widget.window() is not self._window:
                continue  # the list of keys, say
            if isinstance(widget, QLabel) and (text := widget.text()):
                self._follow(widget, "text", text, widget.setText)
            elif isinstance(widget, QPlainTextEdit | QLineEdit) and (
                text := widget.placeholderText()
            ):
                self._follow(widget, "empty", text, widget.setPlaceholderText)

    def _follow(self, widget: QWidget, kind: str, now: str, write: Callable[[str], None]) -> None:
        original = widget.property(f"keys-{kind}-usual")
        if original is None or widget.property(f"keys-{kind}-shown") != now:
            original = now  # never seen, or the panel wrote another text meanwhile
        text = with_own_keys(original, self._keymap)
        if text != original or text != now:
            widget.setProperty(f"keys-{kind}-usual", original)
            widget.setProperty(f"keys-{kind}-shown", text)
            write(text)

    def _button_key(self, usual: str) -> str:
        name = _BUTTONS[usual]
        return self._keymap.shown(name) if self._keymap.is_own(name) else key_names(usual)


def with_keys(text: str, keymap: Keymap) -> str:
    """`text` with the keys that count now in the place of usual ones in brackets."""

    usual = _usual(language_shown())

    def now(match: re.Match[str]) -> str:
        shown = keymap.shown(usual.names[match[1]])
        return f" ({shown})" if shown else ""

    return usual.in_brackets.sub(now, text)


def with_own_keys(text: str, keymap: Keymap, but: Collection[str] = ()) -> str:
    """`text` with the keys that count now wherever it names usual ones of an action.

    `but`: usual keys that are left alone outside of brackets.
    """
    usual = _usual(language_shown())

    def now(match: re.Match[str]) -> str:
        name = usual.names[match[1]]
        if match[1] in but or not keymap.is_own(name):
            return match[1]
        return keymap.shown(name) or tr(
            "“{action}” in the palette", action=tr(SPECS[name].label).rstrip("…")
        )

    return usual.free.sub(now, with_keys(text, keymap))


def keyed(widget: QWidget, text: str, kind: str = "text") -> str:
    """`text` as `widget` shows it now; it follows when keys change.

    `kind`: "text" of a label, "empty" for what stands in an empty field, or "" for what is painted.
    """
    keymap = keymap_of(widget)
    shown = text if keymap is None else with_own_keys(text, keymap)
    if kind:
        widget.setProperty(f"keys-{kind}-usual", text)
        widget.setProperty(f"keys-{kind}-shown", shown)
    return shown


def show_keys(menu: QMenu, keymap: Keymap | None = None) -> None:
    """Write the keys that count now behind the entries of a menu that is about to open."""
    known = keymap or keymap_of(menu)
    if known is None:
        return
    for action in menu.actions():
        usual = str(action.property("keys-usual") or "")
        if not usual:
            found = _usual(language_shown()).at_the_end.search(action.text())
            usual = found[1] if found else ""
        if usual:
            action.setProperty("keys-usual", usual)
            shown = known.shown(_usual(language_shown()).names[usual])
            text = action.text().partition("\t")[0]
            action.setText(f"{text}\t{shown}" if shown else text)
