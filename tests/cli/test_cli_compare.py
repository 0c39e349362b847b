"""`workbench compare`."""

from __future__ import annotations

from pathlib import Path

import pytest
from reference.gguf_models import SHAPES, write_model
from support.commands import Command

from workbench.core.paths import Profile
from workbench.history.store import HistoryStore
from workbench.history.versions import PromptVersions

PROMPT = "@Once upon a time"
SHORT = ("-s", "max_tokens=12", "-s", "ignore_eos=true")
TWO = ("-m", "demo-2m-q8_0", "-m", "demo-2m-q4_0")


def test_two_quantizations_side_by_side(workbench: Command) -> None:
    ran = workbench("compare", PROMPT, *TWO, "--seed", 3, "-n", 2, *SHORT, "--json")
    assert ran.code == 0, ran.err
    document = ran.document
    assert [c["model"]["quantization"] for c in document["columns"]] == ["Q8_0", "Q4_0"]
    assert [len(c["samples"]) for c in document["columns"]] == [2, 2]
    assert document["waves"][0]["columns"] == [0, 1]
    (change,) = document["diffs"]
    assert (change["a"], change["b"]) == (0, 1)
    texts = [c["samples"][0]["text"] for c in document["columns"]]
    assert (change["first_divergence"] is None) == (texts[0] == texts[1])
    found = document["token_diff"]
    ids = [t["id"] for t in document["columns"][0]["samples"][0]["tokens"]]
    assert [p["id"] for p in found["positions"]] == ids
    kl = [p["kl"] for p in found["positions"]]
    assert found["mean_kl"] == pytest.approx(sum(kl) / len(kl))
    assert found["mean_kl"] > 0
    said = [t["logprob"] for t in document["columns"][0]["samples"][0]["tokens"]]
    forced = [p["logprob_a"] for p in found["positions"]]
    assert forced == pytest.approx(said, abs=0.02)  # chunks against single tokens, an f16 cache
    stored = workbench("history", "show", document["columns"][1]["run_id"], "--json").document
    assert stored["samples"] == document["columns"][1]["samples"]


