"""Signing in plain mode: what is asked, what is refused, and the correction of a signed case."""

from pathlib import Path

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.plain.command import Command, Page
from imr_tui.plain.pages.review import ReviewPage
from imr_tui.plain.session import PlainSession
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.locking.claim import holder
from imr_tui.store.signing.sealed_copies import SealedCopies
from tests.plain.talking import put, talk
from tests.services.signing import ABSENCE, NUMBER, SIGNED_AT, a_signable_case
from tests.signers import SigningSite, needs_keygen, root_owned, signing_site

pytestmark = [pytest.mark.process, needs_keygen, pytest.mark.usefixtures("root_owned")]

__all__ = ("root_owned", "signing_site")
DIGITS = NUMBER[-4:]


class Shown:
    """Stands for the page of a stage."""

    def __init__(self, stage: Stage) -> None:
        self.title = stage.name

    def lines(self) -> list[str]:
        return []

    def prompt(self) -> str:
        return self.title

    def commands(self) -> list[Command]:
        return []


def review(session: PlainSession) -> Page:
    return ReviewPage(session, Shown)


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with a case that can be signed."""
    return put(Folder(cases), a_signable_case())


@pytest.fixture
def host(signing_site: SigningSite) -> Host:
    """A machine on which the reviewer may sign."""
    return signing_site.host()


def test_a_case_is_signed_and_then_corrected(folder: Folder, host: Host) -> None:
    lines = ("s", "l", "all", "b", "c", "y", "s", DIGITS)
    done = talk(folder, review, *lines, host=host, now=SIGNED_AT)
    assert done.errors == []
    assert f"Signed {NUMBER}. It can only be read now." in done.output
    assert f"1. {ABSENCE}" in done.said
    sealed = SealedCopies(folder.path, NUMBER).read(1)
    assert (folder.path / f"{NUMBER}.txt").read_bytes() == sealed.letter
    assert sealed.letter.decode("ascii") in done.output
    assert folder.open(NUMBER).standing.kind == "signed"
    assert holder(folder.path, NUMBER) is None
    again = talk(folder, review, "correct", "", "correct", "A typing error", host=host)
    assert again.errors == []
    assert f"{NUMBER} can be corrected. Edit it, then sign it as revision 2." in again.output
    assert folder.open(NUMBER).case.correction is not None


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (("s", "n"), "Search the records again for each claim, then confirm them."),
        (("s", "y", ""), f"Type the last digits of {NUMBER} to sign it."),
        (("s", "y", "9999"), f"{NUMBER} does not end with 9999. Nothing was signed."),
    ],
)
def test_nothing_is_signed_before_all_is_confirmed(
    folder: Folder, host: Host, answers: tuple[str, ...], says: str
) -> None:
    done = talk(folder, review, "s", *answers, "b", host=host, now=SIGNED_AT)
    assert done.errors == [says]
    assert "Nothing was signed." in done.output
    assert SealedCopies(folder.path, NUMBER).revisions() == []


def test_an_unresolved_warning_blocks_signing(folder: Folder, host: Host) -> None:
    put(folder, edits.set_summary(a_signable_case(), "This 54 year old man was injured."))
    (error,) = talk(folder, review, "s", host=host, now=SIGNED_AT).errors
    assert "not resolved" in error
    assert folder.open(NUMBER).case.particulars.decision_date == SIGNED_AT.date()


def test_without_a_key_the_reason_is_given(folder: Folder) -> None:
    (error,) = talk(folder, review, "s", now=SIGNED_AT).errors
    assert "Nobody may sign here" in error
