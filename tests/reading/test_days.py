"""Days in every form, and which of them are the injury's and which the review's."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from imr_tui.reading.dates.dates import dates, long_date
from imr_tui.reading.dates.injury_dates import injury_dates
from imr_tui.reading.dates.review_dates import review_dates
from tests.rows import each_row

DAY = date(2016, 10, 18)
FORMS = [
    *(
        "10-18-2016",
        "10/18/2016",
        "10/18/ 2016",
        "10-18-16",
        "10/18/16",
        "10.18.2016",
        "2016-10-18",
    ),
    *("10-\n18-2016", "10-18-\n2016", "October 18, 2016", "Oct. 18, 2016", "Oct 18 2016"),
    *("October 18th, 2016", "18 October 2016", "the 18th of October, 2016", "OCTOBER 18, 2016"),
    *("(10-18-16)", "10/18/2016.", "10/18/2016-11/5/2016"),
]
NO_DAYS = [
    *("5/325mg", "7.5-325", "9792.24.2", "120/80", "L4-5", "13/13/2016", "2/30/2016", "22, 46-47"),
    *(
        "S1-20",
        "3x4",
        "10-18",
        "1.5-2.5-3.5",
        "10/18/20167",
        "5/5",
        "October 2016",
        "10%",
        "C5-6-7",
    ),
]


@each_row("words", FORMS)
def test_a_day_in_any_form(words: str) -> None:
    first = dates(f"Seen on {words}")[0]
    assert first.day == DAY


@each_row("words", NO_DAYS)
def test_numbers_that_are_no_day(words: str) -> None:
    assert dates(f"It says {words} here.") == ()


def test_two_digits_are_of_this_century_or_the_last() -> None:
    assert [each.day.year for each in dates("3-4-98, 3-4-16, 3-4-69, 3-4-70")] == [
        *(1998, 2016, 2069, 1970)
    ]


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_spoken_day_reads_back(day: date) -> None:
    assert [each.day for each in dates(f"It was {long_date(day)}.")] == [day]


@given(st.dates(min_value=date(1971, 1, 1), max_value=date(2069, 12, 31)), st.sampled_from("-/."))
def test_a_line_may_break_behind_a_separator(day: date, mark: str) -> None:
    numbers = f"{day.month}{mark}\n{day.day}{mark}{day.year}"
    assert [each.day for each in dates(numbers)] == [day]


INJURED = [
    "who sustained an industrial injury on {}",
    "with a date of injury on {}",
    "date of injury: {}",
    "DOI {}",
    "injury associated with an industrial injury of {}",
    "a history of an occupational claim from {}",
    "was injured on {}",
    "sustained a work-related injury to the neck and the left arm on {}",
    "On {} the patient was injured when a box fell",
    "reported an injury on {}",
    "On or about {} she sustained an injury to the knee",
    "an injury date of {}",
    "alleges a groin injury of {}",
    "injured himself on {}",
    "who was struck on the head by a mold on {}",
]
NOT_INJURED = [
    "seen on {} for a work injury",
    "reported the injury to her supervisor on {}",
    "a prior industrial injury on {}",
    "the Doctor's First Report of Occupational Injury of {}",
    "denies a new injury on {}",
    "the claim was filed on {}",
    "underwent surgery for the injury on {}",
    "the injured worker was seen on {}",
    "had a non-industrial injury on {}",
]
REVIEWED = [
    "a utilization review report dated {}",
    "the UR (utilization review board) denied certification on {}",
    "On {}, Utilization Review non-certified the request",
    "A prior denial was made on {}",
    "the request was non-certified by utilization review on {}",
    "On {}, a request for an MRI was denied by utilization review",
    "the request had been previously denied on {}",
    "the original utilization review ({}) non-certified it",
    "UR denied them on {}",
    "the {} UR decision",
    "The request was non-certified on {} by utilization review",
    "On {} the claims administrator's reviewer denied the request",
]
NOT_REVIEWED = [
    "the RFA dated {} was reviewed by utilization review",
    "a {} date of service was referenced in the determination",
    "the applicant appealed the utilization review on {}",
    "utilization review read the progress note of {}",
    "the patient denied chest pain on {}",
    "the work was modified on {}",
    "the request dated {} was non-certified",
    "An RFA was signed on {}, utilization review denied the request later",
]


@each_row("words", INJURED)
def test_the_day_of_the_injury(words: str) -> None:
    assert [each.day for each in injury_dates(words.format("10/18/2016"))] == [DAY]


@pytest.mark.parametrize("words", NOT_INJURED)
def test_a_day_that_is_not_the_injurys(words: str) -> None:
    assert injury_dates(words.format("10/18/2016")) == ()


@each_row("words", REVIEWED)
def test_the_day_of_the_review(words: str) -> None:
    assert [each.day for each in review_dates(words.format("October 18, 2016"))] == [DAY]


@pytest.mark.parametrize("words", NOT_REVIEWED)
def test_a_day_that_is_not_the_reviews(words: str) -> None:
    assert review_dates(words.format("October 18, 2016")) == ()
