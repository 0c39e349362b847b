"""Servers on the command line: named, asked, shown; and their keys nowhere to be found."""

from __future__ import annotations

import io
import json
import sqlite3
import traceback
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from support.commands import Command
from support.file_keyring import FileKeyring
from support.hostile_server import MODEL, WORDS, HostileServer

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.remote import Address, parse_address, remote_address
from workbench.engine.remote.book import SERVICE, Server, key_of
from workbench.engine.remote.failures import Refusal, refused
from workbench.engine.remote.secret import Secret

KEY = "sk-planted-0123456789abcdef"
SAID = "".join(WORDS)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server whose address says how it behaves."""
    with HostileServer() as running:
        yield running


@pytest.fixture
def own_keyring(tmp_path: Path) -> Iterator[Path]:
    """A keyring of the test's own; the file it keeps passwords in."""
    before = keyring.get_keyring()
    file = tmp_path / "keyring.json"
    keyring.set_keyring(FileKeyring(file))
    yield file
    keyring.set_keyring(before)


def test_a_named_server_runs_a_prompt(
    server: HostileServer, workbench: Command, own_profile: Profile
) -> None:
    assert workbench("models", "add-server", "lab", server.url("fine")).code == 0
    ran = workbench("run", "@Count:", "-m", "lab", "-s", "temperature=0", "--json")
    assert ran.code == 0, ran.err
    document = ran.document
    (sample,) = document["samples"]
    assert sample["text"] == SAID
    assert [t["id"] for t in sample["tokens"]] == [None, None, None]
    assert [t["entropy"] for t in sample["tokens"]] == [None, None, None]
    assert sample["tokens"][0]["logprob"] == -0.5
    assert document["model"]["sha256"] is None
    assert document["model"]["n_params"] is None
    assert document["engine"]["n_threads"] is None
    assert document["engine"]["server"]["url"] == server.url("fine")
    assert document["engine"]["server"]["capabilities"]["scores_given_texts"] is True
    assert document["served"]["model_told"] == MODEL
    assert document["timings"]["prefill_tokens"] is None


def test_the_history_keeps_null_what_is_not_known(
    server: HostileServer, workbench: Command, own_profile: Profile
) -> None:
    address = f"{server.url('liar')}#{MODEL}"
    ran = workbench("run", "@Count:", "-m", address)
    assert ran.code == 0, ran.err
    assert "answered as something-else" in ran.err
    with sqlite3.connect(own_profile.history_file) as raw:
        (row,) = raw.execute(
            "SELECT m.path, m.n_params, m.size_bytes, m.info, e.text, r.prefill_tokens, r.served,"
            " r.cached_tokens FROM runs r JOIN models m ON m.id = r.model"
            " JOIN contents e ON e.id = r.engine"
        ).fetchall()
    raw.close()
    path, n_params, size, info, engine, prefill, served, cached = row
    assert (path, n_params, size, prefill, cached) == (address, None, None, None, None)
    assert json.loads(info)["n_layer"] is None
    assert json.loads(engine)["n_threads"] is None
    assert json.loads(engine)["server"]["capabilities"]["kind"] == "OpenAI-compatible"
    assert json.loads(served)["told"] == "something-else"
    run_id = workbench("history", "list", "--json").document[0]["run_id"]
    shown = workbench("history", "show", run_id, "--json")
    assert shown.code == 0, shown.err
    assert shown.document["samples"][0]["text"] == SAID
    assert workbench("history", "verify").code == 0
    replay = workbench("history", "replay", run_id)
    assert replay.code == 2
    assert "Not available from this server: a replay" in replay.err


@pytest.mark.parametrize("mode", ["killed", "error_event", "half"])
def test_a_broken_reply_is_kept_and_fails(
    server: HostileServer, workbench: Command, own_profile: Profile, mode: str
) -> None:
    server.heard.set()
    ran = workbench("run", "@Count:", "-m", server.url(mode))
    assert ran.code == 2
    assert "Traceback" not in ran.err
    (row,) = workbench("history", "list", "--json").document
    assert row["status"] == "failed"


def test_score_and_choose_over_a_server(server: HostileServer, workbench: Command) -> None:
    address = f"{server.url('fine')}#{MODEL}"
    chosen = workbench("choose", "@Count:", "--choice", " one", "--choice", " a b", "-m", address)
    assert chosen.code == 0, chosen.err
    ran = workbench("score", "@Count: now", "--continuation", " one", "-m", address, "--json")
    assert ran.code == 0, ran.err
    assert [t["logprob"] for t in ran.document["continuation_tokens"]] == [-0.5]
    assert [t["entropy"] for t in ran.document["continuation_tokens"]] == [None]
    assert ran.document["prompt_tokens"][0]["logprob"] is None


