"""Reads and writes the letter of the open case; each function blocks, and says what it wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.services.letter_pdf import write_letter_pdf
from imr_tui.services.signed_letter import signed_letter, write_sealed_letter
from imr_tui.services.write_letter import preview_as, preview_letter, write_draft, write_letter
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.letter.render.preview import Preview
    from imr_tui.model.case import Case
    from imr_tui.services.write_letter import Letter
    from imr_tui.store.cases.folder import Folder


def letter_to_read(
    folder: Path,
    case: Case,
    letterhead: Letterhead,
    is_stopped: Callable[[], bool] = lambda: False,
    *,
    is_signed: bool,
    draft: bool,
) -> Preview:
    """The letter of a case, unchecked; that of a signed one is the letter that was signed.

    A `draft` marks what is missing. Raises BadInput or CannotStore.
    """
    if is_signed:
        letter = signed_letter(folder, case).decode("ascii")
        return preview_as(letter, case, letterhead, is_stopped)
    return preview_letter(case, letterhead, is_stopped, draft=draft)


def written_letter(folder: Folder, case: Case, letter: Letter, now: datetime) -> str:
    """Write the letter, and say where it is; raises CannotStore."""
    path = write_letter(folder, case, letter, now)
    return f"Letter written {now:%H:%M} to {clean_line(path.name)}."


def written_draft(
    folder: Folder, case: Case, letter: Letter, now: datetime, sign: str = "s"
) -> str:
    """Write a marked draft, as the machine requires a signature; raises CannotStore.

    `sign` is the key or the command that signs the determination.
    """
    path = write_draft(folder, case, letter)
    return f"Draft written {now:%H:%M} to {clean_line(path.name)}. {sign} signs it."


def written_signed(folder: Path, case: Case, now: datetime) -> str:
    """Write the letter that was signed, if it is not there any more, and say where it is.

    Raises BadInput or CannotStore.
    """
    path = write_sealed_letter(folder, case, signed_letter(folder, case), now)
    return f"The signed letter is in {clean_line(path.name)}."


def written_pdf(folder: Path, number: str, letter: str, *, is_draft: bool) -> str:
    """Write the PDF of a letter, and say where it is; raises BadInput, CannotStore."""
    path = write_letter_pdf(folder, number, letter, is_draft=is_draft)
    what = "The draft, not signed, is" if is_draft else "The PDF of the letter is"
    return f"{what} in {clean_line(path.name)}."
