"""Pictures of the Attention workspace, for its help pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

    from workbench.gui.panels.attention_space import AttentionSpace

PROMPT = "key-value-lookup"
TOWARD = "Zoe smiled and went home happy. It was a lovely day."
AWAY = "Zoe cried. It was a sad day and Zoe was alone again."
STRENGTH = 0.5
STORY_SEED = 9
HEIGHTS = (345, 440)
"""Of the text, so that it is seen from its first line on, and of the matrix."""
SEED = 3


def attention_pictures(stage: Stage) -> list[Path]:
    """The first token of an answer and where the model looked; then what mattered for it."""
    from PySide6.QtWidgets import QPushButton

    from workbench.core.parts import PartLevel
    from workbench.gui.attention.heads import HeadsController
    from workbench.gui.current import Part, TokenPlace
    from workbench.gui.panels.attention_matrix import AttentionMatrixPanel
    from workbench.gui.panels.attention_space import AttentionSpace
    from workbench.gui.panels.head_strip import HeadStripPanel
    from workbench.gui.panels.influence import Settings
    from workbench.gui.panels.lens import LensPanel
    from workbench.gui.panels.matrix_or_lens import MatrixOrLens
    from workbench.gui.panels.rail import Workspace

    window = stage.window
    stage.open(PROMPT)
    stage.generate(SEED)
    window.show_workspace(Workspace.ATTENTION)
    space = window.pages.page.widget
    if not isinstance(space, AttentionSpace):
        raise TypeError("the Attention workspace is not in front")
    window.current.choose(TokenPlace(Part.REPLY, 0, 0))
    stage.until(lambda: bool(space.by_source.bars.rows))
    matrix = space.findChildren(AttentionMatrixPanel)[0]
    heads = space.findChildren(HeadsController)[0]
    lens = space.findChildren(LensPanel)[0]
    stage.until(lambda: matrix.shows_matrix and heads.is_settled and lens.shows_lens)
    stage.share("attention-middle", HEIGHTS)
    buttons = space.findChildren(HeadStripPanel)[0].findChildren(QPushButton)
    next(button for button in buttons if button.text().startswith("L")).click()
    stage.until(lambda: matrix.shows_matrix and heads.is_settled)
    window.setFocus()
    made = [stage.shoot("attention"), stage.dark("attention-dark")]
    tabs = space.findChildren(MatrixOrLens)[0]
    tabs.show_lens(on=True)
    stage.settle()
    lens.grid.pointed.emit(2, 41)
    made.append(stage.shoot("attention-lens"))
    tabs.show_lens(on=False)
    panel = space.influence
    panel.set_settings(Settings(PartLevel.SENTENCE))
    panel.settings_changed.emit()
    stage.until(lambda: "line" in space.by_source.bars.accessibleDescription())
    window.pages.press()
    stage.until(lambda: bool(panel.bars.rows))
    changes = [row.value or 0.0 for row in panel.bars.rows]
    panel.bars.keep(changes.index(min(changes)))
    made += [stage.shoot("attention-influence"), stage.dark("attention-influence-dark")]
    panel.bars.keep(-1)
    made.append(_steered(stage, space))
    window.show_workspace(Workspace.PROMPT)
    return made


def _steered(stage: Stage, space: AttentionSpace) -> Path:
    """A sad story and the same with a happier direction added."""
    from workbench.gui.panels.rail import Workspace

    stage.open("short-story")
    stage.generate(STORY_SEED)
    stage.window.show_workspace(Workspace.ATTENTION)
    panel = space.steering
    panel.open(on=True)
    panel.toward.setText(TOWARD)
    panel.away.setText(AWAY)
    panel.strength.set_value(STRENGTH)
    panel.wanted.emit()
    stage.until(panel.steered.isVisible)
    space.reveal(panel)
    stage.window.setFocus()
    path = stage.shoot("steering")
    panel.open(on=False)
    return path