@pytest.mark.parametrize("verb", ["trace", "attention", "lens", "lookahead"])
def test_what_a_server_cannot_give_is_said(
    server: HostileServer, workbench: Command, tmp_path: Path, verb: str
) -> None:
    more = ["-o", tmp_path / "a.npz"] if verb == "attention" else []
    ran = workbench(verb, "@Count:", "-m", f"{server.url('fine')}#{MODEL}", *more)
    assert ran.code == 2
    assert "Not available from this server" in ran.line


def test_a_model_that_is_not_listed_is_refused(server: HostileServer, workbench: Command) -> None:
    ran = workbench("run", "@Count:", "-m", f"{server.url('fine')}#tinny")
    assert ran.code == 2
    assert "lists no model tinny" in ran.line
    assert MODEL in ran.line


def test_a_grammar_that_cannot_be_kept_refuses_the_run(
    server: HostileServer, workbench: Command
) -> None:
    grammar = 'grammar=root ::= "a"'
    ran = workbench("run", "@Count:", "-m", server.url("fine"), "-s", grammar)
    assert ran.code == 2
    assert "Not available from this server: grammar" in ran.err


def test_a_sampler_it_does_not_have_is_said(server: HostileServer, workbench: Command) -> None:
    ran = workbench("run", "@Count:", "-m", server.url("fine"), "-s", "top_k=5")
    assert ran.code == 0, ran.err
    assert "Not passed on: top-k" in ran.err
    assert "top_k" not in server.streams()[0].body


