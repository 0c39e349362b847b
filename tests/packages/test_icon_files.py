"""Icons made from the drawings for systems that cannot draw them."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "icons.py"


@pytest.fixture
def icons(qapp: QApplication) -> ModuleType:
    spec = importlib.util.spec_from_file_location("packaging_icon_files", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_windows_icon_holds_every_size(icons: ModuleType) -> None:
    app = icons.SOURCES / "apps" / f"{icons.APP_ID}.svg"
    data = icons.ico({size: icons.png(app, size) for size in icons.ICO_SIZES})
    _, kind, count = struct.unpack_from("<HHH", data)
    assert (kind, count) == (1, len(icons.ICO_SIZES))
    for index, size in enumerate(icons.ICO_SIZES):
        edge, _, _, _, _, bits, length, place = struct.unpack_from(
            "<BBBBHHII", data, 6 + 16 * index
        )
        picture = QImage.fromData(data[place : place + length])
        assert (picture.width(), edge or 256, bits) == (size, size, 32)


def test_a_mac_icon_holds_every_size(icons: ModuleType) -> None:
    svg = icons.SOURCES / "mimetypes" / "application-x-gguf.svg"
    data = icons.icns({kind: icons.png(svg, size) for kind, size in icons.ICNS_KINDS.items()})
    name, length = struct.unpack_from(">4sI", data)
    assert (name, length) == (b"icns", len(data))
    place, sizes = 8, {}
    while place < len(data):
        kind, length = struct.unpack_from(">4sI", data, place)
        sizes[kind] = QImage.fromData(data[place + 8 : place + length]).width()
        place += length
    assert sizes == icons.ICNS_KINDS


@pytest.mark.parametrize("size", [16, 24, 48, 256])
def test_the_drawing_fills_its_square(icons: ModuleType, size: int) -> None:
    app = icons.SOURCES / "apps" / f"{icons.APP_ID}.svg"
    picture = QImage.fromData(icons.png(app, size))
    assert picture.pixelColor(0, 0).alpha() < 128
    assert picture.pixelColor(size // 2, 2 + size // 16).alpha() == 255
    shades = {picture.pixelColor(x, size // 2).name() for x in range(size)}
    assert len(shades) >= 4, "the arrow and the bars cannot be told from the tile"
