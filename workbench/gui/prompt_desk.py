"""Prompt files and what belongs to them: versions, drafts, copies, the trash. No Qt.

Everything here reads or writes the disk: it is called on a queue, never on the GUI thread.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.ids import RunIds, text_hash
from workbench.core.library_folders import LibraryFolders
from workbench.core.paths import prompts_folder
from workbench.experiments.drafts import Draft, Drafts
from workbench.experiments.form_values import FormValues
from workbench.experiments.session import Session
from workbench.experiments.versions import prompt_key, save_prompt
from workbench.gui.file_names import file_name, no_name
from workbench.gui.prompt_edit import contents
from workbench.gui.translate import day, tr
from workbench.templates.edit import PromptEdit, edit_prompt
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt, raw_prompt

if TYPE_CHECKING:  # SQLite's tools take long to import
    from workbench.history.store import HistoryStore
    from workbench.history.versions import PromptVersions, Version

SUFFIX = ".prompt.yml"
_UNSAVED = "unsaved-"
_RAW = 'name: new prompt\ntext: ""\n'


@dataclass(frozen=True, slots=True)
class Opened:
    """A prompt on the desk.

    Attributes:
        key: by which its versions are kept.
        draft_key: by which its unsaved edits are kept: the file's whole path, so that a bundled
            prompt and the person's copy of it are two.
        prompt: what is to be shown: the file, or the draft of it.
        saved: what the file contained when it was read or written; None without a file.
        version: the version that says the same as the file; None when none does.
        draft: the unsaved edits that `prompt` was made of; None when it is the file.
        elsewhere: another running program keeps unsaved edits of it.
        values: what was filled into its form last; only what differs from the defaults.
    """

    key: str
    draft_key: str
    prompt: PromptFile
    saved: str | None
    version: Version | None = None
    draft: Draft | None = None
    elsewhere: bool = False
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def path(self) -> Path | None:
        """The file; None for a prompt that was never saved."""
        return self.prompt.path if self.saved is not None else None


@dataclass(frozen=True, slots=True)
class Trashed:
    """A deleted file: where it was and where it lies now."""

    path: Path
    kept_at: Path


class PromptDesk:
    """Reads and writes prompts of one profile."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids = RunIds()
        self.own = session.profile.prompts
        self.bundled = prompts_folder()
        self.kept_folders = LibraryFolders(session.profile)
        self.added = self.kept_folders.added()
        self.drafts = Drafts(session.profile.root / "drafts", window=self._ids.new())
        self.values = FormValues(session.profile.root / "values")

    @property
    def store(self) -> HistoryStore:
        """The history; the first use opens it."""
        return self._session.store

    @property
    def versions(self) -> PromptVersions:
        """The versions; the first use opens the history."""
        from workbench.history.versions import PromptVersions

        return PromptVersions(self.store)

    def folders(self) -> Sequence[Path]:
        """The folders of the library, the person's own first."""
        return (self.own, self.bundled, *self.added)

    def key(self, path: Path) -> str:
        """By what the versions of a file are kept."""
        return prompt_key(path, self.folders())

    def is_own(self, path: Path) -> bool:
        """Whether the file is the person's: not one that ships with the program."""
        return not path.is_relative_to(self.bundled)

    def scratch(self, *, is_chat: bool) -> Opened:
        """An empty prompt that stands in no file."""
        source = 'name: new prompt\nmessages:\n  - role: user\n    content: ""\n'
        prompt = parse_prompt(source if is_chat else _RAW, "new prompt")
        return self._unsaved(prompt)

    def open(self, path: Path, *, with_draft: bool = True) -> Opened:
        """A prompt file, with its unsaved edits if there are any.

        Raises:
            UserError: it cannot be read and there are no edits of it.
        """
        key, draft_key = self.key(path), path.absolute().as_posix()
        draft = self.drafts.find(draft_key) if with_draft else None
        prompt: PromptFile | None
        try:
            prompt = load_prompt(path)
        except UserError:
            if draft is None or draft.elsewhere:
                raise
            prompt = None
        saved = prompt.source if prompt is not None else ""
        shown = prompt or raw_prompt("", path.stem)
        version, values = self.version(key, saved), self.values.find(draft_key)
        opened = Opened(key, draft_key, shown, saved, version, values=values)
        if draft is None or draft.source == saved:
            return opened
        if draft.elsewhere:
            return replace(opened, elsewhere=True)
        try:
            return replace(opened, prompt=_read(draft.source, path), draft=draft)
        except UserError:
            if prompt is None:
                raise
            return opened

    def open_draft(self, draft: Draft) -> Opened:
        """Unsaved edits of a prompt without a file; raw text where they are no YAML."""
        try:
            prompt = parse_prompt(draft.source, "new prompt")
        except UserError:
            prompt = raw_prompt(draft.source, "new prompt")
        key = draft.prompt_key
        return Opened("", key, prompt, None, draft=draft, values=self.values.find(key))

    def look(self, prompt: PromptFile) -> Opened:
        """What belongs to a prompt that came from elsewhere: out of the history, say."""
        path = prompt.path
        if path is None:
            return self._unsaved(prompt)
        key, saved = self.key(path), self.text(path)
        version = self.version(key, saved) if saved is not None else None
        return Opened(key, path.absolute().as_posix(), prompt, saved, version)

    def text(self, path: Path) -> str | None:
        """What the file contains now; None when it is gone.

        Raises:
            UserError: it is there and cannot be read.
        """
        if not path.exists():
            return None
        try:
            return path.read_bytes().decode("utf-8-sig", errors="replace")
        except OSError as error:
            raise _failed(tr("{name} cannot be read: {why}."), path, error) from error

    def version(self, key: str, source: str) -> Version | None:
        """The newest version of a prompt with exactly this text."""
        found = self.versions.of_content(text_hash(source), key)
        return found[0] if found else None

    def save(self, opened: Opened, prompt: PromptFile, path: Path) -> Opened:
        """Write `prompt` to `path`, as a version; a bundled prompt's own text becomes the first.

        Raises:
            UserError: it cannot be written; nothing has changed then.
        """
        key = self.key(path)
        versions = self.versions
        if opened.saved is not None and opened.path != path and not path.exists():
            versions.save(key, opened.saved).result()
        version = save_prompt(versions, key, path, prompt.source).result()
        self.drafts.drop(opened.draft_key)
        draft_key = path.absolute().as_posix()
        self.values.move(opened.draft_key, draft_key)
        return Opened(key, draft_key, replace(prompt, path=path), prompt.source, version)

    def restore(self, opened: Opened, edits: str | None, version: Version) -> Opened:
        """Write an older version's text to the file; unsaved `edits` become a version first.

        Raises:
            UserError: the version cannot be read, or the file cannot be written.
        """
        path = opened.path
        if path is None:
            raise UserError(tr("This prompt has no file."), tr("Save it first."))
        if not self.is_own(path):
            raise UserError(
                tr("{name} ships with the program and stays as it is.", name=path.name),
                tr("Save a copy of your own first (Ctrl+S)."),
            )
        source = self.versions.source(version)
        if edits is not None:
            save_prompt(self.versions, opened.key, path, edits).result()
        prompt, number = _read(source, path), version.number
        saved = save_prompt(self.versions, opened.key, path, source, restored_from=number)
        self.drafts.drop(opened.draft_key)
        return replace(opened, prompt=prompt, saved=source, version=saved.result(), draft=None)

    def keep_draft(self, opened: Opened, prompt: PromptFile) -> None:
        """Keep `prompt` as the unsaved edits of `opened`; drop them when nothing is unsaved.

        Raises:
            UserError: they cannot be written.
        """
        if is_edited(opened, prompt):
            base = "" if opened.saved is None else text_hash(opened.saved)
            self.drafts.keep(opened.draft_key, prompt.source, base)
        else:
            self.drafts.drop(opened.draft_key)

    def _unsaved(self, prompt: PromptFile) -> Opened:
        return Opened("", _UNSAVED + self._ids.new(), prompt, None)

    def free_path(self, wanted: Path) -> Path:
        """`wanted`, or with the first free number behind its name."""
        if not wanted.exists():
            return wanted
        name = wanted.name.removesuffix(SUFFIX)
        number = 2
        while (path := wanted.with_name(f"{name}-{number}{SUFFIX}")).exists():
            number += 1
        return path

    def copy_path(self, path: Path) -> Path:
        """Where the person's own copy of a file goes: the same place below their folder."""
        for folder in self.folders():
            if path.is_relative_to(folder):
                return self.own / path.relative_to(folder)
        return self.own / path.name

    def path_for(self, text: str) -> tuple[Path, str]:
        """The file for a name a person typed ("name" or "folder/name"), and its title.

        Raises:
            UserError: no file can be called so, or there is one.
        """
        *folders, title = [part.strip() for part in text.replace("\\", "/").split("/")]
        names = [file_name(part) for part in (*folders, title)]
        if not all(names):
            raise no_name(text)
        path = self.own.joinpath(*names[:-1], names[-1].lower().replace(" ", "-") + SUFFIX)
        if path.exists():
            raise UserError(
                tr("There is a prompt {names} already.", names=names[-1]),
                tr("Choose another name."),
            )
        return path, title

    def titled(self, prompt: PromptFile, title: str) -> PromptFile:
        """`prompt` under another name; in a file of plain text only the file name tells it."""
        if prompt.name == title or (prompt.text is not None and prompt.source == prompt.text):
            return replace(prompt, name=title)
        return edit_prompt(prompt, PromptEdit(name=title))

    def duplicate(self, path: Path) -> Path:
        """A copy of a file among the person's own; answers with where it is.

        Raises:
            UserError: it cannot be read or the copy cannot be written.
        """
        prompt = load_prompt(path)
        wanted = self.copy_path(path)
        if path.suffix in (".yml", ".yaml"):
            target = self.free_path(wanted.with_name(_stem(wanted) + "-copy" + SUFFIX))
            prompt = self.titled(prompt, f"{prompt.name} copy")
        else:
            target = wanted.with_name(f"{wanted.stem}-copy{wanted.suffix}")
        save_prompt(self.versions, self.key(target), target, prompt.source).result()
        return target

    def check_rename(self, path: Path, title: str) -> Path:
        """The file's path under another title.

        Raises:
            UserError: no file can be called so, or there is one.
        """
        name = file_name(title)
        if not name:
            raise no_name(title)
        suffix = SUFFIX if path.name.lower().endswith((".yml", ".yaml")) else path.suffix
        target = path.with_name(name.lower().replace(" ", "-") + suffix)
        if target != path and target.exists():
            raise UserError(
                tr("There is a file {name} already.", name=target.name), tr("Choose another name.")
            )
        return target

    def rename(self, path: Path, title: str) -> Path:
        """Call a file and the prompt in it something else; its versions and drafts go with it.

        Raises:
            UserError: as `check_rename`, or it cannot be renamed.
        """
        target = self.check_rename(path, title)
        old, new = self.key(path), self.key(target)
        renamed = self.titled(load_prompt(path), title)
        try:
            path.rename(target)
        except OSError as error:
            raise _failed(tr("{name} cannot be renamed: {why}."), path, error) from error
        self.versions.rename(old, new).result()
        save_prompt(self.versions, new, target, renamed.source).result()
        self.values.move(path.absolute().as_posix(), target.absolute().as_posix())
        draft = self.drafts.find(path.absolute().as_posix()) if target != path else None
        if draft is not None and not draft.elsewhere:
            self.drafts.keep(target.absolute().as_posix(), draft.source, draft.base_hash)
            self.drafts.drop(draft.prompt_key)
        return target

    def trash(self, path: Path) -> Trashed:
        """Take a file out of the library into the profile's trash; its versions stay.

        Raises:
            UserError: it cannot be moved.
        """
        kept_at = self._session.profile.root / "trash" / f"{self._ids.new()}-{path.name}"
        try:
            kept_at.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, kept_at)
        except OSError as error:
            raise _failed(tr("{name} cannot be deleted: {why}."), path, error) from error
        return Trashed(path, kept_at)

    def put_back(self, trashed: Trashed) -> Path:
        """Undo `trash`; under another name when somebody has taken the old one.

        Raises:
            UserError: it cannot be moved.
        """
        target = self.free_path(trashed.path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(trashed.kept_at, target)
        except OSError as error:
            lies = tr("It lies in {kept_at}.", kept_at=trashed.kept_at)
            said = tr("{name} cannot be put back: {why}.")
            raise _failed(said, target, error, lies) from error
        return target


def is_edited(opened: Opened, prompt: PromptFile) -> bool:
    """Whether something in `prompt` would be lost without a draft."""
    if opened.saved is None:
        return any(text.strip() for text in contents(prompt))
    return prompt.source != opened.saved


def draft_path(draft: Draft) -> Path | None:
    """The file that was edited; None for a prompt that was in none."""
    return None if draft.prompt_key.startswith(_UNSAVED) else Path(draft.prompt_key)


def draft_title(draft: Draft) -> str:
    """How unsaved edits are called in a list."""
    path = draft_path(draft)
    if path is not None:
        return _stem(path)
    when = datetime.fromtimestamp(draft.kept_us / 1e6).astimezone()
    return tr("new prompt of {when}", when=day(when, "dd MMM, HH:mm"))


def _read(source: str, path: Path | None) -> PromptFile:
    if path is not None and path.suffix.lower() not in (".yml", ".yaml"):
        return replace(raw_prompt(source, path.stem), path=path)
    return parse_prompt(source, _stem(path) if path is not None else "new prompt", path)


def _failed(sentence: str, path: Path, error: OSError, hint: str = "") -> UserError:
    return UserError(sentence.format(name=path.name, why=error.strerror or error), hint)


def _stem(path: Path) -> str:
    name = path.name
    return name.removesuffix(SUFFIX) if name.endswith(SUFFIX) else path.stem
