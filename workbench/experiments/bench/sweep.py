"""What a sweep costs, against the same runs begun one after the other."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile, demo_model_path
from workbench.core.sampling import Sampling
from workbench.experiments.bench.rows import BenchRow, pairs, row
from workbench.experiments.session import Session, open_session
from workbench.experiments.sweep import Cell, NoSink, Sweep, SweepProgress
from workbench.experiments.sweep_plan import Axis, SweepPlan
from workbench.templates.prompt_file import raw_prompt

_TOKENS = 32
_AXES = (
    Axis("temperature", ("0.2", "0.4", "0.6", "0.8", "1", "1.2")),
    Axis("top_p", ("0.7", "0.8", "0.9", "1")),
)


class _Drop:
    """Nobody watches."""

    def cell_finished(self, cell: Cell, progress: SweepProgress) -> None:
        """Nothing to do."""


def sweep_row(runs: int) -> BenchRow:
    """24 cells of 8 replies on the demo model, each run recorded, through one child process.

    Against it every reply is a run of its own, and the next one begins when it is recorded.

    Raises:
        UserError: a reply is missing.
    """
    plan = SweepPlan(
        axes=_AXES,
        models=(demo_model_path(),),
        prompts=(raw_prompt("Once upon a time there was a"),),
        values={},
        sampling=Sampling(max_tokens=_TOKENS, ignore_eos=True),
        seed=7,
        n_samples=8,
        settings=EngineSettings(n_ctx=512),
    )
    with tempfile.TemporaryDirectory() as folder:
        session, _ = open_session(Profile(Path(folder)))
        try:
            return _measured(session, plan, runs)
        finally:
            session.close()


def _measured(session: Session, plan: SweepPlan, runs: int) -> BenchRow:
    n_replies = plan.n_cells * plan.n_samples

    def swept() -> float:
        start = time.perf_counter()
        sweep = Sweep(session, plan, _Drop())
        sweep.start()
        cells = sweep.wait().cells
        elapsed = time.perf_counter() - start
        if sum(len(cell.texts) for cell in cells.values()) != n_replies:
            raise UserError("sweep_batched: the sweep did not make every reply.")
        return n_replies / elapsed

    def one_by_one() -> float:
        start = time.perf_counter()
        for cell in range(plan.n_cells):
            column = plan.column(cell, None)
            for sample in range(plan.n_samples):
                prepared = session.prepare(
                    column.model, column.settings, column.prompt, column.values
                )
                seed = column.seed + sample
                session.start(prepared, column.sampling, seed, 1, NoSink()).wait()
        return n_replies / (time.perf_counter() - start)

    swept()
    mine, theirs = pairs(swept, one_by_one, runs)
    return row("sweep_batched", mine, theirs, "reply/s", "the same runs one by one", ">= 2")
