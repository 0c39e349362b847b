"""The sampler chain: which samplers run, in which order. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.sampler_order import chain_order, chain_steps, replaced_by, with_order
from workbench.core.sampling import SAMPLERS
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.parts import EDGE, text_button, title_row, wrapping_label
from workbench.gui.sampler_list import SamplerList
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class SamplersPanel(QWidget):
    """Rows for the samplers that do something; the others are one click away."""

    def __init__(self, theme: Theme, sampling: SamplingPanel) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "pane")
        self._sampling = sampling
        self._order: tuple[str, ...] = chain_order(sampling.sampling)
        self.list = SamplerList(theme)
        self.list.arranged.connect(self._arrange)
        self.list.switched.connect(self._switch)
        self.reset = text_button(
            tr("default order"), accessible=tr("Default order of the samplers")
        )
        self.reset.clicked.connect(lambda: self._set(SAMPLERS, SAMPLERS))
        self.all = text_button("", accessible=tr("Samplers that change nothing"))
        self.all.setCheckable(True)
        self.all.toggled.connect(lambda _on: self._show())
        self.note = wrapping_label("caption")
        self.note.setContentsMargins(EDGE, 0, EDGE, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Samplers, in order"), self.reset, self.all))
        column.addWidget(self.note)
        rows = QVBoxLayout()
        rows.setContentsMargins(EDGE, 0, EDGE, 0)
        rows.addWidget(self.list, 1)
        column.addLayout(rows, 1)
        sampling.shown.connect(self._show)
        self._show()

    def _show(self) -> None:
        sampling = self._sampling.sampling
        self._order = chain_order(sampling, self._order)
        steps = chain_steps(sampling, self._order)
        idle = [step.name for step in steps if not step.acts]
        self.list.show_steps(steps, () if self.all.isChecked() else idle)
        self.all.setText(
            tr("fewer") if self.all.isChecked() else tr("{n_idle} more", n_idle=len(idle))
        )
        self.all.setToolTip(tr("Samplers that change nothing as they are set"))
        self.all.setVisible(bool(idle))
        self.reset.setVisible(sampling.samplers != SAMPLERS)
        said = replaced_by(sampling)
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def _arrange(self, names: Sequence[str]) -> None:
        self._set(names, self._sampling.sampling.samplers)

    def _switch(self, name: str) -> None:
        on = set(self._sampling.sampling.samplers) ^ {name}
        self._set(self._order, tuple(on))

    def _set(self, order: Sequence[str], on: Sequence[str]) -> None:
        current = self.list.current_name()
        self._order = tuple(order)
        wanted = with_order(self._sampling.sampling, order, on)
        self._sampling.take("samplers", wanted.samplers)
        self._show()
        self.list.choose(current)
