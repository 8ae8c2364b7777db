"""Finds the files that hold a case number, and numbers that several files hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes
from imr_tui.store.worklist.case_files import case_files, case_names, digest_of
from imr_tui.store.worklist.index import Index
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.store.worklist.rows import Row


def duplicate_of(folder: Path, number: str) -> str:
    """Error text if several files hold `number`, ignoring letter case; else blank.

    Such a case must not be written. Raises CannotStore.
    """
    own = f"{number}{SUFFIX}"
    # Its own file is only read if another one holds the number: opening the case reads it anyway.
    if not any(holders(folder, number, besides=own)):
        return ""
    names = sorted(holders(folder, number))
    if len(names) < 2:
        return ""
    return sentence(folder, own if own in names else names[0], names)


def taken(folder: Path, number: str) -> Iterator[Path]:
    """The files with `number` as name or content; raises CannotStore."""
    wanted = number.casefold()
    for name in case_names(folder):
        if PurePath(name).stem.casefold() == wanted:
            yield folder / name
    yield from (folder / name for name in holders(folder, number))


def holders(folder: Path, number: str, besides: str = "") -> Iterator[str]:
    """The files except `besides` that hold `number`, ignoring letter case; raises CannotStore."""
    files = [each for each in case_files(folder) if each[0] != besides]
    known = Index(folder).load() if files else {}
    wanted = number.casefold()
    for name, status in files:
        found = known.get(name)
        held, stamp = (found.row.held, found.stamp) if found else ("", None)
        if stamp is None or not stamp.matches(status):
            held = _number_in(folder / name, wanted, held, stamp.digest if stamp else b"")
        if held.casefold() == wanted:
            yield name


def _number_in(path: Path, wanted: str, before: str, digest: bytes) -> str:
    """The number in a file: `before` if its digest is unchanged, blank if it is not `wanted`."""
    try:
        data = read_bytes(path)
        if digest_of(data) == digest:
            return before
        # Only with an escape can the number be spelled differently, so most files are not parsed.
        if wanted.encode() not in data.lower() and b"\\" not in data:
            return ""
        return decode(data, path).number
    except ImrError:
        return ""


_MAX_NAMED = 3
"""How many files a sentence names; further ones are counted."""


def mark_duplicates(folder: Path, rows: Iterable[Row]) -> list[Row]:
    """`rows`, marked broken if another row holds the same number, ignoring letter case."""
    rows = list(rows)
    holders: dict[str, list[str]] = {}
    for row in rows:
        if row.held:
            holders.setdefault(row.held.casefold(), []).append(row.name)
    duplicated = {name for names in holders.values() if len(names) > 1 for name in names}
    return [
        row.broken(sentence(folder, row.name, holders[row.held.casefold()]))
        if row.name in duplicated
        else row
        for row in rows
    ]


def sentence(folder: Path, name: str, holders: Sequence[str]) -> str:
    """Error text for the file `name`, whose number the other `holders` hold, too."""
    others = [clean_line(other) for other in sorted(holders) if other != name]
    more = len(others) - _MAX_NAMED
    named = [*others[:_MAX_NAMED], f"{more} more"] if more > 0 else others
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return (
        f"{clean_line(str(folder / name))} has the same case number as {listed}. Remove one, or "
        "change its number, in its name and in the file. Until then they are read-only."
    )
