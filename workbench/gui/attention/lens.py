"""Keeps the logit lens in step with what the workspace looks at. GUI thread."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.lens import Lens
from workbench.core.lens_statistics import LENS_STATISTICS
from workbench.core.tokens import NO_RANK
from workbench.gui.attention.asking import Asking, Progress
from workbench.gui.attention.lens_files import write_lens
from workbench.gui.attention.looked import Direction, Looked, LookedText
from workbench.gui.card_data import percent, visible_token
from workbench.gui.messages import from_error
from workbench.gui.page import PageTools
from workbench.gui.panels.lens import EMPTY, EXPORTS, UNADJUSTED, LensPanel
from workbench.gui.panels.lens_grid import LensCells
from workbench.gui.translate import mark, tr

_SMALL = 30_000_000
"""Layers x tokens x vocabulary up to which a lens is looked through without being asked for."""
_READING = mark("looking through the layers…")


@dataclass(frozen=True, slots=True, eq=False)
class ShownLens:
    """What is on the screen: the lens and the text of every token it names."""

    lens: Lens
    texts: dict[int, str]


class LensController(QObject):
    """Asks for the lens of the text and shows it.

    A short text's on a small model is fetched at once; any other when it is wanted.
    """

    def __init__(self, tools: PageTools, looked: Looked, panel: LensPanel) -> None:
        super().__init__(panel)
        self._tools, self._looked, self._panel = tools, looked, panel
        self._asking = Asking("logit-lens", self)
        self._statistic = next(iter(LENS_STATISTICS))
        self.shown: ShownLens | None = None
        """The lens on the screen; None while there is none."""
        panel.wanted.connect(self.fetch)
        panel.statistic_chosen.connect(self._choose_statistic)
        panel.export_wanted.connect(self._choose_file)
        panel.grid.pointed.connect(self._pointed)
        panel.grid.chosen.connect(self._chosen)
        self._asking.busy_changed.connect(self._busy)
        self._asking.progressed.connect(self._progressed)
        looked.text_changed.connect(self._text_changed)
        looked.token_changed.connect(self._mark)
        looked.view_changed.connect(self._mark)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being fetched."""
        return not self._asking.is_asking

    def close(self) -> None:
        """End the thread."""
        self._asking.close()

    def fetch(self) -> None:
        """Ask for the lens."""
        text = self._looked.text
        if text is None:
            return

        def work(progress: Progress, cancel: CancelToken) -> ShownLens:
            lens = text.book.lens(progress, cancel)
            named = sorted({*lens.top_ids.ravel().tolist()})
            return ShownLens(lens, {t: visible_token(text.book.text_of(t)) for t in named})

        self._asking.ask(work, self._found, self._failed)

    def write(self, kind: str, path: Path) -> None:
        """Write one of `EXPORTS` to a file; what goes wrong is told above the workspace."""
        text, shown = self._looked.text, self.shown
        if text is None or shown is None:
            return
        try:
            write_lens(kind, path, self._panel.grid, shown.lens, shown.texts, text.labels)
            self._tools.notices.dismiss("lens-export")
        except UserError as error:
            self._tools.notices.show_message("lens-export", from_error(error))

    def _text_changed(self) -> None:
        self._asking.stop()
        self.shown = None
        self._panel.grid.show_cells(None)
        text = self._looked.text
        if text is None:
            self._panel.show_reason(tr(EMPTY))
        elif self._is_at_hand(text):
            self.fetch()
        else:
            self._panel.show_reason(
                tr(
                    "Puts the output head of {name} behind each of its {n_layer} layers, for "
                    "{n_ids:,} tokens.",
                    name=text.model.name,
                    n_layer=text.model.n_layer,
                    n_ids=len(text.ids),
                ),
                can_ask=True,
            )

    def _is_at_hand(self, text: LookedText) -> bool:
        run = self._tools.current.run
        if run is None or run.run_id != text.run_id:
            return False
        held = self._tools.session.held(text.model, run.start.settings) is not None
        return held and text.model.n_layer * len(text.ids) * text.model.n_vocab <= _SMALL

    def _found(self, shown: ShownLens) -> None:
        self.shown = shown
        apart = shown.lens.identity_error
        near = (
            tr("within {apart:.0e} of the model's logits", apart=apart)
            if apart
            else tr("exactly the model's logits")
        )
        self._panel.name.setText(
            tr("{unadjusted} · last layer: {near}", unadjusted=tr(UNADJUSTED), near=near)
        )
        self._show()
        self._panel.show_grid()
        self._mark()

    def _show(self) -> None:
        text, shown = self._looked.text, self.shown
        if text is None or shown is None:
            return
        lens = shown.lens
        strengths = LENS_STATISTICS[self._statistic].strength(lens, text.model.n_vocab)
        texts = [[shown.texts[t] for t in row] for row in lens.top_ids[:, :, 0].tolist()]
        self._panel.grid.show_cells(LensCells(texts, strengths, text.labels))

    def _choose_statistic(self, name: str) -> None:
        self._statistic = name
        self._show()

    def _mark(self) -> None:
        looked = self._looked
        self._panel.grid.mark(looked.query if looked.query >= 0 else looked.token)

    def _pointed(self, layer: int, position: int) -> None:
        text, shown = self._looked.text, self.shown
        if text is None or shown is None or layer < 0:
            self._panel.readout.setText("")
            return
        lens = shown.lens
        best = "  ".join(
            f"{shown.texts[int(t)]} {percent(math.exp(float(p)))} %"
            for t, p in zip(
                lens.top_ids[layer, position, :4],
                lens.top_logprob[layer, position, :4],
                strict=True,
            )
        )
        rank = int(lens.final_rank[layer, position])
        final = shown.texts[int(lens.top_ids[-1, position, 0])]
        facts = [
            tr(
                "layer {layer} behind {labels}:  {best}",
                layer=layer,
                labels=text.labels[position],
                best=best,
            ),
            tr("rank of {final}: ", final=final) + ("n/a" if rank == NO_RANK else f"{rank:,}"),
            tr("entropy {entropy:.2f} nats", entropy=lens.entropy[layer, position]),
            tr("KL to last {kl_to_final:.2f} nats", kl_to_final=lens.kl_to_final[layer, position]),
        ]
        self._panel.readout.setText("  ·  ".join(facts))

    def _chosen(self, _layer: int, position: int) -> None:
        """Keep the token that is predicted at this position, or the one that was read there."""
        looked = self._looked
        if looked.text is None:
            return
        predicts = looked.direction is Direction.CHOOSING and position + 1 < len(looked.text.ids)
        looked.keep(position + 1 if predicts else position)

    def _failed(self, error: Exception) -> None:
        self.shown = None
        message = from_error(error)
        self._panel.show_reason(f"{message.text} {message.hint}".strip(), can_ask=True)

    def _busy(self, on: bool) -> None:
        if self.shown is None and on:
            self._panel.show_reason(tr(_READING))

    def _progressed(self, done: int, total: int) -> None:
        if self.shown is None:
            self._panel.show_reason(f"{tr(_READING)} {done / max(1, total):.0%}")

    def _choose_file(self, kind: str) -> None:
        if self.shown is None:
            return
        title = tr(EXPORTS[kind]).rstrip("…")
        chosen, _ = QFileDialog.getSaveFileName(
            self._tools.window, title, f"logit-lens.{kind}", f"{kind.upper()} (*.{kind})"
        )
        if chosen:
            path = Path(chosen)
            self.write(kind, path if path.suffix else path.with_suffix(f".{kind}"))
