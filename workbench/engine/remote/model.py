"""One model of one server: what an engine does, as far as a server can. On its own loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from workbench.core.errors import UserError
from workbench.core.remote import Address, Capabilities, Served, ServerInfo, not_from_server
from workbench.core.tokens import TokenTable
from workbench.core.types import (
    ChoiceScore,
    ChooseRequest,
    EngineInfo,
    Finish,
    GenerateRequest,
    KvType,
    Loaded,
    ModelInfo,
    ScoreRequest,
    Timings,
    Tokenized,
    VocabInfo,
)
from workbench.engine.remote.answers import Row, rows_of, table_of, unknown_row
from workbench.engine.remote.connection import Connection
from workbench.engine.remote.events import listed
from workbench.engine.remote.kinds import Told
from workbench.engine.remote.names import TokenNames
from workbench.engine.remote.parameters import LLAMA_SERVER, OTHER, body_of
from workbench.engine.remote.sample import Sample, most_rows
from workbench.engine.remote.words import Words, text_of, word_pieces

Tell = Callable[[int, TokenTable, str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a request for replies ended; `error` is empty unless a reply failed."""

    ends: tuple[tuple[Finish, bool], ...]
    timings: Timings
    served: Served
    error: str = ""
    hint: str = ""


class RemoteModel:
    """Asks the server. Every method runs on the connection's loop.

    Attributes:
        names: the tokens that were met.
    """

    def __init__(
        self,
        connection: Connection,
        address: Address,
        told: Told,
        capabilities: Capabilities,
        *,
        adds_bos: bool,
    ) -> None:
        """`adds_bos`: whether the server is known to put a BOS in front of texts by itself."""
        self.names = TokenNames()
        self._connection, self._address, self._told = connection, address, told
        self._can = capabilities
        self._adds_bos = adds_bos
        self.words = Words(connection, told, self.names)

    @property
    def loaded(self) -> Loaded:
        """What is known of the model; counts that the server does not tell are 0."""
        told, can = self._told, self._can
        return Loaded(
            model=ModelInfo(
                name=told.id,
                path=str(self._address),
                architecture="",
                quantization="",
                n_params=told.n_params or 0,
                size_bytes=told.size_bytes or 0,
                n_ctx_train=told.n_ctx_train or 0,
                n_vocab=told.n_vocab or 0,
                n_layer=0,
                n_head=0,
                n_head_kv=0,
                n_embd=0,
                chat_template=told.chat_template,
            ),
            engine=EngineInfo(
                llama_cpp_python="",
                llama_cpp="",
                backend=can.kind,
                n_threads=0,
                n_ctx=told.n_ctx or 0,
                flash_attention=False,
                kv_type=KvType.F16,
                server=ServerInfo(
                    url=self._address.url,
                    asked=self._address.model or told.id,
                    told=told.id,
                    capabilities=can,
                    writes_chat=can.chat and told.chat_template is None,
                    n_ctx=told.n_ctx,
                ),
            ),
            vocab=VocabInfo(
                n_vocab=told.n_vocab or 0,
                bos=None,
                eos=None,
                eot=None,
                bos_text=told.bos_text,
                eos_text=told.eos_text,
                adds_bos=True,
            ),
        )

    async def generate(self, request: GenerateRequest, tell: Tell) -> Ended:
        """Replies to a prompt, each by a request of its own with its own seed.

        Cancelling the task ends the connections; it then answers with what stood by then.

        Raises:
            UserError: the request cannot be passed on.
        """
        body, chat, remarks = self._asked(request)
        samples = [
            Sample(
                self.names,
                request.top,
                most_rows(request.sampling.max_tokens),
                partial(tell, i),
            )
            for i in range(request.n_samples)
        ]
        loop = asyncio.get_running_loop()
        began, retried = time.monotonic(), self._connection.retried
        tasks = [
            loop.create_task(self._stream({**body, "seed": request.seed + i}, chat, sample))
            for i, sample in enumerate(samples)
        ]
        try:
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        except asyncio.CancelledError:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            _go_on()
        error = next((e for e in ended if isinstance(e, UserError)), None)
        bug = next((e for e in ended if isinstance(e, Exception) and e is not error), None)
        if error is None and bug is not None:
            raise bug
        finishes = tuple(
            (sample.finish or _unfinished(end), self._is_full(sample))
            for sample, end in zip(samples, ended, strict=True)
        )
        if self._connection.retried > retried:
            remarks = (*remarks, "A request was made again, because the server failed before.")
        return Ended(
            finishes,
            _timings(samples, began),
            _served(samples, self._address, self._told, remarks),
            "" if error is None else error.message,
            "" if error is None else error.hint,
        )

    async def score(self, request: ScoreRequest, progress: Progress) -> TokenTable:
        """Records of a given text, by having the server repeat it.

        Raises:
            UserError: the server cannot do that, or cuts the text into other tokens than `ids`.
        """
        pieces = [self.names.pieces.get(i, b"") for i in request.ids]
        silent = next((n for n, piece in enumerate(pieces) if piece), len(pieces))
        rows = await self._repeated(text_of(request.ids, self.names), request.top)
        # Behind the text stands the one token that had to be made, unless it was an end.
        rows = rows[: max(len(pieces) - silent, len(rows) - 1)]
        if not _spell_alike(pieces[silent:], [row.said.piece for row in rows]):
            raise UserError(
                f"{self._address.host} cuts this text into {len(rows)} tokens, not into "
                f"{len(pieces) - silent}.",
                "Its figures cannot be put beside these tokens.",
            )
        # Control tokens in front (a BOS) are not repeated; nothing is known of them.
        front = [unknown_row(b"")] * silent
        given = [_numbered(row, i) for row, i in zip(rows, request.ids[silent:], strict=True)]
        table = table_of([*front, *given], request.top, self.names)
        table.ids[:] = request.ids
        progress(len(table), len(table))
        return table.slice(request.start)

    async def choose(self, request: ChooseRequest, progress: Progress) -> tuple[ChoiceScore, ...]:
        """Summed log-probabilities of texts behind a prompt, each by a request of its own.

        Raises:
            UserError: as for `score`.
        """
        n, done = len(request.prompt_ids), 0

        async def one(ids: tuple[int, ...]) -> ChoiceScore:
            nonlocal done
            asked = ScoreRequest((*request.prompt_ids, *ids), n, request.top)
            table = await self.score(asked, _quiet)
            done += 1
            progress(done, len(request.choices))
            total = float(table.logprob.astype("float64").sum())
            if total != total:
                raise not_from_server(
                    "the probability of this answer", self._can.kind, "nothing stands before it"
                )
            return ChoiceScore(ids, total, table)

        return tuple(await asyncio.gather(*(one(ids) for ids in request.choices)))

    async def tokenize(self, text: str, *, add_bos: bool, parse_special: bool) -> Tokenized:
        """The tokens of a text, or its words where the server does not tell them."""
        if self._can.scores and not self._can.tokenizes and text:
            return await self._tokens_by_repeating(text)
        return await self.words.tokens(text, add_bos=add_bos, parse_special=parse_special)

    async def _tokens_by_repeating(self, text: str) -> Tokenized:
        """The tokens a server repeats a text in; its words if they do not spell it."""
        wanted, pieces, spelt = text.encode("utf-8", "surrogatepass"), [], b""
        for row in await self._repeated(text, 1):
            pieces.append(row.said.piece)
            spelt += row.said.piece
            if spelt == wanted:
                ids = tuple(self.names.number(piece) for piece in pieces)
                return Tokenized(ids, tuple(pieces), (False,) * len(pieces))
        return word_pieces(text, self.names)

    async def _stream(self, body: dict[str, Any], chat: bool, sample: Sample) -> None:
        events = self._connection.stream({**body, "stream": True}, chat=chat)
        async with aclosing(events):
            async for event in events:
                if not sample.take(event):
                    return
        if sample.finish is None:
            raise UserError(
                f"{self._address.host} ended the stream without saying that the reply is whole.",
                "What was said so far is kept.",
            )

    def _asked(self, request: GenerateRequest) -> tuple[dict[str, Any], bool, tuple[str, ...]]:
        """The request's body, whether it is a chat, and what the person should know."""
        can, words = self._can, request.words
        if request.n_sampled:
            raise not_from_server("going on from inside a reply, token by token", can.kind)
        chat = words is not None and bool(words.messages)
        if not chat and not can.completions:
            raise not_from_server(
                "continuing a raw text", can.kind, can.missing.get("completions", "")
            )
        body, lost = body_of(request.sampling, request.seed, can.kind, chat=chat)
        body["model"] = self._told.id
        top = min(request.top, can.most_top)
        if chat and words is not None:
            body["messages"] = [{"role": m.role, "content": m.content} for m in words.messages]
            if can.chat_logprobs:
                body.update(logprobs=True, top_logprobs=max(1, top))
        else:
            text = words.text if words is not None else text_of(request.prompt_ids, self.names)
            bos = self._told.bos_text
            body["prompt"] = text.removeprefix(bos) if bos and self._adds_bos else text
            if can.logprobs:
                body["logprobs"] = max(1, top)
        if can.kind != OTHER:
            body["stream_options"] = {"include_usage": True}
        remarks = (f"Not passed on: {', '.join(lost)}; this server has none.",) if lost else ()
        return body, chat, remarks

    async def _repeated(self, text: str, top: int) -> list[Row]:
        can = self._can
        if not can.scores:
            raise not_from_server(
                "probabilities of a given text", can.kind, can.missing.get("scores", "")
            )
        most = max(1, min(top, can.most_top))
        body = {
            "model": self._told.id,
            "prompt": text,
            "max_tokens": 1,
            "temperature": 0,
            "echo": True,
            "logprobs": most,
        }
        answer = await self._connection.complete(body, chat=False)
        choices = listed(answer.get("choices"))
        return rows_of(choices[0].get("logprobs"), top) if choices else []

    def _is_full(self, sample: Sample) -> bool:
        n_ctx, prompt, reply = self._told.n_ctx, sample.prompt_tokens, sample.n_tokens
        known = n_ctx is not None and prompt is not None and reply is not None
        return bool(known and prompt + reply >= n_ctx)  # type: ignore[operator]  # `known` says so


