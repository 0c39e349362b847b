"""One setting as a row: its name, a sentence, the control its kind asks for, and its reset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import UserError
from workbench.core.settings import Group, Kind, Setting, SettingValue
from workbench.gui.icons import icon
from workbench.gui.parts import icon_button, label, number_field, text_button, wrapping_label
from workbench.gui.said import said_error
from workbench.gui.settings.preferences import Preferences
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_CONTROL, _WORDS = 230, 300
_FOLDERS_HEIGHT = 84


@dataclass(frozen=True, slots=True)
class Link:
    """A row that is no setting of the profile and opens something instead.

    Attributes:
        words: what its button says.
    """

    group: Group
    label: str
    help: str
    words: str
    call: Callable[[], object]


class SettingRow(QWidget):
    """Shows one setting and changes it at once.

    Signals:
        needs_restart(): it was changed and takes effect when the program starts again.
    """

    needs_restart = Signal()

    def __init__(self, setting: Setting, preferences: Preferences, theme: Theme) -> None:
        super().__init__()
        self.setting = setting
        self._preferences = preferences
        self.error = wrapping_label("warning")
        self.error.hide()
        self.reset = icon_button(tr("Put “{name}” back to its default", name=tr(setting.label)))
        self.reset.setIcon(icon("undo", theme.colour("muted"), 14))
        self.reset.clicked.connect(lambda: preferences.reset(setting.name))
        keep = self.reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keep)
        self.control, self._show = self._made()
        self.control.setAccessibleName(tr(setting.label))
        self.control.setAccessibleDescription(tr(setting.help))
        note = tr("Takes effect when the program starts again.") if setting.restart else ""
        _lay_out(self, tr(setting.label), f"{tr(setting.help)} {note}".strip(), self.control,
                 self.reset, self.error)  # fmt: skip
        preferences.changed.connect(self._changed)
        self._changed(setting.name)

    def _changed(self, name: str) -> None:
        if name == self.setting.name:
            self._show(self._preferences.value(name))
            self.reset.setVisible(self._preferences.is_chosen(name))

    def _set(self, value: SettingValue) -> None:
        before = self._preferences.value(self.setting.name)
        try:
            self._preferences.set(self.setting.name, value)
            self.error.hide()
        except UserError as error:
            self.error.setText(said_error(error))
            self.error.show()
            return
        if self.setting.restart and self._preferences.value(self.setting.name) != before:
            self.needs_restart.emit()

    def _made(self) -> tuple[QWidget, Callable[[SettingValue], None]]:
        kinds = {
            Kind.SWITCH: self._switch,
            Kind.NUMBER: self._number,
            Kind.CHOICE: self._choice,
            Kind.FOLDERS: self._folders,
        }
        return kinds[self.setting.kind]()

    def _switch(self) -> tuple[QWidget, Callable[[SettingValue], None]]:
        box = QCheckBox(tr("on"))
        box.toggled.connect(self._set)
        return box, lambda value: box.setChecked(bool(value))

    def _number(self) -> tuple[QWidget, Callable[[SettingValue], None]]:
        field, setting = number_field(), self.setting
        field.setRange(setting.minimum, setting.maximum)
        field.setGroupSeparatorShown(True)
        field.setKeyboardTracking(False)
        if setting.unit:
            field.setSuffix(f" {tr(setting.unit)}" if setting.unit != "%" else " %")
        if setting.lowest:
            field.setSpecialValueText(tr(setting.lowest))
        field.valueChanged.connect(self._set)
        field.installEventFilter(_NoWheel(field))
        return field, lambda value: field.setValue(value if isinstance(value, int) else 0)

    def _choice(self) -> tuple[QWidget, Callable[[SettingValue], None]]:
        combo = QComboBox()
        for choice in self.setting.choices:
            combo.addItem(tr(choice.label), choice.value)
        combo.activated.connect(lambda index: self._set(combo.itemData(index)))
        combo.installEventFilter(_NoWheel(combo))
        return combo, lambda value: combo.setCurrentIndex(combo.findData(value))

    def _folders(self) -> tuple[QWidget, Callable[[SettingValue], None]]:
        editor = FolderList(tr(self.setting.label))
        editor.changed.connect(self._set)
        return editor, editor.show_folders


class FolderList(QWidget):
    """Folders below each other; one can be added and the chosen one taken away.

    Signals:
        changed(folders): paths as texts.
    """

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFixedHeight(_FOLDERS_HEIGHT)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        set_role(self.list, "choices")
        self.add = text_button(tr("Add…"), "small")
        self.remove = text_button(tr("Take away"), "small")
        self.add.clicked.connect(self._ask)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        self.setFocusProxy(self.add)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list)
        column.addLayout(row)

    def folders(self) -> tuple[str, ...]:
        """What is listed."""
        return tuple(self.list.item(row).text() for row in range(self.list.count()))

    def show_folders(self, value: SettingValue) -> None:
        """List these; a folder that is not there says so in its tip."""
        self.list.clear()
        for text in value if isinstance(value, tuple) else ():
            self.list.addItem(text)
            there = Path(text).is_dir()
            tip = text if there else tr("{folder} is not there now.", folder=text)
            self.list.item(self.list.count() - 1).setToolTip(tip)
        self.remove.setEnabled(False)
        self.list.setVisible(self.list.count() > 0)

    def add_folder(self, folder: str) -> None:
        """List one more."""
        if folder and folder not in self.folders():
            self.changed.emit((*self.folders(), folder))

    def _ask(self) -> None:
        self.add_folder(QFileDialog.getExistingDirectory(self, tr("Add a folder")))

    def _remove(self) -> None:
        row = self.list.currentRow()
        self.changed.emit(tuple(f for n, f in enumerate(self.folders()) if n != row))


class LinkRow(QWidget):
    """A row whose button opens something."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link
        self.button: QAbstractButton = text_button(tr(link.words), "", accessible=tr(link.label))
        self.button.clicked.connect(link.call)
        _lay_out(self, tr(link.label), tr(link.help), self.button)


class _NoWheel(QObject):
    """The wheel scrolls the page; it never changes a value that happens to be under it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _lay_out(row: QWidget, name: str, sentence: str, control: QWidget, *more: QWidget) -> None:
    """The name over its sentence at the left, the control at the right."""
    text = wrapping_label("caption")
    text.setText(sentence)
    text.setMinimumWidth(_WORDS)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(name))
    words.addWidget(text)
    words.addStretch(1)
    control.setFixedWidth(_CONTROL)
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 8, 0, 8)
    line.setSpacing(16)
    line.addLayout(words, 1)
    right = QVBoxLayout()
    right.setSpacing(4)
    right.addWidget(control)
    top = Qt.AlignmentFlag.AlignTop
    line.addLayout(right)
    line.setAlignment(right, top)
    for part in more:
        if isinstance(part, QAbstractButton):
            line.addWidget(part, 0, top)
        else:
            words.insertWidget(2, part)
