"""Help: every shortcut, how to read the colours, and the pages of the guide. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.actions import ACTIONS, ARENA_KEYS, EDITOR_KEYS, TOKEN_KEYS
from workbench.gui.help_pages import HelpBrowser, help_pages
from workbench.gui.keymap import Keymap, keymap_of, native
from workbench.gui.parts import label, pane, text_button, vertical_line, wrapping_label
from workbench.gui.translate import key_names, mark, tr

_READING = mark(
    "Every token of a reply is coloured by how surprised the model was. Point at one to see what "
    "else it could have said; click to keep the card. Rank 0 is the likeliest token. Figures come "
    "from the model before any sampler; the column “sampled” says what the samplers made of "
    "them. nats are natural logarithms: 0.7 nats is 50 %, 2.3 nats 10 %, 4.6 nats 1 %."
)
_KEYS = mark("Keys and colours")
_LIST_WIDTH = 250


class HelpDialog(QDialog):
    """A list of pages at the left, the keys first, and the page at the right."""

    def __init__(self, parent: QWidget, page: str = "") -> None:
        """`page`: the name of the page in front at first; empty for the keys."""
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages = help_pages()
        self.browser = HelpBrowser()
        self.browser.setAccessibleName(tr("Help page"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Help pages"))
        self.list.addItems([tr(_KEYS), *(one.title for one in self._pages)])
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self._stack.addWidget(_keys(keymap_of(parent)))
        self._stack.addWidget(self.browser)
        body = QHBoxLayout()
        body.setContentsMargins(8, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.list)
        body.addWidget(vertical_line())
        body.addWidget(self._stack, 1)
        close = text_button(tr("Close"), "")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 14)
        column.setSpacing(10)
        column.addLayout(body, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignHCenter)
        self.list.currentRowChanged.connect(self._show)
        names = [one.name for one in self._pages]
        self.list.setCurrentRow(names.index(page) + 1 if page in names else 0)
        self.resize(1040, 740)

    def _show(self, row: int) -> None:
        if row > 0:
            self.browser.show_page(self._pages[row - 1])
        self._stack.setCurrentIndex(1 if row > 0 else 0)


def _keys(keymap: Keymap | None) -> QWidget:
    """Two columns: keys and what they do; below, how to read the colours."""
    grid_holder = pane()
    grid = QGridLayout(grid_holder)
    grid.setContentsMargins(20, 16, 20, 8)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(7)
    rows = [
        (keymap.shown(spec.name) if keymap is not None else native("".join(spec.keys[:1])),
         spec.help)
        for spec in ACTIONS
    ]  # fmt: skip
    for number, (keys, text) in enumerate([*rows, *EDITOR_KEYS, *TOKEN_KEYS, *ARENA_KEYS]):
        grid.addWidget(label(tr(key_names(keys)), "muted"), number, 0)
        grid.addWidget(label(tr(text)), number, 1)
    grid.setColumnStretch(1, 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(grid_holder)
    reading = wrapping_label("muted")
    reading.setText(tr(_READING))
    reading.setContentsMargins(20, 0, 20, 0)
    holder = pane()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addWidget(area, 1)
    column.addWidget(reading)
    return holder
