"""Owner of one loaded model and its vocabulary."""

from __future__ import annotations

import ctypes
import os
import weakref
from dataclasses import replace
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.types import EngineSettings, Tokenized, VocabInfo
from workbench.engine.native.dry import DrySamplers
from workbench.engine.native.lib import NativeLog, lib


def for_this_build(settings: EngineSettings) -> EngineSettings:
    """The settings with layers on a GPU only if llama.cpp was built with one."""
    if settings.n_gpu_layers and not lib.llama_supports_gpu_offload():
        return replace(settings, n_gpu_layers=0)
    return settings


class NativeModel:
    """Weights and vocabulary of a GGUF file.

    Attributes:
        dry: DRY samplers to copy from.
        window: tokens that a sliding-window layer sees; 0 when every layer sees all.
        n_layer: layers a token passes through; a header may count further ones, for drafts.
        recurrent: whether some layers keep one running state, which cannot be wound back.

    Raises:
        UserError: llama.cpp refuses the file; the message carries its reason.
    """

    def __init__(
        self, path: Path, settings: EngineSettings, log: NativeLog, *, vocab_only: bool = False
    ) -> None:
        """With `vocab_only` the weights stay on the disk and no context can be made."""
        lib.llama_backend_init()
        params = lib.llama_model_default_params()
        params.n_gpu_layers = 999 if settings.n_gpu_layers < 0 else settings.n_gpu_layers
        params.load_mode = (
            lib.LLAMA_LOAD_MODE_MMAP if settings.use_mmap else lib.LLAMA_LOAD_MODE_NONE
        )
        params.vocab_only = vocab_only
        log.clear()
        self._handle = lib.llama_model_load_from_file(os.fsencode(path), params)
        if not self._handle:
            reason = load_failure(log.errors())
            raise UserError(
                f"llama.cpp cannot load {path.name}: {reason}.",
                "Check that the file is whole and that this build of llama.cpp knows its kind.",
                "\n".join(log.errors()),
            )
        self._free = weakref.finalize(self, lib.llama_model_free, self._handle)
        self._vocab = lib.llama_model_get_vocab(self._handle)
        self.n_vocab: int = lib.llama_vocab_n_tokens(self._vocab)
        self.window: int = lib.llama_model_n_swa(self._handle)
        self.n_layer: int = lib.llama_model_n_layer(self._handle)
        self.recurrent = bool(
            lib.llama_model_is_recurrent(self._handle) or lib.llama_model_is_hybrid(self._handle)
        )
        self.dry = DrySamplers()
        self._pieces: dict[int, bytes] = {}
        self._controls: dict[int, bool] = {}
        self._all_controls: list[int] | None = None
        self._ends: dict[int, bool] = {}
        self._all_ends: list[int] | None = None

    @property
    def pooling(self) -> int:
        """llama.cpp's number of the pooling the model names; 0 when it names none."""
        architecture = self._text_of("general.architecture")
        named = self._text_of(f"{architecture}.pooling_type")
        return int(named) if named.isdigit() else 0

    def _text_of(self, key: str) -> str:
        """A value of the metadata as text; empty when there is none."""
        buffer = ctypes.create_string_buffer(128)
        size = lib.llama_model_meta_val_str(self._handle, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if size >= 0 else ""

    @property
    def handle(self) -> object:
        """The `llama_model *`."""
        return self._handle

    @property
    def vocab(self) -> object:
        """The `llama_vocab *`."""
        return self._vocab

    def close(self) -> None:
        """Free the weights. Every context must be closed before."""
        self.dry.close()
        self._free()

    def piece(self, token: int) -> bytes:
        """The bytes of one token; control tokens give their name, such as `</s>`."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._read_piece(token)
        return known

    def _read_piece(self, token: int) -> bytes:
        # A buffer of its own: two threads may sample at once.
        buffer = ctypes.create_string_buffer(256)
        length = lib.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, True)
        if length < 0:
            buffer = ctypes.create_string_buffer(-length)
            length = lib.llama_token_to_piece(self._vocab, token, buffer, -length, 0, True)
        return buffer.raw[:length]

    def is_control(self, token: int) -> bool:
        """Whether the token is part of the format rather than of the text."""
        known = self._controls.get(token)
        if known is None:
            known = self._controls[token] = bool(lib.llama_vocab_is_control(self._vocab, token))
        return known

    def is_end(self, token: int) -> bool:
        """Whether the token ends a reply (EOS, EOT and their kin)."""
        known = self._ends.get(token)
        if known is None:
            known = self._ends[token] = bool(lib.llama_vocab_is_eog(self._vocab, token))
        return known

    def control_tokens(self) -> list[int]:
        """Every token that is part of the format; those that end a reply among them."""
        if self._all_controls is None:
            self._all_controls = [t for t in range(self.n_vocab) if self.is_control(t)]
        return self._all_controls

    def end_tokens(self) -> list[int]:
        """Every token that ends a reply."""
        if self._all_ends is None:
            self._all_ends = [t for t in range(self.n_vocab) if self.is_end(t)]
        return self._all_ends

    def tokenize(self, text: str, *, add_bos: bool, parse_special: bool) -> Tokenized:
        """Ids of `text`, with the model's BOS in front if `add_bos` and it has one."""
        ids = self._ids(text, parse_special=parse_special)
        bos = lib.llama_vocab_bos(self._vocab)
        if add_bos and bos >= 0:
            ids.insert(0, bos)
        return self.describe(ids)

    def tokenize_whole(self, text: str) -> tuple[int, ...]:
        """Ids of a text with all marks that the model wants around one (BOS, CLS, SEP, EOS)."""
        return tuple(self._ids(text, parse_special=False, marks=True)) if text else ()

    def infill(self, prefix: str, suffix: str) -> Tokenized:
        """Prefix, suffix and the model's fill-in-the-middle tokens, in the order it learnt.

        Raises:
            UserError: the model has no such tokens.
        """
        marks = [
            int(mark(self._vocab))
            for mark in (lib.llama_vocab_fim_pre, lib.llama_vocab_fim_suf, lib.llama_vocab_fim_mid)
        ]
        if min(marks) < 0:
            raise UserError(
                "This model has no fill-in-the-middle tokens.",
                "Choose a code model that was trained to fill in.",
            )
        before, after, middle = marks
        ids = [before, *self._ids(prefix, parse_special=False)]
        ids += [after, *self._ids(suffix, parse_special=False), middle]
        bos = lib.llama_vocab_bos(self._vocab)
        if bos >= 0 and lib.llama_vocab_get_add_bos(self._vocab):
            ids.insert(0, bos)
        return self.describe(ids)

    def describe(self, ids: list[int]) -> Tokenized:
        """The same ids with their bytes and kinds."""
        return Tokenized(
            tuple(ids),
            tuple(self.piece(i) for i in ids),
            tuple(self.is_control(i) for i in ids),
        )

    def _ids(self, text: str, *, parse_special: bool, marks: bool = False) -> list[int]:
        data = text.encode("utf-8", "surrogatepass")
        if not data:
            return []
        size = len(data) + 8
        while True:
            buffer = (ctypes.c_int32 * size)()
            count = lib.llama_tokenize(
                self._vocab, data, len(data), buffer, size, marks, parse_special
            )
            if count >= 0:
                return list(buffer[:count])
            size = -count

    def vocab_info(self) -> VocabInfo:
        """BOS, EOS and the control tokens of this vocabulary."""
        bos, eos, eot = (
            None if token < 0 else int(token)
            for token in (
                lib.llama_vocab_bos(self._vocab),
                lib.llama_vocab_eos(self._vocab),
                lib.llama_vocab_eot(self._vocab),
            )
        )
        special = {t: self._name(t) for t in self.control_tokens()}
        return VocabInfo(
            n_vocab=self.n_vocab,
            bos=bos,
            eos=eos,
            eot=eot,
            bos_text="" if bos is None else self._name(bos),
            eos_text="" if eos is None else self._name(eos),
            adds_bos=bool(lib.llama_vocab_get_add_bos(self._vocab)),
            special_texts=special,
        )

    def _name(self, token: int) -> str:
        return self.piece(token).decode("utf-8", "replace")


def load_failure(errors: list[str]) -> str:
    """The most telling of llama.cpp's error lines, without its function names."""
    telling = [e for e in errors if "error loading model" in e] or errors
    if not telling:
        return "it gave no reason"
    reason = telling[0].split("error loading model:", 1)[-1]
    return reason.rsplit("llama_model_load:", 1)[-1].strip().rstrip(".")
