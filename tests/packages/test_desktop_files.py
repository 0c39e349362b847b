"""What Linux desktops read: the desktop file, kinds of files, AppStream data and icons agree."""

from __future__ import annotations

import configparser
import importlib.util
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from workbench import __version__
from workbench.cli.main import _VERBS
from workbench.cli.open import is_file_to_open
from workbench.core.paths import demo_model_path
from workbench.gui.app_icon import APP_ID

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
HICOLOR = ROOT / "assets" / "icons" / "hicolor"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
SVG = "{http://www.w3.org/2000/svg}"


def needs(tool: str) -> pytest.MarkDecorator:
    """Skips where a desktop's own checker is not installed."""
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


def desktop() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    parser.read(LINUX / f"{APP_ID}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def parsed(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314  # our own files


def kinds() -> dict[str, ET.Element]:
    root = parsed(LINUX / f"{APP_ID}.xml")
    return {str(kind.get("type")): kind for kind in root.iter(f"{MIME}mime-type")}


def metainfo() -> ET.Element:
    return parsed(LINUX / f"{APP_ID}.metainfo.xml")


def test_the_desktop_file_starts_the_program_on_a_file() -> None:
    entry = desktop()
    assert entry["Exec"] == "workbench %f"
    assert entry["TryExec"] == "workbench"
    assert (entry["Icon"], entry["Terminal"]) == (APP_ID, "false")
    # X11 names a window's class after the application; Wayland's name is the desktop file's.
    app = (ROOT / "workbench" / "app.py").read_text(encoding="utf-8")
    assert f'app.setApplicationName("{entry["StartupWMClass"]}")' in app
    assert "app.setDesktopFileName(APP_ID)" in app
    assert set(entry["MimeType"].rstrip(";").split(";")) == set(kinds())
    assert {"Name", "GenericName[de]", "Comment[de]"} <= set(entry)


def test_every_kind_of_file_is_one_the_program_opens() -> None:
    patterns = [
        glob.get("pattern") or "" for k in kinds().values() for glob in k.iter(f"{MIME}glob")
    ]
    assert sorted(patterns) == ["*.gguf", "*.prompt.yaml", "*.prompt.yml"]
    for pattern in patterns:
        assert is_file_to_open(pattern.replace("*", "x"))
    match = next(kinds()["application/x-gguf"].iter(f"{MIME}match"))
    with demo_model_path().open("rb") as file:
        assert file.read(4).decode() == match.get("value")


def test_appstream_data_names_the_same_things() -> None:
    root = metainfo()
    assert root.findtext("id") == APP_ID
    assert root.findtext("launchable") == f"{APP_ID}.desktop"
    assert root.findtext("icon") == APP_ID
    assert {kind.text for kind in root.iter("mediatype")} == set(kinds())
    assert root.findtext("project_license") == "MIT"
    newest = next(root.iter("release"))
    assert newest.get("version") == __version__.partition("+")[0]
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for name in ("p", "li", "summary"):
        said = [element.get(xml_lang) for element in root.iter(name)]
        assert said.count("de") == said.count(None), name


@pytest.mark.parametrize("path", sorted(HICOLOR.rglob("*.svg")), ids=lambda p: p.stem)
def test_icons_are_drawn_and_hold_no_picture(path: Path) -> None:
    root = parsed(path)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    edge = root.get("viewBox", "").split()
    assert edge[:2] == ["0", "0"]
    assert edge[2] == edge[3]
    assert not list(root.iter(f"{SVG}image"))
    assert "base64" not in path.read_text(encoding="utf-8")


def test_every_icon_that_is_named_is_there() -> None:
    names = {path.relative_to(HICOLOR).as_posix() for path in HICOLOR.rglob("*") if path.is_file()}
    wanted = {f"scalable/apps/{APP_ID}.svg", f"symbolic/apps/{APP_ID}-symbolic.svg"}
    wanted |= {f"scalable/mimetypes/{kind.replace('/', '-')}.svg" for kind in kinds()}
    assert names == wanted


def test_the_symbolic_icon_has_one_colour() -> None:
    root = parsed(HICOLOR / f"symbolic/apps/{APP_ID}-symbolic.svg")
    shapes = [element for element in root if element.tag != f"{SVG}title"]
    assert {shape.get("fill") for shape in shapes} == {"#2e3436"}


def test_the_manual_page_has_every_command() -> None:
    spec = importlib.util.spec_from_file_location("packaging_man_page", LINUX / "man_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = module.page(__version__)
    assert module.verbs() == _VERBS
    assert text.startswith(".TH WORKBENCH 1")
    for name in _VERBS:
        assert f"\n.B {name}\n" in text
    bare = text.replace("\\-", "")  # a bare sign would be printed as a hyphen
    assert not re.search(r"(^|\s)-", bare)


@needs("desktop-file-validate")
def test_desktop_file_validate_has_nothing_to_say() -> None:
    _silent("desktop-file-validate", str(LINUX / f"{APP_ID}.desktop"))


@needs("appstreamcli")
def test_appstreamcli_accepts_the_metainfo() -> None:
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", str(LINUX / f"{APP_ID}.metainfo.xml")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "W:" not in done.stdout
    assert "E:" not in done.stdout


@needs("update-mime-database")
@needs("gio")
def test_a_desktop_knows_the_files_by_name_and_by_content(tmp_path: Path) -> None:
    packages = tmp_path / "share" / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(LINUX / f"{APP_ID}.xml", packages)
    # It remarks on stderr that the folder is not where programs look.
    subprocess.run(
        ["update-mime-database", str(packages.parent)], capture_output=True, timeout=60, check=True
    )
    model, renamed = tmp_path / "a.gguf", tmp_path / "without ending"
    for path in (model, renamed):
        path.write_bytes(demo_model_path().read_bytes()[:4096])
    (tmp_path / "b.prompt.yml").write_text("name: B\ntext: Once\n", encoding="utf-8")
    (tmp_path / "c.yml").write_text("a: 1\n", encoding="utf-8")
    folders = f"{tmp_path / 'share'}:/usr/local/share:/usr/share"
    found = {
        path.name: _content_type(path, folders)
        for path in (model, renamed, tmp_path / "b.prompt.yml", tmp_path / "c.yml")
    }
    assert found["a.gguf"] == found["without ending"] == "application/x-gguf"
    assert found["b.prompt.yml"] == "application/x-prompt+yaml"
    assert found["c.yml"] != "application/x-prompt+yaml"


def _content_type(path: Path, folders: str) -> str:
    done = subprocess.run(
        ["gio", "info", "-a", "standard::content-type", str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={
            "PATH": os.environ["PATH"],
            "XDG_DATA_DIRS": folders,
            "XDG_DATA_HOME": str(path.parent / "none"),
        },
    )
    return done.stdout.rpartition("content-type: ")[2].strip()


def _silent(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