async def adds_bos(connection: Connection, told: Told) -> bool:
    """Whether the server puts a BOS in front of texts; False where that cannot be found out."""
    if told.kind != LLAMA_SERVER:
        return False
    words = Words(connection, told, TokenNames())
    return bool((await words.tokens("", add_bos=True, parse_special=True)).ids)


def _spell_alike(pieces: list[bytes], told: list[bytes]) -> bool:
    """Whether two cuts of a text are the same; parts of a character are told as nothing."""
    if len(pieces) != len(told):
        return False
    return all(
        b in (a, b"", a.strip()) or not _is_text(a) for a, b in zip(pieces, told, strict=True)
    )


def _numbered(row: Row, token: int) -> Row:
    """A row whose token has the number that it is known by here."""
    own = token if token >= 0 else None
    said = replace(row.said, id=own)
    return Row(said, tuple(said if option == row.said else option for option in row.top), row.rank)


def _is_text(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unfinished(end: object) -> Finish:
    return Finish.ERROR if isinstance(end, UserError) else Finish.CANCELLED


def _timings(samples: list[Sample], began: float) -> Timings:
    firsts = [s.first_at for s in samples if s.first_at is not None]
    lasts = [s.last_at for s in samples if s.last_at is not None]
    counts = [s.n_tokens for s in samples]
    known = [c for c in counts if c is not None]
    total = sum(known)
    seconds = max(lasts) - min(firsts) if firsts else 0.0
    whole = len(known) == len(counts)
    later = total - len(firsts)
    prompts = [s.prompt_tokens for s in samples if s.prompt_tokens is not None]
    return Timings(
        prefill_tokens=prompts[0] if prompts else 0,
        decode_tokens=total if whole else 0,
        decode_tps=later / seconds if whole and later > 0 and seconds > 0 else None,
        first_token_ms=1000 * (min(firsts) - began) if firsts else None,
    )


def _served(
    samples: list[Sample], address: Address, model: Told, remarks: tuple[str, ...]
) -> Served:
    told = next((s.told for s in samples if s.told), "")
    counts = [s.n_tokens for s in samples]
    prompts = [s.prompt_tokens for s in samples if s.prompt_tokens is not None]
    if any(s.overran for s in samples):
        remarks = (*remarks, "The server went on beyond max tokens and was stopped.")
    ends = sorted({s.ended_as for s in samples if s.ended_as})
    if ends:
        remarks = (*remarks, f"The server ended a reply for the reason {', '.join(ends)}.")
    known = [c for c in counts if c is not None]
    return Served(
        asked=address.model or model.id,
        told=told,
        url=address.url,
        prompt_tokens=prompts[0] if prompts else None,
        reply_tokens=sum(known) if len(known) == len(counts) else None,
        counts_tokens=all(s.counts for s in samples),
        remarks=remarks,
    )


def _go_on() -> None:
    """The task was cancelled and heard it; what it still does is to tell what stands."""
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()


def _quiet(_done: int, _total: int) -> None:
    """Nobody asked."""
