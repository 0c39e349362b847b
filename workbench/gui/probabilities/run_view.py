"""Keeps prompt and reply of the workspace in step with the run on show. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from workbench.core.rendered import SPECIAL
from workbench.core.tokens import PromptToken
from workbench.gui.current import Current, Part, ShownRun
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.run_controller import facts
from workbench.gui.token_link import TokenLink
from workbench.gui.token_text import Line, Look, Piece


class RunView(QObject):
    """Shows the run on show; while the workspace is not in front it waits.

    Attributes:
        shown: the run that is shown; None for none.
    """

    def __init__(
        self, current: Current, space: ProbabilitiesSpace, is_in_front: Callable[[], bool]
    ) -> None:
        super().__init__(space)
        self._current, self._space = current, space
        self._is_in_front = is_in_front
        self.shown: ShownRun | None = None
        self._sample = 0
        self._links = [
            TokenLink(space.prompt.view, current, Part.PROMPT, lambda: space.prompt_tokens.run_id),
            TokenLink(
                space.reply.view,
                current,
                Part.REPLY,
                lambda: space.reply_tokens.run_id,
                lambda: self._sample,
            ),
        ]
        current.run_changed.connect(self.refresh)
        current.grew.connect(self.refresh)
        current.token_changed.connect(self._token_changed)

    def refresh(self) -> None:
        """Show what is on show now, if the workspace is in front."""
        if not self._is_in_front():
            return
        run = self._current.run
        before, self.shown = self.shown, run
        if run is None:
            self._show_nothing()
            return
        if before is None or before.run_id != run.run_id:
            self._sample = 0
            self._show_prompt(run)
            self._begin_reply(run)
        self._grow(run)
        for link in self._links:
            link.follow()

    def show_sample(self, sample: int) -> None:
        """Show another reply of the run."""
        if self.shown is not None and sample != self._sample:
            self._sample = sample
            self._begin_reply(self.shown)
            self._grow(self.shown)

    @property
    def sample(self) -> int:
        """Which reply is shown."""
        return self._sample

    def _token_changed(self) -> None:
        token = self._current.token
        if self._is_in_front() and token is not None and token.part is Part.REPLY:
            self.show_sample(token.sample)

    def _show_nothing(self) -> None:
        space = self._space
        for pane, tokens in (
            (space.prompt, space.prompt_tokens),
            (space.reply, space.reply_tokens),
        ):
            tokens.begin(())
            pane.show_tokens(False)
            pane.show_facts("")
        space.chip.hide()

    def _show_prompt(self, run: ShownRun) -> None:
        space, tokens = self._space, run.prompt_tokens
        space.prompt_tokens.begin(run.control, run.run_id)
        space.prompt_tokens.show_pieces(
            tokens, [prompt_piece(t, run.control) for t in tokens], None
        )
        space.prompt.show_tokens(True)
        space.prompt.show_facts(f"{len(tokens):,} tokens")
        space.chip.setText(run.start.prompt_name)
        space.chip.setVisible(bool(run.start.prompt_name))

    def _begin_reply(self, run: ShownRun) -> None:
        self._space.reply_tokens.begin(run.control, run.run_id, self._sample)
        self._space.reply.show_tokens(True)

    def _grow(self, run: ShownRun) -> None:
        tokens = self._space.reply_tokens
        if self._sample < len(run.samples):
            tokens.add(run.samples[self._sample].slice(len(tokens.view)), run.pieces)
        if run.finished:
            tokens.finish()
        end = run.end
        if end is not None:
            self._space.reply.show_facts(facts(run.start.seed, end.result))
        else:
            count = run.length(Part.REPLY, self._sample)
            self._space.reply.show_facts(f"seed {run.start.seed} · {count:,} tokens")


def prompt_piece(token: PromptToken, control: frozenset[int]) -> Piece:
    """How a token of the prompt is drawn where colours mean probabilities: its source below it."""
    note = "" if token.bytes.isascii() and token.bytes else token.bytes.hex()
    if token.id in control or not token.bytes:
        return Piece(token.bytes, Look.CHIP, control_label(token.text) or f"#{token.id}", note)
    kind = token.source.partition(":")[0]
    lines = {"variable": Line.VARIABLE, "example": Line.EXAMPLE, SPECIAL: Line.TEMPLATE}
    return Piece(token.bytes, note=note, line=lines.get(kind, Line.NONE))
