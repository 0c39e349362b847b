"""Which keys every action has now: the usual ones, or those the person chose. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from workbench.core.errors import UserError
from workbench.gui.actions import ACTIONS, ActionSpec
from workbench.gui.settings.preferences import Preferences
from workbench.gui.translate import mark, tr

FIXED_KEYS: Mapping[str, str] = {
    "Ctrl+Z": mark("Undo"),
    "Ctrl+Shift+Z": mark("Redo"),
    "Ctrl+Y": mark("Redo"),
    "Ctrl+X": mark("Cut"),
    "Ctrl+C": mark("Copy"),
    "Ctrl+V": mark("Paste"),
    "Ctrl+A": mark("Select all"),
    "Ctrl+D": mark("Duplicate a prompt in the library"),
    "Ctrl+Space": mark("Offer names and filters"),
    "Alt+Up": mark("Move the message up"),
    "Alt+Down": mark("Move the message down"),
    "Alt+Left": mark("Move a sampler"),
    "Alt+Right": mark("Move a sampler"),
    "Ctrl+Left": mark("Go a word back"),
    "Ctrl+Right": mark("Go a word on"),
    "Ctrl+Shift+Return": mark("Add a message below this one"),
    "Ctrl+Shift+D": mark("Duplicate the message"),
    "Ctrl+Shift+Backspace": mark("Delete the message"),
    "Ctrl+Shift+F": mark("Fold or unfold the message"),
    "F2": mark("Rename or edit"),
}
"""Keys that text fields and lists take for themselves; no action may have them."""

_TWINS = {"Ctrl+Return": "Ctrl+Enter", "Ctrl+Enter": "Ctrl+Return"}
"""The same key twice on many keyboards: who has one gets both."""
SPECS: Mapping[str, ActionSpec] = {spec.name: spec for spec in ACTIONS}
"""Every action by its name."""
_TYPING = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


def native(keys: str) -> str:
    """How the person's system writes a key sequence."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class Keymap(QObject):
    """The keys of one window's actions; follows the settings.

    Signals:
        changed(): an action has other keys now.

    Attributes:
        problem: a sentence about stored keys that cannot be used; empty when all can.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._own, self._now, self.problem = usable(preferences.shortcuts)
        self._actions: Mapping[str, QAction] = {}
        preferences.shortcuts_changed.connect(self._read)

    def use(self, actions: Mapping[str, QAction]) -> None:
        """Give these actions their keys, now and whenever they change."""
        self._actions = actions
        self._apply()

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of an action, in the portable spelling; the first is the one that is shown."""
        return self._now[name]

    def shown(self, name: str) -> str:
        """The first key as the system writes it; empty when the action has none."""
        keys = self.keys(name)
        return native(keys[0]) if keys else ""

    def is_own(self, name: str) -> bool:
        """Whether the person changed it."""
        return name in self._own

    def holder(self, keys: str, but: str = "") -> ActionSpec | None:
        """Which action has these keys, other than `but`."""
        wanted = portable(keys)
        return next(
            (s for s in ACTIONS if s.name != but and wanted in map(portable, self.keys(s.name))),
            None,
        )

    def set(self, name: str, keys: str) -> None:
        """Give an action these keys instead of all it has; no keys take them all away.

        Raises:
            UserError: no action may have them, or another one has; the message says which.
        """
        if keys:
            check(keys)
            other = self.holder(keys, name)
            if other is not None:
                raise UserError(
                    tr("{keys} belongs to “{action}”.", keys=native(keys), action=tr(other.label)),
                    tr("Take it from there, or choose others."),
                )
        self._store({**self._own, name: _with_twin(keys)})

    def take_from(self, name: str, keys: str) -> None:
        """Take keys from an action that has them; its others stay."""
        gone = {portable(keys), portable(_TWINS.get(portable(keys), ""))}
        left = tuple(key for key in self.keys(name) if portable(key) not in gone)
        self._store({**self._own, name: left})

    def reset(self, name: str) -> None:
        """Give an action its usual keys back.

        Raises:
            UserError: another action has one of them now.
        """
        for keys in SPECS[name].keys:
            other = self.holder(keys, name)
            if other is not None:
                raise UserError(
                    tr("{keys} belongs to “{action}”.", keys=native(keys), action=tr(other.label)),
                    tr("Reset that one first."),
                )
        self._store({n: keys for n, keys in self._own.items() if n != name})

    def reset_all(self) -> dict[str, tuple[str, ...]]:
        """Give every action its usual keys back; answers with the own ones, for `put_back`."""
        before = dict(self._own)
        self._store({})
        return before

    def put_back(self, own: Mapping[str, tuple[str, ...]]) -> None:
        """Take `reset_all` back: actions have these keys again, all others their usual ones."""
        self._store(own)

    def _store(self, own: Mapping[str, tuple[str, ...]]) -> None:
        changed = {name: list(keys) for name, keys in own.items() if keys != SPECS[name].keys}
        unknown = {
            name: list(keys)
            for name, keys in self._preferences.shortcuts.items()
            if name not in SPECS and isinstance(keys, list)
        }
        self._preferences.set_shortcuts({**unknown, **changed})

    def _read(self) -> None:
        self._own, self._now, self.problem = usable(self._preferences.shortcuts)
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        for name, action in self._actions.items():
            action.setShortcuts([QKeySequence(keys) for keys in self.keys(name)])


