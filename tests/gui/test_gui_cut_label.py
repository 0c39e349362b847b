"""Labels that are cut with an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from workbench.gui.cut_label import CutLabel

LONG = "A name that is longer than there is room for it & <b>odd</b>"


def test_a_label_gives_way_and_says_all_in_its_tooltip(qtbot: QtBot) -> None:
    label = CutLabel("title", 60)
    qtbot.addWidget(label)
    label.setText(LONG)
    assert label.minimumSizeHint().width() == 60
    assert label.sizeHint().width() > 200
    assert label.text() == LONG
    assert "&amp; &lt;b&gt;odd" in label.toolTip()
    label.setText("Ab")
    assert label.minimumSizeHint().width() < 60


def test_what_is_cut_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    label = CutLabel("title", 60)
    qtbot.addWidget(label)
    label.setText(LONG)
    label.resize(120, 20)
    label.show()
    cut = label.grab().toImage()
    told = label.fontMetrics().elidedText(LONG, Qt.TextElideMode.ElideRight, 120)
    assert told.endswith("…")
    label.setText(told)
    assert label.fontMetrics().horizontalAdvance(told) <= 120
    assert label.grab().toImage() == cut
