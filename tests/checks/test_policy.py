"""Which rules count and how much: selected, ignored, set by a site, answered by the reviewer."""

from datetime import date
from typing import Any

import pytest

from imr_tui import checks
from imr_tui.checks import RULES, CheckContext, Finding, Policy
from imr_tui.checks.context import text_at
from imr_tui.checks.engine import fault
from imr_tui.checks.rule import digest
from imr_tui.checks.setup import Setting
from imr_tui.domain.workflow import Place
from imr_tui.model import edits
from imr_tui.model.case import Case
from tests.builders import MTUS, NOW
from tests.examples import base, example
from tests.rows import each_row
from tests.sentinel import SENTINEL

WRONG = {"case.date_of_injury": date(2013, 10, 24)}
"""A case of which one warning is true: IMR301, in the summary."""
HELD = [each.id for each in RULES.values() if each.severity == "error"]
"""The rules that keep a letter back."""
ABSENT = {
    "rationale": "There is no documentation of a failed trial. It is not medically necessary.",
    "item 2 rationale": "No evidence of a fracture was noted. It is not medically necessary.",
}
"""A case with a claim in each of two items, which one finding lists."""


def found(draft: CheckContext, policy: Policy | None = None) -> list[tuple[str, str]]:
    findings = checks.run(draft, policy or Policy())
    return [(finding.rule.id, finding.severity) for finding in findings]


def only(case: Case, rule_id: str) -> tuple[Finding, ...]:
    return checks.run(CheckContext(case), Policy(select=[rule_id]))


@pytest.mark.parametrize(
    ("setting", "severity"), [("info", "info"), ("warning", "warning"), ("error", "error")]
)
def test_a_site_sets_how_much_a_rule_matters(setting: Setting, severity: str) -> None:
    policy = Policy(site={"IMR301": setting})
    assert ("IMR301", severity) in found(example(WRONG), policy)
    held_back = [finding.rule.id for finding in checks.errors(example(WRONG), policy)]
    assert held_back == (["IMR301"] if severity == "error" else [])


def test_a_site_turns_a_rule_off() -> None:
    assert "IMR301" not in dict(found(example(WRONG), Policy(site={"IMR301": "off"})))


@each_row("setting", ["off", "info", "warning"])
@each_row("rule_id", [each.id for each in RULES.values() if each.severity == "error"])
def test_what_the_law_makes_an_error_stays_one(rule_id: str, setting: Setting) -> None:
    assert "must stay an error" in fault(rule_id, setting)
    assert Policy(site={rule_id: setting}).severity(RULES[rule_id]) == "error"


def test_a_rule_that_is_not_there_cannot_be_set() -> None:
    assert "there is no rule" in fault("IMR999", "off")
    assert fault("IMR505", "off") == ""


def test_a_hit_may_matter_less_than_its_rule_unless_the_site_says_so() -> None:
    upheld = example({"request": "Norco 10/325mg", "decision": "upheld"})
    overturned = example({"request": "Norco 10/325mg", "decision": "overturned"})
    assert ("IMR312", "info") in found(upheld)
    assert ("IMR312", "warning") in found(overturned)
    assert ("IMR312", "error") in found(upheld, Policy(site={"IMR312": "error"}))


def test_a_warning_of_a_rule_for_errors_keeps_no_letter_back() -> None:
    late = example({"case.records_received": "2014-12-20", "case.decision_date": "2014-12-15"})
    assert ("IMR314", "warning") in found(late)
    assert "IMR314" not in [finding.rule.id for finding in checks.errors(late)]


def test_findings_are_in_the_order_of_severity_and_then_of_the_rules() -> None:
    draft = example(WRONG | ABSENT | {"item 2 decision": None, "item 2 rationale": " "})
    severities = [severity for _, severity in found(draft)]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    for severity in set(severities):
        ids = [rule_id for rule_id, each in found(draft) if each == severity]
        assert ids == sorted(ids)


# Answers


def accepted(case: Case, rule_id: str) -> Case:
    findings = only(case, rule_id)
    key = findings[0].key
    return edits.acknowledge(case, key, "It is meant so.", digest(case, findings), NOW)


