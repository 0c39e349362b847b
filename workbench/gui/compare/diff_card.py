"""What the hover card says of one token, or one word, of a diff. No Qt."""

from __future__ import annotations

import math

from workbench.core.byte_diff import WordBits
from workbench.core.text import piece_text
from workbench.core.tokens import NO_TOKEN
from workbench.experiments.compare_diff import ModelDiff
from workbench.experiments.diff_facts import nats
from workbench.gui.card_data import Card, CardRow, bytes_words, visible_token
from workbench.gui.translate import mark, tr

_HINT = mark("←→ walk · N P to the next or last flip · Esc releases")


def token_card(diff: ModelDiff, index: int, a: str, b: str) -> Card | None:
    """Both sides' numbers for token number `index`; None when there is no such token."""
    found = diff.tokens
    if found is None or not 0 <= index < len(found):
        return None
    token = int(found.ids[index])
    data = diff.pieces[token]
    ratio = float(found.logprob_a[index]) - float(found.logprob_b[index])
    preferred = tr("both alike") if ratio == 0 or math.isnan(ratio) else f"{a if ratio > 0 else b}"
    flip = "" if found.same_top[index] else tr(" · flip")
    return Card(
        token=f"“{visible_token(piece_text(data))}”",
        facts=tr("token {index:,} · id {token:,}{flip}", index=index + 1, token=token, flip=flip),
        surprise=f"KL {nats(float(found.kl[index]))}",
        details=(
            tr(
                "back {kl_reverse} · JS {js:.3g} · TV {tv:.3g} · prefers it: {preferred}",
                kl_reverse=nats(float(found.kl_reverse[index])),
                js=float(found.js[index]),
                tv=float(found.tv[index]),
                preferred=preferred,
            )
        ),
        rows=_rows(diff, index),
        after_samplers="",
        was_sampled=True,
        columns=(f"{a} %", f"{b} %"),
        is_pair=True,
        hint=tr(_HINT),
    )


def word_card(word: WordBits, number: int, a: str, b: str) -> Card:
    """Both sides' bits for a word."""
    cheaper = a if word.bits_a < word.bits_b else b
    return Card(
        token=f"“{visible_token(word.text)}”",
        facts=tr(
            "word {number:,} · bytes {start:,} to {end:,}",
            number=number + 1,
            start=word.start,
            end=word.end,
        ),
        surprise="",
        details=(
            tr(
                "bits per byte: {a} {bits_per_byte_a:.3f} · {b} {bits_per_byte_b:.3f} · "
                "cheaper for {cheaper}",
                a=a,
                bits_per_byte_a=word.bits_per_byte_a,
                b=b,
                bits_per_byte_b=word.bits_per_byte_b,
                cheaper=cheaper,
            )
        ),
        rows=(),
        after_samplers=bytes_words(word.text.encode(errors="replace")),
        hint=tr("←→ walk · Esc releases"),
    )


def _rows(diff: ModelDiff, index: int) -> tuple[CardRow, ...]:
    """The likeliest tokens of both sides, the one that stands there among them."""
    found = diff.tokens
    if found is None:
        return ()
    said = int(found.ids[index])
    others = [
        (int(i), math.exp(float(p)), math.exp(float(q)))
        for i, p, q in zip(
            found.other_ids[index], found.other_a[index], found.other_b[index], strict=True
        )
        if i != NO_TOKEN
    ]
    if said not in {i for i, _, _ in others}:
        p_a = math.exp(float(found.logprob_a[index]))
        others.append((said, p_a, math.exp(float(found.logprob_b[index]))))
    rows = [
        CardRow(visible_token(piece_text(diff.pieces[i])), p, q, chosen=i == said)
        for i, p, q in others
    ]
    rest_a = max(0.0, 1.0 - sum(p for _, p, _ in others))
    rest_b = max(0.0, 1.0 - sum(q for _, _, q in others))
    return (*rows, CardRow(tr("others"), rest_a, rest_b, is_rest=True))
