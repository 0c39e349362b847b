"""The manual page of the command, from the command line's own list of verbs. Imports nothing of the
program, so that any Python 3.11 can write it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_HEAD = """\
.TH WORKBENCH 1 "" "Prompt Workbench {version}" "User Commands"
.SH NAME
workbench \\- prompts for local language models, and every probability
.SH SYNOPSIS
.B workbench
.RI [ FILE.gguf " | " FILE.prompt.yml ]...
.br
.B workbench
.RI [ options ] " command " [ arguments ]
.SH DESCRIPTION
Without a command the window opens, on the files that are named. Models run on this computer,
through llama.cpp. Every command has
.B \\-\\-help
with an example, prints JSON with
.BR \\-\\-json ,
and ends with 0 when all is well, 1 when the answer is no, and 2 for bad input.
.SH OPTIONS
.TP
.BI \\-\\-profile " DIR"
the folder for settings, history and logs
.TP
.BI "\\-m, \\-\\-model" " MODEL"
open the window on this model
.TP
.B \\-\\-version
the version
.TP
.B "\\-h, \\-\\-help"
every command
.SH COMMANDS
"""

_TAIL = """\
.SH ENVIRONMENT
.TP
.B WORKBENCH_PROFILE
the folder that
.B \\-\\-profile
names
.SH FILES
.TP
.I ~/.local/share/prompt\\-workbench
settings, history, prompts and logs; a removal of the package leaves them alone
.SH SEE ALSO
The guide is in the window, with F1.
"""


def verbs() -> dict[str, str]:
    """Each command, and what it does in a sentence."""
    text = (ROOT / "workbench" / "cli" / "main.py").read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_VERBS":
            found = ast.literal_eval(node.value)
            assert isinstance(found, dict)
            return found
    raise SystemExit("workbench/cli/main.py lists no commands")


def page(version: str) -> str:
    """The page as `man` reads it."""
    commands = "".join(f".TP\n.B {name}\n{_plain(said)}\n" for name, said in verbs().items())
    return _HEAD.format(version=version) + commands + _TAIL


def _plain(text: str) -> str:
    """Text in which `man` finds no commands."""
    return text.replace("\\", "\\e").replace("-", "\\-")
