"""No text makes a rule raise, point outside its field, or take more than its length is worth."""

import time

import pytest
from hypothesis import given, strategies as st

from imr_tui import checks
from imr_tui.checks import RULES, CheckContext
from imr_tui.checks.context import text_at
from imr_tui.model.case import Case
from tests.builders import DAY
from tests.examples import base
from tests.forgetting import forget
from tests.strategies import cases, raw_texts

pytestmark = pytest.mark.process

FRAGMENTS = (
    *("injury on 1/1/2016", "utilization review on 1/2/2016", "denied", "by"),
    *("on 10-\n18-2016", "the request for", "is not medically necessary"),
    *("medical necessity", "has not been established", "no documentation of"),
    *("48 year old male", "she", "he", "his", "the patient", "the physician", "left knee"),
    *("right", "and left", "L4-5", "L5-S1", "12 sessions", "2 times a week for 3 weeks"),
    *("#60", "Norco", "10/325mg", "MRI of the", "lumbar spine", "MTUS", "ODG"),
    *("conflicts with the MTUS", "silent", "Dr. Sampleton", "[date]", "XXX", "??", "cure"),
    *("at MMI, so no treatment", "as the surgery is not necessary", "(ABC)", ".", ","),
    *("\n", "\n\n", '"', "(", ")", "since", "until", "December 9, 3026"),
)
"""Words that rules look for."""
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join) | raw_texts
"""Such words in any order."""

REPEATED = (
    *("a", " ", ".", "!?", "\n", "\n ", "the ", "not ", "1/", "1-", "x/", "AB ", "A&", "\u0130"),
    *("[", "[a ", "___", "(", '"', "he ", "left ", "left knee ", "L4-5 ", "48 year old ", "aged "),
    *("12 sessions ", "2 times a week for ", "request for ", "denied ", "denied by ", "was not "),
    *("injury on 1/1/2016 ", "on 1/2/2016 the request for ", "utilization review on 1/2/2016 "),
    *("medical necessity ", "no documentation of ", "MTUS conflict ", "Norco ", "hydrocodone-"),
    *("UR held that ", "the MRI noted no evidence ", "Dr. A. ", "[number of ", "lack of those "),
    *("since the surgery ", "at MMI so no ", "John Smith, ", "claim # ", "123-", "10/14/ 2016 "),
    *("six weeks of rest ", "took less Norco, ", "knee flexion to ", "an MRI has not been done. "),
    *("injections and therapy ", "Norco has been stopped. ", "nine days a week "),
)
SHORT, LONG = 3_000, 12_000
"""Characters; a rule that is linear takes four times as long for the one as for the other."""
TIMES = 10
"""How many times as long it may take; a quadratic one takes 16 times as long."""
SOME = 0.02
"""Seconds under which a measurement says nothing."""


@given(cases(), texts, texts, texts)
def test_no_rule_raises_and_every_span_lies_in_its_field(
    case: Case, summary: str, request: str, rationale: str
) -> None:
    items = tuple(item.but(request=request, rationale=rationale) for item in case.items)
    draft = CheckContext(
        case.but(items=items, summary=case.summary.but(text=summary)), DAY, None, "A Bee"
    )
    for finding in checks.run(draft):
        hit = finding.hit
        assert hit.message.endswith((".", "?"))
        assert "\n" not in hit.message
        for place, span in ((hit.place, hit.span), *hit.also):
            if span is not None:
                assert 0 <= span[0] < span[1] <= len(text_at(draft.case, place))


@pytest.mark.slow
@pytest.mark.parametrize("pattern", REPEATED[::4])
def test_a_text_four_times_as_long_takes_no_more_than_its_share(pattern: str) -> None:
    # The campaign of lengths tries all of them.
    assert slow_rules(pattern) == []


def slow_rules(pattern: str) -> list[str]:
    """The rules that take more than their share of time for a text of one pattern."""
    slow = []
    for rule in RULES.values():
        # Once is enough to see that it takes no time to speak of.
        if fastest(rule, pattern, LONG, of=1) <= SOME:
            continue
        if fastest(rule, pattern, LONG) > TIMES * fastest(rule, pattern, SHORT):
            slow.append(rule.id)
    return slow


def fastest(rule: checks.Rule, pattern: str, length: int, of: int = 3) -> float:
    """The shortest time of some that a rule takes for a case of one pattern."""
    text = (pattern * (length // len(pattern) + 1))[:length]
    whole = base()
    item = whole.items[0].but(request=text[:4000], rationale=text)
    case = whole.but(items=(item, item), summary=whole.summary.but(text=text))
    return min(timed(rule, CheckContext(case, DAY, None, "Avery Sampleton")) for _ in range(of))


def timed(rule: checks.Rule, draft: CheckContext) -> float:
    forget()
    # Of the processor, which others may want at the same time.
    start = time.thread_time()
    list(rule.function(draft))
    return time.thread_time() - start
