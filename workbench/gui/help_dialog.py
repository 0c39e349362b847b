"""Help: every shortcut, how to read the colours, and the pages of the guide. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.actions import ACTIONS, ARENA_KEYS, EDITOR_KEYS, TOKEN_KEYS
from workbench.gui.help_browser import HelpBrowser
from workbench.gui.help_contents import HelpContents
from workbench.gui.help_pages import help_pages, matching
from workbench.gui.help_picture import PictureDialog
from workbench.gui.keymap import Keymap, keymap_of, native
from workbench.gui.parts import label, pane, text_button, vertical_line, wrapping_label
from workbench.gui.translate import key_names, language_shown, mark, tr, tr_n

_READING = mark(
    "Every token of a reply is coloured by how surprised the model was. Point at one to see what "
    "else it could have said; click to keep the card. Rank 0 is the likeliest token. Figures come "
    "from the model before any sampler; the column “sampled” says what the samplers made of "
    "them. nats are natural logarithms: 0.7 nats is 50 %, 2.3 nats 10 %, 4.6 nats 1 %."
)


class HelpDialog(QDialog):
    """Contents and a search at the left, the list of keys or a page at the right.

    Ctrl+F goes to the search, Enter there to the next place; Alt+Left and Alt+Right leaf through
    what was shown.
    """

    def __init__(self, parent: QWidget, page: str = "") -> None:
        """`page`: the name of the page in front at first; empty for the keys."""
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages = help_pages()
        self._named = {one.name: one for one in self._pages}
        self._seen: list[str] = []
        self._at = -1
        self.browser = HelpBrowser(keymap_of(parent))
        self.browser.setAccessibleName(tr("Help page"))
        self.contents = HelpContents(self._pages)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the guide"))
        self.search.setAccessibleName(tr("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.found = label("", "muted")
        self.in_english = wrapping_label("caption")
        self.in_english.setText(tr("The pages of the guide are in English."))
        self.in_english.setContentsMargins(20, 8, 20, 4)
        self.back = text_button(tr("‹ Back"))
        self.forward = text_button(tr("Forward ›"))
        self._stack = QStackedWidget()
        self._stack.addWidget(_keys(keymap_of(parent)))
        self._stack.addWidget(self.browser)
        self._lay_out()
        self._connect()
        self.show_page(page if page in self._named else "")
        self.resize(1080, 760)
        self.contents.setFocus()

    def show_page(self, name: str, heading: str = "") -> None:
        """Bring a page to the front, at a heading; the empty or an unknown name is the keys."""
        known = name if name in self._named else ""
        if not self._seen or self._seen[self._at] != known:
            self._seen = [*self._seen[: self._at + 1], known]
            self._at = len(self._seen) - 1
        self._bring(known, heading)

    @property
    def page(self) -> str:
        """The name of the page in front; empty for the keys."""
        return self._seen[self._at]

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 4, 8, 0)
        left.setSpacing(6)
        left.addWidget(self.search)
        left.addWidget(self.found)
        left.addWidget(self.contents, 1)
        self.found.hide()
        body = QHBoxLayout()
        body.setContentsMargins(10, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(left)
        body.addWidget(vertical_line())
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.in_english)
        right.addWidget(self._stack, 1)
        body.addLayout(right, 1)
        close = text_button(tr("Close"), "")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, 14, 0)
        foot.addWidget(self.back)
        foot.addWidget(self.forward)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(10)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.contents.chosen.connect(self.show_page)
        self.browser.page_wanted.connect(self._follow)
        self.browser.picture_wanted.connect(self._show_picture)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._next)
        self.back.clicked.connect(lambda: self._leaf(-1))
        self.forward.clicked.connect(lambda: self._leaf(1))
        for keys, call in (
            ("Ctrl+F", self._to_search),
            ("F3", self._next),
            ("Alt+Left", self.back.click),
            ("Alt+Right", self.forward.click),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(call)

    def _show_picture(self, image: QImage, said: str) -> None:
        PictureDialog(self, image, said).open()

    def _bring(self, name: str, heading: str = "") -> None:
        if name:
            self.browser.show_page(self._named[name], heading)
            self._find_first()
        self.in_english.setVisible(bool(name) and language_shown() != "en")
        self._stack.setCurrentIndex(1 if name else 0)
        self.contents.mark_page(name)
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at + 1 < len(self._seen))

    def _follow(self, name: str, heading: str) -> None:
        """A link: another page, or a heading of this one."""
        if name:
            self.show_page(name, heading)
        else:
            self.browser.show_heading(heading)

    def _leaf(self, step: int) -> None:
        if 0 <= self._at + step < len(self._seen):
            self._at += step
            self._bring(self._seen[self._at])

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search(self, wanted: str) -> None:
        wanted = wanted.strip()
        pages = matching(self._pages, wanted) if wanted else self._pages
        self.contents.show_pages(pages, found=bool(wanted))
        self.found.setVisible(bool(wanted))
        self.found.setText(tr_n("{n} page", "{n} pages", len(pages)))
        if wanted and pages:
            self.show_page(pages[0].name)
        else:
            self.contents.mark_page(self.page)

    def _next(self) -> None:
        if self.page and (wanted := self.search.text().strip()):
            self._find(wanted)

    def _find_first(self) -> None:
        if wanted := self.search.text().strip():
            self._find(wanted)

    def _find(self, wanted: str) -> None:
        """The words as they stand, else the first of them."""
        if not self.browser.find_words(wanted):
            self.browser.find_words(wanted.split(maxsplit=1)[0])


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
    area.setAccessibleName(tr("Every key, and what it does"))
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
