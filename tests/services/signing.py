"""Signed cases for tests: a folder in which a test's key is trusted, and cases signed there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case
from imr_tui.model.evidence import Citation
from imr_tui.services.commit_signature import commit, write_signed_letter
from imr_tui.services.sign_case import Prepared, Site, prepare
from imr_tui.signing.manifest import NAMESPACE
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing.ssh_keygen import sign
from imr_tui.store.signing.trust import SIGNERS, Trust, load_trust
from tests.builders import a_complete_case, an_item, saved
from tests.signers import SigningSite, signing_site

__all__ = ["Desk", "a_signable_case", "desk", "signing_site"]

SIGNED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""When the cases are signed."""
NUMBER = "CM26-0000001"
ABSENCE = "The records do not document functional improvement."
"""A claim that the records lack something, in the rationale of a signable case."""
RATIONALE = f"{ABSENCE} Physical therapy for the lumbar spine is not medically necessary."


def a_signable_case(number: str = NUMBER, items: int = 1, **changes: Any) -> Case:
    """A case without errors and unresolved warnings, whose rationales make a claim of absence."""
    item = an_item(
        "6 sessions of physical therapy, lumbar spine",
        rationale=RATIONALE,
        departure="silent",
        citations=(Citation(text="ACOEM 2019 low back chapter"),),
    )
    case = a_complete_case(tuple(item for _ in range(items)), **changes)
    summary = (
        "This 54 year old man injured his lower back on 10/23/2024. The diagnosis is lumbar "
        "strain. Treatment has included medication. The physician requests 6 sessions of physical "
        "therapy for the lumbar spine."
    )
    particulars = case.particulars.but(number=number, date_of_injury=date(2024, 10, 23))
    return case.but(particulars=particulars, summary=case.summary.but(text=summary))


@dataclass(frozen=True)
class Desk:
    """A folder of cases in which the reviewer of a site may sign."""

    path: Path
    """The folder of cases."""
    site: SigningSite
    """The keys."""

    @cached_property
    def trust(self) -> Trust:
        """The keys that the folder trusts."""
        return load_trust(Folder(self.path), Host())

    def prepare(self, path: Path, now: datetime = SIGNED_AT) -> Prepared:
        """Prepare the signature of a case file."""
        head = AuditLog(self.path).head()
        return prepare(path, Site(CheckSetup(), Letterhead(), head), now)

    def signature(self, prepared: Prepared) -> bytes:
        """The reviewer's signature of what was prepared."""
        return sign(prepared.manifest, self.site.reviewer, NAMESPACE)

    def sign(self, path: Path, now: datetime = SIGNED_AT) -> Prepared:
        """Sign the case in a file, and write its letter."""
        prepared = self.prepare(path, now)
        commit(prepared, self.signature(prepared), self.trust, now)
        write_signed_letter(prepared, now)
        return prepared

    def signed_case(self, number: str = NUMBER, **changes: Any) -> Path:
        """The file of a new case that was signed."""
        (path,) = saved(self.path, a_signable_case(number, **changes))
        path.chmod(0o600)
        self.sign(path)
        return path


@pytest.fixture
def desk(cases: Path, signing_site: SigningSite) -> Desk:
    """An empty folder of cases that trusts the keys of the test's site."""
    path = cases / ".imr" / SIGNERS
    path.parent.mkdir(parents=True, mode=0o700)
    path.parent.parent.chmod(0o700)
    path.write_bytes(signing_site.signers.read_bytes())
    path.chmod(0o600)
    return Desk(cases, signing_site)
