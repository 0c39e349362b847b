"""How a server is talked to: limits, timeouts, retries. Values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How one server is talked to.

    Attributes:
        connect_s: seconds until a connection must stand.
        first_token_s: seconds until the first token must arrive, the prompt's reading included.
        between_s: seconds that may pass between two tokens.
        retries: how often a request is repeated that failed before its first token.
        longest_wait_s: a server that asks for a longer pause (Retry-After) is not waited for.
        at_once: requests under way at the same time.
        per_second: requests begun per second; None is without limit.
        ca_file: certificates (PEM) to trust besides the system's; empty for none. Verification
            itself cannot be turned off.
    """

    connect_s: float = 10.0
    first_token_s: float = 300.0
    between_s: float = 60.0
    retries: int = 3
    longest_wait_s: float = 60.0
    at_once: int = 4
    per_second: float | None = None
    ca_file: str = ""
