"""The leaderboard: models by suites over everything in the history. GUI thread."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from workbench import __version__
from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.files import write_whole
from workbench.experiments.report.render import board_html
from workbench.experiments.statistics.words import number
from workbench.gui.compare.sheets import Sheet, tool_row
from workbench.gui.experiments.board_rows import BoardText, Standing, board_text, standing
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.experiments.tables import Index, plain_table
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.page import PageTools
from workbench.gui.parts import EDGE, label, pane, text_button, wrapping_label
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr, tr_n

_KEY = "leaderboard"
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_TELL_MS = 150
_EMPTY = mark("Every evaluation that is kept in the history stands here. Run a task first.")
_LEGEND = mark("★ best of its suite   ≈ its difference from the best may be noise, item by item")


class BoardModel(QAbstractTableModel):
    """Models by suites."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.standing: Standing | None = None
        self._cells: list[list[BoardText]] = []
        self._heads: list[str] = []

    def show_standing(self, found: Standing) -> None:
        """Show another one."""
        self.beginResetModel()
        board = found.board
        self.standing = found
        metrics = {suite: c.entry.info.label for (_, suite), c in board.cells.items()}
        self._heads = [tr("model"), *(f"{s}, {metrics.get(s, '')}" for s in board.suites)]
        if not board.why_no_means:
            self._heads.append("mean")
        self._cells = []
        for subject in board.subjects:
            row = [board_text(board.cells.get((subject, suite))) for suite in board.suites]
            if not board.why_no_means:
                mean = board.means[subject]
                text = "–" if mean is None else number(mean)
                row.append(BoardText(text, False, tr("Every suite counts alike.")))
            self._cells.append(row)
        self.endResetModel()

    def source_at(self, row: int, column: int) -> str:
        """The evaluation behind a cell; empty when there is none."""
        if self.standing is None or row < 0 or column < 1:
            return ""
        board = self.standing.board
        if column > len(board.suites):
            return ""
        cell = board.cells.get((board.subjects[row], board.suites[column - 1]))
        return "" if cell is None else cell.entry.source

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """One for each subject."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """The subject, its suites, and the mean where there is one."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A cell."""
        row, column = index.row(), index.column()
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if self.standing is None:
            return None
        if column == 0:
            return self.standing.board.subjects[row] if role == _Role.DisplayRole else None
        cell = self._cells[row][column - 1]
        if role == _Role.DisplayRole:
            return cell.text
        if role == _Role.ToolTipRole:
            return cell.tip
        if role == _Role.ForegroundRole and cell.level:
            return self._theme.colour("good")
        return None

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """What the columns hold."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._heads[section] if role in (_Role.DisplayRole, _Role.ToolTipRole) else None


class Leaderboard(QObject):
    """Reads the history when the sheet is shown, and opens what is behind a cell.

    Signals:
        evaluation_wanted(name): the person wants to see the evaluation behind a cell.
    """

    evaluation_wanted = Signal(str)

    def __init__(self, tools: PageTools, space: ExperimentSpace) -> None:
        super().__init__(space)
        self._tools, self._messages = tools, space.messages
        self._lane, self._files = Lane("leaderboard", self), Lane("board-report", self)
        self._cancel = CancelToken()
        self._done: tuple[int, int] = (0, 0)
        self.is_reading = False
        self.model = BoardModel(tools.theme)
        self.table = plain_table(tr("Leaderboard"), tools.fonts, self.model)
        self.table.activated.connect(self._open)
        self.said = label("", "muted")
        self.button = PrimaryButton(tools.theme, tools.fonts)
        self.button.show_text(tr("Read again"), "Ctrl ↵")
        self.button.clicked.connect(self.read)
        self.report = text_button(tr("Report…"), "", accessible=tr("Write the leaderboard as HTML"))
        self.report.clicked.connect(self._ask_report)
        self.tools = tool_row(self.said, self.report, self.button)
        self.empty = wrapping_label("empty")
        self.empty.setText(tr(_EMPTY))
        self.empty.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self.note = wrapping_label("caption")
        self.note.setContentsMargins(EDGE, 8, EDGE, 8)
        self.body = self._body()
        self._timer = QTimer(self)
        self._timer.setInterval(_TELL_MS)
        self._timer.timeout.connect(self._tell)
        self._show_any(False)

    def sheet(self) -> Sheet:
        """The leaderboard as a sheet of the workspace."""
        return Sheet(
            tr("Leaderboard"), self.tools, self.body, self.read, self.stop, self.shown, self.close,
            help="experiments",
        )  # fmt: skip

    def shown(self) -> None:
        """The sheet came to the front."""
        if not self.is_reading:
            self.read()

    def read(self) -> None:
        """Read the history again."""
        self._cancel.cancel()
        self._cancel = cancel = CancelToken()
        self.is_reading = True
        self._done = (0, 0)
        self._timer.start()
        self.empty.setText(tr("Reading the history …"))
        store = self._tools.session.store

        def progress(done: int, total: int) -> None:
            self._done = (done, total)

        self._lane.submit(lambda: standing(store, progress, cancel), self._show, self._not_read)

    def stop(self) -> bool:
        """Stop reading; whether there was something to stop."""
        was = self.is_reading
        self._cancel.cancel()
        return was

    def close(self) -> None:
        """End the threads."""
        self._timer.stop()
        self._cancel.cancel()
        self._lane.close()
        self._files.close()

    def write_report(self, path: Path) -> None:
        """Write the leaderboard and the reports behind it."""
        found = self.model.standing
        if found is None or not found.reports:
            return
        made = tr(
            "{astimezone:%Y-%m-%d %H:%M} with workbench {version}",
            astimezone=datetime.now().astimezone(),
            version=__version__,
        )

        def write() -> Path:
            text = board_html(found.board, [r.data for r in found.reports], made)
            write_whole(path, text.encode("utf-8", "replace").decode("utf-8"))
            return path

        self._files.submit(write, self._written, self._failed)

    def _show(self, found: Standing) -> None:
        self._end()
        self.empty.setText(tr(_EMPTY))
        self.model.show_standing(found)
        self.table.resizeColumnsToContents()
        board, left = found.board, found.left_out
        self._show_any(bool(board.subjects))
        count = len(found.reports)
        shown = tr_n("1 evaluation", "{n:,} evaluations", count)
        self.said.setText(
            tr("{shown} · {n_left:,} left out", shown=shown, n_left=len(left)) if left else shown
        )
        self.said.setToolTip("\n".join(left[:10]))
        self.note.setText(f"{tr(_LEGEND)}\n{tr(board.why_no_means)}".strip())

    def _not_read(self, error: Exception) -> None:
        self._end()
        self.said.clear()
        if not isinstance(error, Cancelled):
            self._failed(error)

    def _end(self) -> None:
        self.is_reading = False
        self._timer.stop()

    def _tell(self) -> None:
        done, total = self._done
        self.said.setText(
            tr("{done:,} of {total:,} evaluations", done=done, total=total)
            if total
            else tr("reading …")
        )

    def _open(self, index: QModelIndex) -> None:
        source = self.model.source_at(index.row(), index.column())
        if source:
            self.evaluation_wanted.emit(source)

    def _show_any(self, there: bool) -> None:
        for part, on in ((self.table, there), (self.note, there), (self.empty, not there)):
            part.setVisible(on)
        self.report.setEnabled(there)

    def _body(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addStretch(0)
        return holder

    def _ask_report(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._tools.window, tr("Write the leaderboard"), "leaderboard.html", "HTML (*.html)"
        )
        if chosen:
            path = Path(chosen)
            self.write_report(path if path.suffix else path.with_suffix(".html"))

    def _written(self, path: Path) -> None:
        message = Message(tr("The leaderboard is in {path}.", path=path), level=Level.INFO)
        self._messages.show_message(_KEY, message)

    def _failed(self, error: Exception) -> None:
        self._messages.show_message(_KEY, from_error(error))
