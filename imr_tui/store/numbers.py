"""Which files hold a case number: from the index where it can be relied on, else by a look."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from imr_tui.errors import ImrError
from imr_tui.store.coding import decode
from imr_tui.store.duplicates import sentence
from imr_tui.store.files import case_files, case_names
from imr_tui.store.index import Index
from imr_tui.store.read import SUFFIX, read_bytes
from imr_tui.store.sign import digest_of


def duplicate_of(folder: Path, number: str) -> str:
    """Why the case `number` must not be written, as a sentence naming the files; blank if it may.

    That is when more than one file holds the number, whatever its case. Raises CannotStore.
    """
    own = f"{number}{SUFFIX}"
    # What its own file holds, whoever opens it reads; it is looked into only if there is another.
    if not any(holders(folder, number, besides=own)):
        return ""
    names = sorted(holders(folder, number))
    if len(names) < 2:
        return ""
    return sentence(folder, own if own in names else names[0], names)


def taken(folder: Path, number: str) -> Iterator[Path]:
    """The files that have `number`, in their name or in them; raises CannotStore."""
    wanted = number.casefold()
    for name in case_names(folder):
        if PurePath(name).stem.casefold() == wanted:
            yield folder / name
    yield from (folder / name for name in holders(folder, number))


def holders(folder: Path, number: str, besides: str = "") -> Iterator[str]:
    """The names of the files that hold `number`, whatever its case; raises CannotStore.

    Another file than `besides`, where that is given.
    """
    files = [each for each in case_files(folder) if each[0] != besides]
    known = Index(folder).numbers() if files else {}
    wanted = number.casefold()
    for name, status in files:
        sign, held = known.get(name, (None, ""))
        if sign is None or not sign.vouches_for(status):
            held = _held(folder / name, wanted, held, sign.digest if sign else b"")
        if held.casefold() == wanted:
            yield name


def _held(path: Path, wanted: str, before: str, digest: bytes) -> str:
    """The number in a file, if it may be `wanted`; `before` if that has still this `digest`."""
    try:
        data = read_bytes(path)
        if digest_of(data) == digest:
            return before
        # Only an escape could write the number otherwise, and thousands need not be parsed.
        if wanted.encode() not in data.lower() and b"\\" not in data:
            return ""
        return decode(data, path).number
    except ImrError:
        return ""
