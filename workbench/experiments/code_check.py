"""Does a program pass its tests? HumanEval and MBPP items, run in the sandbox.

A program counts as passed only if the tests were reached and came to their end: one that leaves
early with exit code 0 has passed nothing. A driver notes the end under a number that the program
is not shown; that is a guard against accidents and lazy tricks, not against a program that
searches the driver's memory for it.
"""

from __future__ import annotations

import ast
import re
import secrets
from dataclasses import dataclass

from workbench.core.cancel import CancelToken
from workbench.sandbox.run import run_program
from workbench.sandbox.values import Limits, Outcome, Permission, Program

HUMAN_EVAL_LIMITS = Limits(seconds=3.0)
"""As in the human-eval harness: 3 s for one program."""

_DRIVER = """\
import os

def _run():
    with open("key") as file:
        key = file.read()
    os.unlink("key")
    with open("candidate.py", encoding="utf-8") as file:
        source = file.read()
    done = os.open("done", os.O_WRONLY | os.O_CREAT, 0o600)
    exec(compile(source, "candidate.py", "exec"), {"__name__": "__main__"})
    os.write(done, key.encode())

_run()
"""
_FENCE = re.compile(
    r"^```[ \t]*(?:python|py|python3)?[ \t]*\n(.*?)(?:^```|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_BEYOND = re.compile(r"\n(?=class |def |#|@|if |print\(|```|assert |from |import )")
_BEGINS = re.compile(r"^(?:(?:async def|def|class|import|from)\b|@)", re.MULTILINE)
_TRIES = 50
_IMPORT = re.compile(r"^(?:import|from) .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """Whether a program passed its tests.

    Attributes:
        passed: None when it was not run at all; `message` then says why.
        outcome: how the program ended; FAILED also for one that ended before its tests did.
        output: the last of what it wrote, standard error after standard output.
    """

    passed: bool | None
    outcome: Outcome
    message: str
    seconds: float = 0.0
    output: str = ""


def candidate_source(prompt: str, reply: str, entry_point: str = "") -> str:
    """The program in a model's reply to a code item.

    A fenced block that defines `entry_point` (or any block, where none is named) stands for
    itself, with the prompt's imports above it. Where the prompt is a question in words (MBPP),
    so does any code in the reply. Anything else continues the prompt, up to the first line after
    the function that starts something new.
    """
    wanted = re.compile(
        rf"^\s*(?:async\s+)?(?:def|class)\s+{re.escape(entry_point)}\b", re.MULTILINE
    )
    continues = reply.lstrip("\n").startswith((" ", "\t"))
    blocks = [] if continues else [match.group(1) for match in _FENCE.finditer(reply)]
    whole = [block for block in blocks if not entry_point or wanted.search(block)]
    if whole:
        imports = "\n".join(_IMPORT.findall(prompt))
        return f"{imports}\n{whole[0]}" if imports else whole[0]
    if entry_point and re.match(rf"(?:async\s+)?def\s+{re.escape(entry_point)}\b", reply.lstrip()):
        imports = "\n".join(_IMPORT.findall(prompt))
        return f"{imports}\n{reply.lstrip()}"
    body = blocks[0] if blocks else reply
    if not _is_code(prompt, entry_point):
        return _code_in(body)
    end = _BEYOND.search(body)
    return prompt + (body[: end.start()] if end else body)


def _is_code(prompt: str, entry_point: str) -> bool:
    """Whether a reply can be put behind the prompt and be a program together with it."""
    stub = rf"^\s*(?:async\s+)?def\s+{re.escape(entry_point)}\b"
    if entry_point and re.search(stub, prompt, re.MULTILINE):
        return True
    return any(_parses(text) for text in (prompt, f"{prompt.rstrip()}\n    pass\n"))


def _code_in(text: str) -> str:
    """The code in a text: from the first line that begins some, up to where it is code no more."""
    begin = _BEGINS.search(text)
    lines = text[begin.start() if begin else 0 :].splitlines()
    for _ in range(_TRIES):
        try:
            ast.parse("\n".join(lines))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            bad = getattr(error, "lineno", None) or 0
            if bad < 2:
                break
            lines = lines[: min(bad, len(lines)) - 1]
            continue
        return "\n".join(lines) + "\n"
    return text


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def check_code(
    source: str,
    tests: str,
    entry_point: str,
    permission: Permission,
    limits: Limits = HUMAN_EVAL_LIMITS,
    cancel: CancelToken | None = None,
) -> CodeVerdict:
    """Run `source`, then `tests`, then check(entry_point) where there is an entry point.

    Args:
        tests: HumanEval's `test` (it defines `check`), or lines of `assert` (MBPP), which need no
            entry point.
        permission: for this task; nothing runs without it.
    """
    key = secrets.token_hex(16)
    call = f"\ncheck({entry_point})\n" if entry_point and "def check(" in tests else "\n"
    program = Program(
        _DRIVER,
        files={
            "candidate.py": f"{source}\n\n{tests}\n{call}".encode("utf-8", "surrogatepass"),
            "key": key.encode(),
        },
        collect=("done",),
        limits=limits,
    )
    result = run_program(program, permission, cancel)
    output = f"{result.stdout}{result.stderr}"[-4000:]
    if result.outcome in (Outcome.REFUSED, Outcome.CANCELLED):
        return CodeVerdict(None, result.outcome, result.message)
    reached = result.files.get("done", b"") == key.encode()
    if result.passed and not reached:
        why = "The program ended before its tests did."
        return CodeVerdict(False, Outcome.FAILED, why, result.seconds, output)
    return CodeVerdict(result.passed, result.outcome, result.message, result.seconds, output)
