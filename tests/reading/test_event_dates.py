"""Dates of requests and visits, periods of the injury, durations, and dates that do not exist."""

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given

from imr_tui.reading.dates.durations import durations
from imr_tui.reading.dates.event_dates import request_dates, visit_dates
from imr_tui.reading.dates.impossible_dates import impossible_dates
from imr_tui.reading.dates.injury_dates import injury_dates, other_claims
from imr_tui.reading.dates.injury_periods import injury_periods
from imr_tui.reading.dates.review_dates import review_dates
from tests.rows import each_row
from tests.strategies import raw_texts

DAY = date(2016, 10, 18)
READERS = (
    *(durations, request_dates, visit_dates, impossible_dates, injury_dates, injury_periods),
    *(other_claims, review_dates),
)

REQUESTS = [
    "The request for authorization was dated 10/18/2016.",
    "The Request for Authorization form (RFA) was signed on 10-18-16.",
    "Request for authorization is October 18, 2016.",
    "The RFA of 10-18-16 is for an MRI.",
    "The RFA was received by the claims administrator on 10/18/2016.",
    "On 10-18-2016, the request for authorization was submitted.",
    "The 10/18/16 RFA lists an MRI.",
    "A request dated 10-18-16 was for an MRI.",
    "The treating physician requested an MRI of the knee on 10-18-16.",
]
NO_REQUESTS = [
    "The request was denied by utilization review on 10-18-16.",
    "A second request for authorization was dated 10-18-16.",
    "On a 10-18-16 RFA form, acupuncture was requested.",
    "The application for Independent Medical Review was dated 10-18-16.",
    "An appeal of the request was dated 10-18-16.",
    "The progress note was dated 10-18-16.",
]
VISITS = [
    "Progress notes dated 10/18/2016 describe a limp.",
    "On 10-18-16 the pain was 3 out of 10.",
    "He was seen on 10-18-16 for pain.",
    "X-rays of the left knee on 10-18-16 were negative.",
    "The 10/18/2016 office visit was brief.",
    "Norco was taken since at least 10-18-16.",
    "A 10-18-16 date of service was named.",
]
NO_VISITS = [
    "He was born on 10-18-16.",
    "A previous injury was treated on 10-18-16.",
    "He had a hernia repair on 10-18-16.",
    "He sustained an industrial injury on 10-18-16.",
    "Utilization review denied the MRI on 10-18-16.",
    "He was hired on 10-18-16.",
    "The guideline was published on 10-18-16.",
]
PERIODS = [
    ("The injury occurred in July 2013.", date(2013, 7, 1), date(2013, 7, 31)),
    ("He had an industrial injury in 2013.", date(2013, 1, 1), date(2013, 12, 31)),
    ("A cumulative trauma from 2018 to 2019.", date(2018, 1, 1), date(2019, 12, 31)),
    ("A cumulative trauma from 3/1/2018 to 5/2/2019.", date(2018, 3, 1), date(2019, 5, 2)),
    ("His 12/2014 work injury is accepted.", date(2014, 12, 1), date(2014, 12, 31)),
]
NO_PERIODS = [
    "He had a prior industrial injury in 2013.",
    "The MTUS of 2009 is cited.",
    "The injury of 10/18/2016 is accepted.",
    "Since 2013 he has had pain.",
]
LENGTHS = [
    ("He has had pain for six months.", 182),
    ("She has been on opioids for at least 2 years.", 730),
    ("Ten weeks after the injury she was still in therapy.", 70),
    ("The patient has a 3-year history of pain.", 1096),
    ("The knee has hurt for twenty-five years.", 9130),
]
NO_LENGTHS = [
    "The guideline allows opioids for six months.",
    "Therapy was requested for 6 weeks.",
    "He worked as a roofer for 20 years.",
    "He will be off work for the next two months.",
    "The patient is 44 years old.",
    'The note reads: "He has had pain for six months."',
]
IMPOSSIBLE = [
    *("13-02-2016", "02/30/2016", "June 31, 2016", "June 20216", "February 29, 2015"),
    *("12-02-201S", "June 12th3, 2016", "December 9, 3026", "00/10/2016", "31/12/2016"),
]
POSSIBLE = [
    *("10/325", "120/80", "2016-10-18", "February 29, 2016", "June 2016", "415-555-0100"),
    *("9792.24.2", "97110-97112", "1.5-2.5-3.5", "22, 46-47", "may 31 times", "L4-5-6"),
]


@each_row("text", REQUESTS)
def test_the_day_of_the_request(text: str) -> None:
    assert [each.day for each in request_dates(text)] == [DAY]


@each_row("text", NO_REQUESTS)
def test_another_day_is_not_the_requests(text: str) -> None:
    assert request_dates(text) == ()


@each_row("text", VISITS)
def test_the_day_of_a_visit(text: str) -> None:
    assert [each.day for each in visit_dates(text)] == [DAY]


@each_row("text", NO_VISITS)
def test_another_day_is_no_visit(text: str) -> None:
    assert visit_dates(text) == ()


@each_row(("text", "first", "last"), PERIODS)
def test_the_period_of_the_injury(text: str, first: date, last: date) -> None:
    assert [(each.first, each.last) for each in injury_periods(text)] == [(first, last)]


@each_row("text", NO_PERIODS)
def test_another_period_is_not_the_injurys(text: str) -> None:
    assert injury_periods(text) == ()


@each_row(("text", "days"), LENGTHS)
def test_how_long_something_lasted(text: str, days: int) -> None:
    assert [round(each.days(DAY)) for each in durations(text)] == [days]


def test_a_beginning_counts_to_the_last_day() -> None:
    (found,) = durations("She has been taking Norco since March 2014.")
    assert found.days(date(2014, 3, 31) + timedelta(days=40)) == 40


@each_row("text", NO_LENGTHS)
def test_other_times_are_no_durations(text: str) -> None:
    assert durations(text) == ()


@each_row("words", IMPOSSIBLE)
def test_a_date_that_does_not_exist(words: str) -> None:
    text = f"The note of {words}, was brief."
    (found,) = impossible_dates(text)
    assert words.startswith(text[slice(*found.span)])


@each_row("words", POSSIBLE)
def test_other_numbers_are_no_impossible_date(words: str) -> None:
    assert impossible_dates(f"It was {words} and more.") == ()


@given(raw_texts)
def test_any_text_is_read(text: str) -> None:
    for read in READERS:
        read(f"On 10/18/2016 {text}")


@pytest.mark.parametrize(
    "words",
    [
        "on 10/18/2016 ",
        "the request for authorization ",
        "the injury occurred in 2013 ",
        "utilization review by letter of ",
        "for six months ",
        "12-02-",
        "when he fell from the ",
        "Utilization review denied the request for the ",
    ],
)
def test_reading_takes_linear_time(words: str) -> None:
    count = 10_000 // len(words)
    # Linear time is 4 times as long, quadratic time 16 times.
    assert reading_time(words * 4 * count) < 10 * reading_time(words * count)


def reading_time(text: str) -> float:
    """Seconds of the processor that all readers take for a text, the best of three tries."""
    taken = []
    for number in range(3):
        started = process_time()
        for read in READERS:
            # Each try reads another text, as results are cached.
            read(f"{text}{number}")
        taken.append(process_time() - started)
    return min(taken)