def test_columns_are_the_product_of_what_varies(workbench: Command) -> None:
    ran = workbench(
        "compare", PROMPT, "--with-prompt", "@Zoe had", "--variant", "temperature=0",
        "--variant", "temperature=1.5 top_k=0", "--seed", 1, "--seed", 2, *SHORT, "--json",
        "--no-save",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    columns = ran.document["columns"]
    assert [
        (c["prompt"], c["sampling"]["temperature"], c["sampling"]["top_k"], c["seed"])
        for c in columns
    ] == [
        (prompt, *settings, seed)
        for prompt in ("Once upon a time", "Zoe had")
        for settings in ((0.0, 40), (1.5, 0))
        for seed in (1, 2)
    ]
    assert columns[0]["samples"][0]["text"] == columns[1]["samples"][0]["text"]
    assert columns[0]["saved"] is False
    reasons = [d["reason"] for d in ran.document["token_diffs"]]
    assert reasons[0] == "Both columns have the same model and prompt."
    assert ran.document["token_diffs"][3]["tokens"]["mean_kl"] > 0  # two prompts, one reply


def test_what_a_person_reads(workbench: Command) -> None:
    ran = workbench(
        "compare", PROMPT, *TWO, "--seed", 3, *SHORT, "--text", " there was a fox.", "--base", "b"
    )
    assert ran.code == 0, ran.err
    assert "=== A · demo-2m-q8_0\n" in ran.out
    assert "B and A on B's text: mean KL " in ran.out


def test_models_one_after_another_give_the_same_replies(workbench: Command) -> None:
    command = ("compare", PROMPT, *TWO, "--seed", 3, *SHORT, "--json", "--no-save")
    alone = workbench(*command, "--at-once", 1).document
    assert [w["columns"] for w in alone["waves"]] == [[0], [1]]
    together = workbench(*command).document
    for one, other in zip(alone["columns"], together["columns"], strict=True):
        assert one["samples"][0]["text"] == other["samples"][0]["text"]


def test_a_column_that_fails_leaves_the_others(workbench: Command, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF, but not really")
    ran = workbench("compare", PROMPT, "-m", "demo-2m-q8_0", "-m", broken, *SHORT, "--json")
    assert ran.code == 2
    assert ran.line.startswith("column B: ")
    good, bad = ran.document["columns"]
    assert good["status"] == "done"
    assert (bad["run_id"], bad["samples"]) == (None, [])
    assert ran.document["token_diffs"][0]["reason"] == "One of the columns has no run."


def test_other_vocabularies_are_compared_in_bytes(workbench: Command, tmp_path: Path) -> None:
    other = write_model(tmp_path / "other.gguf", SHAPES["llama"], 1)
    ran = workbench(
        "compare", PROMPT, "-m", "demo-2m-q8_0", "-m", other, "--seed", 3, *SHORT, "--json",
        "--no-save",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert ran.document["token_diff"] is None
    words = ran.document["token_diffs"][0]["words"]
    text = ran.document["columns"][0]["samples"][0]["text"]
    assert "".join(w["text"] for w in words["positions"]) == text
    assert words["bits_per_byte_a"] < words["bits_per_byte_b"]  # random weights know nothing


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((PROMPT,), "There is only one column"),
        ((PROMPT, "-m", "demo-3m"), "There is no model named demo-3m."),
        ((PROMPT, *TWO, "--base", "C"), "There is no column C; they are A to B."),
        ((PROMPT, *TWO, "--text", ""), "--text is empty."),
        ((PROMPT, "--variant", "seed=3", "--variant", "top_k=2"), "--variant takes no seed"),
        ((PROMPT, *TWO, "--variant", "temperatur=3"), "There is no decoding parameter"),
    ],
)
def test_bad_input_is_one_line(workbench: Command, words: tuple[str, ...], said: str) -> None:
    ran = workbench("compare", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith(said)


def test_stored_versions_and_scores(workbench: Command, own_profile: Profile) -> None:
    source = (
        "variables: {{place: {{type: text, default: Greece}}}}\ntext: '{} {{{{ place }}}} is'\n"
    )
    data = "testData:\n  - {place: Greece, expected: ' '}\n"
    path = own_profile.prompts / "capital.prompt.yml"
    path.parent.mkdir(parents=True)
    store = HistoryStore(own_profile.history_file)
    try:
        versions = PromptVersions(store)
        versions.save("capital.prompt.yml", source.format("The town of") + data).result(10)
        versions.name("capital.prompt.yml", 1, "town").result(10)
        versions.save("capital.prompt.yml", "text: 'The capital of Greece is'\n").result(10)
    finally:
        store.close()
    path.write_text(source.format("The city of"), encoding="utf-8")
    ran = workbench(
        "compare", path, "--version", "TOWN", "--version", "2", "--version", "now",
        "-v", "place=Greece", "--seed", 3, *SHORT, "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    columns = ran.document["columns"]
    assert [c["label"].partition(", ")[2] for c in columns] == ["v1 town", "v2", "now"]
    assert columns[0]["scores"]["expected"] == ""
    assert columns[1]["scores"] is None
    diffs = ran.document["token_diffs"]
    assert all(d["tokens"]["mean_kl"] > 0 for d in diffs)  # the same reply behind other prompts
    assert diffs[0]["tokens"]["positions"][0]["top_a_text"]
    missing = workbench("compare", path, "--version", "7", "--version", "now")
    assert missing.code == 2
    assert missing.line.startswith("The prompt capital has no version 7. There are v2, v1 town")


def test_a_text_of_a_file_is_forced(workbench: Command, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(" there was a fox.", encoding="utf-8")
    ran = workbench("compare", PROMPT, *TWO, *SHORT, "--text-file", path, "--json", "--no-save")
    positions = ran.document["token_diff"]["positions"]
    assert "".join(p["text"] for p in positions) == " there was a fox."
    path.write_text("Once more. " * 2000, encoding="utf-8")
    long = workbench("compare", PROMPT, *TWO, *SHORT, "--text-file", path)
    assert long.code == 2
    assert long.line.startswith("columns A and B were not compared: ")
    assert "=== B · demo-2m-q4_0" in long.out  # the replies are not lost with it
    path.write_bytes(b"\xff")
    for words, said in (
        (("--text-file", path), "is no text in UTF-8"),
        (("--text-file", tmp_path / "none"), "cannot be read"),
        (("--text", "x", "--text-file", path), "Both --text and --text-file"),
    ):
        refused = workbench("compare", PROMPT, *TWO, *SHORT, *words)
        assert refused.code == 2
        assert said in refused.line
