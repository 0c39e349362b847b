"""Makes the Attention workspace and joins its parts. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.core.attention_share import SinkMode
from workbench.gui.attention.controller import AttentionController
from workbench.gui.attention.explaining import Explaining
from workbench.gui.attention.exporting import Exporting
from workbench.gui.attention.hosted_panels import MAKERS
from workbench.gui.attention.looked import Looked
from workbench.gui.attention.sources import Sources
from workbench.gui.attention.steering import SteeringController
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.page import Page, PageTools
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace


def _open_help(window: QWidget, name: str) -> None:
    HelpDialog(window, name).open()


def attention_page(tools: PageTools) -> Page:
    """The workspace, connected."""
    space = AttentionSpace(tools.theme, tools.fonts)
    looked = Looked(space)
    controller = AttentionController(tools.session, tools.current, looked, space, space.isVisible)
    explaining = Explaining(tools.session, tools.current, looked, space.influence)
    sources = Sources(looked, controller, explaining, space.by_source)
    exporting = Exporting(
        looked,
        controller,
        explaining,
        sources,
        space,
        (tools.theme, tools.fonts),
        tools.notices,
        tools.window,
    )
    steering = SteeringController(
        tools.session, tools.current, looked, space.steering, tools.window
    )
    space.influence.selection_wanted.connect(
        lambda: explaining.measure_tokens(*(space.text.view.selected_tokens or (-1, -1)))
    )
    space.by_source.help_wanted.connect(partial(_open_help, tools.window, "attention-by-source"))
    space.influence.help_wanted.connect(partial(_open_help, tools.window, "influence"))
    explaining.measuring.connect(lambda: space.reveal(space.influence))
    hosted = [make(tools, looked) for make in MAKERS]
    for panel in hosted:
        space.host(panel)
    remembered = tools.remembered.get(Workspace.ATTENTION, {})
    explaining.set_settings(str(remembered.get("parts", "")))
    space.steering.open(on=remembered.get("steering") is True)
    sink = str(remembered.get("sink", ""))
    if sink in {mode.value for mode in SinkMode}:
        looked.set_sink(SinkMode(sink))

    def escape() -> bool:
        for busy, stop in (
            (explaining.is_measuring, explaining.stop),
            (steering.is_steering, steering.stop),
        ):
            if busy:
                stop()
                return True
        if any(panel.escape() for panel in hosted) or explaining.release():
            return True
        if looked.kept >= 0:
            looked.keep(-1)
            tools.current.choose(None)
            return True
        return False

    def shown() -> None:
        controller.refresh()
        space.text.view.setFocus()

    def close() -> None:
        controller.close()
        explaining.close()
        exporting.close()
        steering.close()
        for panel in hosted:
            panel.close()

    def remember() -> Mapping[str, object]:
        return {
            "parts": space.influence.settings.level.value,
            "sink": looked.sink.value,
            "steering": space.steering.is_open,
        }

    return Page(
        Workspace.ATTENTION,
        space,
        explaining.measure,
        escape,
        shown,
        close,
        {},
        remember,
        "attention-text",
    )
