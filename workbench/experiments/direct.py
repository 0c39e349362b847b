"""The engine held in this process, for commands that ask one question and leave.

Score, choose, trace and influence need no child: a crash there ends only the command that asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.cancel import CancelToken
from workbench.core.remote import not_from_server, remote_address
from workbench.core.rendered import Rendered, attribute_tokens
from workbench.core.types import (
    ChoiceScore,
    ChooseRequest,
    EngineSettings,
    GenerateRequest,
    Loaded,
    ScoreRequest,
    Trace,
    TraceRequest,
)
from workbench.engine.begin import AnyEngine
from workbench.engine.llama import LlamaEngine
from workbench.experiments.chat_format import chat_format
from workbench.experiments.server_prompt import check_exact
from workbench.templates.render import render_prompt

if TYPE_CHECKING:
    from workbench.core.branching import Lookahead, LookaheadRequest
    from workbench.core.paths import Profile
    from workbench.core.sampling import Sampling
    from workbench.core.tokens import PromptToken, TokenTable
    from workbench.engine.base import Engine
    from workbench.templates.fragments import Fragments
    from workbench.templates.prompt_file import PromptFile

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReadPrompt:
    """A prompt as one engine reads it."""

    rendered: Rendered
    tokens: tuple[PromptToken, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The token ids."""
        return tuple(t.id for t in self.tokens)


class DirectEngine:
    """One model in this process, asked through prompts rather than token ids."""

    def __init__(
        self,
        engine: Engine,
        fragments: Fragments | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        self._engine = engine
        self._fragments = fragments
        self._cancel = CancelToken() if cancel is None else cancel

    @property
    def cancel(self) -> CancelToken:
        """Stops what is asked of it, with `Cancelled`."""
        return self._cancel

    @property
    def engine(self) -> LlamaEngine:
        """The engine itself, for what only one of this process can do.

        Raises:
            UserError: a server holds the model.
        """
        if isinstance(self._engine, LlamaEngine):
            return self._engine
        raise not_from_server("a look inside the model", self._engine.loaded.engine.backend)

    @property
    def loaded(self) -> Loaded:
        """The model, the engine and the vocabulary."""
        return self._engine.loaded

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token."""
        return self._engine.pieces

    def read(self, prompt: PromptFile, values: Mapping[str, object]) -> ReadPrompt:
        """Render and tokenise.

        Raises:
            UserError: the prompt cannot be rendered.
        """
        check_exact(self.loaded, prompt)
        chat = chat_format(self.loaded)
        rendered = render_prompt(prompt, values, chat, fragments=self._fragments)
        found = self._engine.tokenize(rendered.text, add_bos=rendered.adds_bos)
        return ReadPrompt(
            rendered, attribute_tokens(rendered, found.ids, found.pieces, found.special)
        )

    def continuation(self, read: ReadPrompt, text: str) -> tuple[int, ...]:
        """Token ids of `text` behind a prompt.

        The prompt and the text are tokenised as one where that leaves the prompt's tokens as
        they are, and apart where a token would have to reach across the border.
        """
        whole = self._engine.tokenize(read.rendered.text + text, add_bos=read.rendered.adds_bos)
        if whole.ids[: len(read.ids)] == read.ids:
            return whole.ids[len(read.ids) :]
        return self._engine.tokenize(text, add_bos=False).ids

    def score(self, ids: tuple[int, ...], start: int, top: int, progress: Progress) -> TokenTable:
        """Records of ids[start:]; see `LlamaEngine.score`."""
        return self._engine.score(ScoreRequest(ids, start, top), progress, self._cancel)

    def choose(
        self, read: ReadPrompt, choices: tuple[str, ...], progress: Progress
    ) -> tuple[ChoiceScore, ...]:
        """Log-probabilities of texts behind a prompt; see `LlamaEngine.choose`."""
        ids = tuple(self.continuation(read, text) for text in choices)
        return self._engine.choose(ChooseRequest(read.ids, ids), progress, self._cancel)

    def reply(
        self, read: ReadPrompt, sampling: Sampling, seed: int, progress: Progress
    ) -> tuple[int, ...]:
        """Token ids of one reply to a prompt; see `LlamaEngine.generate`."""
        request = GenerateRequest(read.ids, sampling, seed, top=0)
        made = self._engine.generate(request, _OnlyProgress(progress), self._cancel)
        self._cancel.check()
        return tuple(made.samples[0].tokens.ids.tolist())

    def trace(
        self, read: ReadPrompt, sampling: Sampling, seed: int, limit: int, progress: Progress
    ) -> Trace:
        """The sampler chain for the next token; see `LlamaEngine.trace`."""
        request = TraceRequest(read.ids, sampling, seed, limit)
        return self._engine.trace(request, progress, self._cancel)

    def look_ahead(self, request: LookaheadRequest, progress: Progress) -> Lookahead:
        """Continuations as a tree; see `LlamaEngine.look_ahead`."""
        return self._engine.look_ahead(request, progress, self._cancel)


class _OnlyProgress:
    """Follows how far a prompt is read; the reply's tokens are in the answer anyway."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def prefill(self, done: int, total: int) -> None:
        """`done` of `total` prompt tokens are read."""
        self._progress(done, total)

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Nothing to do."""


@contextmanager
def direct_engine(
    path: Path,
    settings: EngineSettings,
    fragments: Fragments | None = None,
    profile: Profile | None = None,
    cancel: CancelToken | None = None,
) -> Iterator[DirectEngine]:
    """A model loaded for the length of a block; its prompts include from `fragments`.

    `profile` says which servers were named; without it the model must be a file.
    What is asked in the block ends with `Cancelled` once `cancel` is set.

    Raises:
        UserError: it cannot be loaded.
        Cancelled: somebody asked to stop meanwhile.
    """
    engine: Engine
    address = remote_address(path)
    if address is None:
        engine = LlamaEngine(path, settings)
    else:
        if profile is None:
            raise not_from_server("a look inside the model", address.host)
        from workbench.engine.remote.engine import RemoteEngine

        engine = RemoteEngine(address, AnyEngine(profile).servers)
    try:
        made = DirectEngine(engine, fragments, cancel)
        made.cancel.check()
        yield made
    finally:
        engine.close()
