"""The order in which findings are visited."""

from typing import Any

import pytest

from imr_tui.checks import RULES, Finding, Hit, Severity, engine as engine
from imr_tui.checks.next_finding import listed, next_finding, position_of, to_resolve
from imr_tui.domain.workflow import Place, Stage
from imr_tui.model.case import Acknowledgement
from tests.builders import NOW

ACCEPTED = Acknowledgement(reason="It is meant so.", at=NOW, digest="0" * 64)


def found(rule: str, place: Place, severity: Severity = "warning", **hit: Any) -> Finding:
    message = hit.pop("message", "It is wrong.")
    return Finding(RULES[rule], Hit(place, message, **hit), severity)


ERROR = found("IMR103", Place("rationale", 1), "error")
FIRST = found("IMR206", Place("summary.text"))
SECOND = found("IMR305", Place("rationale", 0))
THIRD = found("IMR305", Place("rationale", 2))
INFO = found("IMR306", Place("rationale", 0), "info")
RESOLVED = Finding(FIRST.rule, FIRST.hit, "warning", ACCEPTED)
ALL = (ERROR, FIRST, SECOND, THIRD, INFO)


def following(last: Finding | None, findings: tuple[Finding, ...], **more: Any) -> Finding | None:
    at = next_finding(findings, last, **more)
    return None if at is None else to_resolve(findings)[at]


def test_accepted_findings_are_listed_last() -> None:
    assert listed((RESOLVED, SECOND)) == (SECOND, RESOLVED)


def test_what_is_resolved_or_only_shown_is_not_visited() -> None:
    assert to_resolve((RESOLVED, *ALL)) == (ERROR, FIRST, SECOND, THIRD)
    assert next_finding((RESOLVED, INFO)) is None
    assert next_finding(()) is None


@pytest.mark.parametrize(
    ("last", "after"), [(ERROR, FIRST), (FIRST, SECOND), (SECOND, THIRD), (THIRD, ERROR)]
)
def test_one_follows_another_and_after_the_final_one_the_first(
    last: Finding, after: Finding
) -> None:
    assert following(last, ALL) == after


@pytest.mark.parametrize("last", [ERROR, FIRST, SECOND, THIRD])
def test_after_one_that_was_fixed_comes_the_one_that_followed_it(last: Finding) -> None:
    remaining = tuple(each for each in ALL if each is not last)
    assert following(last, remaining) == following(last, ALL)
    at = position_of(remaining, last)
    assert to_resolve(remaining)[at] == following(last, ALL)


def test_after_one_that_was_accepted_comes_the_one_that_followed_it() -> None:
    assert following(FIRST, (ERROR, RESOLVED, SECOND, THIRD)) == SECOND


def test_the_only_one_follows_itself() -> None:
    assert following(FIRST, (FIRST, INFO)) == FIRST


def test_without_a_visited_one_the_stage_in_view_comes_first() -> None:
    assert following(None, ALL, here=Stage("summary")) == FIRST
    assert following(None, ALL, here=Stage("decision", 2)) == THIRD
    assert following(None, ALL, here=Stage("credentials")) == ERROR
    assert following(None, ALL) == ERROR


def test_two_findings_of_a_rule_in_one_field_are_both_visited() -> None:
    one, two = (
        found("IMR305", Place("rationale", 0), message=f"Wrong: {at}.", span=(at, at + 1))
        for at in (3, 9)
    )
    assert following(one, (one, two)) == two
    assert following(one, (two,)) == two
