"""A keyring that keeps passwords in one file outside the profile, for machines without one."""

from __future__ import annotations

import json
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Passwords by service and user name."""

    priority = 1

    def __init__(self, file: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library gives it no types
        self._file = file

    def get_password(self, service: str, username: str) -> str | None:
        """The password; None when there is none."""
        return self._read().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        self._file.write_text(json.dumps({**self._read(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        """Forget a password."""
        rows = self._read()
        if f"{service}/{username}" not in rows:
            raise PasswordDeleteError(username)
        del rows[f"{service}/{username}"]
        self._file.write_text(json.dumps(rows))

    def _read(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        rows: dict[str, str] = json.loads(self._file.read_text())
        return rows
