"""The letter of a signed case, and the mark on a letter that is not signed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.store.cases.folder import Folder
from imr_tui.store.cases.letter_file import LETTER, written_letter
from imr_tui.store.config.demo_mark import MARK as DEMO
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.standing import read_revision

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imr_tui.model.case import Case

MARK = "DRAFT - NOT SIGNED"
"""The first line of an unsigned letter where the machine requires a signature."""
DRAFT_LETTER = "-draft.txt"
"""How the name of such a letter ends."""
DRAFT_PDF = "-draft.pdf"
"""How the name of its PDF ends."""


def marked_draft(letter: str) -> str:
    """An unsigned letter, marked so that nobody takes it for the determination."""
    return f"{MARK}\n\n{letter}"


def without_mark(letter: str) -> tuple[str, str]:
    """The text of a letter, and its marks: of `marked_draft`, and of a demonstration; or blank."""
    marks = []
    for mark in (MARK, DEMO):
        text = letter.removeprefix(f"{mark}\n\n")
        if text != letter:
            marks.append(mark)
        letter = text
    return letter, ", ".join(marks)


def signed_letter(folder: Path, case: Case) -> bytes:
    """The letter of a signed case, as it was signed; raises BadInput, CannotStore."""
    signature = case.signature
    if signature is None:
        raise AssertionError(f"{case.number} is not signed")
    sealed, _ = read_revision(SealedCopies(folder, case.number), signature.revision)
    return sealed.letter


def write_sealed_letter(folder: Path, case: Case, letter: bytes, now: datetime) -> Path:
    """Write the `letter` of a signed case as `<number>.txt`, unless it is there already.

    Raises CannotStore.
    """
    path = folder / f"{case.number}{LETTER}"
    found = written_letter(Folder(folder).path_of(case.number), case)
    if found is not None and found.is_same and read_bytes(path) == letter:
        return path
    return Folder(folder).write_letter(case.number, letter.decode("ascii"), case, now)
