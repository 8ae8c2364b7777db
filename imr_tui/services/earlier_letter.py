"""The letter of another case of the folder, to be read beside the text of the open one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.letter.render.preview import Preview
from imr_tui.services.write_letter import preview_as, preview_letter
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.letter_file import LETTER
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.standing import read_revision
from imr_tui.text.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case
    from imr_tui.store.cases.folder import Folder


class EarlierLetter(NamedTuple):
    """A letter to read."""

    preview: Preview
    """Its text."""
    source: str
    """What was read: `signed letter`, `letter file` or `case file`."""


def has_letter(folder: Folder, number: str) -> bool:
    """Whether the folder has a sealed letter, a letter file or a case file of `number`."""
    path = folder.path_of(number)
    there = (SealedCopies(folder.path, number).path, path.with_suffix(LETTER), path)
    return any(os.path.lexists(each) for each in there)


def earlier_letter(
    folder: Folder, number: str, letterhead: Letterhead, is_stopped: Callable[[], bool]
) -> EarlierLetter:
    """The sealed letter of a signed case, else its letter file, else the letter of its case file.

    Raises BadInput or CannotStore.
    """
    copies, path = SealedCopies(folder.path, number), folder.path_of(number)
    if revisions := copies.revisions():
        sealed, _ = read_revision(copies, revisions[-1])
        case, text = decode(sealed.case, path), sealed.letter.decode("ascii")
        return EarlierLetter(preview_as(text, case, letterhead, is_stopped), "signed letter")
    written = path.with_suffix(LETTER)
    if os.path.lexists(written):
        return EarlierLetter(_of_file(written, path, letterhead, is_stopped), "letter file")
    if not os.path.lexists(path):
        raise BadInput(f"Neither a letter nor a case {number} is in {folder.path}.")
    case = decode(read_bytes(path), path)
    return EarlierLetter(preview_letter(case, letterhead, is_stopped, draft=True), "case file")


def _of_file(
    written: Path, path: Path, letterhead: Letterhead, is_stopped: Callable[[], bool]
) -> Preview:
    """The letter file, in paragraphs if the case file beside it still makes this letter."""
    try:
        text = clean(read_bytes(written).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(f"{written} is not a text file in UTF-8, so it cannot be shown.") from error
    case = _case_at(path)
    if case is None:
        return Preview.of_text(text)
    return preview_as(text, case, letterhead, is_stopped)


def _case_at(path: Path) -> Case | None:
    """The case of a file, or None if it has none that can be read."""
    if not os.path.lexists(path):
        return None
    try:
        return decode(read_bytes(path), path)
    except BadInput:
        return None
