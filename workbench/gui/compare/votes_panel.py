"""Where the person's own votes on the shown columns stand. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from workbench.core.text import plural
from workbench.experiments.column_votes import ColumnVotes, Record
from workbench.gui.compare.letters import letter
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.parts import EDGE, label, text_button, title_row, wrapping_label
from workbench.gui.theme import Theme, mixed
from workbench.gui.translate import mark, tr

_HEADS = ("column", mark("won, 95 %"), "", mark("won–lost–tied"), "items")
_SHARE_TIP = mark(
    "Points won of those that could be: a win is one, a tie or “both bad” half. The "
    "line is the 95 % Wilson interval; several votes on one item count as fewer than "
    "on as many items."
)
_TIPS = (
    "",
    _SHARE_TIP,
    "",
    mark("Against all other columns together; “both bad” counts as a tie."),
    mark("Different prompts and variables that were judged."),
)
NO_VOTES = mark(
    "You have not yet judged what stands in these columns against each other. In the arena you see"
    " two replies without names, and say which is better; what you said is counted here."
)
NOT_RUN = mark("Once two columns ran, your votes on them stand here.")
ALIKE = mark("Votes cannot tell these columns apart: model, settings and prompt are the same.")
_NAME_WIDTH = 130
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class VotesPanel(QWidget):
    """Win rates of the columns with intervals, and the way to the arena. It decides nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.facts = label("", "muted")
        self.vote = text_button(tr("Vote blind"), "", accessible=tr("Vote blind in the arena"))
        self.vote.setToolTip(
            tr("Two replies without names; you say which is better (the Arena tab)")
        )
        self.note = wrapping_label("muted")
        self._rows = QGridLayout()
        self._parts: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addLayout(title_row(tr("Your votes"), self.vote, left=(self.facts,)))
        self._rows.setContentsMargins(EDGE, 0, EDGE, 0)
        self._rows.setHorizontalSpacing(14)
        self._rows.setVerticalSpacing(5)
        self._rows.setColumnMinimumWidth(0, _NAME_WIDTH)
        for at in (0, 1):
            self._rows.setColumnStretch(at, 1)
        column.addLayout(self._rows)
        self.note.setContentsMargins(EDGE, 2, EDGE, 2)
        column.addWidget(self.note)
        column.addStretch(1)
        self.show_nothing(tr(NOT_RUN))

    def on_vote(self, call: Callable[[], object]) -> None:
        """What the button does."""
        self.vote.clicked.connect(lambda _checked=False: call())

    def show_nothing(self, why: str) -> None:
        """No votes, and why."""
        self._clear()
        self.facts.setText("")
        self._say(why)

    def show_votes(self, found: ColumnVotes, titles: Sequence[str]) -> None:
        """The records of the columns, by number; a column without a decision has no row."""
        self._clear()
        votes, items = plural(found.decisions, "vote"), plural(found.items, "item")
        self.facts.setText(f"{votes} on {items}")
        for at, (head, tip) in enumerate(zip(_HEADS, _TIPS, strict=True)):
            self._put(0, at, head, tip, "caption")
        row = 1
        for number, (record, title) in enumerate(zip(found.records, titles, strict=True)):
            if record is None or record.share is None or record.interval is None:
                continue
            name, tip = f"{letter(number)} · {title}", against_words(found, number)
            self._put(row, 0, name, f"{name}\n{tip}")
            whisker = _Share(self._theme, record, name)
            self._parts.append(whisker)
            self._rows.addWidget(whisker, row, 1)
            self._put(row, 2, f"{record.share:.0%}", interval_words(record), right=True)
            games = f"{record.wins:,}–{record.losses:,}–{record.ties:,}"
            self._put(row, 3, games, tip, right=True)
            self._put(row, 4, f"{record.items:,}", "", right=True)
            row += 1
        self._say("")

    def texts(self) -> list[str]:
        """What the table says, cell by cell."""
        return [part.text() for part in self._parts if hasattr(part, "text")]

    def _put(
        self, row: int, column: int, text: str, tip: str, role: str = "", *, right: bool = False
    ) -> None:
        made = label(text, role)
        made.setToolTip(tip)
        if right or column > 2:
            made.setAlignment(_RIGHT)
        made.setSizePolicy(
            QSizePolicy.Policy.Preferred if column else QSizePolicy.Policy.Ignored,
            QSizePolicy.Policy.Fixed,
        )
        self._parts.append(made)
        self._rows.addWidget(made, row, column)

    def _clear(self) -> None:
        for part in self._parts:
            self._rows.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))


def wins_words(record: Record | None) -> str:
    """A column's record in one line under its reply."""
    if record is None or record.share is None:
        return "–"
    return tr(
        "{plural} of {decisions:,} · {share:.0%}",
        plural=plural(record.wins, "win"),
        decisions=record.decisions,
        share=record.share,
    )


def interval_words(record: Record) -> str:
    """The ends of its interval."""
    held = record.interval
    return (
        ""
        if held is None
        else tr("{low:.0%} to {high:.0%} in 95 of 100 cases", low=held.low, high=held.high)
    )


def against_words(found: ColumnVotes, number: int) -> str:
    """How a column did against each other one, a line each."""
    lines = [
        tr(
            "against {letter}: {wins:,} won, {losses:,} lost, {ties:,} tied",
            letter=letter(other),
            wins=one.wins,
            losses=one.losses,
            ties=one.ties,
        )
        for (own, other), one in sorted(found.against.items())
        if own == number and one.decisions
    ]
    return "\n".join(lines)


class _Share(QWidget):
    """A share as a dot on the line of its interval, from 0 to 1, with a mark at one half."""

    def __init__(self, theme: Theme, record: Record, name: str) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._record = theme, record
        self.setMinimumSize(QSize(80, 20))
        self.setAccessibleName(f"{name}: {record.share or 0:.0%}, {interval_words(record)}")
        self.setToolTip(interval_words(record))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw it."""
        share, held, c = self._record.share, self._record.interval, self._theme.colours
        if share is None or held is None:
            return
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(5, 0, -5, 0)
        middle = room.center().y()

        def x(value: float) -> float:
            return room.left() + value * room.width()

        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(QPointF(x(0.5), room.top()), QPointF(x(0.5), room.bottom()))
        painter.setPen(QPen(mixed(c.pane, c.accent, 0.5), 3))
        painter.drawLine(QPointF(x(held.low), middle), QPointF(x(held.high), middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        painter.drawEllipse(QPointF(x(share), middle), 4, 4)
        painter.end()
