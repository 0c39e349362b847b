"""The plot in front and what it is about. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from workbench.experiments.report.values import ReportData
from workbench.gui.experiments.plot_series import NOTHING_YET, Drawing, Kind, Nothing
from workbench.gui.experiments.plots import EvalPlot
from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, pane, text_button, title_row, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_OF_ONE = (Kind.CONFUSION, Kind.GRID)
_OF_TWO = (Kind.SCATTER,)


class PlotPanel(QWidget):
    """Chooses a plot and shows it.

    Signals:
        wanted(): another plot, or another subject, was chosen.
        item_wanted(place): an item was clicked in the plot.
        picture_wanted(): the person wants the plot as a file.
    """

    wanted = Signal()
    item_wanted = Signal(int)
    picture_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Which plot"))
        for kind in Kind:
            self.kind.addItem(tr(kind.value), kind)
        self.a, self.b = QComboBox(), QComboBox()
        self.a.setAccessibleName(tr("Subject"))
        self.b.setAccessibleName(tr("The other subject"))
        self.picture = text_button(tr("Picture…"), accessible=tr("Write the plot as PNG or SVG"))
        self.note = wrapping_label("caption")
        self.note.setContentsMargins(EDGE, 4, EDGE, 8)
        self.empty = wrapping_label("empty")
        self.empty.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self.plot: EvalPlot | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self._top(self.empty))
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Plot"), self.picture, left=(self.kind, self.a, self.b)))
        column.addWidget(self.stack, 1)
        column.addWidget(self.note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(holder)
        for box in (self.kind, self.a, self.b):
            box.activated.connect(lambda _i: self.wanted.emit())
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        for box in (self.a, self.b):
            box.setMaximumWidth(150)
        self.picture.clicked.connect(self.picture_wanted)
        self.show_drawing(Nothing(tr(NOTHING_YET)))

    @property
    def chosen(self) -> Kind:
        """The plot that is chosen."""
        found: Kind = list(Kind)[self.kind.currentIndex()]
        return found

    def choose(self, kind: Kind) -> None:
        """Choose a plot as if the person had."""
        self.kind.setCurrentIndex(list(Kind).index(kind))
        self.wanted.emit()

    def use_subjects(self, data: ReportData | None) -> None:
        """Offer these subjects; the chosen ones stay where they can."""
        labels = [s.label for s in data.subjects] if data is not None else []
        for number, box in enumerate((self.a, self.b)):
            kept = box.currentText()
            if [box.itemText(i) for i in range(box.count())] == labels:
                continue
            box.clear()
            box.addItems(labels)
            at = labels.index(kept) if kept in labels else min(number, len(labels) - 1)
            box.setCurrentIndex(at)

    def show_drawing(self, found: Drawing) -> None:
        """Draw it, or say why there is nothing to draw."""
        several = self.a.count() > 1
        self.a.setVisible(several and self.chosen in (*_OF_ONE, *_OF_TWO))
        self.b.setVisible(several and self.chosen in _OF_TWO)
        self.picture.setVisible(not isinstance(found, Nothing))
        if isinstance(found, Nothing):
            self.empty.setText(tr_said(found.why))
            self.note.clear()
            self.stack.setCurrentIndex(0)
            return
        if self.plot is None:
            self.plot = EvalPlot(self._theme, self._fonts, self.item_wanted.emit)
            self.stack.addWidget(self.plot)
        self.plot.show_drawing(found)
        self.note.setText(tr_said(found.note))
        self.stack.setCurrentIndex(1)

    def save_picture(self, path: Path) -> None:
        """Write the plot.

        Raises:
            UserError: the file cannot be written.
        """
        if self.plot is not None:
            self.plot.save_picture(path)

    def _top(self, part: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        column.addStretch(1)
        return holder
