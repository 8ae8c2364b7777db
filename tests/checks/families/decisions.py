"""IMR201 to IMR205: whether a rationale carries its decision."""

from imr_tui.checks.rule import Example
from tests.checks.families import Table

WEANING = (
    "Function has not improved. The request is not medically necessary. This should not be taken "
    "as a recommendation to stop it abruptly. A slow taper would be medically appropriate."
)
RESTS = "As the surgery is not medically necessary, none of the associated services are."


def contrary(decision: str, *rationales: str) -> list[Example]:
    """Cases of a decision and what is said for it."""
    return [{"decision": decision, "rationale": rationale} for rationale in rationales]


FIRES: Table = {
    "IMR201": [
        {"decision": "upheld", "rationale": "Therapy failed. The MRI is medically necessary."},
        {
            "decision": "upheld",
            "rationale": "The request was, thus, medically necessary.",
        },
        {"decision": "upheld", "rationale": "Medical necessity has been established for it."},
        {"decision": "overturned", "rationale": "The request is not medically necessary."},
        {"decision": "overturned", "rationale": "Medical necessity has not been established."},
        *contrary(
            "overturned",
            "The request is not supported.",
            "The MRI is not certified.",
            "An MRI is not indicated here; it is denied.",
            "The request is medically unnecessary.",
            "The request is non-certified.",
            "I agree with UR that the MRI is not medically necessary.",
            "UR held that it was not necessary, and I find that it is not medically necessary.",
            "I disagree that the MRI is medically necessary.",
            "This is my own labour, which found that it is not medically necessary.",
        ),
        *contrary(
            "upheld",
            "The MRI is warranted.",
            "UR found no medical necessity. A foot drop is new; the MRI is necessary.",
            "Although UR held that it was not necessary, the MRI is medically necessary.",
            "The request was denied by UR as not medically necessary. The MRI is necessary.",
            "I disagree that the MRI is not medically necessary.",
            "The denial was not appropriate; the MRI is medically necessary.",
            "The denial is overturned.",
        ),
        {"decision": "overturned", "rationale": "The request isn't medically necessary."},
        {"decision": "overturned", "rationale": "It can\u2019t be called medically necessary."},
        {"decision": "overturned", "rationale": "Medical necessity hasn\u2019t been shown."},
        {
            "decision": "overturned",
            "rationale": "It cannot be considered medically necessary and appropriate.",
        },
    ],
    "IMR202": [
        {"rationale": "The worker has pain. Six visits were completed."},
        {"rationale": "An MRI was done in May, and it showed a tear."},
        {"rationale": "The MTUS allows 10 visits over 8 weeks for this."},
        {"rationale": "UR held that it is not medically necessary. The foot drop is new."},
    ],
    "IMR203": [
        {"rationale": "Therapy is an option after conservative care. It is not necessary."},
        {"rationale": "MRI is sensitive and specific. Medical necessity is not established."},
        {"rationale": "It may help over 6 visits, in trials with positive results. It is not due."},
        {"rationale": "Guidelines of 2009 allow 10 visits over 8 weeks. It is not necessary."},
        {"rationale": "Opioids are drugs with side effects. The request is not necessary."},
    ],
    "IMR204": [
        {"rationale": "The worker is well. It is not medically necessary."},
        {"rationale": "word " * 39},
        {"rationale": "No."},
    ],
    "IMR205": [
        {"rationale": RESTS, "decision": "upheld", "item 2 decision": "overturned"},
        {"rationale": RESTS, "decision": "upheld"},
        {"follows": 3, "decision": "upheld"},
        {"follows": 1, "decision": "upheld", "item 2 decision": "upheld"},
        {"item 2 follows": 2, "decision": "upheld", "item 2 decision": "upheld"},
        {
            "rationale": "As the surgery isn\u2019t medically necessary, the brace is not.",
            "decision": "upheld",
            "item 2 decision": "overturned",
        },
        {
            "rationale": "Since the surgery hasn't been found necessary, the brace is not.",
            "decision": "upheld",
            "item 2 decision": "overturned",
        },
        {
            "follows": 2,
            "item 2 follows": 0,
            "decision": "upheld",
            "item 2 decision": "overturned",
            "rationale": "Nothing more is said. The brace is not medically necessary.",
        },
        {
            "follows": 2,
            "item 2 follows": 0,
            "decision": "overturned",
            "item 2 decision": "upheld",
        },
        {
            "rationale": "Since the procedure is medically necessary, so is the brace.",
            "decision": "overturned",
            "item 2 decision": "upheld",
        },
    ],
}

