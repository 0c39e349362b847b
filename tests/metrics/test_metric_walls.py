"""A user's metric runs behind the sandbox's walls, or is refused with the reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.metric_evidence import text

from workbench.core.errors import UserError
from workbench.core.task import Item, Kind
from workbench.experiments.evaluate.ask_plan import asked_metric
from workbench.experiments.evaluate.scoring import Scorer
from workbench.metrics.scoring import score
from workbench.metrics.user import file_metric
from workbench.sandbox.probe import check_sandbox

HERE = check_sandbox().available
LENGTH = "def score(evidence):\n    return len(evidence.prediction)\n"


def test_no_network_and_no_other_files(tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    folder.mkdir()
    (folder / "words.txt").write_text("pear", encoding="utf-8")
    (tmp_path / "letter").write_text("dear diary", encoding="utf-8")
    path = folder / "mine.py"
    path.write_text(
        "import os, socket\n"
        "from pathlib import Path\n"
        "def score(evidence):\n"
        "    here = Path(__file__).parent\n"
        "    assert (here / 'words.txt').read_text() == 'pear'\n"
        "    walls = not (here.parent / 'letter').exists()\n"
        "    try: socket.socket(socket.AF_INET)\n"
        "    except OSError: walls += 1\n"
        "    try: (here / 'new').write_text('x')\n"
        "    except OSError: walls += 1\n"
        "    return walls\n",
        encoding="utf-8",
    )
    metric = file_metric(path, forced=True)
    # Where there are no walls it is forced here, and finds none.
    assert score(metric, text("a")).value == (3 if HERE else 0)


def test_without_walls_it_is_refused_and_can_be_forced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letters.py"
    path.write_text(LENGTH, encoding="utf-8")
    monkeypatch.setattr(sys, "platform", "freebsd14")
    with pytest.raises(UserError, match="was not run: Only Linux") as error:
        file_metric(path)
    assert "--force-code" in error.value.hint
    assert score(file_metric(path, forced=True), text("four")).value == 4


def test_an_evaluation_takes_the_file_of_a_metric(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters.py").write_text(LENGTH, encoding="utf-8")
    (tmp_path / "accuracy.py").write_text(LENGTH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    name, arguments = asked_metric("letters.py")
    assert Path(name) == tmp_path / "letters.py"
    scorer = Scorer()
    measured = scorer.measured(name, arguments, forced=True)
    assert measured.name == "letters"
    item = Item("i", Kind.GENERATE)
    assert scorer.score(measured, item, [text("four"), text("sixsix")]).value == 5
    with pytest.raises(UserError, match="built-in"):
        scorer.measured(str(tmp_path / "accuracy.py"), {}, forced=True)
    with pytest.raises(UserError, match="cannot be read"):
        scorer.measured(str(tmp_path / "none.py"), {})
