"""Broken and hostile files of other tools end in one sentence."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.experiments.import_prompt import read_foreign, save_prompts
from workbench.export.import_formats import import_formats

_WRONG: Mapping[str, tuple[str, str, str]] = {
    "promptfoo of a list": ("promptfoo", "p.yaml", "[]"),
    "promptfoo of nothing": ("promptfoo", "p.yaml", ""),
    "promptfoo without prompts": ("promptfoo", "p.yaml", "tests: []"),
    "promptfoo asks for a NUL": ("promptfoo", "p.yaml", 'prompts: [x]\ntests: "\\0"'),
    "LM Studio of a text": ("lm-studio", "p.json", '"x"'),
    "LM Studio without fields": ("lm-studio", "p.json", '{"operation": {}}'),
    "LM Studio with a number of fields": ("lm-studio", "p.json", '{"operation": {"fields": 1}}'),
    "messages that are a number": ("messages", "p.json", '{"messages": 1}'),
    "messages of a number": ("messages", "p.json", "5"),
    "a prompt that is a list": ("messages", "p.json", '{"model": "m", "prompt": [1]}'),
    "a deep mustache": ("mustache", "p.mustache", "{{#a}}" * 3000 + "{{/a}}" * 3000),
}


@pytest.mark.parametrize("case", _WRONG)
def test_wrong_types_are_a_sentence_with_the_file(tmp_path: Path, case: str) -> None:
    form, name, text = _WRONG[case]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"p\."):
        read_foreign(path, form)


def test_a_field_of_lm_studio_without_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "p.preset.json"
    path.write_text('{"operation": {"fields": [{"key": [], "value": 1}]}}', encoding="utf-8")
    assert read_foreign(path).left_out == ("Field 1: it has no key.",)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.yaml", "prompts:\n\t- a\ntests: []\n", "p.yaml, line 2, column 1: broken YAML"),
        ("p.yaml", "prompts: &a [*a]\ntests: []\n", "an alias that holds itself"),
        ("p.json", '{"messages": [', "p.json, line 1, column"),
        ("p.prompty", "---\nname: [\n---\nx", "p.prompty, line"),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_foreign(path)
    assert said in str(caught.value)


def test_a_default_that_does_not_fit_names_the_file_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "p.prompty"
    path.write_text(
        "---\nname: n\ninputs: {a: {type: number, default: x}}\n---\nuser:\nhi {{a}}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r"p\.prompty makes no valid prompt: .*number"):
        read_foreign(path)


def _utf16() -> bytes:
    return "prompts: [hi]\ntests: []\n".encode("utf-16")


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("prompt.yaml", "prompts: [hi]\n" + "#" * 50_000_000)
    return out.getvalue()


_BYTES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "UTF-16": (_utf16, "is not UTF-8"),
    "Latin-1": (lambda: "prompts: [Müller]".encode("latin-1"), "is not UTF-8"),
    "a zip bomb": (_zip_bomb, "is not UTF-8"),
    "gzip": (lambda: gzip.compress(b"prompts: [hi]"), "is not UTF-8"),
    "pickle": (lambda: pickle.dumps({"prompts": ["hi"]}), "is not UTF-8"),
}


@pytest.mark.parametrize("form", [None, *import_formats().names()])
@pytest.mark.parametrize("kind", _BYTES)
def test_what_is_no_utf8_text_is_refused_in_one_line(
    tmp_path: Path, kind: str, form: str | None
) -> None:
    make, said = _BYTES[kind]
    path = tmp_path / "p.yaml"
    path.write_bytes(make())
    with pytest.raises(UserError) as caught:
        read_foreign(path, form)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", [None, *import_formats().names()])
def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path, form: str | None) -> None:
    path = tmp_path / "p.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match=r"p\.yaml has 100,000,000 bytes"):
            read_foreign(path, form)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\windows\\system32",
        "C:\\x",
        "a/b",
        "..",
        ".hidden",
        "nul\u0000l",
        "<img src=x onerror=alert(1)>",
        "x" * 5000,
        "\u202etxt.exe",
    ],
)
def test_a_name_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(json.dumps({"name": name, "prompt": "hi"}), encoding="utf-8")
    folder = tmp_path / "library"
    folder.mkdir()
    found = read_foreign(path, "llm")
    [written] = save_prompts(found.prompts, folder)
    assert written.resolve().parent == folder.resolve()
    assert not written.name.startswith(".")
    assert re.fullmatch(r"[\w.-]+\.prompt\.yml", written.name)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["p.yaml"]


@pytest.mark.parametrize(
    "asked", ["file://../secret.txt", "file:///etc/passwd", "file://link.txt", "file://p\u0000"]
)
def test_files_beside_never_lie_elsewhere(tmp_path: Path, asked: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folder / "link.txt").symlink_to(secret)
    path = folder / "p.yaml"
    path.write_text(json.dumps({"prompts": [asked], "providers": ["echo"]}), encoding="utf-8")
    with pytest.raises(UserError):
        read_foreign(path)


@pytest.mark.parametrize("form", [None, *import_formats().names()])
def test_markup_in_text_stays_text(tmp_path: Path, form: str | None) -> None:
    """HTML and JavaScript mean nothing in a prompt; nothing of it is changed or run."""
    text = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    bodies = {
        "promptfoo": json.dumps({"prompts": [text], "providers": ["echo"]}),
        "messages": json.dumps([{"role": "user", "content": text}]),
        "llm": json.dumps({"prompt": text}),
        "langchain": json.dumps({"_type": "prompt", "template": text}),
        "jinja": text,
        "mustache": text,
    }
    for name, body in bodies.items():
        if form not in (None, name):
            continue
        path = tmp_path / {"jinja": "p.txt", "mustache": "p.mustache"}.get(name, "p.yaml")
        path.write_text(body, encoding="utf-8")
        [prompt] = read_foreign(path, form or name).prompts
        said = prompt.messages[0].content if prompt.is_chat else prompt.text
        assert said == text
