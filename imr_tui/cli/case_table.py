"""The table of `imr-tui list`: as wide as its cells, or as the terminal allows."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from imr_tui.store.worklist.rows import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from imr_tui.store.worklist.rows import Row

_HEADINGS = ("CASE", "DUE", "", "PRIORITY", "ITEMS", "STAGE", "STATE")
_ALL = tuple(range(len(_HEADINGS)))
_FORMS = (
    (False, _ALL),
    (True, _ALL),
    (True, (0, 1, 2, 3, 4, 6)),
    (True, (0, 1, 2, 4, 6)),
    (True, (0, 1, 2, 6)),
    (True, (0, 1, 6)),
    (True, (0, 1)),
)
"""Whether states are shortened, and which columns are left, on ever narrower terminals."""
_GAP = "  "
_INDENT = "    "


def lines(rows: Sequence[Row], now: datetime, width: int | None = None) -> Iterator[str]:
    """The lines of the table in the order of `rows`, and the broken files after it.

    `width` is that of the terminal; without it, the table is as wide as its cells.
    """
    whole = [row for row in rows if row.state != BROKEN]
    for is_brief, columns in _FORMS:
        table = _table(whole, columns, now, is_brief=is_brief)
        if width is None or max(map(len, table)) <= width:
            break
    yield from (line[:width] for line in table)
    for row in rows:
        if row.state == BROKEN:
            yield from _wrapped(f"{row.number}  BROKEN  {row.problem}", width)


def _table(
    rows: Sequence[Row], columns: Sequence[int], now: datetime, *, is_brief: bool
) -> list[str]:
    cells = [_HEADINGS, *(_cells(row, now, is_brief=is_brief) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in columns]
    return [
        _GAP.join(
            line[column].ljust(width) for column, width in zip(columns, widths, strict=True)
        ).rstrip()
        for line in cells
    ]


def _cells(row: Row, now: datetime, *, is_brief: bool) -> tuple[str, ...]:
    return (
        row.number,
        row.due or "-",
        row.near(now.date()),
        row.priority,
        f"{row.decided}/{row.items}",
        row.stage,
        row.shown_state(now, is_brief=is_brief),
    )


def _wrapped(line: str, width: int | None) -> list[str]:
    if width is None:
        return [line]
    return textwrap.wrap(line, max(width, len(_INDENT) + 1), subsequent_indent=_INDENT)
