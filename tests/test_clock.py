"""The clock: when a determination is due, over weekends and California's holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from imr_tui.domain.deadlines import (
    Due,
    days_left_text,
    due,
    guideline_date,
    is_working_day,
    reference_date,
)
from imr_tui.model.case import Item, Particulars
from imr_tui.model.limits import Priority
from tests.builders import NUMBER
from tests.rows import each_row
from tests.strategies import dates


def due_on(
    priority: Priority, application: date | None = None, records: date | None = None
) -> Due | None:
    case = Particulars(
        number=NUMBER,
        priority=priority,
        application_received=application,
        records_received=records,
    )
    return due(case)


def day_due(priority: Priority, received: date) -> date:
    found = due_on(priority, received)
    assert found is not None
    return found.day


def test_without_a_receipt_nothing_is_due() -> None:
    assert due_on("standard") is None
    assigned = Particulars(number=NUMBER, date_assigned=date(2014, 11, 21))
    assert due(assigned) is None


def test_the_later_receipt_starts_the_clock() -> None:
    early, late = date(2014, 11, 12), date(2014, 11, 20)
    for application, records in ((early, late), (late, early), (late, None), (None, late)):
        found = due_on("standard", application, records)
        assert found is not None
        assert found.day == date(2014, 12, 20)


@pytest.mark.parametrize(
    ("priority", "application", "records", "why"),
    [
        (
            "standard",
            date(2014, 11, 12),
            date(2014, 11, 20),
            "30 days after the records arrived on 2014-11-20 (standard).",
        ),
        (
            "expedited",
            date(2014, 11, 12),
            None,
            "3 days after the application arrived on 2014-11-12 (expedited).",
        ),
        (
            "formulary",
            date(2014, 11, 12),
            date(2014, 11, 11),
            "5 working days after the application arrived on 2014-11-12 (formulary).",
        ),
    ],
)
def test_a_due_date_explains_itself(
    priority: Priority, application: date, records: date | None, why: str
) -> None:
    found = due_on(priority, application, records)
    assert found is not None
    assert found.why == why


@each_row(
    ("priority", "received", "day"),
    [
        ("standard", date(2014, 11, 20), date(2014, 12, 20)),  # a Saturday stays
        ("standard", date(2014, 11, 21), date(2014, 12, 21)),  # a Sunday stays
        ("standard", date(2025, 11, 25), date(2025, 12, 25)),  # Christmas stays
        ("standard", date(2016, 1, 31), date(2016, 3, 1)),  # a leap year
        ("expedited", date(2026, 11, 12), date(2026, 11, 15)),  # a Sunday stays
        ("expedited", date(2025, 12, 30), date(2026, 1, 2)),
        ("formulary", date(2026, 10, 5), date(2026, 10, 12)),  # Monday to Monday
        ("formulary", date(2026, 10, 9), date(2026, 10, 16)),  # from a Friday
        ("formulary", date(2026, 10, 10), date(2026, 10, 16)),  # from a Saturday
        ("formulary", date(2026, 10, 11), date(2026, 10, 16)),  # from a Sunday
        ("formulary", date(2026, 11, 9), date(2026, 11, 17)),  # over Veterans Day
        ("formulary", date(2026, 11, 23), date(2026, 12, 2)),  # over Thanksgiving, two days
        ("formulary", date(2023, 11, 6), date(2023, 11, 14)),  # 11 Nov 2023, a Saturday
        ("formulary", date(2018, 11, 9), date(2018, 11, 19)),  # 11 Nov 2018, a Sunday
        ("formulary", date(2022, 12, 23), date(2023, 1, 3)),  # 25 Dec and 1 Jan, Sundays
        ("formulary", date(2021, 12, 20), date(2021, 12, 27)),  # 25 Dec, a Saturday, is lost
        ("formulary", date(2024, 2, 12), date(2024, 2, 20)),  # 15 Feb counts, 19 Feb does not
        ("formulary", date(2025, 12, 29), date(2026, 1, 6)),  # over the year's end
    ],
)
def test_due(priority: Priority, received: date, day: date) -> None:
    assert day_due(priority, received) == day


@each_row(
    ("day", "works"),
    [
        (date(2026, 10, 12), True),  # Columbus Day
        (date(2026, 10, 10), False),  # a Saturday
        (date(2026, 10, 11), False),  # a Sunday
        (date(2026, 1, 1), False),
        (date(2026, 1, 19), False),  # Martin Luther King Jr.
        (date(2026, 2, 16), False),  # the third Monday of February
        (date(2024, 2, 15), True),  # observed, but worked
        (date(2026, 2, 12), True),
        (date(2026, 3, 31), False),  # Cesar Chavez
        (date(2024, 3, 31), False),  # the same, a Sunday
        (date(2024, 4, 1), False),  # so its Monday
        (date(2026, 5, 25), False),
        (date(2026, 7, 3), True),  # 4 July 2026 is a Saturday and does not move
        (date(2021, 7, 5), False),  # 4 July 2021 was a Sunday
        (date(2026, 9, 7), False),
        (date(2026, 11, 11), False),
        (date(2023, 11, 10), False),  # the Friday before a Saturday's 11 November
        (date(2017, 11, 10), False),
        (date(2023, 11, 13), True),
        (date(2018, 11, 12), False),  # the Monday after a Sunday's 11 November
        (date(2018, 11, 9), True),
        (date(2026, 11, 26), False),
        (date(2026, 11, 27), False),
        (date(2026, 12, 25), False),
        (date(2022, 12, 26), False),  # Christmas on a Sunday
        (date(2021, 12, 24), True),  # Christmas on a Saturday
        (date(2023, 1, 2), False),  # New Year on a Sunday
        (date(2021, 12, 31), True),  # New Year on a Saturday
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


HOLIDAYS = """
2014 01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25
2015 01-01 01-19 02-16 03-31 05-25 09-07 11-11 11-26 11-27 12-25
2016 01-01 01-18 02-15 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26
2017 01-02 01-16 02-20 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25
2018 01-01 01-15 02-19 05-28 07-04 09-03 11-12 11-22 11-23 12-25
2019 01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25
2020 01-01 01-20 02-17 03-31 05-25 09-07 11-11 11-26 11-27 12-25
2021 01-01 01-18 02-15 03-31 05-31 07-05 09-06 11-11 11-25 11-26
2022 01-17 02-21 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26
2023 01-02 01-16 02-20 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25
2024 01-01 01-15 02-19 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25
2025 01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25
2026 01-01 01-19 02-16 03-31 05-25 09-07 11-11 11-26 11-27 12-25
2027 01-01 01-18 02-15 03-31 05-31 07-05 09-06 11-11 11-25 11-26
2028 01-17 02-21 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25
2029 01-01 01-15 02-19 05-28 07-04 09-03 11-12 11-22 11-23 12-25
2030 01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25
2031 01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25
2032 01-01 01-19 02-16 03-31 05-31 07-05 09-06 11-11 11-25 11-26
2033 01-17 02-21 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26
2034 01-02 01-16 02-20 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25
2035 01-01 01-15 02-19 05-28 07-04 09-03 11-12 11-22 11-23 12-25
2036 01-01 01-21 02-18 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25
2037 01-01 01-19 02-16 03-31 05-25 09-07 11-11 11-26 11-27 12-25
2038 01-01 01-18 02-15 03-31 05-31 07-05 09-06 11-11 11-25 11-26
2039 01-17 02-21 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26
2040 01-02 01-16 02-20 05-28 07-04 09-03 11-12 11-22 11-23 12-25
"""
"""The weekdays on which state offices are closed (Government Code 6700(a), 6701, 19853)."""


@each_row("row", HOLIDAYS.split("\n")[1:-1])
def test_holidays(row: str) -> None:
    year, *closed = row.split()
    first, after = date(int(year), 1, 1), date(int(year) + 1, 1, 1)
    days = (first + timedelta(days=count) for count in range((after - first).days))
    weekdays = [day for day in days if day.weekday() < 5]
    assert [f"{day:%m-%d}" for day in weekdays if not is_working_day(day)] == closed


@each_row("year", [2016, 2021, 2027, 2038])
def test_presidents_day_closes_on_the_fifteenth_too(year: int) -> None:
    assert not is_working_day(date(year, 2, 15))
    assert day_due("formulary", date(year, 2, 12)) == date(year, 2, 22)


@each_row("priority", ["standard", "expedited", "formulary"])
@each_row("back", range(9))
def test_the_end_of_time(priority: Priority, back: int) -> None:
    received = date.max - timedelta(days=back)
    assert received <= day_due(priority, received)
    if back < 3 or priority == "standard":
        assert day_due(priority, received) == date.max


@given(st.sampled_from(["standard", "expedited"]), dates)
def test_calendar_days_are_counted_plainly(priority: Priority, received: date) -> None:
    limit = {"standard": 30, "expedited": 3}[priority]
    assert (day_due(priority, received) - received).days == min(limit, (date.max - received).days)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_formulary_counts_five_working_days(received: date) -> None:
    day = day_due("formulary", received)
    between = [received + timedelta(days=count) for count in range(1, (day - received).days + 1)]
    assert sum(map(is_working_day, between)) == 5
    assert is_working_day(day)
    assert all(each.weekday() < 5 for each in between if is_working_day(each))


@pytest.mark.parametrize(
    ("left", "near"),
    [(12, "in 12 d"), (1, "in 1 d"), (0, "today"), (-1, "1 d late"), (-30, "30 d late")],
)
def test_nearness(left: int, near: str) -> None:
    today = date(2026, 11, 23)
    limit = Due(today + timedelta(days=left), "")
    assert limit.days_left(today) == left
    assert days_left_text(limit, today) == near


def test_nearness_without_a_due_date() -> None:
    assert days_left_text(None, date(2026, 11, 23)) == ""


# The day whose guidelines count

CAME_IN = {
    "date_assigned": date(2014, 11, 21),
    "ur_decision_date": date(2014, 11, 5),
    "application_received": date(2014, 11, 12),
    "records_received": date(2014, 11, 20),
}


@each_row(
    ("days", "day"),
    [
        ({}, None),
        ({"date_of_injury": date(2013, 10, 23)}, None),
        (CAME_IN, date(2014, 11, 21)),
        (CAME_IN | {"date_of_injury": date(2015, 1, 1)}, date(2014, 11, 21)),
        (CAME_IN | {"decision_date": date(2014, 12, 8)}, date(2014, 12, 8)),
        # Decided is decided, whatever came in since.
        (CAME_IN | {"decision_date": date(2014, 11, 1)}, date(2014, 11, 1)),
        ({"decision_date": date(2014, 12, 8)}, date(2014, 12, 8)),
        *(({name: day}, day) for name, day in CAME_IN.items()),
        *((CAME_IN | {name: date(2016, 8, 1)}, date(2016, 8, 1)) for name in CAME_IN),
    ],
)
def test_judged_on(days: dict[str, date], day: date | None) -> None:
    case = Particulars.model_validate({"number": NUMBER, **days})
    assert reference_date(case) == day


@pytest.mark.parametrize(
    ("days", "service", "day"),
    [
        ({}, None, None),
        ({}, date(2014, 9, 2), date(2014, 9, 2)),
        (CAME_IN, None, date(2014, 11, 21)),
        (CAME_IN, date(2014, 9, 2), date(2014, 9, 2)),
        # Not rendered yet.
        (CAME_IN, date(2014, 11, 22), date(2014, 11, 21)),
        (CAME_IN | {"decision_date": date(2014, 12, 8)}, date(2014, 11, 22), date(2014, 11, 22)),
    ],
)
def test_a_service_that_was_rendered_is_judged_on_its_date(
    days: dict[str, date], service: date | None, day: date | None
) -> None:
    case = Particulars.model_validate({"number": NUMBER, **days})
    assert guideline_date(case, Item(date_of_service=service)) == day
