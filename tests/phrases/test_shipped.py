"""The shipped phrases, filled in as a reviewer would: the checks find no fault in them."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from imr_tui.checks.primary_item import primary_item
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.model.limits import Outcome
from imr_tui.phrases.blanks import blanks
from imr_tui.phrases.case_values import case_values
from imr_tui.phrases.phrase import Phrases
from imr_tui.session.derivative import PHRASES
from imr_tui.store.config.phrase_files import shipped_phrases
from tests.builders import MTUS
from tests.seeded import bases
from tests.seeded.judging import alarms

SHIPPED = Phrases(shipped_phrases())
SURGERY = "Left shoulder arthroscopic rotator cuff repair with subacromial decompression"


@dataclass(frozen=True)
class Use:
    """A case that a phrase fits, and the words that fill its blanks in order."""

    phrase: str
    request: str
    decision: Outcome
    fills: tuple[str, ...] = ()
    told: str = ""
    """What the summary adds, so that the rationale agrees with it."""


USES = (
    Use("not-necessary", "MRI of the lumbar spine", "upheld"),
    Use("necessary", "MRI of the lumbar spine", "overturned"),
    Use(
        "therapy-first",
        "Physical therapy, 6 visits, lumbar spine",
        "overturned",
        ("a lumbar strain", "lifting and bending", "physical therapy", "10 visits", "6 visits"),
        "The worker has had no physical therapy for the lumbar spine.",
    ),
    Use(
        "therapy-more",
        "Physical therapy, 6 visits, lumbar spine",
        "overturned",
        (
            *("6 visits", "physical therapy", "flexion", "40 degrees", "70 degrees"),
            *("lift 20 pounds", "poor endurance", "6 visits"),
        ),
        "Six visits of physical therapy raised flexion from 40 to 70 degrees.",
    ),
    *(
        Use(
            "therapy-beyond",
            "Acupuncture, 12 sessions, lumbar spine",
            "upheld",
            ("18 sessions", "acupuncture", "a trial of 6 sessions", gains, "12 sessions"),
            "Treatment included 18 sessions of acupuncture.",
        )
        for gains in (
            "do not document functional gains from these sessions",
            "document gains, which were short",
        )
    ),
    *(
        Use(
            "opioid",
            "Norco 10/325 mg #120",
            "upheld",
            ("Norco", "December 2015", benefit, lacks),
            "The worker has taken Norco 10/325 mg since December 2015.",
        )
        for benefit in ("less pain", "better function", "less pain or better function")
        for lacks in (
            "has no urine drug screen",
            "has no opioid agreement",
            "has no review of the prescription database",
            "shows early refills",
        )
    ),
    Use(
        "opioid-supported",
        "Norco 10/325 mg #60",
        "overturned",
        ("Norco", "8/10", "4/10", "work half days", "no adverse effects", "03/01/2016", "20"),
        "With Norco 10/325 mg twice daily pain falls from 8/10 to 4/10, and the worker works half "
        "days. The urine drug screen of 03/01/2016 was consistent.",
    ),
    Use("taper", "Norco 10/325 mg #120", "upheld", told="The worker takes Norco."),
    Use(
        "short-term-drug",
        "Cyclobenzaprine 7.5 mg #90",
        "upheld",
        ("Cyclobenzaprine", "2015", "chronic symptoms without a new flare-up"),
        "Cyclobenzaprine has been taken since 2015.",
    ),
    Use(
        "compound",
        "Flurbiprofen 20%/baclofen 5% cream 120 g",
        "upheld",
        (
            *("flurbiprofen and baclofen", "baclofen"),
            "drugs by mouth failed or cannot be taken",
        ),
        "A compounded cream with flurbiprofen and baclofen was prescribed.",
    ),
    *(
        Use(
            "imaging", "MRI of the lumbar spine", "upheld", ("low back pain without deficit", since)
        )
        for since in ("", " since the study of 02/10/2016")
    ),
    *(
        Use(
            "imaging-supported",
            "MRI of the lumbar spine",
            "overturned",
            ("03/01/2016", "a new foot drop on the right", why, "surgery", "further exercise"),
            "On 03/01/2016 there was a new foot drop on the right.",
        )
        for why in ("This is a red flag", "Conservative care of three months has failed")
    ),
    *(
        Use(
            "electrodiagnosis",
            "EMG/NCV of the bilateral lower extremities",
            "upheld",
            ("03/01/2016", "tenderness of the lumbar spine", why),
            "On 03/01/2016 the lumbar spine was tender.",
        )
        for why in (
            "It showed no sensory, motor or reflex deficit",
            "The diagnosis is already clear from the MRI",
        )
    ),
    *(
        Use(
            "surgery",
            "L4-5 laminectomy",
            "upheld",
            ("03/01/2016", "tenderness", "02/10/2016", "mild stenosis at L4-5", why),
            "The MRI of 02/10/2016 showed mild stenosis at L4-5.",
        )
        for why in (
            "The study does not show a lesion that explains the findings",
            "The records do not show that conservative care was completed",
        )
    ),
    Use(
        "surgery-supported",
        "L4-5 laminectomy",
        "overturned",
        (
            *("03/01/2016", "a foot drop", "02/10/2016", "severe stenosis at L4-5"),
            "naproxen and home exercise",
        ),
        "On 03/01/2016 there was a foot drop, and the MRI of 02/10/2016 showed severe stenosis at "
        "L4-5.",
    ),
    *(
        Use(
            "epidural",
            "L5-S1 epidural steroid injection",
            "upheld",
            ("low back pain", lacks),
            "The MRI of 02/10/2016 showed no nerve root compression at L5-S1.",
        )
        for lacks in (
            "The examination of 03/01/2016 shows no deficit in one dermatome or myotome",
            "The study of 02/10/2016 shows no nerve root compression",
        )
    ),
    *(
        Use("trial-first", "TENS unit, purchase", "upheld", (result,))
        for result in ("less pain", "better function", "less use of drugs")
    ),
    *(
        Use("no-amount", request, "upheld", (lacks,))
        for request, lacks in (
            ("Physical therapy, lumbar spine", "the number of sessions"),
            ("Flector patches", "the amount"),
            ("Home health care", "the frequency and duration"),
        )
    ),
)
SUMMARY = (
    "This 44 year old man was hurt in a warehouse on 10/23/2015, "
    "when he lifted a box. Diagnoses include a lumbar strain. Treatment to date has included "
    "naproxen and home exercise. On 03/01/2016, the worker reported low back pain. The examination "
    "showed tenderness and 5/5 strength. {told} The treating physician requested {request}. "
    "On March 28, 2016, Utilization Review non-certified the request for {request}."
)


@cache
def surgery() -> Case:
    """A case of surgery and three items that follow it, in which the checks find no fault."""
    return bases()["S04-shoulder-surgery"]


def a_clean_case(use: Use) -> Case:
    """A case about low back pain with one item, in which the checks find no fault."""
    case = surgery()
    for _ in case.items[1:]:
        case = edits.remove_item(case, 1)
    case = edits.set_item_line(case, 0, "request", use.request)
    case = edits.set_date(case, "date_of_injury", date(2015, 10, 23))
    case = edits.set_decision(case, 0, use.decision)
    item = case.items[0].but(citations=(), administrator_citations=(), uncited="")
    case = case.but(items=(item.but(citations=(MTUS,)),))
    summary = SUMMARY.format(told=use.told, request=use.request).replace("  ", " ")
    return edits.set_summary(case, summary)


def filled(text: str, fills: tuple[str, ...]) -> str:
    """`text` with its blanks filled in order, also those in the options of a choice."""
    left = list(fills)
    while found := blanks(text):
        start, end = found[0].span
        text = f"{text[:start]}{left.pop(0)}{text[end:]}"
    assert not left
    return text


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.phrase}: {use.fills[-1:]}")
def test_a_phrase_that_fits_its_case_raises_no_alarm(use: Use) -> None:
    case = a_clean_case(use)
    phrase = SHIPPED.get(use.phrase, "rationale")
    assert phrase is not None
    text = filled(SHIPPED.expand(phrase, case_values(case, 0)), use.fills)
    if use.phrase == "taper":
        text += f" Therefore, the request for {use.request} is not medically necessary."
    written = edits.set_rationale(case, 0, text)
    assert [f"{each.rule.id} {each.hit.message}" for each in alarms(written)] == []


@pytest.mark.parametrize("name", PHRASES.values())
def test_the_phrases_for_derivative_items_raise_no_alarm(name: str) -> None:
    case = surgery()
    decision: Outcome = "upheld" if name == PHRASES["upheld"] else "overturned"
    if decision == "upheld":
        words = "The tear on the MRI of 01/22/2016 is small and can heal without an operation. "
        words += f"The {SURGERY} is not medically necessary."
        case = edits.set_decision(edits.set_rationale(case, 0, words), 0, "upheld")
    for index in range(1, len(case.items)):
        assert primary_item(case, index) == 0
        case = edits.decide_like(edits.set_rationale(case, index, ""), index, 1)
        phrase = SHIPPED.get(name, "rationale")
        assert phrase is not None
        text = SHIPPED.expand(phrase, case_values(case, index))
        assert blanks(text) == ()
        case = edits.append_to_rationale(case, index, text)
    assert [f"{each.rule.id} {each.hit.message}" for each in alarms(case)] == []


def test_every_phrase_of_a_rationale_is_tried() -> None:
    names = {each.name for each in SHIPPED if "rationale" in each.fields}
    assert {use.phrase for use in USES} == names - set(PHRASES.values())
