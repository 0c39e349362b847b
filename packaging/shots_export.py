"""A picture of the export dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage


def export_pictures(stage: Stage) -> list[Path]:
    """A prompt on its way to promptfoo."""
    window = stage.window
    stage.open("few-shot-story")
    window.exports.open()
    dialog = window.exports.dialog
    if dialog is None:
        raise RuntimeError("the export dialog did not open")
    dialog.choose("promptfoo")
    stage.until(lambda: bool(dialog.preview.toPlainText()))
    path = stage.shoot("export", dialog)
    dialog.reject()
    return [path]
