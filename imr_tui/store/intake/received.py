"""What the organization sent last for each case: `.imr/intake/received/<number>.toml`.

A case that still equals it was not started by a reviewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.model.limits import is_case_number, required_number
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import OWN, SUFFIX, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imr_tui.model.case import Case

INTAKE = "intake"
"""The folder under `.imr` of all that belongs to intake."""
RECEIVED = "received"
"""The folder in it with the cases as they were received."""


def intake_folder(folder: Path) -> Path:
    """The folder of what belongs to intake in a folder of cases; it may not exist yet."""
    return folder / OWN / INTAKE


def received(folder: Path, number: str) -> Case | None:
    """The case as it was received last; None if it did not come by intake.

    Raises BadInput if the file holds no case, CannotStore.
    """
    path = received_path(folder, number)
    data = read_if_there(path)
    return None if data is None else decode(data, path)


def keep_received(folder: Path, case: Case) -> None:
    """Keep a case as it was received, in place of what was received before; raises CannotStore."""
    path = received_path(folder, case.number)
    atomic.make_folders(path.parent, folder)
    atomic.write(path, encode(case))


def received_path(folder: Path, number: str) -> Path:
    """The file with what was received for a case; raises BadInput for an invalid number."""
    return intake_folder(folder) / RECEIVED / f"{required_number(number)}{SUFFIX}"


def numbers_in(folder: Path) -> Iterator[str]:
    """The case numbers of the files in a folder of intake; raises CannotStore."""
    try:
        names = safe_open.names(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        says = f"The folder {folder} could not be read: {atomic.reason(error)}."
        raise CannotStore(says) from error
    for name in names:
        if name.endswith(SUFFIX) and is_case_number(number := name.removesuffix(SUFFIX)):
            yield number


def read_if_there(path: Path) -> bytes | None:
    """The bytes of a file; None if it does not exist. Raises CannotStore."""
    try:
        return read_bytes(path)
    except CannotStore as error:
        # Decided by this error: a separate look at the file may be refused.
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return None
        raise
