"""score, choose and trace on the command line: one JSON document, sums that agree, clear errors."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reference.gguf_models import SHAPES, write_model
from support.commands import no_window

from workbench.cli.main import run

Capture = pytest.CaptureFixture[str]


def asked(capfd: Capture, *arguments: str) -> dict[str, Any]:
    """The JSON document of a command that succeeds; nothing else may be printed."""
    assert run([*arguments, "--json"], no_window) == 0
    out, err = capfd.readouterr()
    assert err == ""
    document: dict[str, Any] = json.loads(out)
    return document


def refused(capfd: Capture, *arguments: str) -> str:
    """The one line of a command that is refused."""
    assert run([*arguments], no_window) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


@pytest.fixture(scope="module")
def windowed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A random gemma2 model: llama.cpp warns about its sliding windows."""
    return str(write_model(tmp_path_factory.mktemp("cli") / "gemma2.gguf", SHAPES["gemma2"]))


def test_score_adds_up(capfd: Capture, small_demo_model: Path) -> None:
    model = str(small_demo_model)
    text = " Paris is a town."
    scored = asked(capfd, "score", "@The capital of France is", "--continuation", text, "-m", model)
    own = scored["continuation_tokens"]
    assert "".join(t["text"] for t in own) == text
    assert scored["n_tokens"] == len(own)
    assert scored["logprob"] == pytest.approx(sum(t["logprob"] for t in own), abs=1e-4)
    assert scored["perplexity"] == pytest.approx(math.exp(-scored["logprob"] / len(own)))
    assert scored["bits_per_byte"] == pytest.approx(
        -scored["logprob"] / math.log(2) / len(text.encode())
    )
    first, *others = scored["prompt_tokens"]
    assert (first["logprob"], first["rank"], first["entropy"]) == (None, None, None)
    assert first["top"] == []
    for token in others + own:
        assert token["logprob"] <= 0
        assert token["entropy"] >= 0
        assert len(token["top"]) == 20
        own_place = (
            [c["id"] for c in token["top"]].index(token["id"]) if token["rank"] < 20 else None
        )
        assert own_place is None or own_place == token["rank"]
    plain = asked(capfd, "score", "@The capital of France is" + text, "-m", model, "--top", "0")
    assert plain["continuation_tokens"] == []
    assert plain["n_tokens"] == len(plain["prompt_tokens"]) - 1
    assert [t["id"] for t in plain["prompt_tokens"]] == [
        t["id"] for t in scored["prompt_tokens"] + own
    ]


def test_choose_gives_sums_per_token_and_per_byte(capfd: Capture, small_demo_model: Path) -> None:
    long = " and" * 150 + "!"
    choices = [" yes", " no", " yes, of course", " näive 🙂", long, " zebra" * 150]
    arguments = [a for c in choices for a in ("--choice", c)]
    found = asked(capfd, "choose", "@Is it so? Answer:", *arguments, "-m", str(small_demo_model))
    assert [c["text"] for c in found["choices"]] == choices
    assert sum(c["p"] for c in found["choices"]) == pytest.approx(1.0)
    for choice in found["choices"]:
        total = sum(t["logprob"] for t in choice["tokens"])
        assert choice["logprob"] == pytest.approx(total, abs=1e-3)
        assert choice["n_tokens"] == len(choice["tokens"])
        assert choice["n_bytes"] == len(choice["text"].encode())
        assert choice["logprob_per_token"] == pytest.approx(choice["logprob"] / choice["n_tokens"])
        assert choice["logprob_per_byte"] == pytest.approx(choice["logprob"] / choice["n_bytes"])
    best = max(found["choices"], key=lambda c: float(c["logprob"]))
    assert found["best"] == best["text"]
    assert best["p"] == max(c["p"] for c in found["choices"])
    text = ("@Is it so? Answer:", "--continuation", " yes, of course")
    single = asked(capfd, "score", *text, "-m", str(small_demo_model))
    # Quantised weights: a text and a batch of choices are rounded differently by a little.
    assert found["choices"][2]["logprob"] == pytest.approx(single["logprob"], rel=0.01)


