"""What the sandbox can do on this machine, found by trying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.sandbox.run import run_program
from workbench.sandbox.values import (
    REQUIRED,
    Limits,
    Outcome,
    Permission,
    Program,
    ProgramResult,
    Protection,
)

_ADVICE = (
    "Allow user namespaces (kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0, "
    "on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0), or run tasks with code elsewhere."
)


@dataclass(frozen=True, slots=True)
class SandboxCheck:
    """Whether programs can be run here.

    Attributes:
        available: with every wall in `REQUIRED`.
        title: one sentence; `advice` what to do, "" for nothing.
        active, missing: walls that stood in the trial, and those that did not, with the reason.
    """

    available: bool
    title: str
    advice: str = ""
    active: frozenset[Protection] = frozenset()
    missing: Mapping[Protection, str] | None = None


def check_sandbox() -> SandboxCheck:
    """Run an empty program and say which walls stood; takes about 0.1 s, at most 15 s."""
    return judged(run_program(Program("", limits=Limits(seconds=5)), Permission(allowed=True)))


def judged(trial: ProgramResult) -> SandboxCheck:
    """What a trial with an empty program says about this machine."""
    if trial.outcome is Outcome.REFUSED:
        return SandboxCheck(False, f"Tasks that run code are refused. {trial.message}", _ADVICE)
    walls = ", ".join(wall.value for wall in Protection if wall in trial.active)
    lacking = [wall for wall in REQUIRED if wall not in trial.active]
    if lacking or trial.outcome is not Outcome.PASSED:
        what = ", ".join(lacking) or trial.message
        title = f"The sandbox for code does not work here: {what}."
        return SandboxCheck(False, title, _ADVICE, trial.active, trial.missing)
    return SandboxCheck(True, f"Code runs behind {walls}", "", trial.active, trial.missing)
