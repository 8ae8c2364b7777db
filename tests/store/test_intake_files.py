"""The files of intake: what was received, what waits for a reviewer, and closed cases."""

from datetime import date
from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.store.intake.closing import (
    Closing,
    close_case,
    closed_numbers,
    closing,
    closing_path,
    is_closed,
    reopen_case,
)
from imr_tui.store.intake.new_facts import (
    NewFacts,
    drop_new_facts,
    has_new_facts,
    keep_new_facts,
    new_facts,
    numbers_with_new_facts,
    settle_new_facts,
)
from imr_tui.store.intake.received import keep_received, received, received_path
from tests.builders import NUMBER, a_case, an_item

GIVEN = a_case(particulars=a_case().particulars.but(assignment="A-17"))
CHANGED = GIVEN.but(items=(an_item(decision=None, rationale="", citations=()),))


def test_what_was_received_is_read_back(cases: Path) -> None:
    assert received(cases, NUMBER) is None
    keep_received(cases, GIVEN)
    keep_received(cases, CHANGED)
    assert received(cases, NUMBER) == CHANGED


def test_a_damaged_file_names_itself(cases: Path) -> None:
    keep_received(cases, GIVEN)
    received_path(cases, NUMBER).write_bytes(b"no case")
    with pytest.raises(BadInput, match="received"):
        received(cases, NUMBER)


def test_new_facts_wait_until_they_are_settled(cases: Path) -> None:
    keep_received(cases, GIVEN)
    assert new_facts(cases, NUMBER) is None
    keep_new_facts(cases, CHANGED)
    assert has_new_facts(cases, NUMBER)
    assert list(numbers_with_new_facts(cases)) == [NUMBER]
    assert new_facts(cases, NUMBER) == NewFacts(NUMBER, GIVEN, CHANGED)
    settle_new_facts(cases, NUMBER)
    assert received(cases, NUMBER) == CHANGED
    assert new_facts(cases, NUMBER) is None
    assert list(numbers_with_new_facts(cases)) == []


def test_settling_without_new_facts_changes_nothing(cases: Path) -> None:
    settle_new_facts(cases, NUMBER, GIVEN)
    assert received(cases, NUMBER) is None


def test_newer_facts_than_the_reviewer_saw_stay(cases: Path) -> None:
    keep_received(cases, GIVEN)
    newer = CHANGED.but(items=())
    newer = newer.but(particulars=newer.particulars.but(diagnosis="M75.41"))
    keep_new_facts(cases, newer)
    settle_new_facts(cases, NUMBER, CHANGED)
    assert new_facts(cases, NUMBER) == NewFacts(NUMBER, CHANGED, newer)


def test_new_facts_without_anything_received_compare_with_a_blank_case(cases: Path) -> None:
    keep_new_facts(cases, CHANGED)
    found = new_facts(cases, NUMBER)
    assert found is not None
    assert found.before == GIVEN
    drop_new_facts(cases, NUMBER)
    drop_new_facts(cases, NUMBER)
    assert new_facts(cases, NUMBER) is None


@pytest.mark.parametrize(
    "why",
    [
        Closing("withdrawn", "Withdrawn by the employee.", date(2026, 3, 4)),
        Closing("authorized", 'All "services" were authorized.'),
        Closing("withdrawn"),
    ],
)
def test_why_a_case_is_closed_is_read_back(cases: Path, why: Closing) -> None:
    assert closing(cases, NUMBER) is None
    close_case(cases, NUMBER, why)
    assert closing(cases, NUMBER) == why
    assert is_closed(cases, NUMBER)
    assert list(closed_numbers(cases)) == [NUMBER]
    reopen_case(cases, NUMBER)
    reopen_case(cases, NUMBER)
    assert closing(cases, NUMBER) is None
    assert not is_closed(cases, NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        'kind = "signed"',
        'reason = "?"',
        'kind = "withdrawn"\non = 2026-03-04T01:02:03',
        'kind = "withdrawn"\nreason = 4',
        "kind",
    ],
)
def test_a_damaged_closing_is_refused(cases: Path, text: str) -> None:
    close_case(cases, NUMBER, Closing("withdrawn"))
    closing_path(cases, NUMBER).write_text(text)
    with pytest.raises(BadInput, match="closed"):
        closing(cases, NUMBER)


def test_a_number_cannot_leave_the_folder(cases: Path) -> None:
    for ask in (received, new_facts, closing):
        with pytest.raises(BadInput):
            ask(cases, "../x")
