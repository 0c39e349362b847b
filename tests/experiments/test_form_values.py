"""Values of forms, kept on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.experiments import form_values
from workbench.experiments.form_values import FormValues

VALUES = {"a": "ü \ud800", "b": [1, {"c": None}], "d": 1.5, "e": True}


def test_values_come_back_and_go(tmp_path: Path) -> None:
    kept = FormValues(tmp_path / "values")
    assert kept.find("k") == {}
    kept.keep("k", VALUES)
    kept.keep("other", {"a": 1})
    assert FormValues(tmp_path / "values").find("k") == VALUES
    kept.move("k", "new")
    kept.move("new", "new")
    assert kept.find("new") == kept.find("k") == VALUES
    kept.keep("k", {})
    kept.keep("k", {})
    assert kept.find("k") == {}
    assert kept.find("other") == {"a": 1}


@pytest.mark.parametrize("text", ["", "[", "[]", '{"prompt_key": "k", "values": 3}', "{}"])
def test_a_damaged_file_is_no_values(tmp_path: Path, text: str) -> None:
    kept = FormValues(tmp_path)
    kept.keep("k", VALUES)
    (file,) = tmp_path.glob("*.json")
    file.write_text(text, encoding="utf-8")
    assert kept.find("k") == {}
    kept.keep("k", VALUES)
    assert kept.find("k") == VALUES


def test_too_long_values_are_refused_and_the_old_ones_stay(tmp_path: Path) -> None:
    kept = FormValues(tmp_path)
    kept.keep("k", VALUES)
    with pytest.raises(UserError, match="characters"):
        kept.keep("k", {"a": "x" * (form_values.MAX_CHARS + 1)})
    assert kept.find("k") == VALUES


def test_the_oldest_forms_are_forgotten(tmp_path: Path) -> None:
    kept = FormValues(tmp_path)
    for number in range(1000):
        path = tmp_path / f"{number}.json"
        path.write_text("{}", encoding="utf-8")
        os.utime(path, (number, number))
    kept.keep("k", VALUES)
    assert kept.find("k") == VALUES
    assert not (tmp_path / "0.json").exists()
    assert (tmp_path / "1.json").exists()
