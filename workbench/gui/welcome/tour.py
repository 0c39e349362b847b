"""The tour: one step after the other, on the real controls of the window. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from workbench.gui.key_hints import with_own_keys
from workbench.gui.theme import Theme
from workbench.gui.welcome.card import TourCard
from workbench.gui.welcome.ring import Ring
from workbench.gui.welcome.steps import Step, TourSteps, step_words

if TYPE_CHECKING:  # the window makes this
    from workbench.gui.main_window import MainWindow


class Tour(QObject):
    """Begins, goes on, and ends; what the person does in the window is never held up.

    Signals:
        ended(whole): it is over; `whole` says whether the person saw its last step.
    """

    ended = Signal(bool)

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.ring = Ring(theme, window)
        self.card = TourCard(window)
        self.card.next_wanted.connect(self.forward)
        self.card.back_wanted.connect(self.back)
        self.card.skip_wanted.connect(self.end)
        self._swap = QShortcut(QKeySequence("F6"), window)
        self._swap.activated.connect(self._change_keyboard)
        self._swap.setEnabled(False)
        self._number = -1
        self._done: set[str] = set()
        # Asked when the tour begins, for then every part of the window is there.
        self._watch = TourSteps(window, self._did)
        self.steps: tuple[Step, ...] = self._watch.make()
        self.ring.moved.connect(self._place_card)
        window.desktop.keymap.changed.connect(self._say_again)

    @property
    def step(self) -> Step | None:
        """The step that is shown; None while there is no tour."""
        return self.steps[self._number] if self.is_on else None

    @property
    def is_on(self) -> bool:
        """Whether a tour is under way."""
        return 0 <= self._number < len(self.steps)

    def begin(self) -> None:
        """Start with the first step, also in the middle of another tour."""
        self._done.clear()
        self._swap.setEnabled(True)
        self._show(0)

    def forward(self) -> None:
        """Go to the next step, done or not; behind the last one the tour is over."""
        if not self.is_on:
            return
        if self._number + 1 == len(self.steps):
            self._finish(whole=True)
        else:
            self._show(self._number + 1)

    def back(self) -> None:
        """Go to the step before."""
        if self._number > 0:
            self._show(self._number - 1)

    def end(self) -> None:
        """Leave the tour where it is."""
        if self.is_on:
            self._finish(whole=False)

    def escape(self) -> bool:
        """Esc leaves the tour; False when there is none."""
        was_on = self.is_on
        self.end()
        return was_on

    def _show(self, number: int) -> None:
        self._number = number
        step = self.steps[number]
        step.enter()
        self._say_again()
        self.card.show()
        self.ring.surround(step.target)
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, step: Step) -> tuple[str, str, str]:
        """Title, text and what is said when it is done, with the keys that count now."""
        title, text, done = step_words(step)
        keymap = self._window.desktop.keymap
        return title, with_own_keys(text, keymap), with_own_keys(done, keymap)

    def _say_again(self) -> None:
        step = self.step
        if step is None:
            return
        title, text, done = self._words(step)
        self.card.show_step(self._number + 1, len(self.steps), title, text)
        if step.name in self._done:
            self.card.show_done(done)

    def _did(self, name: str) -> None:
        """The person did something; it counts for the step that asks for it."""
        step = self.step
        if step is None or step.name != name:
            return
        if name not in self._done:
            self._done.add(name)
            self.card.show_done(self._words(step)[2])
        self._place_card()

    def _finish(self, *, whole: bool) -> None:
        had_keyboard = self.card.isAncestorOf(QApplication.focusWidget() or self._window)
        had_keyboard = had_keyboard or self.card.hasFocus()
        self._number = -1
        self._swap.setEnabled(False)
        self.ring.surround(None)
        self.card.hide()
        if had_keyboard:
            blocks = self._window.prompt_space.editor.blocks
            (blocks[-1].edit if blocks else self._window).setFocus()
        self.ended.emit(whole)

    def _place_card(self) -> None:
        step = self.step
        if step is None:
            return
        area, over, avoid = self.ring.area, self._window.card, QRect()
        if step.name == "token" and over.isVisible():
            # The card over the word is what this step shows, and hides whatever it lies on.
            avoid = over.geometry()
        self.card.stand_beside(area.united(avoid), avoid)

    def _change_keyboard(self) -> None:
        """From the card to the control it speaks of, and back."""
        step = self.step
        if step is None:
            return
        focused = QApplication.focusWidget()
        on_card = focused is self.card or self.card.isAncestorOf(focused or self._window)
        (step.keyboard if on_card else self.card).setFocus(Qt.FocusReason.ShortcutFocusReason)