def test_no_key_shows_anywhere(
    server: HostileServer,
    workbench: Command,
    own_profile: Profile,
    own_keyring: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The key is used, and found in no file, line, document, export or traceback."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    modes = ("fine", "tells_key", "refuses_key", "redirect", "failing", "odd_values")
    monkeypatch.setenv("WORKBENCH_KEY_LAB", KEY)
    printed = []
    with HostileServer() as other:
        server.elsewhere = f"{other.root}/fine"
        for mode in modes:
            words = ["models", "add-server", mode, server.url(mode), "--retries", "0"]
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
            how = ["--key-env", "WORKBENCH_KEY_LAB"] if mode == "odd_values" else ["--key-stdin"]
            printed.append(workbench(*words, *how))
            printed.append(workbench("run", "@Hi", "-m", mode))
            printed.append(workbench("run", "@Hi", "-m", mode, "--json"))
        assert not other.asked
    printed.append(workbench("models", "servers", "--json"))
    printed.append(workbench("models", "check-server", "fine", "--json"))
    printed.append(workbench("history", "list", "--json"))
    rows = workbench("history", "list", "--json").document
    printed += [workbench("history", "show", row["run_id"], "--json") for row in rows]
    printed.append(workbench("history", "export", "-o", tmp_path / "out.jsonl"))
    printed.append(workbench("history", "backup", tmp_path / "backup.db"))
    printed.append(workbench("doctor", "--json"))
    keys = {one.headers.get("authorization") for one in server.asked}
    assert keys == {f"Bearer {KEY}"}  # it was sent every time, and to this server alone
    for ran in printed:
        assert KEY not in ran.out + ran.err
    assert KEY in own_keyring.read_text()
    own_keyring.unlink()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert KEY.encode() not in file.read_bytes(), file


def test_other_accounts_and_this_machine_stay_unknown(
    server: HostileServer, workbench: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables that the client library reads for another service do not reach this one."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, KEY)
    assert workbench("run", "@Hi", "-m", server.url("fine")).code == 0
    for one in server.asked:
        names = {name.lower() for name in one.headers}
        assert not names & {"authorization", "openai-organization", "openai-project", "cookie"}
        assert KEY not in str(one.headers)
        assert one.headers["user-agent"] == "prompt-workbench"
        assert names <= {
            "host", "accept", "accept-encoding", "connection", "user-agent", "content-type",
            "content-length", "x-stainless-raw-response",
        }  # fmt: skip


def test_a_key_in_a_traceback_with_its_variables_is_hidden() -> None:
    def fail(secret: Secret) -> None:
        raise ValueError(f"something about {secret!r} and {secret}")

    secret = Secret(KEY)
    with pytest.raises(ValueError, match="something") as caught:
        fail(secret)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "secret = " in "".join(shown.format())
    assert KEY not in "".join(shown.format())
    assert KEY not in secret.hidden_in(f"Bearer {KEY}")


@pytest.mark.parametrize("bad", ["", "two words", "line\nend", "schlüssel", "tab\tin it"])
def test_what_is_no_key_is_refused_without_repeating_it(bad: str) -> None:
    with pytest.raises(UserError) as caught:
        Secret(bad)
    assert not bad or bad not in str(caught.value)


@pytest.mark.parametrize("url", ["https://me:secret@host/v1", "https://me@host/v1"])
def test_an_address_with_a_password_is_refused(workbench: Command, url: str) -> None:
    for words in (("run", "@Hi", "-m", url), ("models", "add-server", "lab", url)):
        ran = workbench(*words)
        assert ran.code == 2
        assert "secret" not in ran.err
        assert "password" in ran.line


def test_a_removed_server_takes_its_key_along(
    workbench: Command, own_keyring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    add = ("models", "add-server", "lab", "https://lab:8000/v1", "--key-stdin")
    assert workbench(*add).code == 0
    assert keyring.get_password(SERVICE, "lab") == KEY
    assert workbench("models", "remove-server", "lab").code == 0
    assert keyring.get_password(SERVICE, "lab") is None
    assert workbench("models", "servers", "--json").document == []
    assert workbench("models", "remove-server", "lab").code == 2


def test_a_variable_that_is_not_set_is_named(own_profile: Profile) -> None:
    with pytest.raises(UserError, match="WORKBENCH_KEY_NOWHERE is not set"):
        key_of(Server("lab", Address("https://lab/v1"), "env:WORKBENCH_KEY_NOWHERE"))


@pytest.mark.parametrize(
    ("text", "url", "model"),
    [
        ("https://lab:8000/v1#meta/llama-3.1-8b", "https://lab:8000/v1", "meta/llama-3.1-8b"),
        ("http://127.0.0.1/v1/", "http://127.0.0.1/v1", ""),
        ("http://[::1]:80/v1#m", "http://[::1]:80/v1", "m"),
        ("https://lab/v1#/models/a.gguf", "https://lab/v1", "/models/a.gguf"),
    ],
)
def test_an_address_survives_in_the_place_of_a_path(text: str, url: str, model: str) -> None:
    address = parse_address(text)
    assert (address.url, address.model) == (url, model)
    assert remote_address(address.path) == address
    assert remote_address(address.path.absolute()) == address
    assert remote_address("/models/https.gguf") is None


def test_an_address_has_one_key(workbench: Command) -> None:
    """The second key would never be sent: both names mean one connection."""
    add = ("models", "add-server")
    url = "https://lab:8000/v1"
    assert workbench(*add, "lab", url, "--key-env", "WORKBENCH_KEY_LAB").code == 0
    assert workbench(*add, "small", f"{url}#small", "--key-env", "WORKBENCH_KEY_LAB").code == 0
    for more in ((), ("--key-env", "OTHER"), ("--key-env", "WORKBENCH_KEY_LAB", "--retries", "1")):
        ran = workbench(*add, "again", url, *more)
        assert ran.code == 2
        assert "is named lab already" in ran.line
        assert "lab#MODEL" in ran.line
    assert workbench(*add, "other", "https://lab:9000/v1").code == 0
    names = [row["name"] for row in workbench("models", "servers", "--json").document]
    assert names == ["lab", "other", "small"]


@pytest.mark.parametrize("words", [("render", "@Hi"), ("models", "show")])
def test_what_wants_the_file_says_that_a_server_has_none(
    workbench: Command, words: tuple[str, ...]
) -> None:
    address = "http://127.0.0.1:9/v1#tiny"
    ran = workbench(*words, "-m", address) if words[0] == "render" else workbench(*words, address)
    assert ran.code == 2
    assert "Not available from this server: the model's file (127.0.0.1:9)." in ran.line


def test_a_refusal_in_the_words_of_a_server_ends_as_a_sentence() -> None:
    for said in ("Invalid API key", "Invalid API key."):
        error = refused(Refusal(401, said, {}), "lab:8000", 1)
        assert error.message == "lab:8000 refuses the key (status 401): Invalid API key."
