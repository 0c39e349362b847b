"""Requests made together by an engine in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.types import GenerateRequest, GenerateResult
from workbench.engine.llama import LlamaEngine
from workbench.engine.orders import Order


def together(
    engine: LlamaEngine,
    requests: Sequence[GenerateRequest],
    sinks: Sequence[KeepingSink] | None = None,
    cancels: Sequence[CancelToken] | None = None,
) -> tuple[list[GenerateResult], list[int]]:
    """The answers, and the order in which they came."""
    found: dict[int, GenerateResult] = {}

    def keep(index: int) -> Callable[[GenerateResult], None]:
        def done(result: GenerateResult) -> None:
            assert index not in found
            found[index] = result

        return done

    engine.generate_many(
        [
            Order(
                request,
                sinks[i] if sinks else KeepingSink(),
                cancels[i] if cancels else CancelToken(),
                keep(i),
            )
            for i, request in enumerate(requests)
        ]
    )
    return [found[i] for i in range(len(requests))], list(found)
