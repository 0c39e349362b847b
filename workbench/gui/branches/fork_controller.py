"""Forks the run on show: at an alternative, at an edit, again, several at once. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.core.errors import UserError
from workbench.core.text import piece_text
from workbench.core.types import EngineSettings, Loaded, Tokenized
from workbench.experiments.branches import (
    Fork,
    Reply,
    check_model,
    fork_at,
    start_fork,
)
from workbench.experiments.session import RunHandle, Session
from workbench.experiments.text_tokens import text_tokens
from workbench.gui.bridge import RunBridge
from workbench.gui.current import Current, Part, ShownRun, TokenPlace
from workbench.gui.lane import Lane
from workbench.gui.messages import Message, MessageBar, from_error
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.run_controller import Launch, RunController
from workbench.gui.translate import mark, tr

_NO_REPLY = UserError(
    mark("There is no reply to fork."),
    mark("Generate one, or open a run, and choose a token in it."),
)
_IN_PROMPT = UserError(
    mark("Only a reply can be forked; this token is the prompt's."),
    mark("Edit the prompt to change it."),
)


class ForkController(QObject):
    """Leaves the reply on show at a token and goes on differently.

    A run that is under way is stopped first; what it said stays in the history, and the fork
    begins as soon as it has ended. The settings are those of the sampling panel.

    Signals:
        model_changed(): another model is loaded.
        ahead_wanted(TokenPlace): the person wants to see what may follow in front of a token.
        several_begun(): continuations are about to stream together.
    """

    model_changed = Signal()
    ahead_wanted = Signal(object)
    several_begun = Signal()

    def __init__(
        self,
        session: Session,
        current: Current,
        runs: RunController,
        sampling: SamplingPanel,
        notices: MessageBar,
        load_model: Callable[[Path], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._current, self._runs = session, current, runs
        self._sampling, self._notices, self._load = sampling, notices, load_model
        self._lane = Lane("fork", self)
        self._model: tuple[Loaded, EngineSettings] | None = None

    @property
    def model(self) -> tuple[Loaded, EngineSettings] | None:
        """The loaded model and how it was loaded; None while there is none."""
        return self._model

    def use_model(self, loaded: Loaded, settings: EngineSettings) -> None:
        """Forks are made by this model from now on."""
        self._model = loaded, settings
        self._notices.dismiss("fork")
        self.model_changed.emit()

    def close(self) -> None:
        """End the lane."""
        self._lane.close()

    # What a person may ask for

    def say_instead(self, token_id: int) -> None:
        """Put `token_id` in place of the chosen token and go on, with the reply's own seed."""
        place = self._current.token
        if place is not None and place.part is Part.PROMPT:
            self.refuse(_IN_PROMPT)
        elif place is not None:
            self.put(place, (token_id,))

    def put(self, place: TokenPlace, given: tuple[int, ...]) -> None:
        """Put tokens in place of a token and all behind it, and go on with the reply's seed."""
        reply = self._reply(place)
        if reply is not None:
            self._begin(partial(self._fork, reply, place.index, given), reply.seed, 1)

    def again(self, place: TokenPlace, n_samples: int = 1, seed: int | None = None) -> None:
        """Say the reply anew from a token on, `n_samples` times together; None draws a seed."""
        reply = self._reply(place)
        if reply is not None:
            self._begin(partial(self._fork, reply, place.index, ()), seed, n_samples)

    def several(self, place: TokenPlace, n_samples: int, seed: int | None = None) -> None:
        """Say the reply anew from a token on, several times beside each other."""
        self.several_begun.emit()
        self.again(place, n_samples, seed)

    def go_on(self, sample: int = 0) -> None:
        """Continue the reply on show behind its last token; an end token is said anew."""
        run = self._current.run
        end = 0 if run is None else run.length(Part.REPLY, sample)
        if run is not None and self._model is not None and end:
            vocab = self._model[0].vocab
            last = int(run.samples[sample].ids[-1])
            end -= last in (vocab.eos, vocab.eot)
        self.again(TokenPlace(Part.REPLY, sample, end))

    def write(self, place: TokenPlace, text: str) -> None:
        """Put a text in place of a token and all behind it, and go on with the reply's seed."""
        reply, model = self._reply(place), self._model
        if reply is None or model is None:
            return
        if not text:
            self._begin(partial(self._fork, reply, place.index, ()), reply.seed, 1)
            return
        client = self._session.client(model[0].model, model[1])

        def tokenize(part: str) -> Tokenized:
            return client.tokenize(part, add_bos=False, parse_special=False).result()

        def written(found: Tokenized) -> None:
            self._begin(partial(self._fork, reply, place.index, found.ids), reply.seed, 1)

        self._lane.submit(lambda: text_tokens(text, tokenize), written, self.refuse)

    def reply_at(self, place: TokenPlace) -> Reply | None:
        """The reply of the run on show that `place` stands in; None when there is none."""
        run = self._current.run
        if run is None or place.part is not Part.REPLY or place.sample >= len(run.samples):
            return None
        return Reply(run.start, place.sample, run.samples[place.sample], run.pieces)

    def can_fork(self, run: ShownRun) -> UserError | None:
        """Why the loaded model cannot continue a run; None when it can."""
        if self._model is None:
            return UserError(
                tr("No model is loaded yet."), tr("Load the model that made this reply.")
            )
        try:
            check_model(run.start, *self._model)
        except UserError as error:
            return error
        return None

    def refuse(self, error: Exception) -> None:
        """Say why there is no fork, and offer the model it needs if its file is there."""
        message = from_error(error)
        run = self._current.run
        path = Path(run.start.model.path) if run is not None else None
        loaded = Path(self._model[0].model.path) if self._model is not None else None
        if path is not None and path != loaded and path.is_file() and error is not _IN_PROMPT:
            action = (tr("Load {stem}", stem=path.stem), partial(self._load, path))
            message = Message(message.text, message.hint, message.details, actions=(action,))
        self._notices.show_message("fork", message)

    def _reply(self, place: TokenPlace) -> Reply | None:
        run = self._current.run
        reply = self.reply_at(place)
        if run is None or reply is None:
            self.refuse(_NO_REPLY)
            return None
        error = self.can_fork(run)
        if error is not None:
            self.refuse(error)
            return None
        return reply

    def _fork(self, reply: Reply, at: int, given: tuple[int, ...]) -> Fork:
        control = () if self._model is None else self._model[0].vocab.special_texts
        return fork_at(reply, at, given, control)

    def _begin(self, make: Callable[[], Fork], seed: int | None, n_samples: int) -> None:
        model = self._model
        if model is None:
            return
        loaded, settings = model
        try:
            fork = make()
        except UserError as error:
            self.refuse(error)
            return

        def begin(sink: RunBridge) -> RunHandle:
            sampling = self._sampling.sampling
            return start_fork(
                self._session, fork, loaded, settings, sampling, seed, n_samples, sink
            )

        self._notices.dismiss("fork")
        control = loaded.vocab.special_texts.keys()
        self._runs.launch(Launch(begin, control, self.refuse))


def text_at(run: ShownRun, sample: int, first: int, last: int) -> str:
    """What tokens `first` to `last` of a reply say, to be edited; half characters are left out."""
    ids = run.samples[sample].ids[first : last + 1].tolist()
    shown = [t for t in ids if t not in run.control]
    return b"".join(run.pieces[t] for t in shown).decode("utf-8", "ignore")


def token_words(run: ShownRun, place: TokenPlace) -> str:
    """A token in quotes, on one line."""
    token = int(run.samples[place.sample].ids[place.index])
    return f"“{piece_text(run.pieces[token])}”".replace("\n", "⏎")
