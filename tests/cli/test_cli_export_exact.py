"""The script for llama.cpp gives the program exactly the text that a run would read."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.cli.main import run


def test_line_ends_at_the_end_and_backslashes_arrive(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prompt = tmp_path / "p.prompt.yml"
    prompt.write_text('text: "one\\\\n two\\n\\n"\n', encoding="utf-8")
    script = tmp_path / "p.sh"
    arguments = ["export", str(prompt), "--to", "llama-cpp", "-o", str(script)]
    code = run([*arguments, "--profile", str(tmp_path / "profile")], lambda *_: 0)
    assert code == 0
    assert "Line ends" not in capfd.readouterr().err
    written = script.read_text(encoding="utf-8")
    # Jinja2 drops one line end of the prompt, and the program the file's last.
    assert "one\\n two\n\nPROMPT\n" in written
    assert "--no-escape" in written
