"""How far long work is, on the program's button in docks and taskbars that know how. GUI thread.

Linux desktops (GNOME's docks, KDE Plasma, Unity) listen to a D-Bus signal for that. Where there is
no session bus nothing is asked and nothing is sent.
"""

from __future__ import annotations

import os
import sys

from workbench.gui.app_icon import APP_ID

_PATH = "/org/promptworkbench/Workbench"
_INTERFACE = "com.canonical.Unity.LauncherEntry"


class Launcher:
    """Tells of one share at a time; only a whole percent more is told."""

    def __init__(self) -> None:
        self._can = sys.platform.startswith("linux") and bool(
            os.environ.get("DBUS_SESSION_BUS_ADDRESS")
        )
        self._told: int | None = None

    def show(self, share: float | None) -> None:
        """0 to 1; None takes the bar away."""
        percent = None if share is None else round(share * 100)
        if not self._can or percent == self._told:
            return
        self._told = percent
        # Not before there is something to tell: most windows never need it.
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._can = False
            return
        message = QDBusMessage.createSignal(_PATH, _INTERFACE, "Update")
        values = {"progress-visible": percent is not None, "progress": (percent or 0) / 100}
        message.setArguments([f"application://{APP_ID}.desktop", values])
        self._can = bus.send(message)
