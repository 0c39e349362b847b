"""Chooses columns: every ticked model with every ticked prompt, setting and seed. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.core.memory import size_words
from workbench.core.sampling import PRESETS
from workbench.gui.compare.wishes import (
    MOST,
    MOST_SAMPLES,
    Choices,
    Wish,
    combined,
)
from workbench.gui.parts import label, number_field, text_button
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import day, tr, tr_n

_ROLE = Qt.ItemDataRole.UserRole
_HEIGHT = 216


class CheckList(QListWidget):
    """Names with a tick each: Space ticks, arrows walk, letters find.

    Signals:
        changed(): another set of names is ticked.
    """

    changed = Signal()

    def __init__(self, name: str, rows: Sequence[tuple[str, str, object]]) -> None:
        """`rows`: what stands there, its tooltip, and the value behind it."""
        super().__init__()
        set_role(self, "checks")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        for text, tip, value in rows:
            item = QListWidgetItem(text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(tip)
            item.setData(_ROLE, value)
            self.addItem(item)
        if rows:
            self.item(0).setCheckState(Qt.CheckState.Checked)
            self.setCurrentRow(0)
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def tick(self, row: int, on: bool = True) -> None:
        """Tick one name, or take its tick away."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.item(row).setCheckState(state)

    def ticked(self) -> list[object]:
        """The values of the ticked names."""
        return [
            item.data(_ROLE)
            for row in range(self.count())
            if (item := self.item(row)).checkState() is Qt.CheckState.Checked
        ]


class Chooser(QDialog):
    """Four questions, and how many columns that makes. Enter adds them; Esc leaves all as it is.

    Signals:
        chosen(wishes, replace): these columns are wanted, in place of all others or beside them.
    """

    chosen = Signal(object, bool)

    def __init__(
        self,
        parent: QWidget,
        choices: Choices,
        n_there: int,
        describe: Callable[[Sequence[Wish]], str],
    ) -> None:
        """`n_there`: columns that stand there; `describe` says what some wishes need in memory."""
        super().__init__(parent)
        self._there, self._describe = n_there, describe
        self.setWindowTitle(tr("Columns"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.models = CheckList(
            tr("Models"),
            [(f"{m.name} {m.quantization}", f"{m.path}\n{size_words(m.size_bytes)}", m)
             for m in choices.models],
        )  # fmt: skip
        self.prompts = CheckList(
            tr("Prompts"),
            [(p.label or tr("as it stands"), _prompt_tip(p.created_us, str(p.path or "")), p)
             for p in choices.prompts],
        )  # fmt: skip
        self.settings = CheckList(
            tr("Settings"),
            [(_preset(s.name), "" if s.sampling is None else _sampling(s.sampling), s)
             for s in choices.settings],
        )  # fmt: skip
        self.seeds = _number(tr("Seeds"), 1, MOST, tr("How many seeds each of these runs with."))
        self.samples = _number(
            tr("Samples per column"),
            1,
            MOST_SAMPLES,
            tr("Replies of each column, made in one batch."),
        )
        self.count = label("", "muted")
        self.add_button = text_button(tr("Add"), "primary")
        self.replace_button = text_button(tr("Replace all"), "")
        cancel = text_button(tr("Cancel"), "")
        self.add_button.setDefault(True)
        for button in (self.replace_button, cancel):
            button.setAutoDefault(False)
        self.add_button.clicked.connect(lambda: self._take(replace=False))
        self.replace_button.clicked.connect(lambda: self._take(replace=True))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.count, 1)
        for button in (cancel, self.replace_button, self.add_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addLayout(self._questions())
        column.addWidget(
            label(
                tr("Space ticks, Tab goes on, Enter adds. Every combination is a column."),
                "caption",
            )
        )
        column.addLayout(buttons)
        for part in (self.models, self.prompts, self.settings):
            part.changed.connect(self._show_count)
        for spin in (self.seeds, self.samples):
            spin.valueChanged.connect(lambda _value: self._show_count())
        self.resize(760, 0)
        self.models.setFocus()
        self._show_count()

    def wishes(self) -> list[Wish]:
        """Every combination of what is ticked."""
        return list(
            combined(
                self.models.ticked(),  # type: ignore[arg-type]  # what was put there
                self.prompts.ticked(),  # type: ignore[arg-type]  # as above
                self.settings.ticked(),  # type: ignore[arg-type]  # as above
                self.seeds.value(),
                self.samples.value(),
            )
        )

    def _questions(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        lists = (
            (tr("Models"), self.models),
            (tr("Prompts"), self.prompts),
            (tr("Settings"), self.settings),
        )
        for place, (title, part) in enumerate(lists):
            part.setMinimumHeight(_HEIGHT)
            grid.addWidget(label(title, "title"), 0, place)
            grid.addWidget(part, 1, place)
            grid.setColumnStretch(place, 1)
        numbers = QHBoxLayout()
        for title, spin in ((tr("seeds"), self.seeds), (tr("samples per column"), self.samples)):
            numbers.addWidget(label(title, "muted"))
            numbers.addSpacing(8)
            numbers.addWidget(spin)
            numbers.addSpacing(18)
        numbers.addStretch(1)
        grid.addLayout(numbers, 2, 0, 1, 3)
        return grid

    def _show_count(self) -> None:
        wishes = self.wishes()
        n, room = len(wishes), MOST - self._there
        self.add_button.setEnabled(0 < n <= room)
        self.replace_button.setEnabled(0 < n <= MOST)
        self.add_button.setText(tr("Add {number}", number=n) if n else tr("Add"))
        if not n:
            said = tr("Tick at least one of each.")
        elif n > MOST:
            said = tr("{number} columns; there can be {most}.", number=n, most=MOST)
        elif n > room:
            said = tr(
                "{number} columns, and there is room for {room} more: replace those that "
                "are there.",
                number=n,
                room=room,
            )
        else:
            said = tr_n("1 column", "{n} columns", n) + f" · {self._describe(wishes)}"
        self.count.setText(said)

    def _take(self, *, replace: bool) -> None:
        self.chosen.emit(self.wishes(), replace)
        self.accept()


def _number(name: str, low: int, high: int, tip: str) -> QSpinBox:
    spin = number_field()
    spin.setRange(low, high)
    spin.setAlignment(Qt.AlignmentFlag.AlignRight)
    spin.setAccessibleName(name)
    spin.setToolTip(tip)
    spin.setMinimumWidth(64)
    return spin


def _prompt_tip(created_us: int, path: str) -> str:
    if not created_us:
        return path
    when = datetime.fromtimestamp(created_us / 1e6).astimezone()
    return tr("saved {when}", when=day(when, "dd MMM yyyy, HH:mm"))


def _sampling(sampling: object) -> str:
    values = {name: getattr(sampling, name) for name in ("temperature", "top_p", "top_k", "min_p")}
    return " · ".join(f"{name} {value:g}" for name, value in values.items())


def _preset(name: str) -> str:
    """What settings are called; bundled presets have names in every language."""
    return (tr(name) if name in PRESETS else name) or tr("as they stand")
