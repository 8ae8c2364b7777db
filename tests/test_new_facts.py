"""The facts that an organization changed: which are shown, and what accepting them does."""

from datetime import date
from functools import reduce
from typing import NamedTuple

import pytest
from hypothesis import given

from imr_tui.domain.new_facts import accepted, changes, in_words
from imr_tui.domain.new_item_facts import matched
from imr_tui.model import edits
from imr_tui.model.case import Case, Item, Record
from tests import strategies
from tests.builders import MTUS, OTHER, a_case, an_item

KNEE, NECK, DRUG = (Item(request=each) for each in ("MRI knee", "Neck brace", "Norco #60"))


class Facts(NamedTuple):
    """What was received before and now."""

    before: Case
    after: Case


def with_items(*items: Item) -> Case:
    return a_case(items=items)


def labels(current: Case, before: Case, after: Case) -> list[str]:
    return [each.label for each in changes(current, Facts(before, after))]


def all_of(current: Case, facts: Facts) -> Case:
    """The case after every change was accepted one by one, as a reviewer does."""
    while found := changes(current, facts):
        current = found[0].apply(current)
    return current


# ── Fields ───────────────────────────────────────────────────────────────────────────────────


def test_only_what_the_organization_changed_and_the_case_states_otherwise_is_shown() -> None:
    before = a_case()
    after = edits.set_party(before, "employer", "Sample Freight")
    after = edits.set_date(after, "ur_decision_date", date(2026, 10, 20))
    current = edits.set_date(before, "date_of_injury", date(2025, 8, 14))
    found = changes(current, Facts(before, after))
    assert [(each.label, each.yours, each.theirs) for each in found] == [
        ("UR decision date", "", "2026-10-20"),
        ("employer", "", "Sample Freight"),
    ]
    typed = edits.set_date(current, "ur_decision_date", date(2026, 10, 20))
    assert labels(typed, before, after) == ["employer"]
    assert labels(current, after, after) == []


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("particulars.priority", "priority"),
        ("particulars.diagnosis", "diagnosis"),
        ("particulars.specialty", "specialty of the requesting physician"),
        ("particulars.date_assigned", "date assigned"),
        ("parties.providers", "providers"),
        ("parties.adjuster", "claims adjuster"),
    ],
)
def test_each_field_is_named_and_accepted(path: str, label: str) -> None:
    part, name = path.split(".")
    values = {"priority": "expedited", "date_assigned": date(2026, 1, 2), "providers": ("A", "B")}
    before, value = a_case(), values.get(name, "M75.41")
    after = before.but(**{part: getattr(before, part).but(**{name: value})})
    (found,) = changes(before, Facts(before, after))
    assert found.label == label
    assert getattr(getattr(found.apply(before), part), name) == value


def test_a_party_that_is_accepted_withdraws_the_attestation_about_the_old_one() -> None:
    before = a_case()
    attested = before.but(reviewer=before.reviewer.but(attested=("no-affiliation", "five-years")))
    after = edits.set_party(before, "employee", "Jane Doe")
    (found,) = changes(attested, Facts(before, after))
    assert found.apply(attested).reviewer.attested == ("five-years",)


def test_documents_are_added_and_taken_back_one_by_one() -> None:
    kept, old, new = (Record(title=title) for title in ("PR-2", "MRI", "EMG"))
    own = Record(title="Read by the reviewer")
    before, after = a_case(records=(kept, old)), a_case(records=(kept, new))
    current = a_case(records=(kept, old, own))
    assert labels(current, before, after) == ["new document", "document taken back"]
    assert accepted(current, Facts(before, after)).records == (kept, own, new)


# ── Items ────────────────────────────────────────────────────────────────────────────────────


def test_items_belong_together_by_request_and_else_by_position() -> None:
    assert matched((KNEE, NECK), (NECK, KNEE)) == {0: 1, 1: 0}
    assert matched((KNEE, NECK), (NECK,)) == {1: 0}
    assert matched((KNEE, NECK), (DRUG, NECK)) == {0: 0, 1: 1}
    assert matched((KNEE,), (Item(request="  mri KNEE "),)) == {0: 0}
    assert matched((KNEE, KNEE), (KNEE, KNEE)) == {0: 0, 1: 1}
    assert matched((), (KNEE,)) == {}


def test_a_request_is_changed_in_the_item_that_the_reviewer_moved() -> None:
    before, after = with_items(KNEE, NECK), with_items(KNEE.but(request="MRI left knee"), NECK)
    current = with_items(NECK, KNEE.but(decision="upheld", rationale="Words."))
    (found,) = changes(current, Facts(before, after))
    assert (found.label, found.path) == ("item 2 request", "items[1].request")
    now = found.apply(current)
    assert [item.request for item in now.items] == ["Neck brace", "MRI left knee"]
    assert now.items[1].rationale == "Words."
    assert labels(now, before, after) == []