def test_an_accepted_warning_is_not_open() -> None:
    case = accepted(example(WRONG).case, "IMR301")
    (finding,) = only(case, "IMR301")
    assert finding.accepted == case.acknowledged["IMR301"]
    assert not finding.is_open


CHANGES: dict[str, tuple[dict[str, Any], bool]] = {
    "the text": ({"summary.text": "A man sustained an industrial injury on 10/23/2013."}, True),
    "the date that it is held against": ({"case.date_of_injury": date(2013, 10, 25)}, True),
    "another text": ({"rationale": "The worker is well. It is not medically necessary."}, False),
    "another date": ({"case.records_received": date(2014, 11, 21)}, False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_void_when_what_it_was_given_for_changes(name: str) -> None:
    changes, is_void = CHANGES[name]
    given = accepted(example(WRONG).case, "IMR301").acknowledged
    changed = example(WRONG | changes).case.but(acknowledged=given)
    (finding,) = only(changed, "IMR301")
    assert finding.is_open is is_void


def test_one_answer_is_for_all_the_claims_of_a_letter() -> None:
    case = accepted(example(ABSENT).case, "IMR206")
    (finding,) = only(case, "IMR206")
    assert finding.key == "IMR206"
    assert len(finding.hit.also) == 1
    assert not finding.is_open
    (again,) = only(edits.set_rationale(case, 1, ABSENT["item 2 rationale"] + " x"), "IMR206")
    assert again.is_open


def test_an_answer_about_one_item_is_none_about_another() -> None:
    fields = {"decision": "overturned", "item 2 decision": "overturned"}
    case = example(fields | {"request": "Norco", "item 2 request": "Soma"}).case
    first, second = only(case, "IMR312")
    assert (first.key, second.key) == ("IMR312-1", "IMR312-2")
    one = edits.acknowledge(case, first.key, "So it is.", digest(case, (first,)), NOW)
    assert [finding.is_open for finding in only(one, "IMR312")] == [False, True]


def test_an_answer_follows_its_item_and_goes_with_it() -> None:
    case = example({"item 2 request": "Norco", "item 2 decision": "overturned"}).case
    case = accepted(case, "IMR312")
    assert list(case.acknowledged) == ["IMR312-2"]
    moved = edits.move_item(case, 1, 0)
    assert list(moved.acknowledged) == ["IMR312-1"]
    assert not only(moved, "IMR312")[0].is_open
    assert list(edits.remove_item(case, 0).acknowledged) == ["IMR312-1"]
    assert edits.remove_item(case, 1).acknowledged == {}


def test_an_error_cannot_be_answered() -> None:
    case = example({"rationale": "[date] It is not medically necessary."}).case
    (finding,) = only(accepted(case, "IMR111"), "IMR111")
    assert finding.accepted is None
    assert finding.is_open


def test_a_due_date_never_blocks() -> None:
    late = example({"today": "2026-12-19", "case.records_received": "2026-11-20"})
    (finding,) = checks.run(late, Policy(select=["IMR601"]))
    assert (finding.severity, finding.is_open) == ("warning", False)


@each_row(
    ("place", "text"),
    [
        (Place("summary.text"), base().summary.text),
        (Place("reviewer.licenses"), "Texas\nFlorida"),
        (Place("case.date_of_injury"), "2013-10-23"),
        (Place("case.decision_date"), ""),
        (Place("request", 0), "Massage of the neck, 6 sessions"),
        (Place("citations[0]", 0), "Neck Complaints 2004, Section(s): Massage"),
        (Place("citations[7]", 0), ""),
        (Place("rationale", 9), ""),
        (Place("nothing"), ""),
        (Place("parties.employer"), f"Sample Employer {SENTINEL}"),
    ],
)
def test_the_text_at_a_place(place: Place, text: str) -> None:
    assert text_at(base(), place) == text


def test_a_list_of_citations_is_its_lines() -> None:
    case = base().but(items=(base().items[0].but(citations=(MTUS, MTUS)),))
    assert len(text_at(case, Place("citations", 0)).split("\n")) == 2
