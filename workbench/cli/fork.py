"""`workbench run --fork`: a recorded reply left at a token and continued."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.interrupts import interrupt_asks
from workbench.cli.options import note, pairs, preset_of, print_json, readable
from workbench.cli.running import Printer, report, wait_for
from workbench.cli.saving import close
from workbench.core.engine_input import split_values, with_engine_values
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.sampling import Sampling
    from workbench.core.types import EngineSettings, Loaded
    from workbench.experiments.branches import Fork, Reply
    from workbench.experiments.live_run import RunOutcome
    from workbench.experiments.session import Session
    from workbench.history.load import StoredRun


@dataclass(frozen=True, slots=True)
class ForkWish:
    """The command line, parsed; `at` None keeps every token."""

    run_id: str
    sample: int
    at: int | None
    put: str | None
    token: int | None
    model: str | None
    settings: tuple[str, ...]
    preset: str | None
    seed: int | None
    samples: int
    as_json: bool
    save: bool

    def run(self, profile: Profile) -> int:
        """Fork and print; the exit code."""
        from workbench.experiments.session import open_session

        if self.put is not None and self.token is not None:
            raise UserError("Give --put or --token, not both.")
        if not profile.history_file.exists():
            raise UserError(
                f"There is no history in {profile.root} yet.", "`workbench run` records one."
            )
        session, notices = open_session(profile)
        for notice in notices:
            note(notice)
        told = False
        try:
            outcome = self._outcome(session, profile)
            if self.as_json:
                print_json(_document(session, outcome))
            code = report(outcome, self.samples, self.as_json, in_memory=bool(notices))
            told = bool(outcome.save_error)
        finally:
            close(session, told=told)
        return code

    def _outcome(self, session: Session, profile: Profile) -> RunOutcome:
        from workbench.core.cancel import CancelToken
        from workbench.core.sampling_input import check_seed
        from workbench.experiments.branches import check_model, model_of, start_fork
        from workbench.experiments.models import find_model

        stored = session.store.get(self.run_id)
        start = stored.start
        reply = self._reply(stored)
        path = find_model(self.model, profile) if self.model else model_of(start)
        engine, _ = split_values(pairs(self.settings, "-s"))
        settings = with_engine_values(start.settings, engine)
        sampling, seed = self._sampling(start.sampling, profile)
        seed = self.seed if self.seed is not None else seed
        if seed is not None:
            check_seed(seed)
        loaded = session.load(path, settings)
        check_model(start, loaded, settings)
        fork = self._fork(session, loaded, settings, reply)
        sink = Printer(quiet=self.as_json or self.samples > 1)
        cancel = CancelToken()
        with interrupt_asks(cancel):
            handle = start_fork(
                session, fork, loaded, settings, sampling, seed, self.samples, sink, save=self.save
            )
            return wait_for(handle, sink, cancel)

    def _reply(self, stored: StoredRun) -> Reply:
        from workbench.experiments.branches import stored_reply

        return stored_reply(stored.start, stored.end, self.sample)

    def _fork(
        self, session: Session, loaded: Loaded, settings: EngineSettings, reply: Reply
    ) -> Fork:
        from workbench.experiments.branches import fork_at
        from workbench.experiments.text_tokens import text_tokens

        at = len(reply.tokens) if self.at is None else self.at
        if self.token is not None:
            return fork_at(reply, at, (self.token,), loaded.vocab.special_texts)
        if not self.put:
            return fork_at(reply, at)
        client = session.client(loaded.model, settings)
        text = readable(self.put, "--put")
        found = text_tokens(
            text,
            lambda part: client.tokenize(part, add_bos=False, parse_special=False).result(),
        )
        return fork_at(reply, at, found.ids)

    def _sampling(self, stored: Sampling, profile: Profile) -> tuple[Sampling, int | None]:
        from workbench.core.sampling_input import check_seed, with_values

        _, own = split_values(pairs(self.settings, "-s"))
        seed = None
        if "seed" in own:
            try:
                seed = check_seed(int(own.pop("seed")))
            except ValueError as error:
                raise UserError("seed takes a whole number.") from error
        return with_values(preset_of(self.preset, profile) or stored, own), seed


def _document(session: Session, outcome: RunOutcome) -> object:
    from workbench.experiments.documents import run_document

    document = run_document(outcome)
    document["model"]["sha256"] = session.sha256(Path(outcome.start.model.path)) or None
    return document