NEAR_MISSES: Table = {
    "IMR201": [
        {"decision": "upheld", "rationale": WEANING},
        {"decision": "upheld", "rationale": "An MRI without contrast is not medically necessary."},
        {"decision": "upheld", "rationale": "It isn't necessary. Rest is medically necessary."},
        {"decision": "upheld", "rationale": "They aren\u2019t necessary. Rest is necessary."},
        {"decision": "upheld", "rationale": "Medical necessity is in question and not shown."},
        {
            "decision": "overturned",
            "rationale": "UR held that it was not necessary. The red flags are documented. An MRI "
            "of the knee without contrast is medically necessary.",
        },
        {"decision": "overturned", "rationale": "The guideline is met; it is necessary."},
        *contrary(
            "overturned",
            "UR held that it was not medically necessary. But a foot drop is new.",
            "The claims administrator found that the MRI is not medically necessary.",
            "I disagree that the MRI is not medically necessary.",
            "The decision to deny the request is not supported.",
            "Contrary to UR, which held it not necessary, the MRI is medically necessary.",
            "It would be wrong to say that the MRI is not medically necessary.",
            "I cannot agree with UR that the MRI is not medically necessary.",
            "I do not agree with UR that the MRI isn't necessary.",
            "A brace is medically necessary to avoid unnecessary surgery.",
            "The carrier denied it as not medically necessary; it is.",
            "The MRI was denied by utilization review as not medically necessary. It is due.",
            "According to UR it is not medically necessary. The foot drop is new.",
        ),
        *contrary(
            "upheld",
            "The request is non-certified. A home program is medically appropriate.",
            "The denial stands. Weaning is medically appropriate.",
            "An MRI would be warranted if there were red flags.",
        ),
        {"decision": None, "rationale": "It is not medically necessary."},
        {
            "decision": "upheld",
            "rationale": "The request is not supported. Whether rest is necessary is open.",
        },
    ],
    "IMR202": [
        {"rationale": "Medical necessity has not been established."},
        {"rationale": "The request is not supported."},
        {"rationale": "The MRI isn\u2019t warranted."},
        {"rationale": "The need for more visits has not been shown."},
        {"rationale": "It remains non-certified."},
        {"rationale": "For these reasons the denial stands."},
        {"rationale": "I uphold the denial."},
        {"rationale": "The prior determination is upheld."},
        {"rationale": "There is no need for more of it."},
        {"rationale": "Such visits aren't supported."},
        {"rationale": "Thus the MRI was medically appropriate and indicated."},
        {"rationale": " "},
        {"decision": None, "rationale": "Not yet written to its end."},
    ],
    "IMR203": [
        {"rationale": "Straight leg raising is positive. It is not medically necessary."},
        {"rationale": "The pain was 7/10 throughout. It is not medically necessary."},
        {"rationale": "Therapy ended in March. More is not medically necessary."},
        {"rationale": "Therapy went on until May of 2014. It is not medically necessary."},
        {"rationale": "Six sessions were attended. More are not medically necessary."},
        {"rationale": "After having completed 24 visits, more are not medically necessary."},
        {"rationale": "In this case no red flag is noted. It is not medically necessary."},
        {"rationale": "The claimant has a sprain. It is not medically necessary."},
        {"rationale": "The records of 10/14/2014 show full strength. It is not necessary."},
        {"rationale": "The device is not recommended. It is not medically necessary."},
        {"rationale": RESTS},
    ],
    "IMR204": [
        {"rationale": "word " * 40},
        {"rationale": RESTS},
        {"request": "Associated surgical service: sling", "rationale": "It falls, too."},
        {"rationale": ""},
    ],
    "IMR205": [
        {"rationale": RESTS, "decision": "upheld", "item 2 decision": "upheld"},
        {"rationale": RESTS, "decision": "upheld", "item 2 decision": None},
        {"follows": 2, "item 2 follows": 0, "decision": "upheld", "item 2 decision": "upheld"},
        {
            "follows": 2,
            "item 2 follows": 0,
            "decision": "overturned",
            "item 2 decision": "overturned",
        },
        {"rationale": "Surgery is not medically necessary."},
        {"rationale": "As the surgery was authorized, the sling is medically necessary."},
        {"rationale": "Because the request is not supported, it is not medically necessary."},
        {
            "request": "Left knee arthroscopy",
            "rationale": "Since the surgery is not supported, it is not medically necessary.",
            "decision": "upheld",
            "item 2 decision": "overturned",
        },
    ],
}
