"""An evaluation whose scores find no space on the disk shows its results all the same."""

from __future__ import annotations

from pathlib import Path

from support.evaluations import choice_rows, evaluated, plan_for, write_rows

from workbench.core.cancel import CancelToken
from workbench.core.paths import Profile
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.session import open_session
from workbench.gui.experiments.evaluations import Started, ended


def test_results_are_there_and_the_end_says_what_is_not_saved(
    own_profile: Profile, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(60))
    session, _ = open_session(own_profile)
    try:
        evaluation, end = evaluated(session, plan_for(path, small_demo_model))
        assert end.save_error == ""
        scorer = Scorer()
        metrics = scorer.chosen(evaluation.plan, evaluation.task)
        session.store._writer.submit(
            lambda db: db.execute(
                f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}"
            ).fetchone()
        ).result()
        found, report = ended(
            session,
            Started(evaluation, metrics, scorer),
            end,
            lambda _done, _total: None,
            CancelToken(),
            CancelToken(),
        )
        assert "disk is full" in found.save_error
        assert found.outcomes == end.outcomes
        assert len(report.items) == 60
    finally:
        session.close()
