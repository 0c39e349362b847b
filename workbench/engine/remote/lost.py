"""Connections that do not come about or break, in the words of this program."""

from __future__ import annotations

import ssl
from typing import Any

from workbench.core.errors import UserError


class LostError(Exception):
    """There is no connection (any more); `connected` says whether there was one."""

    def __init__(self, why: str, *, connected: bool) -> None:
        super().__init__(why)
        self.connected = connected


def trusting(ca_file: str) -> dict[str, Any]:
    """Arguments for an HTTP client that trusts these certificates too, if any are given.

    Raises:
        UserError: they cannot be read.
    """
    if not ca_file:
        return {}
    try:
        context = ssl.create_default_context()
        context.load_verify_locations(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise UserError(
            f"The certificates in {ca_file} cannot be read: {error.strerror or error}.",
            "Give a file in PEM format.",
        ) from error
    return {"verify": context}


def is_lost(error: BaseException) -> bool:
    """Whether an error of the HTTP library (any of its generations) is about the connection."""
    import openai

    names = {kind.__name__ for kind in type(error).__mro__}
    return isinstance(error, openai.APIConnectionError | OSError) or "TransportError" in names


def had_connection(error: BaseException) -> bool:
    """Whether the server was reached before the error."""
    names = {type(e).__name__ for e in _causes(error)}
    return "ConnectError" not in names and "ConnectTimeout" not in names


def why(error: BaseException, otherwise: str) -> str:
    """The innermost reason as words of this program, without what the library knows besides."""
    for cause in reversed(_causes(error)):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({cause.verify_message})"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
    return otherwise


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        following = following.__cause__ or following.__context__
    return found
