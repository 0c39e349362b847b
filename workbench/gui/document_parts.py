"""Makes the parts that deal with prompt files and joins them. GUI thread."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from workbench.experiments.session import Session
from workbench.gui.disk_conflicts import DiskConflicts
from workbench.gui.document_controller import DocumentController
from workbench.gui.export_controller import ExportController
from workbench.gui.file_operations import FileOperations
from workbench.gui.fonts import Fonts
from workbench.gui.import_controller import ImportController
from workbench.gui.library_controller import LibraryController
from workbench.gui.messages import MessageBar
from workbench.gui.panels.workspaces import PromptWorkspace
from workbench.gui.parts import clickable
from workbench.gui.prompt_controller import PromptController
from workbench.gui.prompt_desk import PromptDesk
from workbench.gui.prompt_settings import PromptSettings
from workbench.gui.theme import Theme
from workbench.gui.translate import tr
from workbench.gui.versions_controller import VersionsController


class DocumentParts(NamedTuple):
    """Everything about files of prompts."""

    desk: PromptDesk
    documents: DocumentController
    files: FileOperations
    library: LibraryController
    versions: VersionsController
    disk: DiskConflicts
    exports: ExportController
    imports: ImportController


def document_parts(
    session: Session,
    prompts: PromptController,
    space: PromptWorkspace,
    notices: MessageBar,
    theme: Theme,
    fonts: Fonts,
    window: QWidget,
) -> DocumentParts:
    """The parts, connected with each other and with the panels of `space`."""
    desk = PromptDesk(session)
    documents = DocumentController(desk, prompts, space.editor, space.variables, window)
    files = FileOperations(desk, documents, prompts, window)
    library = LibraryController(
        session, desk, documents, files, space.library, space.editor, notices, window
    )
    versions = VersionsController(desk, documents, prompts, theme, fonts, window)
    exports = ExportController(
        session, prompts, space.editor, space.variables, space.sampling, fonts, window
    )
    imports = ImportController(desk, documents, window)
    imports.imported.connect(lambda _paths: library.files_changed())
    PromptSettings(prompts, space.editor, space.sampling)
    space.editor.new_wanted.connect(documents.new)
    space.editor.export_wanted.connect(exports.open)
    clickable(space.editor.chip, versions.open, tr("The versions of this prompt (Ctrl+Shift+H)"))
    disk = DiskConflicts(desk, documents, prompts)
    return DocumentParts(desk, documents, files, library, versions, disk, exports, imports)
