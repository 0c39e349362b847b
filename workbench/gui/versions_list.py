"""The versions of a prompt as a list: number, name, time, and the runs that used it. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from workbench.gui.direction import keep_left_to_right
from workbench.gui.fonts import SMALL_PIXELS, Fonts
from workbench.gui.parts import EDGE
from workbench.gui.theme import Theme
from workbench.gui.translate import tr, tr_n
from workbench.history.versions import Version

_HEIGHT = 46
_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One row.

    Attributes:
        version: None for the prompt as it stands, not saved.
        runs: ids of the runs with exactly this text, newest first.
    """

    version: Version | None
    runs: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        if self.version is None:
            return tr("now, not saved")
        return f"{self.version.label}  {self.version.name or ''}".rstrip()

    @property
    def note(self) -> str:
        """When it was saved, and what came of it."""
        if self.version is None:
            return tr("as it stands in the editor")
        words = [when_text(self.version.created_us)]
        if self.version.restored_from is not None:
            words.append(tr("from v{restored_from}", restored_from=self.version.restored_from))
        if self.runs:
            words.append(tr_n("1 run", "{n:,} runs", len(self.runs)))
        return " · ".join(words)


def when_text(created_us: int) -> str:
    """A moment: the time alone for today, the day and the time otherwise."""
    when, now = datetime.fromtimestamp(created_us / 1e6).astimezone(), datetime.now().astimezone()
    if when.date() == now.date():
        return tr("today {when:%H:%M}", when=when)
    return f"{when:%d %b %H:%M}" if when.year == now.year else f"{when:%d %b %Y}"


class VersionsList(QListWidget):
    """Newest first.

    Signals:
        selected(VersionEntry): the person stands on another row.
    """

    selected = Signal(object)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme = theme
        self.setAccessibleName(tr("Versions"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Row(theme, fonts, self))
        self.currentItemChanged.connect(self._changed)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: Sequence[VersionEntry]) -> None:
        """List them; the row of the same version stays selected, else the first is."""
        before = self.entry()
        number = before.version.number if before is not None and before.version else None
        self.blockSignals(True)
        self.clear()
        chosen = 0
        for row, entry in enumerate(entries):
            item = QListWidgetItem(entry.title)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, entry.note)
            item.setToolTip(
                "\n".join(entry.runs[:20]) and tr("Runs: ") + ", ".join(entry.runs[:20])
            )
            self.addItem(item)
            if entry.version is not None and entry.version.number == number:
                chosen = row
        self.setCurrentRow(chosen)
        self.blockSignals(False)
        self._changed()

    def entry(self) -> VersionEntry | None:
        """The row on which the person stands."""
        row = self.currentRow()
        return self._entry(row) if row >= 0 else None

    def entries(self) -> list[VersionEntry]:
        """Every row."""
        return [self._entry(row) for row in range(self.count())]

    def _entry(self, row: int) -> VersionEntry:
        entry: VersionEntry = self.item(row).data(_ENTRY)
        return entry

    def _changed(self) -> None:
        entry = self.entry()
        if entry is not None:
            self.selected.emit(entry)


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, fonts: Fonts, view: VersionsList) -> None:
        super().__init__(view)
        self._theme, self._fonts, self._view = theme, fonts, view

    def sizeHint(  # noqa: N802  # Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        rect, state = getattr(option, "rect", QRect()), getattr(option, "state", None)
        entry: VersionEntry = index.data(_ENTRY)
        flags = QStyle.StateFlag
        selected = state is not None and bool(state & flags.State_Selected)
        hovered = state is not None and bool(state & flags.State_MouseOver)
        colour = self._theme.colour
        painter.save()
        if selected:
            painter.fillRect(rect, colour("accent_wash"))
            if self._view.hasFocus():
                painter.fillRect(rect.adjusted(0, 0, 2 - rect.width(), 0), colour("focus"))
        elif hovered:
            painter.fillRect(rect, colour("chip"))
        room = rect.adjusted(EDGE, 6, -10, -6)
        title, note = self._fonts.ui(bold=selected), self._fonts.ui(SMALL_PIXELS)
        for font, text, ink, place in (
            (title, entry.title, "accent" if selected else "ink", Qt.AlignmentFlag.AlignTop),
            (note, entry.note, "chip_ink", Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font)
            painter.setPen(colour(ink))
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, place, elided)
        painter.restore()


def entries_of(
    versions: Sequence[Version], runs: Mapping[int, Sequence[str]], *, edited: bool
) -> list[VersionEntry]:
    """Rows for the versions, newest first; before them the prompt as it stands, if `edited`."""
    rows = [VersionEntry(version, tuple(runs.get(version.number, ()))) for version in versions]
    return [VersionEntry(None), *rows] if edited else rows
