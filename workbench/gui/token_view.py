"""Tokens as readable text with a colour for each: for replies and for prompts. GUI thread.

Hover previews, a click or the arrow keys lock, dragging selects.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme
from workbench.gui.token_canvas import TokenCanvas


class TokenView(TokenCanvas):
    """A row of tokens to point at, walk through, select and copy.

    Signals:
        pointed(token, anchor): the pointer or the keyboard is at token `token` (-1: at none),
            which stands at `anchor` in the viewport.
        locked(token): the person fixed token `token` with a click or a key; -1 released it.
    """

    pointed = Signal(int, QRect)
    locked = Signal(int)

    def __init__(
        self,
        theme: Theme,
        fonts: Fonts,
        *,
        pixels: int = 15,
        spacing: float = 2.0,
        margin: int = 16,
        grows: bool = False,
        tint: str = "surprise",
        parent: QWidget | None = None,
    ) -> None:
        """Arguments as of `TokenCanvas`."""
        super().__init__(
            theme,
            fonts,
            pixels=pixels,
            spacing=spacing,
            margin=margin,
            grows=grows,
            tint=tint,
            parent=parent,
        )
        self._anchor = -1
        self._pressed_at = QPointF()
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def locked_token(self) -> int:
        """The token fixed by the person; -1 when there is none."""
        return self._lock

    def lock(self, token: int) -> None:
        """Fix `token` and bring it into view; -1 releases."""
        if token < 0:
            self._release()
            return
        self._lock = token
        self._reveal(token)
        self.locked.emit(token)
        self.pointed.emit(token, self.rect_of(token))
        self.viewport().update()

    @property
    def selection(self) -> tuple[int, int] | None:
        """The first and the last selected token; None when none are."""
        if self._selection is None:
            return None
        low, high = sorted(self._selection)
        return low, high

    def selected_text(self) -> str:
        """What the selected tokens say; empty when none are."""
        if self._selection is None:
            return ""
        low, high = sorted(self._selection)
        return self._text.source_text(self._text.unit_of[low], self._text.unit_of[high])

    @property
    def selected_tokens(self) -> tuple[int, int] | None:
        """The first and the last selected token, both included; None when none are."""
        if self._selection is None:
            return None
        low, high = sorted(self._selection)
        return low, high

    def select_all(self) -> None:
        """Select every token that is shown."""
        if self._text.units:
            self._selection = (0, self._text.units[-1].last - 1)
            self.viewport().update()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The locked token stands elsewhere now."""
        super().resizeEvent(event)
        if self._lock >= 0:
            self.pointed.emit(self._lock, self.rect_of(self._lock))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """What is locked is pointed at again."""
        super().showEvent(event)
        if self._lock >= 0:
            self.pointed.emit(self._lock, self.rect_of(self._lock))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Point at the token under the mouse, or extend the selection."""
        token = self.token_at(event.position())
        far = (event.position() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and self._anchor >= 0:
            if token >= 0 and far >= QApplication.startDragDistance():
                self._selection = (self._anchor, token)
                self.viewport().update()
            return
        self._point(token)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Begin a click or a selection."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
            self._anchor = self.token_at(event.position())
            self._selection = None
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click without a drag locks the token, or releases the locked one."""
        if event.button() is not Qt.MouseButton.LeftButton or self._selection is not None:
            return
        token = self.token_at(event.position())
        self.lock(-1 if token == self._lock else token)

    def leaveEvent(self, event: object) -> None:  # noqa: N802  # Qt's name
        """Nothing is pointed at once the mouse is elsewhere."""
        self._point(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """A view that grows leaves scrolling to what it stands in."""
        if self._grows:
            event.ignore()
            return
        super().wheelEvent(event)
        self._point(self.token_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows walk tokens, Enter locks, Ctrl+C copies, Ctrl+A selects."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text() or self._locked_text())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() in _STEPS and len(self._text):
            self._walk(_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._lock >= 0:
            self._walk_line(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and len(self._text):
            self.lock(0 if event.key() == Qt.Key.Key_Home else len(self._text) - 1)
        else:
            super().keyPressEvent(event)

    # Private

    def _point(self, token: int) -> None:
        if token == self._hover:
            return
        self._hover = token
        if self._lock < 0:
            self.pointed.emit(token, self.rect_of(token))
            self.viewport().update()

    def _scrolled(self) -> None:
        if self._lock >= 0:
            self.pointed.emit(self._lock, self.rect_of(self._lock))
        elif self._hover >= 0:
            self._point(-1)

    def _release(self) -> None:
        was = self._lock
        self._lock = -1
        if was >= 0:
            self.locked.emit(-1)
        self.pointed.emit(-1, QRect())
        self.viewport().update()

    def _forget_pointing(self) -> None:
        self._release()
        super()._forget_pointing()

    def _reveal(self, token: int) -> None:
        rect, bar = self.rect_of(token), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top() - self._line_height)
        elif rect.bottom() > self.viewport().height():
            over = rect.bottom() - self.viewport().height()
            bar.setValue(bar.value() + over + self._line_height)

    def _walk(self, step: int) -> None:
        here = self._lock if self._lock >= 0 else self._hover
        if here < 0:
            here = -1 if step > 0 else len(self._text)
        self.lock(min(max(here + step, 0), len(self._text) - 1))

    def _walk_line(self, step: int) -> None:
        rect = self.rect_of(self._lock)
        target = QPointF(rect.center().x(), rect.center().y() + step * self._line_height)
        token = self.token_at(target)
        if token >= 0:
            self.lock(token)

    def _locked_text(self) -> str:
        if self._lock < 0:
            return ""
        unit = self._text.unit_of[self._lock]
        return self._text.source_text(unit, unit)


def release(*views: TokenView) -> bool:
    """Release what is locked in any of these; False when nothing was."""
    locked = [view for view in views if view.locked_token >= 0]
    for view in locked:
        view.lock(-1)
    return bool(locked)


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