def usable(
    stored: Mapping[str, object],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], str]:
    """What a settings file says about keys: usable own ones, the keys of every action, and a
    sentence about what cannot be used.

    Of two actions with one key, the one that has it by choice keeps it, else the first.
    """
    own: dict[str, tuple[str, ...]] = {}
    bad: list[str] = []
    taken: set[str] = set()
    for name, keys in stored.items():
        texts = keys if isinstance(keys, list) else [None]
        if name not in SPECS or not all(isinstance(key, str) and _fits(key) for key in texts):
            bad.append(name)
            continue
        wanted = tuple(dict.fromkeys(map(portable, texts)))
        own[name] = tuple(key for key in wanted if key not in taken)
        bad += [name] if own[name] != wanted else []
        taken.update(own[name])
    now = {
        s.name: own.get(s.name, tuple(k for k in s.keys if portable(k) not in taken))
        for s in ACTIONS
    }
    if not bad:
        return own, now, ""
    names = ", ".join(sorted(bad)[:8])
    return own, now, tr("Shortcuts that cannot be used are left out: {names}.", names=names)


def check(keys: str) -> None:
    """Accept keys that an action may have.

    Raises:
        UserError: they are no keys, belong to typing, or to text fields.
    """
    first = _first(keys)
    if first is None or first.key() == Qt.Key.Key_unknown:
        raise UserError(tr("“{keys}” is no key.", keys=keys), tr("Press the keys themselves."))
    fixed = FIXED_KEYS.get(portable(keys))
    if fixed is not None:
        raise UserError(
            tr("{keys} is “{what}” and stays so.", keys=native(keys), what=tr(fixed)),
            tr("Choose others."),
        )
    is_function_key = Qt.Key.Key_F1 <= first.key() <= Qt.Key.Key_F35
    if first.keyboardModifiers() in _TYPING and not is_function_key:
        if first.key() == Qt.Key.Key_Escape:
            return
        raise UserError(
            tr("{keys} alone is for typing.", keys=native(keys)),
            tr("Add Ctrl or Alt, or take a function key."),
        )


def portable(keys: str) -> str:
    """One spelling for every way of writing the same keys."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def keymap_of(widget: QWidget) -> Keymap | None:
    """The keymap of the window that `widget` belongs to; None while there is none."""
    at: QObject | None = widget
    while at is not None:
        found = at.findChild(Keymap, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if isinstance(found, Keymap):
            return found
        at = at.parent()
    return None


def _first(keys: str) -> QKeyCombination | None:
    sequence = QKeySequence(keys)
    found: QKeyCombination | None = None if sequence.isEmpty() else sequence[0]  # type: ignore[index]  # its stub lacks __getitem__
    return found


def _fits(keys: str) -> bool:
    try:
        check(keys)
    except UserError:
        return False
    return True


def _with_twin(keys: str) -> tuple[str, ...]:
    if not keys:
        return ()
    wanted: Sequence[str] = (portable(keys), _TWINS.get(portable(keys), ""))
    return tuple(key for key in wanted if key)
