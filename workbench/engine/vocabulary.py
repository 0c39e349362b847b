"""Whether two vocabularies are one. No llama_cpp here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def vocabulary_hash(pieces: Mapping[int, bytes]) -> str:
    """Equal for models whose token ids mean the same bytes; hexadecimal."""
    digest = hashlib.sha256()
    for token in range(len(pieces)):
        piece = pieces[token]
        digest.update(len(piece).to_bytes(4, "little") + piece)
    return digest.hexdigest()
