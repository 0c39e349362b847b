"""The vocabulary of a model without its weights: for a program whose models are elsewhere."""

from __future__ import annotations

from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.types import EngineInfo, EngineSettings, Loaded, Tokenized
from workbench.engine.gguf import default_ctx, read_header
from workbench.engine.messages import Call
from workbench.engine.native.lib import NativeLog, versions
from workbench.engine.native.model import NativeModel
from workbench.engine.pieces import Pieces
from workbench.engine.vocabulary import vocabulary_hash


class Words:
    """Tokenises as the model in a GGUF file does; it takes the memory of the vocabulary only.

    Attributes:
        loaded: the header and the vocabulary; the backend is "none".
        pieces: bytes of every token.

    Raises:
        UserError: the file is missing, no GGUF, truncated, or unknown to llama.cpp.
    """

    def __init__(self, path: Path, settings: EngineSettings) -> None:
        info = read_header(path).info
        self._model = NativeModel(path, settings, NativeLog(), vocab_only=True)
        self.pieces = Pieces(self._model)
        self.loaded = Loaded(
            model=info,
            engine=EngineInfo(
                *versions(),
                backend="none",
                n_threads=1,
                n_ctx=settings.n_ctx or default_ctx(info),
                flash_attention=settings.flash_attention,
                kv_type=settings.kv_type,
            ),
            vocab=self._model.vocab_info(),
        )

    def tokenize(self, text: str, *, add_bos: bool, parse_special: bool = True) -> Tokenized:
        """Token ids of `text`; `add_bos` puts the model's BOS in front if it has one."""
        return self._model.tokenize(text, add_bos=add_bos, parse_special=parse_special)

    def infill(self, prefix: str, suffix: str) -> Tokenized:
        """As `LlamaEngine.infill`; UserError when the model cannot fill in."""
        return self._model.infill(prefix, suffix)

    def answer(self, call: Call) -> object:
        """The answer to one call from another process.

        Raises:
            UserError: it needs the weights.
        """
        match call.name, call.args:
            case "infill", (str() as prefix, str() as suffix):
                return self.infill(prefix, suffix)
            case "vocabulary_hash", ():
                return vocabulary_hash(self.pieces)
            case "pieces", (tuple() as ids,):
                return {token: self.pieces[token] for token in ids}
        raise UserError(f"Only the vocabulary is loaded here, and {call.name} needs the weights.")

    def close(self) -> None:
        """Free the vocabulary. Doing it twice is harmless."""
        self._model.close()
