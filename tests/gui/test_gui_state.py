"""What the window remembers survives bad files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.gui.state import WindowState, load_state, save_state


def test_round_trip(tmp_path: Path) -> None:
    state = WindowState(
        "dark",
        "/m.gguf",
        "/p.yml",
        {"top_k": 3},
        7,
        "rank",
        {"left": (1, 2)},
        (9, 8),
    )
    save_state(tmp_path / "new" / "window.json", state)
    assert load_state(tmp_path / "new" / "window.json") == (state, "")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["window.json"]


def test_a_first_start_is_not_a_problem(tmp_path: Path) -> None:
    assert load_state(tmp_path / "window.json") == (WindowState(is_new=True), "")


def test_bad_keys_are_dropped_and_the_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    data = {"schema": 1, "theme": "pink", "seed": -3, "tint": "rank", "size": [1], "future": 1}
    path.write_text(json.dumps(data), encoding="utf-8")
    state, problem = load_state(path)
    assert state == WindowState(tint="rank")
    assert "future, seed, size, theme" in problem
    assert json.loads((tmp_path / "window.json.bak").read_text(encoding="utf-8")) == data


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"null", b"[" * 5000])
def test_unreadable_files_give_defaults_and_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(content)
    state, problem = load_state(path)
    assert state == WindowState()
    assert "window.json" in problem


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(list(WindowState.__slots__)), json_values))
def test_any_json_loads(tmp_path: Path, data: dict[str, object]) -> None:
    path = tmp_path / "window.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    state, _ = load_state(path)
    assert state.theme in ("system", "light", "dark")
    save_state(path, state)
