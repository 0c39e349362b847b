"""`python -m workbench` and the `workbench` command. Imports as little as it can: the engine's
process imports this module again when it starts."""

from __future__ import annotations


def main() -> None:
    """Run the command line; exit with its code."""
    try:
        _main()
    except KeyboardInterrupt:  # before or behind what a verb does itself
        import sys

        print("workbench: Stopped.", file=sys.stderr)  # noqa: T201  # a terminal is all there is
        sys.exit(130)


def _main() -> None:
    import multiprocessing
    import os
    import sys

    multiprocessing.freeze_support()
    _replace_closed_streams()
    _escape_what_cannot_be_shown()
    # The window alone waits for no library of command lines. A shell that asks for completions
    # gives no words either.
    if len(sys.argv) == 1 and "_WORKBENCH_COMPLETE" not in os.environ:
        sys.exit(_open_window(None, None, None, None))
    from workbench.core.python import AS_PYTHON, play_python

    if sys.argv[1:2] == [AS_PYTHON]:
        sys.exit(play_python(sys.argv[2:]))
    from workbench.cli.main import run

    sys.exit(run(sys.argv[1:], _open_window))


def _replace_closed_streams() -> None:
    """Nothing is written where a stream was closed (`>&-`) before the program started.

    Else the next file that is opened takes the stream's number: native code would print into it.
    """
    import os
    import sys

    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, this one
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def _escape_what_cannot_be_shown() -> None:
    """Letters that the terminal's encoding lacks, and names that are no UTF-8, become escapes."""
    import sys

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _open_window(
    profile: str | None, model: str | None, screenshot: str | None, prompt: str | None
) -> int:
    from workbench.app import run_window

    return run_window(profile, model, screenshot, prompt)


if __name__ == "__main__":
    main()
