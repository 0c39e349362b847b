"""A user's metric runs apart, within limits; whatever it does, a sentence comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.metric_evidence import text, weighed

from workbench.core.errors import UserError
from workbench.core.metric import Direction, Evidence, Score
from workbench.experiments.evaluate.scoring import Scorer
from workbench.metrics.scoring import aggregate, score
from workbench.metrics.user import UserLimits, file_metric

LIMITS = UserLimits(seconds=2.0, memory_bytes=1 << 30)


def run(folder: Path, code: str, evidence: Evidence | None = None) -> Score:
    """The metric in `code`, of one item."""
    path = folder / "mine.py"
    path.write_text(code, encoding="utf-8")
    return score(file_metric(path, LIMITS), evidence or text("a reply", "a reference"))


def test_it_sees_the_evidence_and_describes_itself(tmp_path: Path) -> None:
    path = tmp_path / "vowels.py"
    path.write_text(
        'INFO = {"label": "Vowels", "unit": "letters", "direction": "lower", "low": 0, '
        '"version": 3}\n'
        "def score(evidence):\n"
        '    """How many vowels the reply has."""\n'
        "    print('nobody reads this')\n"
        "    return sum(c in 'aeiou' for c in evidence.prediction)\n",
        encoding="utf-8",
    )
    metric = file_metric(path, LIMITS)
    assert (metric.info.name, metric.info.label, metric.info.unit) == (
        "vowels",
        "Vowels",
        "letters",
    )
    assert metric.info.direction is Direction.LOWER
    assert metric.info.version == 3
    assert metric.info.means == "How many vowels the reply has."
    assert "sha256" in metric.info.source
    assert score(metric, text("banana")).value == 3
    found = aggregate(metric, [text("banana"), text("xyz"), Evidence()])
    assert (found.value, found.n, found.unscored) == (1.5, 2, 1)


def test_it_sees_choices_and_numbers_that_json_has_not(tmp_path: Path) -> None:
    code = "def score(e):\n    return e.choices[1].logprob == float('-inf') and e.gold == (0,)\n"
    assert run(tmp_path, code, weighed([-1, float("-inf")], 0)).value == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("return None", "cannot be scored"),
        ("return {'value': None, 'reason': 'too short'}", "too short"),
        ("return 'high'", "a str and no number"),
        ("return float('nan')", "nan and no number"),
        ("return float('inf')", "inf and no number"),
        ("return [1]", "a list and no number"),
        ("return 1 / 0", "line 2: ZeroDivisionError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("import os; os._exit(7)", "exit code 7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("while True: pass", "within 2 s"),
        ("import time; time.sleep(60)", "within 2 s"),
        ("return len(bytearray(8 << 30))", "MemoryError"),
        ("return score(e)", "RecursionError"),
        ("import os; os.write(1, b'{}'); os.write(2, b'x'); return None", "cannot be scored"),
        ("import sys; sys.stdout.close(); return None", "cannot be scored"),
    ],
)
def test_trouble_is_a_reason(tmp_path: Path, body: str, reason: str) -> None:
    found = run(tmp_path, f"def score(e):\n    {body}\n")
    assert found.value is None
    assert reason in found.reason


def test_a_failed_item_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        "import os\ndef score(e):\n    return os._exit(1) if e.prediction == 'die' else 1\n",
        encoding="utf-8",
    )
    metric = file_metric(path, LIMITS)
    values = [score(metric, text(said)).value for said in ("a", "die", "b", "die", "c")]
    assert values == [1, None, 1, None, 1]


def test_after_three_failures_in_a_row_nothing_more_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("import os\ndef score(e):\n    os._exit(1)\n", encoding="utf-8")
    metric = file_metric(path, LIMITS)
    reasons = [score(metric, text("a")).reason for _ in range(4)]
    assert all("exit code 1" in reason for reason in reasons[:3])
    assert "not asked any more" in reasons[3]


def test_it_sees_little_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SECRET", "hush")
    assert (
        run(tmp_path, "import os\ndef score(e):\n    return 'SOME_SECRET' in os.environ\n").value
        == 0
    )


def test_it_imports_its_neighbours_and_leaves_no_files(tmp_path: Path) -> None:
    (tmp_path / "neighbour.py").write_text("VALUE = 4\n", encoding="utf-8")
    code = (
        "from neighbour import VALUE\n"
        "def score(e):\n    open('left.txt', 'w').write('x')\n    return VALUE\n"
    )
    assert run(tmp_path, code).value == 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.py", "neighbour.py"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def score(e:\n", "line 1"),
        ("import nothing_of_this_name\n", "ModuleNotFoundError"),
        ("x = 1\n", "no function score"),
        ("raise SystemExit\n", "SystemExit"),
        ("INFO = {'colour': 1}\ndef score(e): return 1\n", "has no colour"),
        ("INFO = {'low': 'a'}\ndef score(e): return 1\n", "no float"),
        ("INFO = {'direction': 'up'}\ndef score(e): return 1\n", "direction"),
        ("INFO = {'name': '../x'}\ndef score(e): return 1\n", "no name"),
    ],
)
def test_a_file_that_is_no_metric_says_why(tmp_path: Path, code: str, message: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(code, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        file_metric(path, LIMITS)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        file_metric(tmp_path / "none.py")


def test_bounds_of_its_own_are_held(tmp_path: Path) -> None:
    found = run(tmp_path, "INFO = {'low': 0, 'high': 1}\ndef score(e): return 7\n")
    assert found.value is None
    assert "outside 0 to 1" in found.reason


def test_an_installed_package_can_offer_a_metric(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = tmp_path / "offering-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: offering\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[workbench.metrics]\ntruthy = operator:truth\n")
    monkeypatch.syspath_prepend(tmp_path)
    measured = Scorer().measured("truthy", {})
    assert measured.info.source == "package offering"
    assert measured.metric is not None
    assert score(measured.metric, Evidence(prediction="x")).value == 1.0
    with pytest.raises(UserError, match="There is no metric untruthy"):
        Scorer().measured("untruthy", {})
