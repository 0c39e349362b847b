"""From what the sandbox's child answered to a result with one clear sentence."""

from __future__ import annotations

import base64
import signal
from collections.abc import Mapping

from workbench.sandbox.values import MIB, Limits, Outcome, ProgramResult, Protection

FORCE = "It can be forced to run with the walls that this system has."


def refused(why: str, missing: Mapping[Protection, str] | None = None) -> ProgramResult:
    """A program that was not run."""
    return ProgramResult(Outcome.REFUSED, why, missing=missing or {})


def document_of(
    told: Mapping[str, object], limits: Limits, out: bytes, err: bytes, *, stopped: str
) -> ProgramResult:
    """The result of a run.

    Args:
        told: the child's answer; empty when there was none.
        out, err: what the program wrote, cut at the limit.
        stopped: why the workbench stopped it: "cancelled", "output", "hung", or "".
    """
    stdout, stderr = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
    if "refused" in told:
        hint = f" {FORCE}" if told.get("forceable") else ""
        return refused(f"The program was not run: {told['refused']}.{hint}")
    if not told:
        why = "the sandbox did not answer in time" if stopped == "hung" else "the sandbox ended"
        last = stderr.strip().splitlines()[-1:] or [""]
        return refused(f"The program has no result: {why}. {last[0]}".strip())
    status = _integer(told.get("status"))
    outcome, message = _verdict(str(told.get("why", "")), stopped, status, stderr, limits)
    missing = told.get("missing")
    return ProgramResult(
        outcome=outcome,
        message=message,
        exit_code=status if status >= 0 else None,
        signal=_signal_name(-status) if status < 0 else "",
        stdout=stdout,
        stderr=stderr,
        seconds=_number(told.get("seconds")),
        peak_bytes=_integer(told.get("peak_bytes")),
        left_behind=_integer(told.get("left_behind")),
        files=_files(told.get("files")),
        active=_walls(told.get("walls")),
        missing={Protection(name): str(why) for name, why in missing.items()}
        if isinstance(missing, dict)
        else {},
    )


def _verdict(
    why: str, stopped: str, status: int, stderr: str, limits: Limits
) -> tuple[Outcome, str]:
    if stopped == "cancelled":
        return Outcome.CANCELLED, "The program was stopped."
    if stopped == "output":
        return Outcome.OUTPUT, f"It wrote more than {_size(limits.output_bytes)}."
    if why == "timeout":
        return Outcome.TIMEOUT, f"It was not done after {limits.seconds:g} s."
    if why == "memory":
        return Outcome.MEMORY, f"It used more than {_size(limits.memory_bytes)} of memory."
    if why == "stopped":
        return Outcome.CANCELLED, "The program was stopped."
    if -status in (signal.SIGXCPU, signal.SIGKILL) and status < 0:
        if -status == signal.SIGXCPU:
            return Outcome.TIMEOUT, "It used up its time on the processor."
        return Outcome.KILLED, "Something killed it (SIGKILL)."
    if status < 0:
        return Outcome.KILLED, f"It crashed ({_signal_name(-status)})."
    if status == 0:
        return Outcome.PASSED, "It came to its end."
    last = (stderr.strip().splitlines() or [""])[-1].strip()
    if last.startswith("MemoryError"):
        return Outcome.MEMORY, f"It asked for more than {_size(limits.memory_bytes)} of memory."
    return Outcome.FAILED, last[:300] or f"It ended with exit code {status}."


def _size(size: int) -> str:
    return f"{size / MIB:g} MiB" if size >= MIB else f"{size:,} bytes"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _integer(value: object) -> int:
    return value if isinstance(value, int) else 0


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _files(value: object) -> dict[str, bytes]:
    if not isinstance(value, dict):
        return {}
    return {str(name): base64.b64decode(text) for name, text in value.items()}


def _walls(value: object) -> frozenset[Protection]:
    return frozenset(Protection(wall) for wall in value) if isinstance(value, list) else frozenset()
