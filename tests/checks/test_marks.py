"""The words that a finding marks, the places it was found from, and how much it matters."""

from typing import Any

import pytest

from imr_tui import checks
from imr_tui.checks import RULES, Policy, Severity
from imr_tui.checks.context import text_at
from imr_tui.checks.rule import Example, Span
from imr_tui.domain.workflow import Place
from imr_tui.model.case import Case
from imr_tui.model.evidence import Citation
from tests.examples import CITATION, example
from tests.rows import each_row

Words = tuple[str, str | None]
"""The path of a field, and its marked words; None where none are marked."""

RATIONALE, REQUEST = "items[0].rationale", "items[0].request"

MARKS: list[tuple[str, dict[str, Any], list[Words]]] = [
    (
        "IMR301",
        {"summary.text": "He was injured on\nOctober\n3, 2013 by a box. The neck is stiff."},
        [("summary.text", "October\n3, 2013"), ("case.date_of_injury", None)],
    ),
    (
        "IMR302",
        {"rationale": "The utilization review dated 11-15-\n14 denied it. It is not necessary."},
        [(RATIONALE, "11-15-\n14"), ("case.ur_decision_date", None)],
    ),
    (
        "IMR315",
        {"case.decision_date": "2014-12-15", "item 2 rationale": "A film of 2/ 3/2015 is clear."},
        [("items[1].rationale", "2/ 3/2015"), ("case.decision_date", None)],
    ),
    (
        "IMR303",
        {"summary.text": "A 48 year old man.", "rationale": "This 84 year old man has pain."},
        [(RATIONALE, "84 year old man"), ("summary.text", "48 year old man")],
    ),
    (
        "IMR304",
        {"summary.text": "The patient is a 45 year old man. She reports pain."},
        [("summary.text", "She"), ("summary.text", "man")],
    ),
    (
        "IMR305",
        {"request": "MRI of the lumbar spine", "rationale": "The knee is stable."},
        [(RATIONALE, "knee"), (REQUEST, None)],
    ),
    (
        "IMR306",
        {"request": "MRI of the left ankle", "rationale": "Rest was not tried."},
        [(RATIONALE, None), (REQUEST, None)],
    ),
    (
        "IMR307",
        {
            "request": "Injection at L3-4",
            "rationale": "The request for an injection at C5-6 is not medically necessary.",
        },
        [(RATIONALE, "C5-6"), (REQUEST, "L3-4")],
    ),
    (
        "IMR308",
        {"request": "MRI of the right hip", "rationale": "The left hip is not broken."},
        [(RATIONALE, "left hip"), (REQUEST, "right hip")],
    ),
    (
        "IMR309",
        {
            "request": "MRI of the lumbar spine",
            "rationale": "No red flag. The request for acupuncture is not medically necessary.",
        },
        [(RATIONALE, "The request for acupuncture is not medically necessary."), (REQUEST, None)],
    ),
    (
        "IMR311",
        {
            "request": "Norco 10/325mg #60",
            "rationale": "It helps. The request for Norco #90 is not medically necessary.",
        },
        [(RATIONALE, "#90"), (REQUEST, "#60")],
    ),
    (
        "IMR313",
        {
            "original": "Therapy, 12 sessions",
            "authorized": "Therapy, 6 sessions",
            "request": "Therapy, 8 sessions",
        },
        [
            (REQUEST, "8 sessions"),
            ("items[0].original", "12 sessions"),
            ("items[0].authorized", "6 sessions"),
        ],
    ),
    ("IMR401", {"item 2 citations": ()}, [("items[1].citations", None)]),
    ("IMR405", {"rationale": "The ODG advises against it."}, [(RATIONALE, "ODG")]),
]

ODG = Citation(title="Official Disability Guidelines", section="Pain", standard="C")
SEVERITIES: list[tuple[str, Example, Severity]] = [
    ("IMR312", {"request": "Gabapentin 600mg", "decision": "overturned"}, "warning"),
    ("IMR312", {"request": "Gabapentin 600mg", "decision": "upheld"}, "info"),
    ("IMR402", {"citations": (CITATION.but(year=None),)}, "warning"),
    ("IMR402", {"citations": (CITATION.but(sections=()),)}, "warning"),
    ("IMR402", {"citations": (ODG,)}, "info"),
    ("IMR402", {"citations": (Citation(text="NIH Consensus Statement"),)}, "info"),
]


def words(case: Case, place: Place, span: Span | None) -> Words:
    return place.path, text_at(case, place)[slice(*span)] if span else None


@each_row(("rule_id", "fields", "marked"), MARKS)
def test_a_finding_marks_its_words(rule_id: str, fields: Example, marked: list[Words]) -> None:
    draft = example(fields)
    (hit,) = RULES[rule_id].function(draft)
    found = ((hit.place, hit.span), *hit.also)
    assert [words(draft.case, place, span) for place, span in found] == marked


@pytest.mark.parametrize(("rule_id", "fields", "severity"), SEVERITIES)
def test_the_case_says_how_much_it_matters(
    rule_id: str, fields: Example, severity: Severity
) -> None:
    (finding,) = checks.run(example(fields), Policy([rule_id]))
    assert finding.severity == severity
