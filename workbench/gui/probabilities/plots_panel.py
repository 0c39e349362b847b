"""The Plots tab: three plots, each with its exports. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QVBoxLayout, QWidget

from workbench.core.errors import UserError
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.parts import EDGE, horizontal_line, label, text_button, title_row
from workbench.gui.probabilities.plot_data import Bars, Curves, bars_csv
from workbench.gui.probabilities.plots import BarPlot, CurvePlot, Plot
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class PlotsPanel(QWidget):
    """Probability and entropy, the next token, ranks.

    Attributes:
        shown_next, shown_ranks: the bars that are drawn.
        curves_csv: writes the curves that are drawn.

    Signals:
        token_chosen(index): the person chose a token of the reply in a plot.
    """

    token_chosen = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.messages = MessageBar(theme)
        self.curves = CurvePlot(theme, fonts, self.token_chosen.emit)
        self.next = BarPlot(theme, fonts, tr("The next token"), lying=True)
        self.ranks = BarPlot(theme, fonts, tr("Ranks of the said tokens"), lying=False)
        self.next_note = label("", "muted")
        self.curves_csv: Callable[[], str] = str
        self.shown_next = self.shown_ranks = Bars((), (), "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.messages)
        for title, note, plot, name, csv in (
            (tr("Along the reply"), None, self.curves, "reply", self._curves_text),
            (tr("The next token"), self.next_note, self.next, "next-token", self._next_text),
            (tr("Ranks"), None, self.ranks, "ranks", self._ranks_text),
        ):
            self._add(column, title, note, plot, name, csv)

    def show_curves(self, found: Curves, csv: Callable[[], str]) -> None:
        """Show a reply; `csv` writes it when it is wanted."""
        self.curves.show_curves(found)
        self.curves_csv = csv

    def show_next(self, bars: Bars, note: str) -> None:
        """Show what could have been said at one place; `note` names it."""
        self.shown_next = bars
        self.next.show_bars(bars)
        self.next_note.setText(note)

    def show_ranks(self, bars: Bars) -> None:
        """Show how many tokens of the reply were first, among the first ten, and so on."""
        self.shown_ranks = bars
        self.ranks.show_bars(bars)

    def save(self, plot: Plot, csv: Callable[[], str], path: Path) -> None:
        """Write a plot as PNG, SVG or CSV, by the name's ending.

        Raises:
            UserError: the file cannot be written.
        """
        if path.suffix.lower() != ".csv":
            plot.save_picture(path)
            return
        try:
            path.write_text(csv(), encoding="utf-8", newline="\n")
        except OSError as error:
            raise UserError(
                tr(
                    "{path} cannot be written: {strerror}.",
                    path=path,
                    strerror=error.strerror or error,
                )
            ) from error

    def _add(
        self,
        column: QVBoxLayout,
        title: str,
        note: QLabel | None,
        plot: Plot,
        name: str,
        csv: Callable[[], str],
    ) -> None:
        button = text_button(tr("Export ▾"), accessible=tr("Export: {title}", title=title))
        menu = QMenu(button)
        for ending in ("png", "svg", "csv"):
            menu.addAction(f"{ending.upper()}…", partial(self._ask, plot, csv, name, ending))
        menu.addAction(tr("Copy as CSV"), lambda: QGuiApplication.clipboard().setText(csv()))
        button.setMenu(menu)
        left = (note,) if note is not None else ()
        column.addLayout(title_row(title, button, left=left))
        plot.setContentsMargins(EDGE - 6, 0, EDGE - 6, 4)
        plot.setMinimumHeight(130)
        column.addWidget(plot, 1)
        if plot is not self.ranks:
            column.addWidget(horizontal_line())

    def _ask(self, plot: Plot, csv: Callable[[], str], name: str, ending: str) -> None:
        """Opens a file dialog; a problem stands above the plots."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export"), f"{name}.{ending}", f"{ending.upper()} (*.{ending})"
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != f".{ending}":
            path = path.with_name(f"{path.name}.{ending}")
        try:
            self.save(plot, csv, path)
        except UserError as error:
            self.messages.show_message("export", from_error(error))
        else:
            self.messages.dismiss("export")

    def _curves_text(self) -> str:
        return self.curves_csv()

    def _next_text(self) -> str:
        return bars_csv(self.shown_next)

    def _ranks_text(self) -> str:
        return bars_csv(self.shown_ranks)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Narrow and high."""
        return QSize(360, 700)
