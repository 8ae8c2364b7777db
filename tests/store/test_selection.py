"""The filter and the orders of the worklist."""

from datetime import date

import pytest

from imr_tui.store.worklist.rows import Row
from imr_tui.store.worklist.selection import Order, matches, ordered, read_day
from tests.rows import each_row

TODAY = date(2026, 11, 29)
ROWS = [
    Row("a", "a", due="2026-11-20", state="draft", words="a draft massage late-night"),
    Row("b", "b", due="2026-11-29", state="ready", words="b ready mri"),
    Row("c", "c", due="2027-01-10", state="draft", words="c draft mri"),
    Row("d", "d", due="2014-12-20", state="written", written="2026-11-28T09:00:00Z", words="d"),
    Row("e", "e", due="2014-12-20", state="written", written="2026-11-29T09:00:00Z", words="e"),
    Row("f", "f", state="broken", problem="No.", words="f broken"),
    Row("g", "g", due="2015-01-01", decided_on="2015-01-01", state="ready", words="g ready"),
]


@each_row(
    ("query", "found"),
    [
        ("", "abcdefg"),
        ("MRI", "bc"),
        ("mri draft", "c"),
        ("state:dr", "ac"),
        ("state:written", "de"),
        ("late", "a"),
        ("due:today", "b"),
        ("due:11/29", "b"),
        ("due=2026-11-29", "b"),
        ("due<12/15", "ab"),
        ("due<12/15/26", "ab"),
        ("due>12/15", "c"),
        ("due<1/15", "abc"),
        ("due<1/15 draft", "ac"),
        ("due<", "abcdefg"),
        ("due<13/45", "abcdefg"),
        ("nothing", ""),
    ],
)
def test_a_filter_finds(query: str, found: str) -> None:
    test = matches(query, TODAY)
    assert "".join(row.number for row in ROWS if test(row)) == found


@each_row(
    ("typed", "day"),
    [
        ("12/15", date(2026, 12, 15)),
        ("1/5", date(2027, 1, 5)),
        ("12/15/25", date(2025, 12, 15)),
        ("12/15/2025", date(2025, 12, 15)),
        ("2025-12-15", date(2025, 12, 15)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 30)),
        ("2/29", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("order", "found"),
    [("due", "abcgfed"), ("number", "abcdefg"), ("state", "facbgde"), ("changed", "gfedcba")],
)
def test_rows_are_sorted(order: Order, found: str) -> None:
    rows = ordered(reversed(ROWS), order, lambda name: ord(name))
    assert "".join(row.number for row in rows) == found
