"""The recipes for macOS and Windows, as far as a file can be read on another system."""

from __future__ import annotations

import plistlib
import re
from pathlib import Path

import pytest

from workbench.gui.app_icon import APP_ID

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
ISS = (PACKAGING / "windows" / "workbench.iss").read_text(encoding="utf-8")


def sections() -> dict[str, list[str]]:
    """The lines of each [Section] of the Inno Setup script, without comments."""
    out: dict[str, list[str]] = {}
    name = ""
    for line in ISS.splitlines():
        if found := re.fullmatch(r"\[(\w+)\]", line):
            name = found[1]
            out[name] = []
        elif name and line.strip() and (name == "Code" or not line.startswith(";")):
            out[name].append(line)
    return out


def fields(line: str) -> dict[str, str]:
    """`Name: "value"; Flags: a b` as a dict."""
    return {
        key: value.strip('"')
        for key, value in re.findall(r'(\w+): ("(?:[^"]|"")*"|[^;]+)(?:;|$)', line)
    }


@pytest.mark.parametrize(
    "path",
    [
        "macos/dmg.sh",
        "windows/workbench.iss",
        "windows/build.ps1",
    ],
)
def test_a_recipe_that_was_never_run_says_so(path: str) -> None:
    head = (PACKAGING / path).read_text(encoding="utf-8")[:400]
    assert "NEVER RUN YET" in head


def test_the_mac_opens_both_kinds_of_files() -> None:
    with (PACKAGING / "macos" / "Info.plist").open("rb") as file:
        info = plistlib.load(file)
    assert info["CFBundleIdentifier"] == APP_ID
    known = {kind["UTTypeIdentifier"]: kind for kind in info["UTImportedTypeDeclarations"]}
    endings = []
    for document in info["CFBundleDocumentTypes"]:
        assert (
            (PACKAGING.parent / "assets/icons/hicolor/scalable/mimetypes")
            .joinpath(Path(document["CFBundleTypeIconFile"]).stem + ".svg")
            .is_file()
        )
        for content in document["LSItemContentTypes"]:
            endings += known[content]["UTTypeTagSpecification"]["public.filename-extension"]
    assert sorted(endings) == ["gguf", "yaml", "yml"]
    with (PACKAGING / "macos" / "entitlements.plist").open("rb") as file:
        assert all(plistlib.load(file).values())


def test_the_installer_has_its_sections_and_uses_what_it_defines() -> None:
    found = sections()
    assert {"Setup", "Languages", "Tasks", "Files", "Icons", "Registry", "Run"} <= set(found)
    defined = set(re.findall(r"#define (\w+)", ISS)) | {"Version"}
    assert set(re.findall(r"\{#(\w+)\}", ISS)) == defined
    assert f'#define Id "{APP_ID}"' in ISS
    setup = dict(line.split("=", 1) for line in found["Setup"])
    assert setup["AppId"].startswith("{{")
    for key in ("LicenseFile",):
        assert (PACKAGING / "windows" / setup[key].replace("\\", "/")).resolve().is_file()


def test_the_installers_tasks_and_messages_are_all_defined() -> None:
    found = sections()
    tasks = {fields(line)["Name"] for line in found["Tasks"]}
    used = {
        fields(line)["Tasks"]
        for name in ("Icons", "Registry", "Run")
        for line in found[name]
        if "Tasks" in fields(line)
    }
    assert used <= tasks
    assert set(re.findall(r"WizardIsTaskSelected\('(\w+)'\)", ISS)) <= tasks
    languages = {fields(line)["Name"] for line in found["Languages"]}
    messages = {line.partition("=")[0] for line in found["CustomMessages"]}
    own = {message.partition(".")[2] for message in messages}
    assert messages == {f"{language}.{name}" for language in languages for name in own}
    builtin = {"CreateDesktopIcon", "LaunchProgram"}
    assert set(re.findall(r"\{cm:(\w+)", ISS)) <= own | builtin


def test_the_installer_is_read_as_utf8() -> None:
    # Without the mark older compilers take it for the page of the system.
    assert ISS.startswith("\ufeff;")


def test_the_installer_opens_files_with_the_window() -> None:
    commands = [fields(line)["ValueData"] for line in sections()["Registry"] if "command" in line]
    assert len(commands) == 2
    assert all(c == '{app}\\workbench-window.exe"" open ""%1' for c in commands)
    names = re.findall(r"application-x-[\w+-]+(?=\.ico)", ISS)
    for name in set(names):
        assert (ROOT / f"assets/icons/hicolor/scalable/mimetypes/{name}.svg").is_file()


def test_every_begin_of_the_installers_code_has_its_end() -> None:
    code = "\n".join(sections()["Code"])
    code = re.sub(r"'[^']*'", "''", code)
    assert len(re.findall(r"\bbegin\b", code)) == len(re.findall(r"\bend\b", code))
    assert code.count("(") == code.count(")")


def test_the_windows_script_names_files_that_are_there() -> None:
    text = (PACKAGING / "windows" / "build.ps1").read_text(encoding="utf-8")
    for name in re.findall(r"packaging\\[\w\\]+\.(?:py|spec|iss)", text):
        assert (ROOT / name.replace("\\", "/")).is_file(), name
    for pair in ("()", "{}", "[]"):
        assert text.count(pair[0]) == text.count(pair[1])
