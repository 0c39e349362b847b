"""What a reply's tokens can be asked for: menu and keys of one token view. GUI thread."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu

from workbench.core.text import piece_text
from workbench.core.tokens import NO_TOKEN
from workbench.gui.branches.edit_strip import EditStrip
from workbench.gui.branches.fork_controller import ForkController, text_at, token_words
from workbench.gui.card_data import percent, visible_token
from workbench.gui.current import Current, Part, ShownRun, TokenPlace
from workbench.gui.token_view import TokenView
from workbench.gui.translate import tr

COUNTS = (2, 3, 4, 8)
"""How many continuations the menu offers."""

_LISTED = 9
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class ReplyTools(QObject):
    """Menu (right click, menu key) and keys of a token view that shows a reply.

    Keys, on a kept token: 1 to 9 say that alternative instead, R says the rest anew, N makes
    four continuations, E or F2 edits, L looks ahead.
    """

    def __init__(
        self,
        view: TokenView,
        strip: EditStrip,
        current: Current,
        forks: ForkController,
        shown: Callable[[], tuple[str, int]],
    ) -> None:
        """`shown` says which run and sample the view shows now."""
        super().__init__(view)
        self._view, self._strip = view, strip
        self._current, self._forks, self._shown = current, forks, shown
        self._place: TokenPlace | None = None
        self.menu: QMenu | None = None
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        strip.accepted.connect(self._write)
        strip.left.connect(self._left)
        current.run_changed.connect(strip.leave)

    def place(self, token: int) -> TokenPlace | None:
        """Token number `token` of the view, if the view shows the run on show."""
        run_id, sample = self._shown()
        run = self._current.run
        if run is None or run.run_id != run_id or token < 0:
            return None
        return TokenPlace(Part.REPLY, sample, token)

    def edit(self, first: int, last: int) -> None:
        """Offer tokens `first` to `last` for editing."""
        run, place = self._current.run, self.place(first)
        if run is None or place is None:
            return
        self._place = place
        words = token_words(run, place)
        head = tr(
            "Instead of {words}, token {first:,}, and all behind it:", words=words, first=first + 1
        )
        if last > first:
            head = tr(
                "Instead of tokens {first:,} to {last:,} and all behind them:",
                first=first + 1,
                last=last + 1,
            )
        self._view.lock(-1)
        self._view.set_lit(range(first, last + 1))
        self._strip.ask(head, text_at(run, place.sample, first, last))

    def open_menu(self, token: int, at: QPoint) -> None:
        """Show what can be done at a token; `at` in global coordinates."""
        place = self.place(token)
        run = self._current.run
        if place is None or run is None:
            return
        self._view.lock(token)
        self.menu = self._make_menu(run, place)
        self.menu.popup(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Menus and keys."""
        if isinstance(event, QContextMenuEvent) and watched is self._view.viewport():
            token = self._view.token_at(QPointF(event.pos()))
            at = event.globalPos()
            if event.reason() is QContextMenuEvent.Reason.Keyboard or token < 0:
                token = self._view.locked_token
                rect = self._view.rect_of(token)
                at = self._view.viewport().mapToGlobal(rect.bottomLeft())
            self.open_menu(token, at)
            return True
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and watched is self._view:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        token = self._view.locked_token
        place = self.place(token)
        run = self._current.run
        if place is None or run is None or event.modifiers() not in (
            _NO_KEYS, Qt.KeyboardModifier.KeypadModifier,
        ):  # fmt: skip
            return False
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            listed = run.samples[place.sample].top_ids[token].tolist()
            number = key - int(Qt.Key.Key_1)
            if number < len(listed) and listed[number] != NO_TOKEN:
                self._forks.say_instead(int(listed[number]))
            return True
        calls: dict[int, Callable[[], object]] = {
            Qt.Key.Key_R: partial(self._forks.again, place),
            Qt.Key.Key_N: partial(self._forks.several, place, 4),
            Qt.Key.Key_E: partial(self.edit, *self._range(token)),
            Qt.Key.Key_F2: partial(self.edit, *self._range(token)),
            Qt.Key.Key_L: partial(self._forks.ahead_wanted.emit, place),
        }
        if key not in calls:
            return False
        calls[key]()
        return True

    def _range(self, token: int) -> tuple[int, int]:
        """The selected tokens if `token` is among them, else `token` alone."""
        selected = self._view.selection
        if selected is not None and selected[0] <= token <= selected[1]:
            return selected
        return token, token

    def _make_menu(self, run: ShownRun, place: TokenPlace) -> QMenu:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.destroyed.connect(self._forget_menu)
        table = run.samples[place.sample]
        instead = menu.addMenu(tr("Say instead"))
        said = int(table.ids[place.index])
        rows = zip(table.top_ids[place.index], table.top_logprob[place.index], strict=True)
        for number, (token, logprob) in enumerate(list(rows)[:_LISTED], 1):
            if int(token) == NO_TOKEN:
                continue
            text = visible_token(piece_text(run.pieces[int(token)])).replace("&", "&&")
            shown = f"&{number}  “{text}”\t{percent(math.exp(float(logprob)))} %"
            action = instead.addAction(shown, partial(self._forks.say_instead, int(token)))
            action.setEnabled(int(token) != said)
        instead.setEnabled(bool(instead.actions()))
        menu.addAction(tr("&Regenerate from here\tR"), partial(self._forks.again, place))
        several = menu.addMenu(tr("Se&veral continuations from here"))
        for count in COUNTS:
            keys = "\tN" if count == 4 else ""
            several.addAction(f"{count}{keys}", partial(self._forks.several, place, count))
        menu.addAction(tr("&Edit from here…\tE"), partial(self.edit, *self._range(place.index)))
        menu.addAction(
            tr("&Look ahead from here\tL"), partial(self._forks.ahead_wanted.emit, place)
        )
        menu.addSeparator()
        menu.addAction(tr("&Continue the reply"), partial(self._forks.go_on, place.sample))
        return menu

    def _forget_menu(self) -> None:
        self.menu = None

    def _left(self) -> None:
        self._view.set_lit(())
        self._view.setFocus()

    def _write(self, text: str) -> None:
        place, self._place = self._place, None
        if place is not None:
            self._forks.write(place, text)
