"""Case numbers that more than one file holds, which makes each of those files one too many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.text import clean_line

if TYPE_CHECKING:
    from imr_tui.store.row import Row

_NAMED = 3
"""Files that a sentence names before it only counts."""


def parted(folder: Path, rows: Iterable[Row]) -> list[Row]:
    """`rows`, with those broken whose number another one holds too, whatever its case."""
    rows = list(rows)
    holders: dict[str, list[str]] = {}
    for row in rows:
        if row.held:
            holders.setdefault(row.held.casefold(), []).append(row.name)
    crowded = {name for names in holders.values() if len(names) > 1 for name in names}
    return [
        row.broken(sentence(folder, row.name, holders[row.held.casefold()]))
        if row.name in crowded
        else row
        for row in rows
    ]


def sentence(folder: Path, name: str, holders: Sequence[str]) -> str:
    """Why the file `name` is not worked on: it and the others of `holders` hold one number."""
    others = [clean_line(other) for other in sorted(holders) if other != name]
    more = len(others) - _NAMED
    named = [*others[:_NAMED], f"{more} more"] if more > 0 else others
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return (
        f"{clean_line(str(folder / name))} holds the same case number as {listed}. Remove one, or "
        "give it another number, in its name and in the file. Until then none of them is changed."
    )
