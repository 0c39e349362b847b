"""`workbench whatif`: a recorded reply seen under other sampler settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbench.cli.options import (
    json_option,
    list_settings_option,
    note,
    pairs,
    preset_of,
    preset_option,
    print_json,
    profile_option,
    progress_line,
    setting_option,
)
from workbench.core.engine_input import split_values, with_engine_values
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.sampling import Sampling
    from workbench.core.what_if import WhatIf
    from workbench.experiments.branches import Reply
    from workbench.experiments.session import Session


@click.command(epilog="Example: workbench whatif 01JQ7Y -s top_k=5 -s temperature=0.3")
@click.argument("run_id", metavar="RUN")
@click.option(
    "--sample", default=0, show_default=True, type=click.IntRange(0), help="Which of its replies."
)
@setting_option
@list_settings_option
@preset_option
@json_option
@profile_option
def command(
    run_id: str,
    sample: int,
    settings: tuple[str, ...],
    preset: str | None,
    as_json: bool,
    profile: Profile,
) -> None:
    """What other settings would have made of the reply of a recorded RUN, token by token.

    Nothing is sampled anew: every token is looked at from the tokens before it. Without -s the
    run's own settings give its own probabilities. p is the probability after the samplers; the
    last columns say what cut a token, or what bans, bias and a grammar took from the model.
    """
    from workbench.experiments.branches import stored_reply
    from workbench.experiments.session import open_session

    if not profile.history_file.exists():
        raise UserError(
            f"There is no history in {profile.root} yet.", "`workbench run` records one."
        )
    session, notices = open_session(profile)
    for notice in notices:
        note(notice)
    try:
        stored = session.store.get(run_id)
        reply = stored_reply(stored.start, stored.end, sample)
        sampling = _sampling(settings, preset, profile, stored.start.sampling)
        found, pieces = _ask(session, reply, sampling, settings)
    finally:
        session.close()
    if as_json:
        from workbench.experiments.what_if_document import what_if_document

        print_json(what_if_document(found, reply, sampling, pieces))
    else:
        _print(found, reply, pieces)


def _sampling(
    settings: tuple[str, ...], preset: str | None, profile: Profile, own: Sampling
) -> Sampling:
    from workbench.core.sampling_input import with_values

    _, values = split_values(pairs(settings, "-s"))
    if "seed" in values:
        raise UserError("whatif keeps the seed of the run: leave seed out.")
    return with_values(preset_of(preset, profile) or own, values)


def _ask(
    session: Session, reply: Reply, sampling: Sampling, settings: tuple[str, ...]
) -> tuple[WhatIf, dict[int, bytes]]:
    from workbench.experiments.branches import model_of
    from workbench.experiments.microscope import check_file
    from workbench.experiments.what_if import WhatIfRun

    start = reply.start
    engine, _ = split_values(pairs(settings, "-s"))
    wanted = with_engine_values(start.settings, engine)
    loaded = session.load(model_of(start), wanted)
    check_file(start.model, loaded.model)
    with progress_line("replaying") as progress:
        asked = WhatIfRun(
            session.client(loaded.model, wanted),
            reply,
            sampling,
            lambda first, part: progress(first + len(part), len(reply.tokens)),
        )
        try:
            return asked.wait(), {**asked.pieces, **reply.pieces}
        except KeyboardInterrupt:
            asked.cancel()
            raise


def _print(found: WhatIf, reply: Reply, pieces: dict[int, bytes]) -> None:
    from workbench.core.text import piece_text
    from workbench.core.what_if import Fate
    from workbench.experiments.what_if import forbidden, verdict

    held = {one.index: one for one in forbidden(found, reply.tokens, pieces)}
    print(f"{'token':20} {'p now':>8} {'p then':>8}")
    for index, token in enumerate(reply.tokens.ids.tolist()):
        fate = Fate(int(found.fate[index]))
        then = float(reply.tokens.p_sampled[index])
        now = "unknown" if fate is Fate.UNDECIDED else f"{float(found.p[index]):.4f}"
        remark = f"cut by {found.cutter(index)}" if found.cutter(index) else ""
        if fate is Fate.CHANCE:
            remark += ", by chance"
        if index in held:
            one = held[index]
            wanted = ", ".join(repr(c.text) for c in one.wanted)
            remark += f"{'; ' if remark else ''}{one.mass:.1%} held back: {wanted}"
        text = repr(piece_text(pieces[token]))[1:-1]
        known = "n/a" if then != then else f"{then:.4f}"
        print(f"{text:20} {now:>8} {known:>8}  {remark}".rstrip())
    judged = verdict(found, reply.tokens)
    sums = judged.now
    print(f"log-probability {sums.logprob:.4f} over {sums.n_counted} tokens", end="")
    print("" if judged.before is None else f"; drawn at {judged.before:.4f}")
    for count, what in (
        (sums.n_impossible, "could no longer be said"),
        (sums.n_chance, "dropped by chance with this seed"),
        (sums.n_undecided, "cannot be decided"),
    ):
        if count:
            print(f"{count} {'token' if count == 1 else 'tokens'} {what}")
