"""Which item another one depends on."""

import pytest

from imr_tui.checks.primary_item import primary_item
from imr_tui.model import edits
from tests.builders import a_case, an_item

SURGERY = "Right knee arthroscopy with partial medial meniscectomy"


@pytest.mark.parametrize(
    "request_",
    [
        "Associated surgical service: crutches",
        "Post-operative physical therapy, 12 sessions",
        "Cold therapy unit, 7 day rental",
        "Assistant surgeon",
        "Pre-operative medical clearance",
        "Preop labs",
        "Inpatient stay, 2 days",
        "DVT prophylaxis unit",
    ],
)
def test_what_comes_with_surgery_follows_the_only_surgery(request_: str) -> None:
    case = a_case(items=(an_item("Norco #60"), an_item(request_), an_item(SURGERY)))
    assert primary_item(case, 1) == 2
    assert primary_item(case, 0) is None
    assert primary_item(case, 2) is None


def test_with_two_surgeries_or_none_the_reviewer_names_the_item() -> None:
    unit = an_item("Cold therapy unit")
    case = a_case(items=(unit, an_item(SURGERY), an_item("Lumbar fusion L4-5")))
    assert primary_item(case, 0) is None
    assert primary_item(edits.set_follows(case, 0, 3), 0) == 2
    assert primary_item(a_case(items=(unit, an_item("Norco #60"))), 0) is None


@pytest.mark.parametrize("number", [1, 3, 9])
def test_the_number_of_no_other_item_is_nothing_to_follow(number: int) -> None:
    case = a_case(items=(an_item("Cold therapy unit", follows=number), an_item(SURGERY)))
    assert primary_item(case, 0) is None
