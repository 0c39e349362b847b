"""Decoding parameters: the main ones in sight, the others in a fold, presets at the top."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import UserError
from workbench.core.presets import Presets
from workbench.core.sampling import PARAMETERS, PRESETS, Group, Kind, Parameter, Sampling
from workbench.core.sampling_input import check_seed, with_values
from workbench.gui.dialogs.name_dialog import NameDialog
from workbench.gui.number_row import LABEL_WIDTH, NumberRow, name_label
from workbench.gui.parts import EDGE, label, pane, text_button, title_row, wrapping_label
from workbench.gui.said import said_error
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_NUMBERS = (Kind.FLOAT, Kind.INT)
_CUSTOM = mark("custom")
_KEPT = ("max_tokens", "stop", "ignore_eos")
"""Length and what ends a reply are not a matter of taste: a preset leaves them alone."""
_MORE = mark("more: typical, XTC, DRY, grammar …")
_TITLES = {
    Group.TRUNCATION: "truncation",
    Group.REPETITION: "repetition",
    Group.ADAPTIVE: "adaptive",
    Group.CONSTRAINTS: "constraints",
    Group.ENDING: "ending",
}


class SamplingPanel(QWidget):
    """Shows and edits one `Sampling` and a seed.

    Signals:
        changed(): a value is another now.
        shown(): what is shown is another now, by whomever.
    """

    changed = Signal()
    shown = Signal()

    def __init__(self, theme: Theme, title: str = "Sampling", *, with_ends: bool = True) -> None:
        """Without `with_ends` the seed, the length and what ends a reply are left out."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "pane")
        self._theme = theme
        self._groups = [g for g in _TITLES if with_ends or g is not Group.ENDING]
        self._sampling = Sampling()
        self._rows: dict[str, NumberRow] = {}
        self._fields: dict[str, QLineEdit | QCheckBox] = {}
        self._more: QWidget | None = None
        self._presets: Presets | None = None
        self._before: Sampling | None = None
        self._removed: tuple[str, Sampling] | None = None
        self._named: Mapping[str, Sampling] = PRESETS
        self.preset = text_button(tr("balanced ▾"), accessible=tr("Preset"))
        self.preset_menu = QMenu(self)
        self.remove_menu = QMenu(tr("Remove"), self)
        self.preset.setMenu(self.preset_menu)
        self._error = wrapping_label("warning")
        self._error.hide()
        self.fold = text_button(f"▸ {tr(_MORE)}", accessible=tr("More parameters"))
        self.fold.setCheckable(True)
        self.fold.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fold.toggled.connect(self._unfold)
        self.seed_field = QLineEdit()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(EDGE, 0, EDGE, 8)
        self._column.setSpacing(1)
        for parameter in PARAMETERS.values():
            if parameter.group is Group.MAIN and (with_ends or parameter.name != "max_tokens"):
                self._column.addWidget(self._number_row(parameter))
        if with_ends:
            self._column.addWidget(self._seed_row())
        self._column.addWidget(self._error)
        self._column.addWidget(self.fold)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(title_row(title, self.preset))
        outer.addLayout(self._column)
        outer.addStretch(1)
        self._read_presets()

    def use_presets(self, presets: Presets) -> None:
        """Offer the person's own presets too, and to save and remove them."""
        self._presets = presets
        # Another window, or a person with an editor, may have changed the file.
        self.preset_menu.aboutToShow.connect(self._read_presets)
        self._read_presets()

    @property
    def sampling(self) -> Sampling:
        """The values that are set."""
        return self._sampling

    def take_over(self, sampling: Sampling) -> None:
        """Use `sampling`; length and what ends a reply stay."""
        keep = {n: getattr(self._sampling, n) for n in _KEPT}
        if with_values(sampling, keep) != self._sampling:
            self._before = self._sampling
        self._set(with_values(sampling, keep))

    def set_sampling(self, sampling: Sampling) -> None:
        """Show `sampling` without telling anybody."""
        self._sampling = sampling
        self._show()

    def first_field(self) -> QWidget:
        """Where the keyboard goes first."""
        return next(iter(self._rows.values())).box

    def seed(self) -> int | None:
        """The seed the person wants; None draws one.

        Raises:
            UserError: the field holds something else than a seed.
        """
        text = self.seed_field.text().strip()
        if not text:
            return None
        try:
            number = int(text)
        except ValueError:
            raise UserError(
                tr("The seed must be a whole number, not {words!r}.", words=text),
                tr("Leave it empty to draw one."),
            ) from None
        return check_seed(number)

    def set_seed(self, seed: int | None) -> None:
        """Show `seed`; None empties the field."""
        self.seed_field.setText("" if seed is None else str(seed))

    def _read_presets(self) -> None:
        self._named = PRESETS if self._presets is None else self._presets.all()
        own = [name for name in self._named if name not in PRESETS]
        menu = self.preset_menu
        menu.clear()
        for name in PRESETS:
            menu.addAction(tr(name), partial(self._use_preset, name))
        if own:
            menu.addSeparator()
        for name in own:
            menu.addAction(name.replace("&", "&&"), partial(self._use_preset, name))
        if self._before is not None:
            menu.addSeparator()
            menu.addAction(tr("Undo: the values before"), self._back)
        if self._presets is not None:
            menu.addSeparator()
            if self._removed is not None:
                words = tr("Bring {name} back", name=self._removed[0].replace("&", "&&"))
                menu.addAction(words, self._bring_back)
            menu.addAction(tr("Save as preset…"), self.ask_preset_name)
            menu.addMenu(self.remove_menu)
            self.remove_menu.clear()
            self.remove_menu.setEnabled(bool(own))
            for name in own:
                self.remove_menu.addAction(
                    name.replace("&", "&&"), partial(self._remove_preset, name)
                )
        self._show()

    def ask_preset_name(self) -> NameDialog:
        """Ask under which name the values are kept as a preset, and keep them."""
        now = self._preset_name()
        dialog = NameDialog(
            self,
            tr("Save as preset"),
            tr("Keep these values under the name"),
            "" if now in (tr(_CUSTOM), *PRESETS) else now,
            self._save_preset,
        )
        dialog.open()
        return dialog

    def _save_preset(self, name: str) -> None:
        if self._presets is not None:
            self._presets.save(name, self._sampling)
            self._read_presets()

    def _remove_preset(self, name: str) -> None:
        if self._presets is None:
            return
        gone = self._presets.all().get(name)
        try:
            self._presets.remove(name)
            self._removed = None if gone is None else (name, gone)
        except UserError as error:
            self._error.setText(said_error(error))
            self._error.show()
        self._read_presets()

    def _preset_name(self) -> str:
        keep = {n: getattr(self._sampling, n) for n in _KEPT}
        for name, preset in self._named.items():
            if with_values(preset, keep) == self._sampling:
                return name
        return tr(_CUSTOM)

    def _use_preset(self, name: str) -> None:
        self.take_over(self._named[name])

    def _back(self) -> None:
        """The values that stood here before others took their place at once."""
        if self._before is not None:
            self.take_over(self._before)

    def _bring_back(self) -> None:
        """The preset that was removed last."""
        removed, self._removed = self._removed, None
        if removed is not None and self._presets is not None:
            self._presets.save(*removed)
            self._read_presets()

    def _number_row(self, parameter: Parameter) -> NumberRow:
        row = NumberRow(self._theme, parameter, float(getattr(Sampling(), parameter.name)))
        row.changed.connect(lambda value, name=parameter.name: self.take(name, value))
        self._rows[parameter.name] = row
        return row

    def _seed_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        name = label(tr("seed"))
        name.setFixedWidth(LABEL_WIDTH)
        self.seed_field.setPlaceholderText(tr("random"))
        self.seed_field.setAccessibleName(tr("seed"))
        tip = tr("The same seed gives the same reply; empty draws a new one for every run.")
        self.seed_field.setToolTip(tip)
        name.setToolTip(tip)
        row.addWidget(name)
        row.addWidget(self.seed_field, 1)
        return holder

    def _unfold(self, on: bool) -> None:
        if on and self._more is None:
            self._more = self._build_more()
            self._column.addWidget(self._more)
            self._show()
        if self._more is not None:
            self._more.setVisible(on)
        self.fold.setText(f"{'▾' if on else '▸'} {tr('less') if on else tr(_MORE)}")

    def _build_more(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(1)
        for group in self._groups:
            column.addWidget(label(tr(_TITLES[group]), "caption"))
            for parameter in PARAMETERS.values():
                if parameter.group is not group:
                    continue
                if parameter.kind in _NUMBERS:
                    column.addWidget(self._number_row(parameter))
                else:
                    column.addWidget(self._field_row(parameter))
        return holder

    def _field_row(self, parameter: Parameter) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        field: QLineEdit | QCheckBox
        if parameter.kind is Kind.BOOL:
            field = QCheckBox(parameter.label)
            field.toggled.connect(lambda on, n=parameter.name: self.take(n, on))
        else:
            name = name_label(parameter.label)
            name.setToolTip(tr(parameter.help))
            row.addWidget(name)
            field = QLineEdit()
            field.editingFinished.connect(lambda n=parameter.name: self._entered(n))
        field.setToolTip(tr(parameter.help))
        field.setAccessibleName(parameter.label)
        field.setAccessibleDescription(tr(parameter.help))
        row.addWidget(field, 1)
        self._fields[parameter.name] = field
        return holder

    def _entered(self, name: str) -> None:
        field = self._fields[name]
        if isinstance(field, QLineEdit) and field.text() != _as_text(self._sampling, name):
            self.take(name, field.text())

    def take(self, name: str, value: Any) -> None:
        """Set one parameter, as if it was entered here; an error is said here."""
        field = self._fields.get(name)
        try:
            sampling = with_values(self._sampling, {name: value})
        except (UserError, ValueError) as error:
            self._error.setText(said_error(error))
            self._error.show()
            if field is not None:
                set_role(field, "wrong")
            return
        if field is not None:
            set_role(field, "")
        self._set(sampling)

    def _set(self, sampling: Sampling) -> None:
        self._error.hide()
        if sampling != self._sampling:
            self._sampling = sampling
            # First the others: what they ask an engine for is worked on while this is drawn.
            self.changed.emit()
            self._show()

    def _show(self) -> None:
        for name, row in self._rows.items():
            row.set_value(float(getattr(self._sampling, name)))
        for name, field in self._fields.items():
            was = field.blockSignals(True)
            if isinstance(field, QCheckBox):
                field.setChecked(bool(getattr(self._sampling, name)))
            else:
                field.setText(_as_text(self._sampling, name))
            field.blockSignals(was)
        self.preset.setText(f"{tr(self._preset_name())} ▾")
        self.shown.emit()


def _as_text(sampling: Sampling, name: str) -> str:
    value = sampling.to_dict()[name]
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if value else ""
