"""What is pointed at, shared by the panels: a variable lights its tokens, and the reverse.

Sources are those of tokens ("variable:NAME", "example:N", "literal", "special"), and "example"
for all few-shot examples together. GUI thread.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from workbench.core.budget import EXAMPLES
from workbench.core.rendered import variable_source

_ONE_EXAMPLE = "example:"


class Highlights(QObject):
    """The one source that is lit.

    Signals:
        changed(): something else is lit, or nothing.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._examples: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        """What is pointed at; empty when nothing is."""
        return self._source

    def set_examples(self, names: Collection[str]) -> None:
        """These variables hold the few-shot examples."""
        if frozenset(names) != self._examples:
            self._examples = frozenset(names)
            self.changed.emit()

    def point(self, source: str) -> None:
        """Light everything that came from `source`; empty lights nothing."""
        if source != self._source:
            self._source = source
            self.changed.emit()

    def lights(self, source: str) -> bool:
        """Whether text from `source` is lit."""
        if not self._source:
            return False
        if source.startswith(_ONE_EXAMPLE) and self._points_at_all_examples():
            return True
        return source == self._source

    def lights_variable(self, name: str) -> bool:
        """Whether the variable `name` is lit where it is written or filled in."""
        if self._source == variable_source(name):
            return True
        is_example = self._source == EXAMPLES or self._source.startswith(_ONE_EXAMPLE)
        return is_example and name in self._examples

    def _points_at_all_examples(self) -> bool:
        return self._source == EXAMPLES or any(
            self._source == variable_source(name) for name in self._examples
        )
