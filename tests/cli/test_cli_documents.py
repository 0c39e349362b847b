"""The JSON that scripts rely on, and that the same command gives the same answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.commands import Command

from workbench.core.paths import Profile, demo_model_path
from workbench.core.sampling import PARAMETERS

TOKEN_KEYS = {"id", "text", "bytes", "logprob", "rank", "entropy", "p_sampled", "top"}
STORY = ("few-shot-story", "-v", "name=Zoe", "-s", "max_tokens=12", "-s", "ignore_eos=true")


def check_token(token: dict[str, Any], n_top: int = 20) -> None:
    """One sampled token's record."""
    assert set(token) >= TOKEN_KEYS
    assert bytes.fromhex(token["bytes"]).hex() == token["bytes"]
    assert token["logprob"] <= 0
    assert token["entropy"] >= 0
    assert 0 < token["p_sampled"] <= 1
    assert len(token["top"]) == n_top
    likelihoods = [c["logprob"] for c in token["top"]]
    assert likelihoods == sorted(likelihoods, reverse=True)
    assert all(set(c) == {"id", "text", "logprob"} for c in token["top"])
    if token["rank"] < n_top:
        assert token["top"][token["rank"]]["id"] == token["id"]


def test_run_prints_the_documented_document(workbench: Command, own_profile: Profile) -> None:
    ran = workbench("run", *STORY, "--seed", "41", "-n", "2", "--json")
    assert (ran.code, ran.err) == (0, "")
    document = ran.document
    assert set(document["model"]) >= {
        "name", "path", "sha256", "architecture", "quantization", "n_params",
    }  # fmt: skip
    assert len(document["model"]["sha256"]) == 64
    assert document["model"]["path"] == str(demo_model_path())
    assert set(document["engine"]) >= {
        "llama_cpp_python", "llama_cpp", "backend", "n_threads", "n_ctx", "flash_attention",
        "kv_type",
    }  # fmt: skip
    assert set(document["sampling"]) == set(PARAMETERS)
    assert (document["sampling"]["max_tokens"], document["sampling"]["top_k"]) == (12, 40)
    assert document["seed"] == 41
    assert "Zoe" in document["prompt"]
    assert set(document["timings"]) >= {
        "prefill_tokens", "prefill_tps", "decode_tokens", "decode_tps", "first_token_ms",
    }  # fmt: skip
    tokens = document["prompt_tokens"]
    assert document["timings"]["prefill_tokens"] == len(tokens)
    assert document["timings"]["decode_tokens"] == 24
    assert b"".join(bytes.fromhex(t["bytes"]) for t in tokens).decode().endswith(document["prompt"])
    assert "variable:name" in {t["source"] for t in tokens}
    assert {t["message"] for t in tokens} >= {0, 1, 2}
    assert len(document["samples"]) == 2
    for sample in document["samples"]:
        assert sample["finish_reason"] == "length"
        assert len(sample["tokens"]) == 12
        for token in sample["tokens"]:
            check_token(token)
    assert document["saved"]
    assert own_profile.history_file.is_file()


def test_the_same_seed_gives_the_same_samples(workbench: Command) -> None:
    def samples(seed: int) -> Any:
        return workbench("run", *STORY, "--seed", seed, "--json", "--no-save").document["samples"]

    assert samples(3) == samples(3)
    assert samples(3) != samples(4)


def test_a_drawn_seed_repeats_the_run(workbench: Command) -> None:
    first = workbench("run", *STORY, "--json", "--no-save").document
    again = workbench("run", *STORY, "--json", "--no-save", "--seed", first["seed"]).document
    assert again["samples"] == first["samples"]


def test_settings_come_from_the_file_and_then_from_the_command(
    workbench: Command, tmp_path: Path
) -> None:
    path = tmp_path / "mine.prompt.yml"
    path.write_text(
        "text: Once upon a time\n"
        "modelParameters:\n  temperature: 0.5\n  maxTokens: 3\n  seed: 9\n  topP: nonsense\n"
    )
    ran = workbench("run", path, "--json", "-s", "temperature=0.25")
    document = ran.document
    assert (document["sampling"]["temperature"], document["sampling"]["max_tokens"]) == (0.25, 3)
    assert document["seed"] == 9
    assert ran.line.startswith("modelParameters of")
    assert "top_p" in ran.line


def test_engine_settings_are_used(workbench: Command) -> None:
    ran = workbench(
        "run", "@Once upon", "--json", "--no-save", "-s", "max_tokens=2", "-s", "n_ctx=128",
        "-s", "kv_type=q8_0", "-s", "n_threads=2",
    )  # fmt: skip
    engine = ran.document["engine"]
    assert (engine["n_ctx"], engine["kv_type"], engine["n_threads"]) == (128, "q8_0", 2)
    assert not ran.document["saved"]


def test_plain_output_is_the_reply_alone(workbench: Command) -> None:
    document = workbench("run", *STORY, "--seed", 5, "--json", "--no-save").document
    ran = workbench("run", *STORY, "--seed", 5, "--no-save")
    assert ran.out.removesuffix("\n") == document["samples"][0]["text"].removesuffix("\n")
    assert ran.err == ""
    several = workbench("run", *STORY, "--seed", 5, "-n", "2", "--no-save")
    assert "--- sample 2, seed 6" in several.out


