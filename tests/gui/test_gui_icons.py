"""Icons stay sharp on dense screens."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from workbench.gui import icons

NAMES = sorted(icons._DRAWINGS)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_has_pixels_for_a_screen_of_three_times_the_density(
    qapp: QApplication, name: str
) -> None:
    ink = QColor("#123456")
    picture = icons.pixmap(name, ink, 16)
    assert (picture.width(), picture.devicePixelRatio()) == (48, 3.0)
    image = picture.toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }  # fmt: skip
    assert drawn == {"#123456"}, "an empty icon, or one in another colour"
    asked = icons.icon(name, ink, 16).pixmap(16, 16)
    assert not asked.isNull()
