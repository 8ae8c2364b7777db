"""Filters and sorts the rows of the worklist."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from imr_tui.store.worklist.rows import NEW_FACTS
from imr_tui.text.user_input import read_date

if TYPE_CHECKING:
    from imr_tui.store.worklist.rows import Row

Test = Callable[["Row"], bool]
"""Whether a row is shown."""
Order = Literal["due", "number", "state", "changed"]
"""The column that the rows are sorted by."""
ORDERS: tuple[Order, ...] = get_args(Order)
IN_WORDS: dict[Order, str] = {
    "due": "due date",
    "number": "number",
    "state": "state",
    "changed": "last change",
}
LATE = "late"
"""The word for overdue cases."""
STATE_WORDS: dict[str, str] = {
    **{word: f"state:{word}" for word in ("draft", "ready", "written", "changed", "signed")},
    **{word: f"state:{word}" for word in ("correcting", "altered", "closed", "imported", "broken")},
    "new-facts": "state:new",
    LATE: LATE,
}
"""The states that can be asked for by a word, and that word of the filter."""
FOLDED = 10
"""From so many finished cases on, they are hidden unless they are asked for."""
_DUE = re.compile(r"due(<|>|:|=)(.*)")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")


def matches(query: str, today: date) -> Test:
    """The test for what was typed into the filter; a row must pass each of its words.

    `late` shows overdue cases, `due:today`, `due<12/15` and `due>12/15` compare due dates, and
    `state:draft` compares states. Any other word is searched in the number, the state, the
    priority, the employee and the items. A date that is not complete yet is ignored.
    """
    tests = [_test(word, today) for word in query.casefold().split()]
    return lambda row: all(test(row) for test in tests)


def _test(word: str, today: date) -> Test:
    if word == LATE:
        return lambda row: row.is_late(today) or LATE in row.words
    if found := _DUE.fullmatch(word):
        day = read_day(found[2], today)
        return (lambda row: True) if day is None else _due(found[1], str(day))
    if word.startswith("state:"):
        state = word.removeprefix("state:")
        return lambda row: row.state.startswith(state) or _has_news(row, state)
    return lambda row: word in row.words


def in_states(words: Collection[str], today: date) -> Test:
    """The test for a case in one of these states, of STATE_WORDS; without words, for every case."""
    tests = [_state(word, today) for word in words]
    return lambda row: not tests or any(test(row) for test in tests)


def _state(word: str, today: date) -> Test:
    # The filter also finds the word in an item, such as a plan for the late stage of a disease.
    return (lambda row: row.is_late(today)) if word == LATE else matches(STATE_WORDS[word], today)


def _has_news(row: Row, state: str) -> bool:
    return row.has_new_facts and bool(state) and NEW_FACTS.startswith(state)


def _due(sign: str, day: str) -> Test:
    if sign == "<":
        return lambda row: "" < row.due < day and not row.is_over
    if sign == ">":
        return lambda row: row.due > day and not row.is_over
    return lambda row: row.due == day and not row.is_over


def read_day(typed: str, today: date) -> date | None:
    """A day as people type it: `today`, `tomorrow`, `12/15`, `12/15/26`, `2026-12-15`, or None.

    A day without a year is the one nearest to `today`.
    """
    if typed == "tomorrow":
        return today + timedelta(days=1)
    try:
        if not (found := _DAY.fullmatch(typed)):
            return read_date(typed, today)
        month, day = int(found[1]), int(found[2])
        years = (today.year - 1, today.year, today.year + 1)
        return min((date(year, month, day) for year in years), key=lambda each: abs(each - today))
    except ValueError:
        return None


def ordered(rows: Iterable[Row], order: Order, changed: Callable[[str], int]) -> list[Row]:
    """The rows by one of their columns; `changed` is the time of a file name's last change.

    By due date, the due cases come first, then decided ones, broken ones, and those signed or
    written, of which the last one comes first.
    """
    rows = sorted(rows, key=lambda row: row.urgency)
    if order == "number":
        return sorted(rows, key=lambda row: row.number)
    if order == "state":
        return sorted(rows, key=lambda row: row.state)
    if order == "changed":
        return sorted(rows, key=lambda row: -changed(row.name))
    finished = [row for row in rows if row.is_finished]
    finished.sort(key=lambda row: row.written, reverse=True)
    return [row for row in rows if not row.is_finished] + finished


def visible(
    rows: Iterable[Row], query: str, today: date, *, shows_written: bool
) -> tuple[list[Row], int]:
    """The rows that match the filter, without finished cases if there are many, and their number.

    A filter finds finished cases, too; `shows_written` never hides any.
    """
    found = list(filter(matches(query, today), rows))
    finished = sum(row.is_finished for row in found)
    if query.strip() or shows_written or finished < FOLDED:
        return found, 0
    return [row for row in found if not row.is_finished], finished


def followed(chosen: Row, shown: Sequence[Row], at: int, *, is_known: Callable[[Row], bool]) -> int:
    """The index in `shown` of the row that was chosen.

    Without it there, the first row if the case is still known, else the index `at`.
    """
    names = [row.name for row in shown]
    if chosen.name in names:
        return names.index(chosen.name)
    return 0 if is_known(chosen) else at