def test_render_tiles_the_text_with_spans_and_tokens(workbench: Command) -> None:
    ran = workbench("render", "few-shot-story", "-v", "name=Zoé 🙂", "--json")
    assert (ran.code, ran.err) == (0, "")
    document = ran.document
    assert set(document) >= {"text", "spans", "tokens", "warnings"}
    text, spans = document["text"], document["spans"]
    assert [s["start"] for s in spans] == [0, *(s["end"] for s in spans[:-1])]
    assert spans[-1]["end"] == len(text)
    named = [text[s["start"] : s["end"]] for s in spans if s["source"] == "variable:name"]
    assert named == ["Zoé 🙂"]
    assert b"".join(bytes.fromhex(t["bytes"]) for t in document["tokens"]).decode() == text
    assert document["warnings"] == []
    plain = workbench("render", "few-shot-story", "-v", "name=Zoé 🙂")
    assert plain.out == text + "\n"


def test_render_and_run_agree(workbench: Command) -> None:
    rendered = workbench("render", "role", "--json").document
    ran = workbench("run", "role", "--json", "--no-save", "-s", "max_tokens=1").document
    assert ran["prompt"] == rendered["text"]
    assert ran["prompt_tokens"] == rendered["tokens"]


def test_models_are_listed_and_shown(workbench: Command, own_profile: Profile) -> None:
    own_profile.models.mkdir(parents=True)
    (own_profile.models / "broken.gguf").write_text("no model")
    listed = workbench("models", "list", "--json").document
    names = {Path(m["path"]).stem for m in listed}
    assert {"demo-2m-q8_0", "demo-2m-q4_0", "demo-0.5m-q8_0"} == names
    keys = {"name", "path", "architecture", "quantization", "n_params", "size_bytes"}
    assert all(set(m) >= keys for m in listed)
    assert "broken.gguf" in workbench("models", "list").out
    shown = workbench("models", "show", "demo-2m-q8_0", "--json").document
    assert shown["n_ctx_train"] == 1024
    assert shown["chat_template"]
    assert set(shown["memory_bytes"]) == {"f32", "f16", "bf16", "q8_0", "q4_0"}


def test_a_model_of_the_profile_is_found_by_name(
    workbench: Command, own_profile: Profile, small_demo_model: Path
) -> None:
    own_profile.models.mkdir(parents=True)
    (own_profile.models / "mine.gguf").symlink_to(small_demo_model)
    ran = workbench("run", "@Hi", "-m", "mine", "--json", "-s", "max_tokens=1")
    assert ran.document["model"]["path"] == str(own_profile.models / "mine.gguf")


def test_prompts_are_listed_shown_and_checked(
    workbench: Command, own_profile: Profile, tmp_path: Path
) -> None:
    own_profile.prompts.mkdir(parents=True)
    (own_profile.prompts / "broken.prompt.yml").write_text("text: [")
    listed = workbench("prompts", "list", "--json").document
    keys = {"name", "path", "description", "tags", "variables"}
    assert all(set(p) >= keys for p in listed)
    broken = [p for p in listed if p["error"]]
    assert [Path(p["path"]).name for p in broken] == ["broken.prompt.yml"]
    assert "name" in next(p for p in listed if p["name"] == "few-shot-story")["variables"]
    shown = workbench("prompts", "show", "few-shot-story", "--json").document
    assert [m["role"] for m in shown["messages"]] == ["user", "assistant", "user"]
    good = tmp_path / "good.prompt.yml"
    good.write_text("text: Hello {{ name }}\n")
    assert workbench("prompts", "check", good).code == 0
    checked = workbench("prompts", "check", good, broken[0]["path"], "--json")
    assert checked.code == 1
    assert [c["ok"] for c in checked.document] == [True, False]


def test_history_lists_and_shows_what_ran(workbench: Command) -> None:
    made = workbench("run", *STORY, "--seed", 2, "--json").document
    workbench("run", *STORY, "--no-save")
    listed = workbench("history", "list", "--json").document
    assert [r["run_id"] for r in listed] == [made["run_id"]]
    assert (listed[0]["status"], listed[0]["seed"], listed[0]["n_tokens"]) == ("done", 2, 12)
    shown = workbench("history", "show", made["run_id"], "--json").document
    assert shown["prompt"] == made["prompt"]
    assert [t["id"] for t in shown["samples"][0]["tokens"]] == [
        t["id"] for t in made["samples"][0]["tokens"]
    ]
    assert made["samples"][0]["text"] in workbench("history", "show", made["run_id"]).out


def test_standard_input_is_a_prompt(shell: Command) -> None:
    ran = shell("render", "-", "--json", stdin="Naïve {{ 1 + 1 }}".encode())
    assert ran.code == 0
    assert "Naïve" in ran.document["text"]
    bad = shell("render", "-", stdin=b"\xff\xfe")
    assert (bad.code, "not UTF-8" in bad.line) == (2, True)


def test_doctor_finds_this_machine_healthy(workbench: Command) -> None:
    ran = workbench("doctor", "--json")
    document = ran.document
    assert ran.code == int(not document["healthy"])
    codes = {c["code"]: c["health"] for c in document["checks"]}
    assert {"system", "llama-build", "demo-model", "qt", "disk"} <= set(codes)
    assert codes["demo-model"] == "ok"


@pytest.mark.parametrize(
    "arguments", [["prompts", "list"], ["--help"], ["models", "list", "--json"]]
)
def test_real_processes_print_and_succeed(shell: Command, arguments: list[str]) -> None:
    ran = shell(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out
