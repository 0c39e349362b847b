"""Steers the reply on show and puts both beside each other. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.scratch import Scratch
from workbench.core.sequence_diff import matches
from workbench.core.steering import Steered, SteerRequest
from workbench.core.text import piece_text
from workbench.core.tokens import Float32
from workbench.experiments.scorer import ClientScorer
from workbench.experiments.session import Session
from workbench.experiments.steering import ClientSteerer, make_vector, write_vector
from workbench.gui.attention.asking import Asking, Progress
from workbench.gui.attention.exporting import write_bytes
from workbench.gui.attention.looked import Looked
from workbench.gui.current import Current, ShownRun
from workbench.gui.messages import from_error
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.panels.influence import signed
from workbench.gui.panels.steering import SteeringPanel
from workbench.gui.token_text import Look, Piece
from workbench.gui.translate import mark, tr

_NOTHING = mark("Generate a reply first; it is what the steered one is compared with.")


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """Both replies; `change` is of the plain one's tokens, nats."""

    said: tuple[int, ...]
    change: Float32
    steered: Steered
    pieces: dict[int, bytes]
    strength: float


class SteeringController(QObject):
    """The panel "Steering"."""

    def __init__(
        self,
        session: Session,
        current: Current,
        looked: Looked,
        panel: SteeringPanel,
        window: QWidget,
    ) -> None:
        super().__init__(panel)
        self._session, self._current, self._looked = session, current, looked
        self._panel, self._window = panel, window
        self._asking = Asking("steering", self)
        self._folder = Scratch("steering", folder=True)
        self._n_vectors = 0
        self._made: tuple[tuple[str, str, str], Path] | None = None
        panel.wanted.connect(self.steer)
        panel.stop_wanted.connect(self.stop)
        panel.save_wanted.connect(self._choose_file)
        looked.text_changed.connect(self._text_changed)
        self._asking.progressed.connect(
            lambda done, total: panel.progress.setText(
                tr("{done:,} of {total:,}", done=done, total=total)
            )
        )

    @property
    def is_steering(self) -> bool:
        """Whether something is under way."""
        return self._asking.is_asking

    def steer(self) -> None:
        """Steer the reply on show; what is under way is stopped."""
        panel, text, run = self._panel, self._looked.text, self._run()
        if text is None or run is None or len(text.ids) == text.n_prompt:
            panel.show_problem(tr(_NOTHING))
            return
        toward, away = panel.toward.text(), panel.away.text()
        start, strength, session = run.start, panel.strength.value, self._session
        made_of = (start.model.path, toward, away)
        known = self._made is not None and self._made[0] == made_of
        path = self._made[1] if self._made is not None and known else self._next_file()
        prompt, said = text.ids[: text.n_prompt], text.ids[text.n_prompt :]
        seed = start.seed + text.sample
        pieces = dict(run.pieces)

        def work(progress: Progress, cancel: CancelToken) -> _Answer:
            client = session.client(start.model, start.settings)
            steerer = ClientSteerer(client)
            if not known:
                write_vector(path, make_vector(steerer, toward, away, progress, cancel))
            request = SteerRequest(prompt, start.sampling, seed, str(path), strength, said)
            found = steerer.steer(request, progress, cancel)
            plain = ClientScorer(client).logprobs(prompt + said, len(prompt), cancel)
            named = {**pieces, **{int(i): client.pieces[int(i)] for i in found.tokens.ids}}
            return _Answer(said, found.logprob - plain, found, named, strength)

        panel.show_busy(True)
        self._asking.ask(
            work, lambda answer: self._show(answer, (made_of, path), run), self._failed
        )

    def stop(self) -> None:
        """Stop what is under way."""
        self._asking.stop()
        self._panel.show_busy(False)

    def save(self, path: Path) -> None:
        """Write the vector of the last answer to a file."""
        if self._made is None:
            return
        try:
            write_bytes(path, self._made[1].read_bytes())
        except (UserError, OSError) as error:
            self._failed(error)

    def close(self) -> None:
        """End the thread and forget the vector."""
        self._asking.close()
        self._folder.close()

    def _next_file(self) -> Path:
        """One no vector was ever written to: what is stopped half-way spoils no other's."""
        self._n_vectors += 1
        return self._folder.path / f"vector-{self._n_vectors}.gguf"

    def _run(self) -> ShownRun | None:
        text = self._looked.text
        return None if text is None else self._current.known(text.run_id)

    def _text_changed(self) -> None:
        self.stop()
        self._panel.clear()

    def _show(
        self, answer: _Answer, made: tuple[tuple[str, str, str], Path], run: ShownRun
    ) -> None:
        panel = self._panel
        panel.show_busy(False)
        self._made = made
        panel.save.setEnabled(True)
        steered = answer.steered.tokens.ids.tolist()
        same = {b + i for _, b, n in matches(answer.said, steered) for i in range(n)}
        full = max(1e-6, float(np.abs(answer.change).max()))
        total = signed(float(answer.change.sum()))
        panel.show_replies(
            (
                _drawn(answer.said, answer.pieces, run.control),
                np.clip(answer.change / np.float32(full), -1.0, 1.0),
                tr(
                    "strength 0 · {total} nats under the vector · full colour: ±{full:.2f}",
                    total=total,
                    full=full,
                ),
            ),
            (
                _drawn(steered, answer.pieces, run.control),
                [i for i in range(len(steered)) if i not in same],
                tr(
                    "strength {strength:g} · same seed · what differs is lit",
                    strength=answer.strength,
                ),
            ),
        )

    def _failed(self, error: Exception) -> None:
        self._panel.show_busy(False)
        message = from_error(error)
        self._panel.show_problem(f"{message.text} {message.hint}".strip())

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save the control vector"), "vector.gguf", "GGUF (*.gguf)"
        )
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix else path.with_suffix(".gguf"))


def _drawn(ids: Sequence[int], pieces: dict[int, bytes], control: frozenset[int]) -> list[Piece]:
    drawn = []
    for token in ids:
        data = pieces[token]
        if token in control or not data:
            drawn.append(Piece(data, Look.CHIP, control_label(piece_text(data)) or f"#{token}"))
        else:
            drawn.append(Piece(data))
    return drawn
