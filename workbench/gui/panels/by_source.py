"""Where a token looked, by part of the prompt. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from workbench.core.attention_share import BySource, SinkMode
from workbench.gui.attention.bars import Bar, Bars
from workbench.gui.card_data import percent
from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, horizontal_line, text_button, title_row, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr, tr_n

EMPTY = mark("Click a token to see which part of the prompt the model looked at.")
_SHORT = {
    SinkMode.SHOWN: mark("sink: shown"),
    SinkMode.HIDDEN: mark("sink: hidden"),
    SinkMode.RENORMALISED: mark("sink: left out"),
}
_HELP = mark(
    "Models put attention they have no use for on the first token, and sometimes on others that "
    "every later token looks at. It can stand as a row of its own, be hidden, or be left out so "
    "that the other rows make 100 %."
)


class BySourcePanel(QWidget):
    """Title, how the sink is treated, a bar per part, and always the sink's share.

    Signals:
        sink_chosen(SinkMode): the person treats the sink in another way.
        help_wanted(): the person wants to know what stands here.
        pointed(row): the row asked about; -1 for none.
    """

    sink_chosen = Signal(object)
    pointed = Signal(int)
    help_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.button = text_button(tr("sink: shown ▾"), accessible=tr("The first token's share"))
        self.button.setToolTip(tr(_HELP))
        menu = QMenu(self)
        for mode in SinkMode:
            menu.addAction(
                tr("sink {value}", value=tr(mode.value)), partial(self.sink_chosen.emit, mode)
            )
        self.button.setMenu(menu)
        self.bars = Bars(theme, fonts, tr("Where it looked, by part of the prompt"), signed=False)
        self.note = wrapping_label("caption")
        self.reason = wrapping_label("muted")
        self.help = text_button("?", accessible=tr("Help: what stands here"))
        self.help.clicked.connect(self.help_wanted)
        self.bars.pointed.connect(self.pointed)
        inner = QVBoxLayout()
        inner.setContentsMargins(EDGE - 6, 0, EDGE - 6, 10)
        inner.setSpacing(4)
        inner.addWidget(self.bars)
        for words in (self.note, self.reason):
            words.setContentsMargins(6, 0, 6, 0)
            inner.addWidget(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(
            title_row(tr("Where it looked, by part of the prompt"), self.button, self.help)
        )
        column.addLayout(inner)
        column.addWidget(horizontal_line())
        self.show_reason(tr(EMPTY))

    def show_mode(self, mode: SinkMode) -> None:
        """What the button says."""
        self.button.setText(f"{tr(_SHORT[mode])} ▾")

    def show_shares(self, found: BySource, counts: Sequence[int | None], what: str) -> None:
        """Show shares.

        Args:
            counts: how many tokens each row has; None for a sink.
            what: which layer and head, in words.
        """
        rows = [
            Bar(
                tr_said(share.label),
                share.share,
                f"{percent(share.share)} %",
                faint=share.group is None,
                tip=_tip(tr_said(share.label), count),
            )
            for share, count in zip(found.shares, counts, strict=True)
        ]
        self.bars.show_rows(rows)
        self.show_mode(found.mode)
        self.note.setText(f"{what} · {_sink(found.sink_name)} {percent(found.sink)} %")
        self._show_numbers(True)

    def show_reason(self, text: str) -> None:
        """Say why there are no numbers."""
        self.bars.show_rows(())
        self.reason.setText(text)
        self._show_numbers(False)

    def _show_numbers(self, on: bool) -> None:
        self.bars.setVisible(on)
        self.note.setVisible(on)
        self.reason.setVisible(not on)


def _sink(name: str) -> str:
    """Which share was held back: that of the first token, or of several, "sink tokens (0), (7)"."""
    kind, space, places = name.partition(" (")
    return f"{tr_said(kind)}{space}{places}"


def _tip(label: str, count: int | None) -> str:
    if count is None:
        return tr("Attention that means nothing: the model has to put it somewhere.")
    return tr_n("{label}: 1 token", "{label}: {n:,} tokens", count, label=label)
