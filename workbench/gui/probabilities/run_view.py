"""Keeps prompt and reply of the workspace in step with the run on show. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from workbench.core.rendered import SPECIAL
from workbench.core.run import RunStatus
from workbench.core.tokens import PromptToken
from workbench.experiments.session import Prepared
from workbench.experiments.surprise import unrun
from workbench.gui.current import Current, Part, ShownRun
from workbench.gui.messages import Message
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.run_controller import facts
from workbench.gui.token_link import TokenLink
from workbench.gui.token_text import Line, Look, Piece
from workbench.gui.translate import tr

MOST_DRAWN = 16_000


class RunView(QObject):
    """Shows the run on show; while the workspace is not in front it waits.

    Without a run, or when the person wants it, the prompt is the one that is being edited.

    Attributes:
        shown: the run whose reply is shown; None for none.
        prompt: the run whose prompt is shown; one without an id was not run yet.

    Signals:
        prompt_shown(): another prompt is shown, or none.
        reply_shown(): the reply grew, or another one is shown.
    """

    prompt_shown = Signal()
    reply_shown = Signal()

    def __init__(
        self, current: Current, space: ProbabilitiesSpace, is_in_front: Callable[[], bool]
    ) -> None:
        super().__init__(space)
        self._current, self._space = current, space
        self._is_in_front = is_in_front
        self.shown: ShownRun | None = None
        self.prompt: ShownRun | None = None
        self._edited: ShownRun | None = None
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
        space.edited.toggled.connect(self.refresh)
        space.sample_chosen.connect(self.show_sample)

    def use_prepared(self, prepared: Prepared | None) -> None:
        """The prompt that is being edited is another now; None: it cannot be rendered."""
        self._edited = None
        if prepared is not None:
            control = frozenset(prepared.loaded.vocab.special_texts)
            self._edited = ShownRun(unrun(prepared), (), {}, control, None, finished=True)
        self.refresh()

    def refresh(self) -> None:
        """Show what is on show now, if the workspace is in front."""
        if not self._is_in_front():
            return
        run = self._current.run
        self._show_prompt_of(run)
        before, self.shown = self.shown, run
        if run is None:
            if before is not None:
                self._show_no_reply()
            return
        if before is None or before.run_id != run.run_id:
            self._sample = 0
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
            self._links[1].follow()

    @property
    def sample(self) -> int:
        """Which reply is shown."""
        return self._sample

    def _token_changed(self) -> None:
        token = self._current.token
        if self._is_in_front() and token is not None and token.part is Part.REPLY:
            self.show_sample(token.sample)

    def _show_prompt_of(self, run: ShownRun | None) -> None:
        button, edited = self._space.edited, self._edited
        differs = run is not None and edited is not None and not _same_prompt(run, edited)
        button.setVisible(differs)
        if not differs and button.isChecked():
            button.setChecked(False)  # comes back here
            return
        wanted = edited if run is None or button.isChecked() else run
        before = self.prompt
        if wanted is None:
            if before is not None:
                self.prompt = None
                self._show_no_prompt()
        elif before is None or before.run_id != wanted.run_id or not _same_prompt(before, wanted):
            self.prompt = wanted
            self._show_prompt(wanted)

    def _show_no_prompt(self) -> None:
        space = self._space
        space.prompt_tokens.begin(())
        space.prompt.show_tokens(False)
        space.prompt.show_facts("")
        space.chip.hide()
        self.prompt_shown.emit()

    def _show_no_reply(self) -> None:
        self._space.reply_tokens.begin(())
        self._space.reply.messages.dismiss("run")
        self._space.reply.show_tokens(False)
        self._space.reply.show_facts("")
        self._space.show_samples(0, 0)
        self.reply_shown.emit()

    def _show_prompt(self, run: ShownRun) -> None:
        space, tokens = self._space, drawn_prompt(run)
        pieces = [prompt_piece(token, run.control) for token in tokens]
        with self._links[0].quiet():
            space.prompt_tokens.begin(run.control, run.run_id)
            space.prompt_tokens.show_pieces(tokens, pieces, None)
        space.prompt.show_tokens(True)
        n_all = len(run.prompt_tokens)
        is_whole = len(tokens) == n_all
        space.prompt.show_facts(
            tr("{n_all:,} tokens", n_all=n_all)
            + ("" if is_whole else tr(" · the first {n_tokens:,} are shown", n_tokens=len(tokens)))
        )
        space.chip.setText(run.start.prompt_name)
        space.chip.setVisible(bool(run.start.prompt_name))
        self.prompt_shown.emit()

    def _begin_reply(self, run: ShownRun) -> None:
        with self._links[1].quiet():
            self._space.reply_tokens.begin(run.control, run.run_id, self._sample)
        self._space.reply.messages.dismiss("run")
        self._space.reply.show_tokens(True)
        self._space.show_samples(len(run.samples), self._sample)

    def _grow(self, run: ShownRun) -> None:
        tokens = self._space.reply_tokens
        if self._sample < len(run.samples):
            tokens.add(run.samples[self._sample].slice(len(tokens.view)), run.pieces)
        if run.finished:
            tokens.finish()
        end = run.end
        if end is not None:
            self._space.reply.show_facts(facts(run.start.seed, end.result))
            if end.status is RunStatus.FAILED:
                message = Message(end.result.error or tr("The run failed."), end.result.hint)
                self._space.reply.messages.show_message("run", message)
        else:
            count = run.length(Part.REPLY, self._sample)
            self._space.reply.show_facts(
                tr("seed {seed} · {count:,} tokens", seed=run.start.seed, count=count)
            )
        self.reply_shown.emit()


def drawn_prompt(run: ShownRun) -> tuple[PromptToken, ...]:
    """The prompt's tokens that are worth drawing: a prompt that no context held can have hundreds
    of thousands, and there is nothing to know about them.
    """
    tokens, n_ctx = run.prompt_tokens, run.start.engine.n_ctx
    return tokens if len(tokens) <= max(n_ctx, MOST_DRAWN) else tokens[:MOST_DRAWN]


def _same_prompt(a: ShownRun, b: ShownRun) -> bool:
    """Whether two runs have the same prompt tokens; a run of the edited prompt shares them."""
    one, two = a.prompt_tokens, b.prompt_tokens
    return one is two or (len(one) == len(two) and one == two)


def prompt_piece(token: PromptToken, control: frozenset[int]) -> Piece:
    """How a token of the prompt is drawn where colours mean probabilities: its source below it."""
    note = "" if token.bytes.isascii() and token.bytes else token.bytes.hex()
    if token.id in control or not token.bytes:
        return Piece(token.bytes, Look.CHIP, control_label(token.text) or f"#{token.id}", note)
    kind = token.source.partition(":")[0]
    lines = {"variable": Line.VARIABLE, "example": Line.EXAMPLE, SPECIAL: Line.TEMPLATE}
    return Piece(token.bytes, note=note, line=lines.get(kind, Line.NONE))
