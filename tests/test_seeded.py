"""The rules notice nearly all of the faults that are seeded, and accuse nothing that has none."""

from collections import Counter

import pytest

from imr_tui.model.case import Case
from tests.rows import each_row
from tests.seeded import bases
from tests.seeded.judging import alarms, faults, tallies

pytestmark = pytest.mark.process

MISSED = {
    "IMR201": 2,  # the closing sentence is about weaning; "she may not need it at all"
    "IMR202": 3,  # what is left speaks of a taper that "is needed"
    "IMR301": 1,  # a period that contains the right day
    "IMR302": 2,  # "reviewed on", with the review named only behind a colon
    "IMR304": 1,  # somebody else is spoken of before the pronoun
    "IMR305": 2,  # the rationale names no region, or one that the letter knows
}
"""How many of each rule's faults nothing notices, and why they are let pass."""


@each_row("name", bases())
def test_what_has_no_fault_is_not_accused(name: str) -> None:
    found = alarms(bases()[name])
    assert [(finding.rule.id, finding.hit.message) for finding in found] == []


def test_there_are_enough_of_them() -> None:
    seeded = Counter(fault.kind.name for fault in faults())
    assert len(bases()) >= 24
    assert seeded.total() >= 60
    assert all(count >= 3 for count in seeded.values()), seeded


@pytest.mark.slow
def test_the_faults_are_noticed_but_for_these() -> None:
    missed = {rule_id: tally.missed for rule_id, tally in tallies().items() if tally.missed}
    assert {rule_id: len(names) for rule_id, names in missed.items()} == MISSED, missed


def test_no_determination_holds_anything_but_what_was_written_for_it() -> None:
    cases: list[Case] = list(bases().values())
    assert len({case.number for case in cases}) == len(cases)
    assert all("Sample" in case.parties.employer or case.parties.employee for case in cases)
