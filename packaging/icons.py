"""Makes the icons that cannot be drawings: PNGs of fixed sizes, Windows' .ico and macOS's .icns.

    python packaging/icons.py build/icons

The SVGs in assets/icons are the only source. Needs PySide6, and no display.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

APP_ID = "org.promptworkbench.Workbench"
SOURCES = Path(__file__).resolve().parents[1] / "assets" / "icons" / "hicolor" / "scalable"
PNG_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
ICNS_KINDS = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}


def png(svg: Path, size: int) -> bytes:
    """The drawing as a PNG of `size` pixels squared."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        raise SystemExit(f"{svg} cannot be drawn")
    return data.data()


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon that holds PNGs, by size in pixels (256 at most)."""
    place = 6 + 16 * len(pictures)
    entries, body = b"", b""
    for size, data in sorted(pictures.items()):
        edge = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(data), place + len(body))
        body += data
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + body


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """A macOS icon that holds PNGs, by the format's own four letters for their sizes."""
    body = b"".join(
        kind + struct.pack(">I", 8 + len(data)) + data for kind, data in pictures.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write_icons(target: Path) -> None:
    """hicolor/SIZExSIZE/… for Linux, the .ico and the .icns, below `target`."""
    for svg in sorted(SOURCES.glob("*/*.svg")):
        for size in PNG_SIZES:
            path = target / "hicolor" / f"{size}x{size}" / svg.parent.name / f"{svg.stem}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png(svg, size))
    app = SOURCES / "apps" / f"{APP_ID}.svg"
    (target / f"{APP_ID}.ico").write_bytes(ico({size: png(app, size) for size in ICO_SIZES}))
    kinds = {kind: png(app, size) for kind, size in ICNS_KINDS.items()}
    (target / f"{APP_ID}.icns").write_bytes(icns(kinds))
    for name in ("application-x-gguf", "application-x-prompt+yaml"):
        svg = SOURCES / "mimetypes" / f"{name}.svg"
        document = {kind: png(svg, size) for kind, size in ICNS_KINDS.items()}
        (target / f"{name}.icns").write_bytes(icns(document))
        (target / f"{name}.ico").write_bytes(ico({size: png(svg, size) for size in ICO_SIZES}))


if __name__ == "__main__":
    application = QGuiApplication([])
    write_icons(Path(sys.argv[1]))
