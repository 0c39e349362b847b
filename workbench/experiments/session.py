"""One person's work: load a model, prepare a prompt, run it, have it recorded. Any thread.

Sinks are called on an engine's reader thread, in order, and must return quickly.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import StoppedError, UserError
from workbench.core.ids import RunIds, wall_clock_us
from workbench.core.library_folders import LibraryFolders
from workbench.core.memory import Room, has_gpu, room
from workbench.core.paths import Profile
from workbench.core.remote import remote_address
from workbench.core.rendered import attribute_tokens
from workbench.core.run import RunStart
from workbench.core.sampling import MAX_SEED, Sampling
from workbench.core.types import (
    EngineSettings,
    GenerateRequest,
    Loaded,
    ModelInfo,
)
from workbench.engine.begin import AnyEngine
from workbench.engine.child import Child
from workbench.engine.client import EngineClient
from workbench.engine.diagnose import probe_build
from workbench.engine.hardware import memory_bytes
from workbench.engine.life import Begin
from workbench.engine.native.binding import built_for_gpu
from workbench.engine.pool import EnginePool
from workbench.experiments.chat_format import chat_format, template_used
from workbench.experiments.infill import infill_rendered
from workbench.experiments.inside import ClientLooker
from workbench.experiments.live_run import LiveRun, Recorded, RunSink
from workbench.experiments.models import ModelHashes
from workbench.experiments.open_history import open_history
from workbench.experiments.peek import Look
from workbench.experiments.prepared import Prepared as Prepared  # noqa: PLC0414  # re-export
from workbench.experiments.run_handle import RunHandle as RunHandle  # noqa: PLC0414  # re-export
from workbench.experiments.run_handle import handle_of
from workbench.experiments.server_prompt import (
    by_server,
    server_chat,
    tokens_for,
    words_for,
    words_only,
)
from workbench.templates.code_cache import CodeCache
from workbench.templates.library import Library
from workbench.templates.prompt_file import PromptFile
from workbench.templates.render import render_prompt

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore


class Session:
    """Loads, prepares and runs for one profile.

    Attributes:
        profile, store, library: where things are kept; for reading by anybody.
        engines: knows the servers that models can be asked of.
        private: while it is true, runs that begin are not recorded. Any thread.
    """

    def __init__(
        self,
        profile: Profile,
        library: Library,
        pool: EnginePool,
        engines: AnyEngine | None = None,
    ) -> None:
        """`engines`: what the pool begins models with, where servers are known to it."""
        self.profile = profile
        self.library = library
        self.private = False
        self._store: HistoryStore | None = None
        self._store_lock = threading.Lock()  # protects _store while it is opened
        self._notices: list[str] = []
        self.engines = engines or AnyEngine(profile)
        self._pool = pool
        self._hashes = ModelHashes(profile.cache)
        self._ids = RunIds()
        self._codes = CodeCache()

    @property
    def store(self) -> HistoryStore:
        """The history, opened at the first use; in memory when its file cannot be used."""
        with self._store_lock:
            if self._store is None:
                self._store, problem = open_history(self.profile)
                if problem is not None:
                    self._notices.append(
                        f"{problem} Runs are kept in memory until the program ends."
                    )
            return self._store

    @property
    def notices(self) -> tuple[str, ...]:
        """What the person should know about the history, once it was opened."""
        return tuple(self._notices)

    def close(self) -> None:
        """End the engines, write what waits. Doing it twice is harmless."""
        self._pool.close()
        self._hashes.close()
        with self._store_lock:
            if self._store is not None:
                self._store.close()

    def warm(self, path: Path, settings: EngineSettings) -> Future[Loaded]:
        """Begin to load a model without waiting for it.

        Raises:
            UserError: the session was closed.
        """
        return self._pool.get(path, settings).load()

    def load(self, path: Path, settings: EngineSettings) -> Loaded:
        """The loaded model; waits until it is.

        Raises:
            UserError: it cannot be loaded.
        """
        loaded = self._pool.get(path, settings).load().result()
        if loaded.engine.server is not None:
            return loaded
        known = self._hashes.get(path)
        if known.done() and known.exception() is None:
            return replace(loaded, model=replace(loaded.model, sha256=known.result()))
        return loaded

    def sha256(self, path: Path) -> str:
        """The model file's hash; waits until it is computed. Empty for a model of a server.

        Raises:
            UserError: the file cannot be read.
        """
        if remote_address(path) is not None:
            return ""
        return self._hashes.get(path).result()

    def prepare(
        self,
        path: Path,
        settings: EngineSettings,
        prompt: PromptFile,
        values: Mapping[str, object],
        *,
        suffix: str | None = None,
        chat_template: str | None = None,
    ) -> Prepared:
        """Render and tokenise a prompt for a model; waits for the model.

        A `chat_template` (Jinja2 source) takes the place of the model's own.

        With a `suffix` the prompt asks a code model for what stands between the rendered text
        and the suffix.

        Raises:
            UserError: the model cannot be loaded, the prompt cannot be rendered, or there is a
                suffix and the prompt is a chat or the model cannot fill in.
        """
        loaded = self.load(path, settings)
        chat = chat_format(loaded)
        if chat_template is not None:
            chat = replace(chat, template=chat_template)
        rendered = render_prompt(prompt, values, chat, fragments=self.library, codes=self._codes)
        client = self._pool.get(path, settings)
        server = loaded.engine.server
        by_its_server = server_chat(loaded, prompt, chat_template) is not None
        if by_its_server:
            rendered = by_server(rendered)
            tokens = words_only(rendered)
        elif suffix is None and server is not None:
            tokens = tokens_for(client, server, rendered)
        elif suffix is None:
            tokens = client.tokenize(rendered.text, add_bos=rendered.adds_bos).result()
        elif prompt.is_chat:
            raise UserError(
                f"{prompt.name} is a chat, and only raw text can be filled in.",
                "Use a prompt with text: instead of messages:, or @TEXT.",
            )
        else:
            tokens = client.infill(rendered.text, suffix).result()
            rendered = infill_rendered(tokens)
        return Prepared(
            prompt,
            values,
            rendered,
            attribute_tokens(rendered, tokens.ids, tokens.pieces, tokens.special),
            loaded,
            settings,
            template_used(chat) if prompt.is_chat and not by_its_server else None,
            words_for(loaded, prompt, rendered, chat_template),
        )

    def peek(self, prepared: Prepared, top: int = 7) -> Look:
        """Begin to look at the `top` likeliest next tokens and return at once.

        The engine takes it up behind whatever it does now. A look never loads a model.

        Raises:
            StoppedError: another model has taken the place of this one.
            UserError: the engine was closed.
        """
        client = self.held(prepared.loaded.model, prepared.settings)
        if client is None:
            raise StoppedError("Another model has taken the place of this one.")
        return Look(client, tuple(token.id for token in prepared.tokens), top)

    def looker(self, run: RunStart) -> ClientLooker:
        """The model of a run, to look inside; it is loaded when it is first asked."""
        return ClientLooker(lambda: self.client(run.model, run.settings), run.model)

    def start(
        self,
        prepared: Prepared,
        sampling: Sampling,
        seed: int | None,
        n_samples: int,
        sink: RunSink,
        *,
        given: tuple[int, ...] = (),
        save: bool = True,
        experiment: str = "",
    ) -> RunHandle:
        """Begin a run and return at once; without a seed one is drawn.

        Every reply begins with the tokens `given`, as if a person had said them. `experiment`
        names the experiment it belongs to.

        Raises:
            UserError: the engine was closed.
        """
        start = self.describe(prepared, sampling, seed, n_samples)
        request = GenerateRequest(
            prompt_ids=(*(t.id for t in prepared.tokens), *given),
            sampling=sampling,
            seed=start.seed,
            n_samples=n_samples,
            n_sampled=len(given),
            n_given=len(given),
            words=prepared.words,
        )
        start = replace(start, given=given, experiment=experiment)
        return self.begin(start, request, LiveRun(start, sink), save=save)

    def begin(
        self, start: RunStart, request: GenerateRequest, live: LiveRun, *, save: bool = True
    ) -> RunHandle:
        """Hand a described run to the engine of its model, and record it; returns at once.

        Raises:
            UserError: the engine was closed.
        """
        job = self.client(start.model, start.settings).generate(request, live)
        live.recorded.set_result(self.record(start) if save and not self.private else None)
        return handle_of(start, job, live)

    def memory(self) -> tuple[Room, bool]:
        """Memory that is free now, and whether models go to a GPU here; may take a second."""
        ram = memory_bytes()
        free = None if ram is None else ram[1]
        if not built_for_gpu():
            return Room(free), False
        found = self._pool.devices()
        devices = probe_build().devices if found is None else found
        return room(free, devices), has_gpu(devices)

    def is_held(self, path: Path, settings: EngineSettings) -> bool:
        """Whether a model is loaded, or being loaded; asking loads nothing."""
        return self._pool.held(path, settings) is not None

    def client(self, model: ModelInfo, settings: EngineSettings) -> EngineClient:
        """The engine of a model, loaded again if another one took its place."""
        return self._pool.get(Path(model.path), settings)

    def width(self, path: Path, settings: EngineSettings) -> int:
        """How many calls the engine of a model works on at once; it begins to load.

        Raises:
            UserError: the engine was closed, or cannot be started.
        """
        return self._pool.get(path, settings).width

    def room_for(self, n_models: int) -> None:
        """Keep up to `n_models` models loaded from now on; surplus ones end."""
        self._pool.resize(n_models)

    def room_for_another(self, n_models: int) -> None:
        """Keep at least `n_models` models loaded from now on; none ends for it."""
        self._pool.grow(n_models)

    def release(self, path: Path, settings: EngineSettings) -> None:
        """Free the memory of a model that is not needed now."""
        self._pool.release(path, settings)

    def held(self, model: ModelInfo, settings: EngineSettings) -> EngineClient | None:
        """The engine of a model if it is loaded; asking loads and ends nothing."""
        return self._pool.held(Path(model.path), settings)

    def holding(self, model: ModelInfo) -> list[tuple[EngineSettings, EngineClient]]:
        """The engines of a model that are loaded, whatever their settings; the newest first."""
        return self._pool.holding(Path(model.path))

    def new_run_id(self) -> str:
        """An id for a run that is about to be described."""
        return self._ids.new()

    def record(self, start: RunStart) -> Recorded:
        """Write the row of a run that was just handed to the engine."""
        store = self.store
        saving = store.start_run(start)
        if not start.model.sha256:
            self._add_hash_later(start.run_id, Path(start.model.path))
        return Recorded(store, saving)

    def describe(
        self, prepared: Prepared, sampling: Sampling, seed: int | None, n_samples: int
    ) -> RunStart:
        """What is recorded of a run that is about to begin; without a seed one is drawn."""
        drawn = drawn_seed(n_samples) if seed is None else seed
        loaded = prepared.loaded
        return RunStart(
            run_id=self._ids.new(),
            created_us=wall_clock_us(),
            prompt_name=prepared.prompt.name,
            prompt_path=str(prepared.prompt.path or ""),
            prompt_source=prepared.prompt.source,
            variables=dict(prepared.values),
            text=prepared.rendered.text,
            prompt_tokens=prepared.tokens,
            chat_template=prepared.chat_template,
            model=loaded.model,
            engine=loaded.engine,
            settings=prepared.settings,
            sampling=sampling,
            seed=drawn,
            n_samples=n_samples,
        )

    def _add_hash_later(self, run_id: str, path: Path) -> None:
        def add(answer: Future[str]) -> None:
            if not answer.cancelled() and answer.exception() is None:
                # At closing time the store may be gone first; the next run records the hash.
                with suppress(UserError, RuntimeError):
                    self.store.record_sha256(run_id, answer.result())

        # A model file that was moved away after it was loaded can still run, without a hash.
        with suppress(UserError):
            self._hashes.get(path).add_done_callback(add)


def drawn_seed(n_samples: int) -> int:
    """A seed by chance, with room for the seeds of `n_samples` samples behind it."""
    return secrets.randbelow(MAX_SEED - n_samples)


def open_session(
    profile: Profile,
    pool: EnginePool | None = None,
    *,
    history: bool = True,
    files: Begin = Child,
) -> tuple[Session, tuple[str, ...]]:
    """A session, and what the person should know about it (a history only in memory, say).

    A `pool` whose engine is starting already saves the wait; the session closes it. Without
    `history` the store is opened when it is first used, and `Session.notices` tells then. `files`
    starts what answers for a model file, here or on a cluster.
    """
    library = Library(LibraryFolders(profile).all())
    engines = AnyEngine(profile, files)
    session = Session(profile, library, pool or EnginePool(begin=engines), engines)
    if history:
        _ = session.store
    return session, session.notices
