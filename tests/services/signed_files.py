"""A signed case file, and what signing left in its folder."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from imr_tui.model.case import Case
from imr_tui.services.sign_case import Prepared
from imr_tui.signing.manifest import Manifest, parse
from imr_tui.store.audit import log
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.signing.sealed_copies import Sealed, SealedCopies
from tests.builders import saved
from tests.services.signing import SIGNED_AT, Desk, a_signable_case

REVIEWER = "reviewer1"
"""The account that signs, which is not the one that runs the tests."""


@dataclass(frozen=True)
class SignedFile:
    """The file of a case that was signed."""

    path: Path
    """The case file."""
    desk: Desk
    """Its folder, and the keys."""

    @property
    def number(self) -> str:
        """The case number."""
        return self.path.stem

    @property
    def case(self) -> Case:
        """The case as its file holds it now."""
        return open_case(self.path).case

    @property
    def copies(self) -> SealedCopies:
        """Its sealed copies."""
        return SealedCopies(self.path.parent, self.number)

    def sealed(self, revision: int = 1) -> Sealed:
        """The files of a signed revision."""
        return self.copies.read(revision)

    def manifest(self, revision: int = 1) -> Manifest:
        """The manifest of a revision."""
        return parse(self.copies.read_manifest(revision))

    def events(self) -> list[str]:
        """The names of the events of this case."""
        return [each.event for each in AuditLog(self.path.parent).events(self.number)]


def signed_file(desk: Desk, case: Case | None = None, account: str = REVIEWER) -> SignedFile:
    """Write a case, `a_signable_case` unless it is given, and sign it as an account.

    It takes as long as a signature on the disk; `copied` is faster.
    """
    (path,) = saved(desk.path, a_signable_case() if case is None else case)
    sign_as(desk, path, account=account)
    return SignedFile(path, desk)


def sign_as(desk: Desk, path: Path, now: datetime = SIGNED_AT, account: str = REVIEWER) -> Prepared:
    """Sign the case in a file, as an account."""
    with as_account(account):
        return desk.sign(path, now)


@contextmanager
def as_account(name: str) -> Iterator[None]:
    """Record events as another account."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "account_name", lambda: name)
        yield


def copied(signed: SignedFile, folder: Path) -> SignedFile:
    """The same case in a copy of its whole folder; `folder` does not exist yet."""
    shutil.copytree(signed.path.parent, folder)
    return SignedFile(folder / signed.path.name, replace(signed.desk, path=folder))
