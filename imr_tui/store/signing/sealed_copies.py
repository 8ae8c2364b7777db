"""The sealed copies of a case under `.imr/signed/<number>/<revision>`: what was signed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from imr_tui.errors import CannotStore
from imr_tui.model.limits import MAX_REVISION, required_number
from imr_tui.signing.digest import sha256
from imr_tui.signing.manifest import MAX_BYTES as MAX_MANIFEST
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import OWN, read_bytes

FOLDER = "signed"
"""Folder under `.imr`, with a subfolder for each case."""
MAX_SIGNATURE = 4_096
"""Larger signature files are refused, in bytes."""
CASE, LETTER, MANIFEST = "case.toml", "letter.txt", "manifest"
REVIEWER, ORGANIZATION = "reviewer.sig", "organization.sig"
_NEW = ".new"


class Sealed(NamedTuple):
    """The files of one signed revision."""

    case: bytes
    """The encoded case without its `[signature]`."""
    letter: bytes
    """The letter as it was shown and signed."""
    manifest: bytes
    """The text that was signed."""
    reviewer: bytes
    """The reviewer's signature of the manifest."""
    organization: bytes | None = None
    """The organization's seal, or None before it is sealed."""


class SealedCopies:
    """The signed revisions of one case."""

    def __init__(self, folder: Path, number: str) -> None:
        self._folder = folder
        self.path = folder / OWN / FOLDER / required_number(number)
        """The folder of this case's revisions."""

    def revisions(self) -> list[int]:
        """The numbers of all revisions, lowest first; other names are ignored.

        Raises CannotStore if the system refuses to list them.
        """
        try:
            names = safe_open.names(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            says = f"{self.path} could not be read: {atomic.reason(error)}."
            raise CannotStore(says) from error
        return sorted(int(name) for name in names if _is_revision(name))

    def read(self, revision: int) -> Sealed:
        """Read a revision; raises CannotStore if one of its files is missing or too large."""
        seal = self.file(revision, ORGANIZATION)
        return Sealed(
            read_bytes(self.file(revision, CASE)),
            read_bytes(self.file(revision, LETTER)),
            self.read_manifest(revision),
            read_bytes(self.file(revision, REVIEWER), MAX_SIGNATURE),
            read_bytes(seal, MAX_SIGNATURE) if os.path.lexists(seal) else None,
        )

    def read_manifest(self, revision: int) -> bytes:
        """Read the manifest of a revision; raises CannotStore."""
        return read_bytes(self.file(revision, MANIFEST), MAX_MANIFEST)

    def write(self, revision: int, sealed: Sealed) -> None:
        """Write a new revision: all of its files, or nothing. Raises CannotStore.

        The files are written into a folder with another name, which is then renamed.
        """
        atomic.make_folders(self.path, self._folder)
        new = self.path / f"{revision}{_NEW}"
        _remove(new)
        atomic.make_folder(new)
        atomic.write(new / CASE, sealed.case)
        atomic.write(new / LETTER, sealed.letter)
        atomic.write(new / MANIFEST, sealed.manifest)
        atomic.write(new / REVIEWER, sealed.reviewer)
        self._rename(new.name, str(revision))

    def add_seal(self, revision: int, seal: bytes) -> bool:
        """Add the organization's seal to a revision; False if it has one. Raises CannotStore."""
        return atomic.create(self.file(revision, ORGANIZATION), seal)

    def remove(self, revision: int, manifest: str) -> None:
        """Remove a revision that was never signed, whole or half written; raises CannotStore.

        `manifest` is the SHA-256 of its manifest: a revision with another one stays.
        """
        new, path = self.path / f"{revision}{_NEW}", self.path / str(revision)
        _remove(new)
        if os.path.lexists(path) and sha256(self.read_manifest(revision)) == manifest:
            # Renamed first, so that no half of it is ever taken for a revision.
            self._rename(path.name, new.name)
            _remove(new)
        with suppress(OSError), safe_open.opened(self.path.parent) as above:
            # Fails, as it should, if there are other revisions.
            os.rmdir(self.path.name, dir_fd=above)

    def _rename(self, name: str, to: str) -> None:
        """Rename a folder of a revision, durably; raises CannotStore."""
        try:
            with safe_open.opened(self.path) as above:
                os.rename(name, to, src_dir_fd=above, dst_dir_fd=above)
                os.fsync(above)
        except OSError as error:
            raise atomic.refused(self.path / to, error) from error

    def file(self, revision: int, name: str) -> Path:
        """The path of a file of a revision."""
        return self.path / str(revision) / name


def _is_revision(name: str) -> bool:
    is_number = name.isascii() and name.isdigit() and not name.startswith("0")
    return is_number and len(name) <= len(str(MAX_REVISION))


def _remove(path: Path) -> None:
    """Remove a folder with the files in it; does nothing if it is gone. Raises CannotStore."""
    try:
        if not os.path.lexists(path):
            return
        for name in safe_open.names(path):
            safe_open.unlink(path / name)
        with safe_open.opened(path.parent) as above:
            os.rmdir(path.name, dir_fd=above)
            os.fsync(above)
    except OSError as error:
        says = f"{path} could not be removed: {atomic.reason(error)}."
        raise CannotStore(says) from error
