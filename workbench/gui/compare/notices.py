"""What Compare says when nothing can start."""

from __future__ import annotations

from workbench.gui.messages import Level, Message
from workbench.gui.translate import mark

EMPTY = mark("The reply will stand here. Ctrl+Enter runs all columns.")
ALL_PINNED = Message(
    mark("Every column is pinned."), mark("Take a pin away (P), or add a column."), level=Level.INFO
)
NOT_READY = Message(
    mark("No prompt or no model is there yet."),
    mark("Open both in the Prompt workspace, or wait until the model is loaded."),
    level=Level.INFO,
)
BUSY = Message(
    mark("Columns are running."), mark("Stop them first (Esc), or wait."), level=Level.INFO
)
