"""What signs, corrects and seals: the folder before each act, and whether it was done."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from imr_tui.cli import dispatch
from imr_tui.cli.runtime import hardening
from imr_tui.model.case import Case
from imr_tui.signing.manifest import NAMESPACE, SEAL_NAMESPACE
from imr_tui.store.audit import log
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.safety.atomic import TEMPORARY
from imr_tui.store.signing import unfinished
from imr_tui.store.signing.sealed_copies import FOLDER, ORGANIZATION, SealedCopies
from imr_tui.store.signing.standing import standing_of_file
from imr_tui.store.signing.trust import SIGNERS
from tests.builders import NUMBER, saved
from tests.services.signing import a_signable_case
from tests.signers import key_file, keygen, public, signer_line

CASES, OUTSIDE = "cases", "outside"
"""The folder of cases, and one beside it for what an act reads or writes elsewhere."""
NEXT = "CM26-0000002"
"""The number of a new review."""
CONFIRMED = ("--confirm", NUMBER[-4:], "--absences")
STATE = "state"
"""The folder beside both that holds the head of the log."""


class World:
    """The folders in which an act is done."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder = place / CASES
        self.outside = place / OUTSIDE
        self.path = self.folder / f"{NUMBER}.toml"

    @property
    def text(self) -> bytes:
        """What the case file holds."""
        return self.path.read_bytes()

    @property
    def case(self) -> Case:
        """The case in its file."""
        return decode(self.text, self.path)

    @property
    def copies(self) -> SealedCopies:
        """What was signed."""
        return SealedCopies(self.folder, NUMBER)

    def count(self, event: str, number: str = NUMBER) -> int:
        """How many events of this name the log has about a case."""
        return sum(each.event == event for each in AuditLog(self.folder).events(number))

    def standing(self) -> str:
        """Where the case stands."""
        return standing_of_file(self.path, self.text).kind

    def files(self) -> dict[str, bytes]:
        """The case, its letter, what was signed, and the notes about what is unfinished.

        Without temporary files, which every cleanup removes.
        """
        own = self.folder / ".imr"
        tops = (own / FOLDER, own / unfinished.FOLDER, own / "waiting")
        found = [*self.folder.glob("CM*"), *(each for top in tops for each in top.rglob("*"))]
        return {
            str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else b""
            for path in found
            if path.suffix != TEMPORARY
        }


class Act(NamedTuple):
    """A command, the folder before it, and what it changes."""

    prepare: Callable[[World], None]
    """Makes the folder before the act, from one with a key and a draft."""
    words: Callable[[World], Sequence[str]]
    """The words of the command."""
    fault: Callable[[World], str]
    """What is wrong after the act was done, or blank."""
    is_good: bool = True
    """Whether `imr-tui verify` finds the case good afterwards; if not, it is no longer signed."""


def here(*words: str) -> None:
    """Run a command in this process; it must succeed."""
    with (
        mock.patch.object(hardening, "secure"),
        mock.patch.object(sys, "argv", ["imr-tui", *words]),
        Path(os.devnull).open("w") as silent,
        mock.patch.multiple(sys, stdin=None, stdout=silent, stderr=silent),
        pytest.raises(SystemExit) as ended,
    ):
        dispatch.run()
    assert ended.value.code == 0, words


def draft(world: World) -> None:
    """A draft in a folder that has a key; the log already has an event."""
    world.folder.mkdir(mode=0o700)
    world.outside.mkdir(mode=0o700)
    here("sign", "--init", str(world.folder))
    saved(world.folder, a_signable_case())
    # Of a day before, so that it is not the one that is signed.
    Folder(world.folder).write_letter(NUMBER, "An earlier draft.\n")


def signed(world: World) -> None:
    draft(world)
    here(*sign_words(world))


def sign_words(world: World) -> Sequence[str]:
    return ("sign", str(world.path), *CONFIRMED)


