"""The columns of the worklist: their texts, and their widths on a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from imr_tui.store.worklist.rows import BROKEN, Row
from imr_tui.ui.widgets.case_table import PADDING, Cells, Column

if TYPE_CHECKING:
    from imr_tui.store.worklist.selection import Order

COLUMNS = ("Case", "Due", "", "Emp", "Request", "Items", "State")
_CASE, _NEAR, _EMPLOYEE, _REQUEST, _STATE = 0, 2, 3, 4, 6
_SORTED_BY: dict[Order, int] = {"due": 1, "number": _CASE, "state": _STATE, "changed": _NEAR}
_NARROW = 75
"""On a screen with fewer columns, the employee and the request are not shown."""
_BRIEF = 100
"""With fewer columns, the state is shown in its brief form."""
_SCROLLBAR = 1
_NARROWEST = 12
"""The least width of the number, in columns: that of the numbers in use."""
_MAX_EMPLOYEE = 16


def columns_and_lines(
    rows: Sequence[Row], now: datetime, room: int, order: Order, changed: Callable[[str], int]
) -> tuple[list[Column], list[Cells], set[int]]:
    """The columns that fit into `room` cells, the rows as lines of them, and which are overdue.

    `changed` is the time of a file name's last change, shown if the rows are sorted by it.
    """
    by_change = order == "changed"
    lines = [cells(row, now, room, changed(row.name) if by_change else 0) for row in rows]
    late = {at for at, row in enumerate(rows) if row.is_late(now.date())}
    return list(fitted(widths_of(lines, order), room, order)), lines, late


def cells(row: Row, now: datetime, room: int, changed: int = 0) -> Cells:
    """The texts about a case on a screen of `room` columns.

    `changed`, in nanoseconds, is shown instead of how near the due date is.
    """
    if row.state in (BROKEN, ""):
        return (row.number, "", "", "", "", "", row.state.upper())
    return (
        row.number,
        row.due or "-",
        _moment(changed, now) if changed else row.near(now.date()),
        row.employee,
        row.request,
        f"{row.decided}/{row.items}",
        row.shown_state(now, is_brief=room < _BRIEF),
    )


def _moment(changed: int, now: datetime) -> str:
    moment = datetime.fromtimestamp(changed / 1e9, now.tzinfo)
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%Y-%m-%d}"


def widths_of(lines: Sequence[Cells], order: Order) -> list[int]:
    """The width of the widest text of each column; 0 for the employee if none is known."""
    widths = [max(map(_width, column)) for column in zip(headings(order), *lines, strict=True)]
    if all(not line[_EMPLOYEE] for line in lines):
        widths[_EMPLOYEE] = 0
    return widths


def headings(order: Order) -> list[str]:
    """The headings, with a mark at the column that the rows are sorted by."""
    names = [*COLUMNS]
    by = _SORTED_BY[order]
    names[by] = f"{names[by] or 'Changed'} v"
    return names


def fitted(widths: Sequence[int], room: int, order: Order) -> Iterator[Column]:
    """The columns that fit into `room`: the request fills it, the number gives way."""
    hidden = (_EMPLOYEE, _REQUEST) if room < _NARROW else ()
    wanted = [*widths]
    wanted[_EMPLOYEE] = min(widths[_EMPLOYEE], _MAX_EMPLOYEE)
    kept = [at for at, width in enumerate(wanted) if at not in hidden and (width or at != 3)]
    fixed = [at for at in kept if at not in (_CASE, _REQUEST)]
    left = room - _SCROLLBAR - sum(wanted[at] + PADDING for at in fixed) - PADDING
    if _REQUEST in kept:
        wanted[_CASE] = min(wanted[_CASE], max(left // 2, _NARROWEST))
        wanted[_REQUEST] = max(left - wanted[_CASE] - PADDING, len("Request"))
    else:
        wanted[_CASE] = min(wanted[_CASE], max(left, _NARROWEST))
    names = headings(order)
    return (Column(at, names[at], wanted[at]) for at in kept)


def _width(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)
