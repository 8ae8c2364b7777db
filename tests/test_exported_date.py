"""Dates as other programs export them."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from imr_tui.text.exported_date import read_exported_date

DAY = date(2014, 11, 5)
SAME_DAY = [
    *("2014-11-05", "11/5/2014", "11/05/2014", "11/5/14", "11-5-2014", "20141105", " 11/5/2014 "),
    *("Nov 5, 2014", "5 Nov 2014", "41948", "41948.0", "41948.999", 41948, 41948.0, 41948.75),
    *("2014-11-05T23:59:59Z", "2014-11-05 00:00:00", "2014-11-05T23:59:59.123456-08:00"),
    *("11/5/2014 12:00:00 AM", "11/5/2014 23:59", "Nov 5, 2014 10:00 AM", "11/5/2014, 1:02 p.m."),
    *("2014-11-05 10:00 PST", "2014/11/5"),
]


@pytest.mark.parametrize("value", SAME_DAY)
def test_a_date_in_each_form(value: object) -> None:
    assert read_exported_date(value) == DAY


@pytest.mark.parametrize("value", [None, "", " \t"])
def test_a_blank_is_no_date(value: object) -> None:
    assert read_exported_date(value) is None


def test_two_digits_are_a_year_of_this_century_and_the_month_comes_first() -> None:
    assert read_exported_date("5/6/26") == date(2026, 5, 6)
    assert read_exported_date("12/31/99") == date(2099, 12, 31)


NO_DATES: list[object] = [True, [], {}, ["2014-11-05"], b"41948"]
REFUSED: list[tuple[object, str]] = [
    ("13/45/2020", "is not a date: There is no month 13. The month comes first"),
    ("31.12.2020", "There is no month 31"),
    ("2020-02-30", "February 2020 has only 29 days"),
    ("02/29/2023", "February 2023 has only 28 days"),
    ("1014-11-05", "is a date in the year 1014"),
    ("2914-11-05", "is a date in the year 2914"),
    *((text, "is not a date such as") for text in ("t", "today", "+30", "-1", "=A1", "5", "10:00")),
    *((text, "is not a date such as") for text in ("x", "2014-11-05T25:00", "1" * 61, "5/6", "-")),
    *((value, "is not a date such as") for value in NO_DATES),
    *((value, "is not a spreadsheet's number") for value in (5, "18263", "73416", -1, 1e300)),
]


@pytest.mark.parametrize(("value", "says"), REFUSED)
def test_what_is_no_date_is_refused_with_the_reason(value: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_exported_date(value)


@given(st.dates(date(1950, 1, 2), date(2100, 12, 31)))
def test_a_spreadsheet_counts_the_days_since_1900(day: date) -> None:
    number = (day - date(2000, 1, 1)) // timedelta(1) + 36_526
    assert read_exported_date(number) == read_exported_date(f"{number}.5") == day


@given(st.text(max_size=30) | st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_anything_is_a_date_or_refused(value: object) -> None:
    day: object = None
    with contextlib.suppress(ValueError):
        day = read_exported_date(value)
    assert day is None or isinstance(day, date)
    assert day is None or 1900 <= day.year <= 2100
