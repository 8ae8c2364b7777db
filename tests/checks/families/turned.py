"""More that a letter can turn into its opposite: trends, times, completed care, lost words."""

from imr_tui.model.evidence import Citation
from tests.checks.families import Table
from tests.checks.families.contradictions import back, knee
from tests.checks.families.date_slips import k
from tests.checks.families.reasons import overturned, said

COURSE = {
    "request": "Home health aide, 6 hours a day for 4 weeks",
    "original": "Home health aide, 6 hours a day for 8 weeks",
    "authorized": "Home health aide, 3 hours a day for 4 weeks",
    "rationale": "The aide is not medically necessary.",
}


def cites(section: str, pages: str = "") -> dict[str, object]:
    """An item that cites an MTUS chapter by this section."""
    citation = Citation(
        kind="mtus", title="Low Back Complaints", year=2004, sections=(section,), pages=pages
    )
    return {"citations": (citation,)}


def asked(request: str, summary: str) -> dict[str, object]:
    """A request, and the sentence of the summary that reports it."""
    return {
        "request": request,
        "summary.text": f"A man of 54 years hurt the left knee. {summary}",
        "rationale": "The request is not medically necessary.",
    }


FIRES: Table = {
    "IMR203": [
        {"rationale": "The guideline discusses foam rollers, and they serve all people alike."},
    ],
    "IMR211": [
        knee("The lifting limit was lowered.", "The lifting limit was raised to 20 pounds."),
        knee("The PHQ-9 score has risen.", "The PHQ-9 score fell from 18 to 9."),
        knee("The worker took more ibuprofen.", "The use of ibuprofen fell by half."),
        knee("Her walking tolerance has decreased.", "The walking tolerance rose to one hour."),
        knee("She was seen nine days after the surgery.", "Nine weeks after surgery she limped."),
        knee("The injection helped her for six months.", "An injection helped her for six weeks."),
        knee("She has headaches five times a year.", "The headaches came five times a week."),
        knee("An MRI of the left knee has been done.", "An MRI has not been done."),
        knee("Therapy was not completed.", "She completed nine visits of physical therapy."),
        knee("Naproxen has been stopped.", "Current medications include naproxen."),
        knee("The motion is not full.", "There was full motion of the left knee."),
        back("The fundi are blurred.", "sharp fundi."),
        knee("Grip is not reduced.", "Grip was reduced."),
        knee("X-rays do show a loose body.", "X-rays of the left knee were normal."),
        knee("She could tolerate meloxicam.", "Meloxicam caused nausea."),
    ],
    "IMR212": overturned(
        "Bracing and therapy have helped.",
        "An injection brought lasting relief.",
        "Conservative care has restored motion.",
        "A history of bleeding stands in the way.",
    ),
    "IMR311": [
        asked(
            "Cold therapy unit, 14 day rental", "A request was made for a cold unit for 14 weeks."
        ),
        asked("Inpatient stay, 3 days", "The surgeon asked for a fusion with a three week stay."),
        asked("Functional restoration program, 160 hours", "He requested 160 days of the program."),
        asked("Massage, once a week for 8 months", "An RFA asked for massage for eight weeks."),
        {
            **COURSE,
            "summary.text": "The surgeon asked for a home health aide. Utilization review "
            "authorized the home aide for 5 hours a day.",
        },
    ],
    "IMR315": [k("The worker was seen and returned on 02-11-2017.")],
    "IMR329": [
        {"summary.text": "He takes Norco, one tablet every sixty hours."},
        {"summary.text": "He wakes up nine nights a week."},
        {"rationale": "She works 30 hours a day. It is not necessary."},
        {"summary.text": "Flexion of the left knee was 240 degrees."},
        {"summary.text": "Shoulder abduction was to 230 degrees."},
    ],
    "IMR402": [cites("287"), cites("pages 303-305"), cites("p. 42")],
    "IMR501": [{"summary.text": "Dr. Sampleton's test was positive."}],
}

NEAR_MISSES: Table = {
    "IMR203": [
        {"rationale": "A foam roller is not medical equipment. It is not medically necessary."},
    ],
    "IMR211": [
        knee("The lifting limit was raised.", "The lifting limit was raised to 20 pounds."),
        knee("The BDI score has risen.", "The PHQ-9 score fell from 18 to 9."),
        knee("The MTUS asks that she take less ibuprofen.", "The worker took more ibuprofen."),
        knee("She was seen nine weeks after the surgery.", "Nine weeks after surgery she limped."),
        knee("The MTUS allows six months of therapy.", "She had six weeks of therapy."),
        knee("She has had six months of therapy.", "She had six weeks of rest in a splint."),
        knee("No MRI has been done.", "An MRI has not been done."),
        knee("Therapy was completed.", "She completed nine visits of physical therapy."),
        knee("Naproxen has been stopped.", "She took naproxen until it was discontinued."),
        knee("The splint was without a tear, motion was full.", "There was full motion."),
        back("The fundi are sharp.", "sharp fundi."),
        knee("Grip is reduced.", "Grip was reduced."),
    ],
    "IMR212": overturned(
        "An injection brought no lasting relief.",
        "Injections have not brought lasting relief.",
        "Therapy helped for two weeks only.",
        "Nothing stands in the way.",
        "A history of bleeding does not stand in the way.",
    )
    + said("upheld", "Bracing and therapy have helped. The request is not medically necessary."),
    "IMR311": [
        asked(
            "Cold therapy unit, 14 day rental", "A request was made for a cold unit for 14 days."
        ),
        asked("Inpatient stay, 3 days", "He had knee pain for three weeks. A request was made."),
        asked("Massage, once a week for 8 weeks", "Massage eased the pain for 8 months."),
        asked("Massage, 8 visits", "He asked for massage. He rated the pain 7-8/10 for weeks."),
        {
            **COURSE,
            "summary.text": "The surgeon asked for a home health aide. Utilization review "
            "authorized the home aide for 3 hours a day.",
        },
    ],
    "IMR315": [k("She returns on 02-11-2017."), k("The worker comes back on 2/14/2017.")],
    "IMR320": [k("The pain of the left knee was 7-8/10."), k("She rated the pain 6-7/10 to 8/10.")],
    "IMR329": [
        {"summary.text": "He takes one tablet every six hours and a tablet every 72 hours."},
        {"summary.text": "He wakes up five nights a week and works 8 hours a day."},
        {"summary.text": "Knee flexion was 130 degrees and shoulder abduction 180 degrees."},
        {"summary.text": "The knee moved from 10 to 95 degrees in this man of 54 years."},
    ],
    "IMR402": [cites("Special Studies"), cites("Special Studies", "303-305"), cites("9792.24.2")],
    "IMR501": [
        {"summary.text": "Dr. Lachman's test was negative."},
        {"summary.text": "Dr. Tinel's sign and Dr. Phalen's maneuver were positive."},
    ],
}
