"""The sampler microscope: which token, the picture, and one line of facts. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from workbench.experiments.microscope import Microscope
from workbench.gui.fonts import Fonts
from workbench.gui.microscope.stage_picture import StagePicture
from workbench.gui.parts import EDGE, label, text_button, title_row, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

EMPTY = mark(
    "Choose a token of the reply (click it, or walk with the arrow keys): here every sampler"
    " shows what it leaves of the model's distribution there."
)
_HINT = mark("Drag a stage's name to reorder · Alt+←/→ moves it · Ctrl+C copies the numbers")
_UNDECIDED = {
    "grammar": mark(
        "The grammar forbids an earlier token of this reply, so nothing can be said here."
    ),
    "mirostat": mark(
        "Mirostat would have drawn another token before, so its state is not known here."
    ),
    "adaptive_p": mark(
        "Adaptive-p would have drawn another token before, so its state is not known."
    ),
}


class MicroscopePanel(QWidget):
    """Title, picture, facts; or the reason why there is nothing to show."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "pane")
        self.chip = label("", "chip", name="microscope-token")
        self.note = label("", "muted", name="microscope-note")
        self.copy_button = text_button(tr("Copy"), accessible=tr("Copy the microscope's numbers"))
        self.copy_button.setToolTip(tr("Copy every number as a table (Ctrl+C in the picture)"))
        self.copy_button.clicked.connect(self._copy)
        self.export_button = text_button(tr("Export ▾"), accessible=tr("Export the microscope"))
        self.export_button.setToolTip(tr("The picture as PNG or SVG, the numbers as a table"))
        self.picture = StagePicture(theme, fonts)
        self.foot = label("", "caption", name="microscope-facts")
        self.foot.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reason = wrapping_label("muted")
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason.setContentsMargins(EDGE, 4, EDGE, 8)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.reason)
        self._stack.addWidget(self.picture)
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE - 4, 2, EDGE, 6)
        foot.addWidget(self.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(
            title_row(
                tr("Sampler microscope"),
                self.note,
                self.copy_button,
                self.export_button,
                left=(self.chip,),
            )
        )
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        self.picture.pointed.connect(self._point)
        self.show_reason(tr(EMPTY))

    def show_found(self, found: Microscope, token: str) -> None:
        """Show the chain at a token, named in the chip."""
        self.chip.setText(token)
        self.chip.show()
        self.copy_button.show()
        self.export_button.show()
        self._stack.setCurrentWidget(self.picture)
        self.picture.show_found(found)
        how = "" if found.kept else tr(" · logits computed again")
        self.note.setText(f"{found.ms:,.0f} ms{how}")
        self.note.setToolTip(
            tr(
                "From asking the engine to its answer. Logits of the last replies are kept; others"
                " are computed again."
            )
        )
        if found.undecided:
            self.foot.setText(tr(_UNDECIDED[found.undecided]))
        set_role(self.foot, "warning" if found.undecided else "caption")

    def show_reason(self, text: str, *, wrong: bool = False) -> None:
        """Say why there is no picture; an old one disappears."""
        self.picture.show_found(None)
        self.reason.setText(text)
        set_role(self.reason, "warning" if wrong else "muted")
        self._stack.setCurrentWidget(self.reason)
        self.chip.hide()
        self.copy_button.hide()
        self.export_button.hide()
        self.note.setText("")
        self.foot.setText("")

    def show_note(self, text: str) -> None:
        """What stands at the title's right end while one waits."""
        self.note.setText(text)

    def _copy(self) -> None:
        if self.picture.found is not None:
            QGuiApplication.clipboard().setText(self.picture.found.table())

    def _point(self, facts: str) -> None:
        found = self.picture.found
        if found is not None and not found.undecided:
            self.foot.setText(facts or tr(_HINT))
