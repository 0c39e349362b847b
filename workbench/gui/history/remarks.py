"""What a person says about a run: star, rating, tags, note. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from workbench.gui.parts import EDGE, text_button
from workbench.gui.translate import tr
from workbench.history.curate import MOST_NOTE, RATINGS, Remarks


class RemarksBar(QWidget):
    """One row under the head of a run.

    Signals:
        starred(bool), rated(int or None), tagged(list of tags), noted(text): the person changed it.
        remove_wanted(): into the trash with it.
    """

    starred = Signal(bool)
    rated = Signal(object)
    tagged = Signal(list)
    noted = Signal(str)
    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.star = text_button("☆", "toggle", accessible=tr("Star"))
        self.star.setCheckable(True)
        self.star.setToolTip(tr("Mark this run with a star."))
        self.rating = QComboBox()
        self.rating.setAccessibleName(tr("Rating"))
        self.rating.addItem(tr("no rating"), None)
        for number in RATINGS:
            self.rating.addItem(tr("{number} of 5", number=number), number)
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(tr("tags, with commas"))
        self.tags.setAccessibleName(tr("Tags, separated by commas"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(tr("note"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setMaxLength(MOST_NOTE)
        self.remove = text_button(tr("Delete"), accessible=tr("Move this run to the trash"))
        self.remove.setToolTip(tr("Move this run to the trash; that can be undone."))
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 6, EDGE, 6)
        row.setSpacing(8)
        for widget, stretch in (
            (self.star, 0),
            (self.rating, 0),
            (self.tags, 2),
            (self.note, 3),
            (self.remove, 0),
        ):
            row.addWidget(widget, stretch)
        self._shown = Remarks((), False, None, "", False)
        self.star.clicked.connect(self.starred)
        self.star.toggled.connect(lambda on: self.star.setText("★" if on else "☆"))
        self.rating.activated.connect(lambda _i: self.rated.emit(self.rating.currentData()))
        self.tags.editingFinished.connect(self._tagged)
        self.note.editingFinished.connect(self._noted)
        self.remove.clicked.connect(self.remove_wanted)

    def show_remarks(self, found: Remarks | None, *, same_run: bool = False) -> None:
        """Show what was said about a run; None when it is not in the file.

        Of the `same_run` as before, a field in which somebody types keeps what was typed.
        """
        self.setEnabled(found is not None)
        self._shown = found or Remarks((), False, None, "", False)
        self.star.setChecked(self._shown.starred)
        self.rating.setCurrentIndex(max(0, self.rating.findData(self._shown.rating)))
        # A field of one line would show a line's end as nothing.
        note = self._shown.note.replace("\n", " ⏎ ")
        for field, text in ((self.tags, ", ".join(self._shown.tags)), (self.note, note)):
            if not (same_run and field.hasFocus() and field.isModified()):
                field.setText(text)

    def use_tags(self, tags: list[str]) -> None:
        """Tags to offer while one types."""
        completer = QCompleter(tags, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.tags.setCompleter(completer)

    def _tagged(self) -> None:
        tags = list(dict.fromkeys(t.strip() for t in self.tags.text().split(",") if t.strip()))
        if tags != list(self._shown.tags):
            self.tagged.emit(tags)

    def _noted(self) -> None:
        text = self.note.text().replace(" ⏎ ", "\n")
        if text != self._shown.note:
            self.noted.emit(text)
