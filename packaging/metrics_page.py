"""Writes the guide's page about metrics: `python packaging/metrics_page.py`."""

from __future__ import annotations

from workbench.core.paths import assets_folder
from workbench.metrics.guide import guide_page


def main() -> None:
    """Write it and say where."""
    path = assets_folder() / "help" / "metrics.md"
    path.write_text(guide_page(), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