def test_the_other_fields_of_an_item_are_changed_one_by_one() -> None:
    changed = KNEE.but(
        original="MRI both knees",
        authorized="MRI right knee",
        date_of_service=date(2026, 1, 2),
        administrator_citations=(OTHER,),
    )
    before, after = with_items(KNEE), with_items(changed)
    assert labels(before, before, after) == [
        "item 1 original request",
        "item 1 authorized part",
        "item 1 date of service",
        "item 1 administrator's citations",
    ]
    assert accepted(before, Facts(before, after)).items == (changed,)


def test_a_new_item_is_appended_without_what_no_assignment_decides() -> None:
    before, after = with_items(KNEE), with_items(KNEE, DRUG.but(follows=1, decision="upheld"))
    (found,) = changes(before, Facts(before, after))
    assert (found.label, found.theirs) == ("new item", "Norco #60")
    assert found.apply(before).items == (KNEE, DRUG)
    assert labels(with_items(KNEE, DRUG), before, after) == []


@pytest.mark.parametrize(
    "work", [{"decision": "upheld"}, {"rationale": "Words."}, {"citations": (MTUS,)}]
)
def test_an_item_with_work_in_it_is_taken_back_only_by_itself(work: dict[str, object]) -> None:
    before, after = with_items(KNEE, NECK, DRUG), with_items(DRUG)
    current = with_items(KNEE, NECK.but(**work), DRUG)
    facts = Facts(before, after)
    found = changes(current, facts)
    assert [each.label for each in found] == ["item 2 taken back", "item 1 taken back"]
    assert [bool(each.warning) for each in found] == [True, False]
    assert accepted(current, facts).items == (NECK.but(**work), DRUG)
    assert all_of(current, facts).items == (DRUG,)


def test_a_rejected_change_is_left_out_of_all() -> None:
    before = a_case()
    after = edits.set_case_line(edits.set_party(before, "employer", "X"), "diagnosis", "M54.5")
    facts = Facts(before, after)
    rejected = {each.key for each in changes(before, facts) if each.label == "employer"}
    now = accepted(before, facts, rejected)
    assert (now.parties.employer, now.particulars.diagnosis) == ("", "M54.5")
    assert [each.key for each in changes(now, facts)] == list(rejected)


# ── In general ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@given(strategies.cases(), strategies.cases(), strategies.cases())
def test_accepting_ends_and_takes_no_work_away(current: Case, before: Case, after: Case) -> None:
    facts = Facts(before, after)
    found = changes(current, facts)
    now = reduce(lambda case, each: each.apply(case), found, current)
    removed = sum(each.path == "items removed" for each in found)
    added = sum(each.path == "items added" for each in found)
    assert len(now.items) == len(current.items) - removed + added
    kept = accepted(current, facts)
    assert (kept.summary, kept.reviewer.licenses) == (current.summary, current.reviewer.licenses)
    texts = [item.rationale for item in kept.items]
    assert all(item.rationale in texts for item in current.items if item.rationale.strip())
    decided = [item.decision for item in kept.items if item.decision]
    assert len(decided) >= sum(bool(item.decision) for item in current.items)


@pytest.mark.slow
@given(strategies.cases(), strategies.cases())
def test_an_untouched_case_that_accepts_all_has_the_facts_of_the_organization(
    before: Case, after: Case
) -> None:
    facts = Facts(before, after)
    now = reduce(lambda case, each: each.apply(case), changes(before, facts), before)
    kept = dict.fromkeys(("number", "assignment", "decision_date", "imported", "own"))
    for name in type(now.particulars).model_fields.keys() - kept.keys():
        assert getattr(now.particulars, name) == getattr(after.particulars, name)
    assert now.parties == after.parties
    assert set(now.records) == set(after.records)
    assert {item.request for item in after.items} <= {item.request for item in now.items}


def test_a_sentence_names_three_facts_and_counts_the_others() -> None:
    before = a_case()
    after = before
    assert in_words(changes(before, Facts(before, after))) == ""
    for name in ("employee", "employer"):
        after = edits.set_party(after, name, "X")
    says = "The organization changed: employee and employer."
    assert in_words(changes(before, Facts(before, after))) == says
    after = edits.add_item(edits.set_case_line(after, "diagnosis", "M54.5"), "MRI")
    after = edits.set_case_line(after, "specialty", "Pain")
    says = (
        "The organization changed: diagnosis, specialty of the requesting physician, employee "
        "and 2 more."
    )
    assert in_words(changes(before, Facts(before, after))) == says


def test_an_item_that_is_decided_stays_decided_when_its_request_changes() -> None:
    item = an_item("MRI knee")
    before, after = with_items(KNEE), with_items(Item(request="MRI left knee"))
    now = accepted(with_items(item), Facts(before, after))
    assert now.items == (item.but(request="MRI left knee"),)
