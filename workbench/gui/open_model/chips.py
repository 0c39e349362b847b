"""One switch for each source of models, with how many it has. GUI thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.core.model_places import Origin
from workbench.experiments.finder.values import FoundModel
from workbench.gui.parts import text_button
from workbench.gui.translate import tr


class SourceChips(QWidget):
    """Sources that have something, in the order of `Origin`; the last one is what cannot run.

    Signals:
        changed(): a switch was pressed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[Origin, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for origin in Origin:
            self.buttons[origin] = self._button(row)
        self.others = self._button(row)
        self.others.setToolTip(
            tr("Broken files, projectors, adapters and embedding models: no prompt runs on them.")
        )
        row.addStretch(1)

    @property
    def hidden(self) -> frozenset[Origin]:
        """The sources that are switched off."""
        return frozenset(o for o, button in self.buttons.items() if not button.isChecked())

    @property
    def hides_others(self) -> bool:
        """Whether what cannot run is left out."""
        return not self.others.isChecked()

    def show_counts(self, models: Iterable[FoundModel]) -> None:
        """Write how many models each source has; one without any has no switch."""
        found = list(models)
        counts = Counter(model.candidate.origin for model in found)
        for origin, button in self.buttons.items():
            self._show(button, tr(origin.value), counts[origin])
        self._show(self.others, tr("Not to run"), sum(not model.can_run for model in found))

    def _show(self, button: QPushButton, name: str, count: int) -> None:
        button.setText(tr("{name}  {count:,}", name=name, count=count))
        button.setAccessibleName(tr("Show models of {name}", name=name))
        button.setVisible(count > 0)

    def _button(self, row: QHBoxLayout) -> QPushButton:
        made = text_button("", "source")
        made.setCheckable(True)
        made.setChecked(True)
        made.setAutoDefault(False)
        made.hide()
        made.clicked.connect(lambda _on: self.changed.emit())
        row.addWidget(made)
        return made
