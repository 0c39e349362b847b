"""The `workbench` command: verbs loaded when they are used, errors in one line."""

from __future__ import annotations

import errno
import importlib
import keyword
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext

import click

from workbench import __version__
from workbench.cli.given import not_empty
from workbench.cli.interrupts import ends_as_interrupts
from workbench.cli.open import OPEN_WINDOW, is_file_to_open
from workbench.core.errors import EngineDiedError, UserError

_VERBS = {
    "open": "Open the window on a model, a prompt, or one of each.",
    "run": "Run a prompt on a model and record it.",
    "render": "Show the exact text and tokens a model would read.",
    "score": "Score a prompt and a continuation token by token.",
    "choose": "Score given answers exactly.",
    "trace": "Show what each sampler does to the next token.",
    "whatif": "Show a recorded reply under other sampler settings.",
    "compare": "Run models, prompts, settings and seeds side by side.",
    "eval": "Measure models on the items of a task.",
    "report": "Report on evaluations as HTML, or as a leaderboard.",
    "needle": "Make a long-context task: a fact hidden at a depth of a long text.",
    "sweep": "Run a prompt over a grid of settings, prompts or models.",
    "rank": "Rank what wrote the replies that were voted on.",
    "vote": "Vote on two replies; list, take back and exchange votes.",
    "judge": "Let a local model vote on pairs of replies.",
    "attention": "Write where every head looked to an NPZ file.",
    "lens": "Show what each layer would say: the logit lens.",
    "metrics": "List and explain metrics; score a reply with one.",
    "export": "Write a prompt as a file for another tool.",
    "import": "Read prompts of other tools into the library.",
    "influence": "Measure which part of a prompt mattered for a reply.",
    "lookahead": "Show the most likely continuations as a tree.",
    "steer": "Experimental: continue a prompt with a control vector added.",
    "models": "List models, or show one.",
    "prompts": "List prompts, show one, or check a file.",
    "history": "List recorded runs, or show one.",
    "bench": "Measure this machine, as ratios.",
    "doctor": "Check the build, the hardware, Qt, the disk and the database.",
}
_OUTPUT_FAILS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})

OpenWindow = Callable[[str | None, str | None, str | None, str | None], int]

EXIT_NO = 1
EXIT_BAD_INPUT = 2
EXIT_INTERRUPTED = 130


class _Verbs(click.Group):
    """Imports a verb's module only when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        own = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"workbench.cli.{own}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _VERBS and is_file_to_open(args[0]):
            args = ["open", *args]
        if args and args[0] not in _VERBS:
            from workbench.core.registry import did_you_mean

            raise UserError(f"There is no command {args[0]}.", did_you_mean(args[0], list(_VERBS)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_VERBS.items()))


@click.group(
    cls=_Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: workbench run few-shot-story -v name=Zoe --seed 41",
)
@click.version_option(__version__, prog_name="workbench")
@click.option(
    "--profile",
    metavar="DIR",
    callback=not_empty,
    envvar="WORKBENCH_PROFILE",
    help="Folder for settings and history (or WORKBENCH_PROFILE).",
)
@click.option(
    "-m",
    "--model",
    metavar="MODEL",
    callback=not_empty,
    help="Open the window on this model.",
)
@click.option(
    "--screenshot",
    metavar="FILE",
    help="Open the window on the demo model, generate, save a PNG and exit.",
)
@click.pass_context
def cli(ctx: click.Context, profile: str | None, model: str | None, screenshot: str | None) -> None:
    """Prompt engineering on models you run yourself. Without a command the window opens."""
    open_window: OpenWindow = ctx.obj
    ctx.obj = profile
    ctx.meta[OPEN_WINDOW] = open_window
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(profile, model, screenshot, None))


def run(arguments: list[str], open_window: OpenWindow) -> int:
    """Run one command line and return its exit code; foreseeable errors become one line.

    `open_window` gets the profile folder, the model, the screenshot file and the prompt of a
    command line without a verb or with `open`; the command line itself knows no Qt.
    """
    try:
        # The window has its own ways to end.
        opens = not any(word in _VERBS and word != "open" for word in arguments)
        with nullcontext() if opens else ends_as_interrupts():
            result = cli.main(
                args=arguments, prog_name="workbench", standalone_mode=False, obj=open_window
            )
        sys.stdout.flush()  # Python's own flush at its end would report what goes wrong itself
    except EngineDiedError as error:
        return _fail(str(error), EXIT_NO)
    except UserError as error:
        return _fail(str(error), EXIT_BAD_INPUT)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return EXIT_BAD_INPUT
    except click.ClickException as error:
        return _fail(error.format_message(), EXIT_BAD_INPUT)
    except (click.Abort, KeyboardInterrupt):
        return _fail("Stopped.", EXIT_INTERRUPTED)
    except BrokenPipeError:
        _forget_output()
        return EXIT_NO
    except OSError as error:
        # What is foreseeable with files is a UserError already; what is left is the output.
        if error.errno not in _OUTPUT_FAILS:
            raise
        _forget_output()
        return _fail(f"The output could not be written: {os.strerror(error.errno)}.", EXIT_NO)
    except UnicodeEncodeError as error:
        # Bytes of the command line that are no UTF-8 came as far as a place that keeps texts.
        if not any("\ud800" <= sign <= "\udfff" for sign in error.object):
            raise
        return _fail(f"{error.object!r:.60} is not UTF-8.", EXIT_BAD_INPUT)
    return result if isinstance(result, int) else 0


def _forget_output() -> None:
    """What cannot be written (its reader left, the disk is full) goes nowhere from here on.

    Python flushes stdout once more at its end, and would report the same trouble there.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _fail(message: str, code: int) -> int:
    print(f"workbench: {' '.join(message.split())}", file=sys.stderr)
    return code
