"""The message about a version that was not in force names the day of the change."""

from datetime import date

import pytest

from imr_tui.checks import RULES
from imr_tui.domain.workflow import Place
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from tests.checks.families.editions import decided
from tests.examples import example


@pytest.mark.parametrize(
    ("day", "guideline", "title", "year", "says"),
    [
        (
            "2017-01-20",
            "mtus-2009-chronicpain",
            "Chronic Pain Medical Treatment",
            2009,
            "This version was superseded on July 28, 2016, before the decision of January 20, ",
        ),
        (
            "2017-11-30",
            "mtus-2017-knee",
            "Knee Disorders",
            2017,
            "This version took effect on December 1, 2017, after the decision of November 30, ",
        ),
    ],
)
def test_the_day_of_the_change(day: str, guideline: str, title: str, year: int, says: str) -> None:
    (hit,) = RULES["IMR403"].function(example(decided(day, guideline, title, year)))
    assert hit.message.startswith(says)


def test_a_version_of_a_later_year_cannot_have_been_in_force() -> None:
    (hit,) = RULES["IMR403"].function(
        example(decided("2014-12-08", "mtus-2023-shoulder", "Shoulder Disorders", 2023))
    )
    assert "is dated 2023, after the decision" in hit.message


def test_the_date_of_service_counts_for_a_service_that_was_rendered() -> None:
    case = decided("2018-03-01", "mtus-2009-lowback", "Low Back Complaints", 2004)
    before = {**case, "date_of_service": date(2017, 11, 30)}
    assert not list(RULES["IMR403"].function(example(before)))
    (hit,) = RULES["IMR403"].function(example({**case, "date_of_service": date(2017, 12, 4)}))
    said, _, instead = hit.message.partition(". ")
    assert said.endswith("on December 1, 2017, before the date of service, December 4, 2017")
    assert instead.startswith("In force on 12/4/2017: ")
    assert hit.also == ((Place("date_of_service", 0), None),)


def test_the_date_of_service_is_not_printed() -> None:
    case = example({"date_of_service": date(2014, 9, 2)}).case
    assert render(case) == render(edits.set_date_of_service(case, 0, None))