def awaited(world: World) -> None:
    """A draft whose text to sign was signed elsewhere."""
    draft(world)
    text = world.outside / "text"
    here("sign", str(world.path), "--manifest", str(text))
    key = next(world.folder.glob(".imr/accounts/*/signing-key"))
    keygen("-q", "-Y", "sign", "-n", NAMESPACE, "-f", key, text)


def altered(world: World) -> None:
    """A signed case that was edited by hand."""
    signed(world)
    world.path.write_bytes(world.text.replace(b"54 year old", b"45 year old"))


def restore_words(world: World) -> Sequence[str]:
    return ("sign", str(world.path), "--restore")


def correcting(world: World) -> None:
    """A signed case that is being corrected."""
    signed(world)
    here(*correct_words(world))


def correct_words(world: World) -> Sequence[str]:
    return ("correct", str(world.path), "--reason", "A word was wrong.")


def corrected(world: World) -> None:
    """A correction that is ready to be signed."""
    correcting(world)
    case = world.case
    text = case.summary.text.replace("lumbar strain", "lumbar sprain")
    saved(world.folder, case.but(summary=case.summary.but(text=text)))


def sealable(world: World) -> None:
    """A case that another account signed, and a key of the organization."""
    with mock.patch.object(log, "account_name", return_value="reviewer"):
        signed(world)
    key = key_file(world.outside / "organization")
    signers = world.folder / ".imr" / SIGNERS
    line = signer_line("imro", public(key.with_suffix(".pub")), namespace=SEAL_NAMESPACE)
    signers.write_text(signers.read_text() + line)


def seal_words(world: World) -> Sequence[str]:
    return ("seal", str(world.path), "--key", str(world.outside / "organization"))


def rereview_words(world: World) -> Sequence[str]:
    day = str(world.case.particulars.decision_date)
    facts = ("--ordered", day, "--facts", "The body part was wrong.")
    return ("rereview", str(world.path), "--number", NEXT, *facts)


def not_signed(world: World, revisions: int = 1) -> str:
    """Why a case is not signed with so many revisions, each of them logged once; or blank."""
    if world.standing() != "signed":
        return f"it is {world.standing()}"
    return not_logged(world, "signed", revisions) or not_kept(world, revisions)


def not_logged(world: World, event: str, times: int = 1, number: str = NUMBER) -> str:
    """Whether the log does not have an event so many times."""
    found = world.count(event, number)
    return "" if found == times else f"the log has the event {event} {found} times"


def not_kept(world: World, revisions: int) -> str:
    """Whether the sealed copies are not those of so many revisions."""
    found = world.copies.revisions()
    return "" if found == list(range(1, revisions + 1)) else f"the sealed copies are {found}"


def not_correcting(world: World) -> str:
    """Why a case is not being corrected, or blank."""
    if world.standing() != "correcting":
        return f"it is {world.standing()}"
    return not_logged(world, "correction begun") or not_kept(world, 1)


def not_sealed(world: World) -> str:
    """Why a case is not sealed, or blank."""
    if not world.copies.file(1, ORGANIZATION).exists():
        return "it is not sealed"
    return not_logged(world, "sealed") or not_signed(world)


def not_begun(world: World) -> str:
    """Why a new review is not begun, or blank."""
    path = world.path.with_name(f"{NEXT}.toml")
    if not path.exists():
        return f"there is no {NEXT}"
    if decode(path.read_bytes(), path).rereview is None:
        return f"{NEXT} is no new review"
    return not_logged(world, "re-review begun", number=NEXT) or not_signed(world)


ACTS: dict[str, Act] = {
    "sign": Act(draft, sign_words, not_signed),
    "attach": Act(
        awaited,
        lambda world: ("sign", str(world.path), "--attach", str(world.outside / "text.sig")),
        not_signed,
    ),
    "correct": Act(signed, correct_words, not_correcting, is_good=False),
    "sign again": Act(corrected, sign_words, lambda world: not_signed(world, 2)),
    "seal": Act(sealable, seal_words, not_sealed),
    "re-review": Act(signed, rereview_words, not_begun),
    "restore": Act(altered, restore_words, not_signed),
    "give up": Act(correcting, restore_words, not_signed),
}
"""Each act under its name."""
