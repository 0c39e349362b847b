"""What is refused before the engine begins: prompts, tokens, settings that cannot run."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.errors import UserError
from workbench.core.sampling import MAX_SEED, Sampling
from workbench.core.sampling_input import check, check_seed
from workbench.core.types import ChooseRequest, GenerateRequest
from workbench.engine.native.chain import check_infill, logit_biases
from workbench.engine.native.grammar import check_grammar
from workbench.engine.native.lib import NativeLog
from workbench.engine.native.model import NativeModel


class Checks:
    """The checks of one loaded model; each raises UserError."""

    def __init__(self, model: NativeModel, n_ctx: int, log: NativeLog) -> None:
        self._model = model
        self._n_ctx = n_ctx
        self._log = log

    def request(self, request: GenerateRequest) -> None:
        """Refuse a generation that cannot run."""
        self.sampling(request.sampling)
        check_seed(request.seed)
        if not 1 <= request.n_samples <= 1024:
            raise UserError(f"n_samples must be between 1 and 1,024, not {request.n_samples}.")
        if request.seed + request.n_samples - 1 > MAX_SEED:
            raise UserError(
                f"seed must leave room for {request.n_samples} samples below {MAX_SEED}."
            )
        self.prompt(request.prompt_ids, 1)
        if not 0 <= request.n_given <= request.n_sampled < len(request.prompt_ids):
            raise UserError(
                f"A reply of {request.n_sampled} tokens, {request.n_given} of them given, cannot "
                f"stand at the end of {len(request.prompt_ids)}."
            )

    def choices(self, request: ChooseRequest) -> None:
        """Refuse choices that cannot be scored."""
        if not request.choices or not all(request.choices):
            raise UserError(
                "There must be at least one choice, and none may be empty.",
                "Give each choice as a text of at least one token.",
            )
        self.prompt(request.prompt_ids, max(map(len, request.choices)))
        self.ids([t for c in request.choices for t in c])

    def sampling(self, sampling: Sampling) -> None:
        """Refuse settings with a bad value, or that this model cannot follow."""
        check(sampling)
        logit_biases(self._model, sampling)
        check_infill(self._model, sampling)
        check_grammar(self._model, sampling, self._log)

    def prompt(self, ids: Sequence[int], room: int) -> None:
        """Refuse a prompt that is empty or leaves no `room` tokens in the context."""
        if not ids:
            raise UserError("The prompt is empty.", "Write something for the model to continue.")
        if len(ids) + room > self._n_ctx:
            behind = f" with {room:,} more behind it" if room > 1 else ""
            raise UserError(
                f"The prompt is {len(ids):,} tokens long{behind} and the context holds "
                f"{self._n_ctx:,}{'; no room is left for a reply' if room == 1 else ''}.",
                "Shorten the prompt or load the model with a larger n_ctx.",
            )
        self.ids(ids)

    def ids(self, ids: Sequence[int]) -> None:
        """Refuse tokens that the model does not have."""
        bad = next((t for t in ids if not 0 <= t < self._model.n_vocab), None)
        if bad is not None:
            raise UserError(f"The prompt holds token {bad}, which this model does not have.")