def test_only_hopeless_choices_still_have_probabilities_that_add_up(
    capfd: Capture, windowed: str
) -> None:
    choices = ["zq" * n for n in (150, 151, 152)]
    arguments = [a for c in choices for a in ("--choice", c)]
    found = asked(capfd, "choose", "@a", *arguments, "-m", windowed)
    assert max(c["logprob"] for c in found["choices"]) < -900
    assert sum(c["p"] for c in found["choices"]) == pytest.approx(1.0)
    assert max(c["p"] for c in found["choices"]) > 1 / 3


def test_trace_shows_every_stage(capfd: Capture, small_demo_model: Path) -> None:
    settings = [
        "-s",
        "top_k=10",
        "-s",
        "min_p=0.02",
        "-s",
        "ignore_eos=true",
        "-s",
        "temperature=0.7",
    ]
    found = asked(
        capfd, "trace", "@Once upon a time", *settings, "--seed", "3", "-m", str(small_demo_model)
    )
    names = [s["name"] for s in found["stages"]]
    assert names == [
        "model", "logit_bias", "penalties", "dry", "top_n_sigma", "top_k", "typ_p", "top_p",
        "min_p", "xtc", "temperature", "dist",
    ]  # fmt: skip
    stages = dict(zip(names, found["stages"], strict=True))
    assert stages["model"]["mass"] == pytest.approx(1.0)
    assert stages["top_k"]["n"] == 10
    masses = [s["mass"] for s in found["stages"]]
    assert masses == sorted(masses, reverse=True)
    for stage in found["stages"]:
        assert len(stage["candidates"]) == min(stage["n"], 40)
        if stage["n"] <= 40:
            assert sum(c["p"] for c in stage["candidates"]) == pytest.approx(1.0, abs=1e-5)
    assert found["token"]["id"] in [c["id"] for c in stages["dist"]["candidates"]]
    generated = asked(
        capfd, "run", "@Once upon a time", *settings, "-s", "max_tokens=1", "--seed", "3",
        "--no-save", "-m", str(small_demo_model),
    )  # fmt: skip
    first = generated["samples"][0]["tokens"][0]
    assert first["id"] == found["token"]["id"]
    drawn = {c["id"]: c["p"] for c in stages["dist"]["candidates"]}
    assert first["p_sampled"] == pytest.approx(drawn[first["id"]], rel=1e-4)


def test_nothing_left_to_draw_is_said(capfd: Capture, small_demo_model: Path) -> None:
    found = asked(
        capfd, "trace", "@Once", "-s", 'grammar=root ::= "\\U0010FFFF"', "-s",
        "banned_tokens=" + json.dumps(list(range(200, 300))), "--limit", "1",
        "-m", str(small_demo_model),
    )  # fmt: skip
    assert [s["name"] for s in found["stages"]][:3] == ["model", "logit_bias", "grammar"]
    assert found["stages"][1]["mass"] < 1.0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["trace", "@a", "-s", "grammar=root ::= ("], "grammar"),
        (["trace", "@a", "-s", 'grammar=root ::= root "a"'], "left recursion"),
        (["trace", "@a", "-s", "grammar=root ::= " + "(" * 100_000], "100,000 deep"),
        (["trace", "@a", "-s", 'json_schema={"$ref":"#"}'], "json_schema"),
        (["trace", "@a", "-s", "min_p=2"], "min_p"),
        (["trace", "@a", "-s", "temperature=nan"], "temperature"),
        (["trace", "@a", "-s", "top_k=-1"], "top_k"),
        (["trace", "@a", "-s", "lora=none.gguf"], "none.gguf"),
        (["trace", "@a", "-s", "control_vector=none.gguf:0.5"], "none.gguf"),
        (["choose", "@a", "--choice", ""], "choice"),
        (["choose", "@a"], "choice"),
        (["score", "@a", "-m", "no-such-model"], "no-such-model"),
        (["score", "@" + "a b " * 3000, "-s", "n_ctx=100"], "100"),
    ],
)
def test_bad_input_is_one_line(
    capfd: Capture, small_demo_model: Path, arguments: list[str], named: str
) -> None:
    model = [] if "-m" in arguments else ["-m", str(small_demo_model)]
    assert named in refused(capfd, *arguments, *model)


def test_warnings_of_llama_cpp_stay_out_of_the_terminal(windowed: str) -> None:
    """In a process of its own: under pytest there is always a handler for warnings."""
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "score", "@some text", "-m", windowed],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "log-probability" in done.stdout
