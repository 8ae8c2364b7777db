"""Finds the folder of cases at hand, and the case that a word names: a path or a case number."""

from __future__ import annotations

import os
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.model.limits import is_case_number
from imr_tui.store.safety.safe_open import OWN, SUFFIX
from imr_tui.store.worklist.case_files import case_names

DEFAULT_FOLDER = Path("cases")
"""The folder of cases if none is given."""


def folder_at_hand() -> Path:
    """`cases` in the current folder, or the current folder if that is a folder of cases itself."""
    return Path() if Path(OWN).is_dir() and not DEFAULT_FOLDER.is_dir() else DEFAULT_FOLDER


def is_path(word: str) -> bool:
    """Whether a word is the path of something that exists, or can only be a path."""
    return os.path.lexists(word) or "/" in word or word.endswith(SUFFIX)


def is_named(word: str, folder: Path) -> bool:
    """Whether a word is a path or a case number, and not, for example, a mistyped command.

    A case number without a digit counts only if `folder` has the case.
    """
    if is_path(word):
        return True
    has_digit = any(character.isdigit() for character in word)
    return is_case_number(word) and (has_digit or os.path.lexists(folder / f"{word}{SUFFIX}"))


def path_of(word: str, folder: Path, *, may_be_gone: bool = False) -> Path:
    """The path that a word is, or that of the case in `folder` whose number it is.

    Case numbers match in capitals and small letters. Raises CannotStore if the folder has no such
    case, unless it `may_be_gone`.
    """
    if is_path(word) or not is_case_number(word):
        return Path(word)
    path = folder / f"{word}{SUFFIX}"
    if os.path.lexists(path):
        return path
    names = case_names(folder) if folder.is_dir() else []
    if found := [name for name in names if name.casefold() == path.name.casefold()]:
        return folder / found[0]
    if not may_be_gone:
        raise CannotStore(_missing(word, folder))
    return path


def _missing(number: str, folder: Path) -> str:
    if not folder.is_dir():
        return f"There is no case {number}, because there is no folder {folder} here."
    where = "The current folder" if folder == Path() else f"The folder {folder}"
    return f"{where} has no case {number}. `imr-tui list` shows the cases."
