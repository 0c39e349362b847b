"""Shares of attention by part: the bars, and what is lit in the text. GUI thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from workbench.core.attention_rows import head_name
from workbench.core.attention_share import BySource, SinkMode, by_source
from workbench.core.parts import Part
from workbench.core.tokens import Float32
from workbench.gui.attention.controller import AttentionController
from workbench.gui.attention.explaining import Explaining
from workbench.gui.attention.looked import Direction, Looked
from workbench.gui.panels.by_source import EMPTY, BySourcePanel
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr

_COLUMN = mark("Shares are of one token's row. Choose “choosing it” or “reading it” to see them.")


class Sources(QObject):
    """The panel "Where it looked, by part of the prompt"."""

    def __init__(
        self,
        looked: Looked,
        controller: AttentionController,
        explaining: Explaining,
        panel: BySourcePanel,
    ) -> None:
        super().__init__(panel)
        self._looked, self._controller = looked, controller
        self._explaining, self._panel = explaining, panel
        self._found: BySource | None = None
        explaining.shares = self._by_part
        panel.sink_chosen.connect(looked.set_sink)
        panel.pointed.connect(lambda _row: self._light())
        controller.weights_changed.connect(self._show)
        explaining.parts_changed.connect(self._show)
        explaining.heat_changed.connect(self._heat)
        looked.view_changed.connect(lambda: panel.show_mode(looked.sink))

    @property
    def found(self) -> BySource | None:
        """The shares that are shown."""
        return self._found

    def _show(self) -> None:
        self._found = self._shares(self._looked.sink)
        apart = self._explaining.apart
        if self._found is None or apart is None:
            self._panel.show_reason(self._reason())
        else:
            counts = [
                None if s.group is None else len(apart.sources.tokens(s.group))
                for s in self._found.shares
            ]
            what = tr_said(head_name(self._looked.layer, self._looked.head))
            self._panel.show_shares(self._found, counts, what)
        self._explaining.show()

    def _reason(self) -> str:
        weights = self._controller.weights
        if weights is not None and weights.reason:
            return tr_said(weights.reason)
        if self._looked.direction is Direction.SEEN and self._looked.token >= 0:
            return tr(_COLUMN)
        return tr(EMPTY)

    def _shares(self, mode: SinkMode) -> BySource | None:
        weights, apart = self._controller.weights, self._explaining.apart
        if weights is None or weights.reason or apart is None:
            return None
        query = self._looked.query
        if query < 0:
            return None
        row: Float32 = np.nan_to_num(weights.weights[: query + 1], nan=0.0)
        return by_source(apart.sources, row, mode, self._controller.sinks)

    def _by_part(self) -> dict[Part, float]:
        """Shares of the parts, with the sink shown."""
        found, apart = self._shares(SinkMode.SHOWN), self._explaining.apart
        if found is None or apart is None:
            return {}
        shares: dict[Part, float] = {}
        for share in found.shares:
            part = None if share.group is None else apart.sources.parts[share.group]
            if part is not None:
                shares[part] = share.share
        return shares

    def _heat(self) -> None:
        self._controller.show_heat(self._explaining.heat)
        self._light()

    def _light(self) -> None:
        """Light the tokens of the part that is pointed at in either panel."""
        apart, row = self._explaining.apart, self._panel.bars.row
        if apart is None:
            self._controller.light(())
            return
        part = self._explaining.pointed_part()
        if part is not None:
            self._controller.light(apart.tokens(part))
        elif self._found is not None and 0 <= row < len(self._found.shares):
            group = self._found.shares[row].group
            sinks = self._controller.sinks
            self._controller.light(sinks if group is None else apart.sources.tokens(group))
        else:
            self._controller.light(())
