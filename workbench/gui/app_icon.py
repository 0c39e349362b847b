"""The program's own icon and name, as desktops know them."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from workbench.core.paths import assets_folder

APP_ID = "org.promptworkbench.Workbench"
"""The name of the desktop file, the icon and the AppStream component."""


def app_icon() -> QIcon:
    """The icon of every window, from the drawing itself, so that it is sharp in every size."""
    return QIcon(str(assets_folder() / f"icons/hicolor/scalable/apps/{APP_ID}.svg"))
