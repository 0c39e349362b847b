"""The panel of the leaderboard: whose votes, the table, win rates, remarks. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from workbench.core.ranking import By
from workbench.experiments.leaderboard import HUMAN, Leaderboard
from workbench.gui.arena.board_table import BoardTable
from workbench.gui.arena.win_matrix import WinMatrix
from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, label, pane, text_button, title_row, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr, tr_n

BY_WORDS = {
    By.MODEL: mark("models"),
    By.SETTINGS: mark("settings"),
    By.PROMPT: mark("prompt versions"),
    By.ALL: mark("everything together"),
}
_EVERY_TAG = mark("every tag")
_PEOPLE = mark("people")
_CELL = 34
_MATRIX_HEAD = 40
_HIGHEST = 420


class BoardPanel(QWidget):
    """Shows a leaderboard.

    Attributes:
        shown: what stands in it; None before the first.

    Signals:
        wanted(): another ranking was chosen.
    """

    wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self.facts = label("", "muted")
        self.by, self.voter, self.tag = QComboBox(), QComboBox(), QComboBox()
        for box, name in (
            (self.by, tr("Rank by")),
            (self.voter, tr("Whose votes")),
            (self.tag, tr("Tag")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(lambda _i: self.wanted.emit())
        for by, text in BY_WORDS.items():
            words = tr(text)
            self.by.addItem(words, by)
        self.voter.addItem(tr(_PEOPLE), HUMAN)
        self.tag.addItem(tr(_EVERY_TAG), "")
        self.table = BoardTable(theme)
        self.matrix_title = label(tr("Points the row took from the column"), "caption")
        self.matrix: WinMatrix | None = None
        self.refusal = wrapping_label("muted")
        self.remarks = wrapping_label("caption")
        self.agreement = wrapping_label("caption")
        self.judge = text_button(tr("Let a model judge"), "")
        self.judge_menu = QMenu(self)
        self.judge.setMenu(self.judge_menu)
        self.export = text_button(tr("Export…"), accessible=tr("Export the leaderboard"))
        self.export_menu = QMenu(self)
        self.export.setMenu(self.export_menu)
        self.shown: Leaderboard | None = None
        self.judging = label("", "muted")
        self.stop = text_button(tr("Stop"), "small", accessible=tr("Stop the judge"))
        self.stop.hide()
        self._assemble()

    @property
    def chosen_by(self) -> By:
        """What is ranked."""
        return By(self.by.currentData())

    def show_board(self, board: Leaderboard) -> None:
        """A leaderboard, or why there is none."""
        self.shown = board
        self._offer(board)
        found, counted = board.ranking, board.ranking.counted
        refused = found.refusal is not None
        self.export.setVisible(not refused)
        self.table.setVisible(not refused)
        self.refusal.setVisible(refused)
        if found.refusal is not None:
            said = f"{tr_said(found.refusal.reason)} {tr_said(found.refusal.hint)}"
            self.refusal.setText(said.strip())
        self.table.show_ranking(found)
        votes, items = (
            tr_n("1 vote", "{n:,} votes", counted.ballots),
            tr_n("1 item", "{n:,} items", counted.items),
        )
        self.facts.setText(
            "" if refused else tr("{votes} on {items} · Bradley–Terry", votes=votes, items=items)
        )
        self._show_matrix(board)
        self.remarks.setText("\n".join(map(tr_said, found.remarks)))
        self.remarks.setVisible(bool(found.remarks))
        lines = [
            tr(
                "{a} and {b}: the same on {same:.0%} of {pairings}, kappa {kappa}, alpha {alpha}",
                a=one.a,
                b=one.b,
                same=one.same,
                pairings=tr_n("1 pairing", "{n:,} pairings", one.pairings),
                kappa=_number(one.kappa),
                alpha=_number(one.alpha),
            )
            for one in board.agreement
            if one.same is not None
        ]
        self.agreement.setText("\n".join(lines))
        self.agreement.setVisible(bool(lines))

    def _offer(self, board: Leaderboard) -> None:
        """Voters and tags there are; the chosen ones stay chosen."""
        judges = [v.name for v, _ in board.voters if v.kind.value != HUMAN]
        people = [v.name for v, _ in board.voters if v.kind.value == HUMAN]
        voters = [(tr(_PEOPLE), HUMAN)]
        if len(people) > 1:
            voters += [(name, name) for name in people]
        voters += [(tr("judge {name}", name=name), name) for name in judges]
        _refill(self.voter, voters)
        _refill(
            self.tag, [(tr(_EVERY_TAG), ""), *((f"#{tag} ({n})", tag) for tag, n in board.tags)]
        )

    def _show_matrix(self, board: Leaderboard) -> None:
        count = len(board.ranking.rated)
        self.matrix_title.setVisible(count > 1)
        if self.matrix is None:
            if count < 2:
                return
            # pyqtgraph is imported when there is something to draw.
            self.matrix = WinMatrix(self._theme, self._fonts)
            self.matrix.setContentsMargins(0, 0, EDGE, 0)
            self._column.insertWidget(self._column.indexOf(self.matrix_title) + 1, self.matrix)
        self.matrix.setVisible(count > 1)
        self.matrix.setFixedHeight(min(_HIGHEST, _MATRIX_HEAD + _CELL * max(2, count)))
        self.matrix.show_ranking(board.ranking)

    def _assemble(self) -> None:
        holder = pane()
        self._column = column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addLayout(title_row(tr("Leaderboard"), self.facts, self.export))
        boxes = QHBoxLayout()
        boxes.setContentsMargins(EDGE, 0, EDGE, 4)
        boxes.setSpacing(8)
        for box in (self.by, self.voter, self.tag):
            boxes.addWidget(box)
        boxes.addStretch(1)
        column.addLayout(boxes)
        column.addWidget(self.table)
        for part in (self.refusal, self.matrix_title, self.remarks, self.agreement):
            part.setContentsMargins(EDGE, 2, EDGE, 2)
            column.addWidget(part)
        self.matrix_title.hide()
        column.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 4, EDGE, 4)
        row.setSpacing(8)
        row.addWidget(self.judge)
        row.addWidget(self.judging)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addLayout(row)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)


def _refill(box: QComboBox, rows: list[tuple[str, str]]) -> None:
    kept = box.currentData()
    box.clear()
    for words, value in rows:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.setVisible(len(rows) > 1)


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"
