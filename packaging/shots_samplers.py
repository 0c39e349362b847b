"""The pictures of the sampler guide: what each sampler does to one distribution of the demo model.

Each is the microscope's own picture of the token behind a short text, with every sampler off but
the one that the picture is about.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from screenshots import Stage

WEATHER = "The weather is"
HATS = "A red hat. A red hat. A red"
PICTURES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("temperature-low", WEATHER, {"temperature": 0.5}),
    ("temperature-high", WEATHER, {"temperature": 1.5}),
    ("top-k", WEATHER, {"top_k": 3}),
    ("top-p", WEATHER, {"top_p": 0.9}),
    ("min-p", WEATHER, {"min_p": 0.1}),
    ("typical", WEATHER, {"typical_p": 0.5}),
    ("top-n-sigma", WEATHER, {"top_n_sigma": 1.0}),
    ("xtc", WEATHER, {"xtc_probability": 1.0, "xtc_threshold": 0.1}),
    ("penalties", HATS, {"repeat_penalty": 1.3, "frequency_penalty": 1.0}),
    ("dry", HATS, {"dry_multiplier": 2.0}),
    ("mirostat", WEATHER, {"mirostat": 2, "mirostat_tau": 1.0}),
    ("grammar", WEATHER, {"grammar": 'root ::= " " ("really" | "a") .*'}),
)
"""Name of the picture, the text in front of the token, and what is set."""
SEED = 1


def sampler_pictures(stage: Stage) -> list[Path]:
    """One picture for each sampler, in a folder of their own."""
    from workbench.core.sampling import PRESETS, Sampling
    from workbench.core.sampling_input import with_values
    from workbench.gui.current import Part, TokenPlace
    from workbench.gui.microscope.controller import MicroscopeController
    from workbench.gui.microscope.side import NAME
    from workbench.gui.microscope.what_if_panel import WhatIfPanel
    from workbench.gui.panels.rail import Workspace
    from workbench.gui.probabilities.space import ProbabilitiesSpace

    window = stage.window
    controller = window.findChildren(MicroscopeController)[0]
    panel = window.findChildren(WhatIfPanel)[0].sampling
    neutral = PRESETS["neutral"]
    made = []
    with TemporaryDirectory(prefix="workbench-shots-") as scratch:
        for text in dict.fromkeys(text for _, text, _ in PICTURES):
            window.show_workspace(Workspace.PROMPT)
            file = Path(scratch) / "guide.prompt.yml"
            file.write_text(f"text: {text!r}\n", encoding="utf-8")
            stage.open_file(file)
            window.prompt_space.sampling.set_sampling(neutral)
            stage.generate(SEED)
            window.show_workspace(Workspace.PROBABILITIES)
            window.findChildren(ProbabilitiesSpace)[0].side.open_side(NAME)
            window.current.choose(TokenPlace(Part.REPLY, 0, 0))
            for name, behind, values in PICTURES:
                if behind != text:
                    continue
                panel.take_over(with_values(neutral, values))
                stage.until(lambda: controller.is_settled)
                stage.settle()
                made.append(stage.keep(f"sampler-{name}", _cut_out(stage)))
    window.prompt_space.sampling.set_sampling(Sampling())
    return made


def _cut_out(stage: Stage) -> QImage:
    """The microscope's picture as it stands in the window, without the room at its right."""
    from PySide6.QtCore import QPoint, QRect, QSize

    from workbench.gui.microscope.stage_picture import StagePicture

    stage.window.card.hide_card()
    picture = stage.window.findChildren(StagePicture)[0]
    whole = stage.window.grab().toImage()
    density = whole.devicePixelRatio()
    corner = picture.mapTo(stage.window, QPoint(0, 0))
    size = QSize(int(picture.columns[-1].right) + 12, picture.height())
    return whole.copy(QRect(corner * density, size * density))
