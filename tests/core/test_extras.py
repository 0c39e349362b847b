"""What is said about a library that is not there."""

from __future__ import annotations

import sys

import pytest

from workbench.core.extras import how_to_get


def test_a_package_of_python_can_be_given_more() -> None:
    assert how_to_get("data") == "Install it with: pip install 'prompt-workbench[data]'"


def test_a_packaged_program_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    said = how_to_get("ray")
    assert said.startswith("This program was packaged without it")
    assert said.endswith("pip install 'prompt-workbench[ray]'")
