"""The prompt file as text, to read and copy, with its colours. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from workbench.gui.editor.block_edit import BlockEdit
from workbench.gui.fonts import Fonts
from workbench.gui.highlighter import YamlHighlighter
from workbench.gui.parts import horizontal_line, label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class SourceView(QFrame):
    """A card with the YAML; it is coloured only while somebody looks."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        set_role(self, "block")
        self.edit = BlockEdit(theme, fonts)
        self.edit.setReadOnly(True)
        self.edit.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.edit.setAccessibleName(tr("Prompt file as YAML"))
        self.highlighter = YamlHighlighter(self.edit.document(), theme)
        self._source = ""
        self._is_new = False
        note = label(tr("prompt file · as it will be saved"), "caption")
        note.setContentsMargins(10, 5, 12, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addWidget(note)
        column.addWidget(horizontal_line())
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 8, 12, 3)
        holder.addWidget(self.edit)
        column.addLayout(holder)

    def show_source(self, source: str) -> None:
        """The file as it would be saved now."""
        self._is_new = self._is_new or source != self._source
        self._source = source
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Catch up with what was edited meanwhile."""
        self._refresh()
        super().showEvent(event)

    def _refresh(self) -> None:
        if self._is_new:
            self._is_new = False
            self.edit.show_text(self._source)
            self.highlighter.read(self.edit.text())
