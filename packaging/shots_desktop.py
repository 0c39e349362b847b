"""Pictures of the command palette, the settings, the shortcuts and high contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage


def desktop_pictures(stage: Stage) -> list[Path]:
    """Each of them once."""
    from workbench.gui.theme import Mode

    window = stage.window
    desktop = window.desktop
    window.prompt_space.reply.view.lock(-1)
    desktop.palette.toggle()
    desktop.palette.panel.field.setText("story")
    made = [stage.shoot("palette")]
    desktop.palette.panel.close_panel()
    dialog = desktop.settings.open()
    made.append(stage.shoot("settings", dialog))
    dialog.show_shortcuts()
    dialog.shortcuts.choose("export")
    made.append(stage.shoot("shortcuts", dialog))
    dialog.accept()
    view = window.prompt_space.reply.view
    view.setFocus()
    view.lock(window.shown.telling_token())
    window.top_bar.theme_chosen.emit(Mode.CONTRAST_DARK)
    made.append(stage.shoot("high-contrast"))
    window.top_bar.theme_chosen.emit(Mode.LIGHT)
    return made
