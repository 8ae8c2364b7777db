"""Amounts, drugs, guidelines and typing slips in terse notes, long prose and drug lists."""

from imr_tui.checks.rule import Example
from imr_tui.model.evidence import Citation
from tests.checks.families import Table

_CHRONIC_PAIN = Citation(title="Chronic Pain Medical Treatment", year=2016, standard="A")
_POSTSURGICAL = Citation(title="Postsurgical Treatment", year=2009, standard="A")
_ACUPUNCTURE = Citation(title="Acupuncture Treatment", year=2007, standard="A")
_HEADACHE = Citation(
    title="Update on new migraine treatments", journal="Headache", year=2021, kind="study"
)
_HAND_THERAPY = "Hand therapy for the right ring finger, 3 visits per week for 4 weeks"
_AIDE = "Home health aide, 4 hours per day, 5 days per week for 6 weeks"


def argued(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of a request and its rationale."""
    return [{"request": request, "rationale": rationale} for request, rationale in pairs]


def counted(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of a summary and a rationale about therapy for the neck."""
    return [
        {"summary.text": told, "request": "Chiropractic treatment, neck", "rationale": rationale}
        for told, rationale in pairs
    ]


def cited(*rows: tuple[Citation, str]) -> list[Example]:
    """Cases of a citation and the rationale above it."""
    return [{"citations": (citation,), "rationale": rationale} for citation, rationale in rows]


def silent(*rows: tuple[str, str]) -> list[Example]:
    """Cases of a request and a rationale that cite the chronic pain guideline."""
    return [
        {"citations": (_CHRONIC_PAIN,), "request": request, "rationale": rationale}
        for request, rationale in rows
    ]


def rationales(*texts: str) -> list[Example]:
    """Cases of a rationale."""
    return [{"rationale": text} for text in texts]


def summaries(*texts: str) -> list[Example]:
    """Cases of a summary."""
    return [{"summary.text": text} for text in texts]


FIRES: Table = {
    "IMR311": argued(
        (_HAND_THERAPY, "Hand therapy, 18 visits, is medically necessary."),
        (_HAND_THERAPY, "Sixteen visits are asked for. The request is medically necessary."),
        (_AIDE, "An aide 4 hours per day, 7 days per week for 6 weeks is medically necessary."),
        (_AIDE, "An aide 4 hours per day, 5 days per week for 12 weeks is medically necessary."),
        (
            "Botox injection 155 units every 12 weeks, 2 cycles",
            "Botox 155 units every 12 weeks for 4 cycles is medically necessary.",
        ),
        (
            "Acupuncture for the neck, 6 visits",
            "The request for 12 visits does not exceed the optimum. It is medically necessary.",
        ),
        (
            "Massage, 24 visits",
            "Twenty-two visits were requested. Massage is not medically necessary.",
        ),
    ),
    "IMR330": argued(
        (
            "Anaprox DS 550mg #60",
            "The request for Anaprox DS 500mg #60 is not medically necessary.",
        ),
        (
            "Narcan nasal spray 4mg, 1 box",
            "The request for Narcan nasal spray 8mg, 1 box, is medically necessary.",
        ),
    ),
    "IMR331": counted(
        (
            "A 31 year old woman has completed 6 visits of chiropractic treatment.",
            "After 16 visits, headache days fell from five to two a week. It is necessary.",
        ),
        (
            "43 y.o. woman. Tx to date: night splint, chiropractic x 16.",
            "The 26 visits of chiropractic treatment that she attended did not help.",
        ),
    ),
    "IMR412": [
        {"citations": (_HEADACHE.but(year=2032),), "case.decision_date": "2022-08-04"},
    ],
    "IMR413": cited(
        (_POSTSURGICAL, "The 2006 Postsurgical Treatment Guidelines recommend 12 visits."),
        (_CHRONIC_PAIN, "Chronic Pain Medical Treatment Guidelines (May 2009): use an AED first."),
        (_ACUPUNCTURE, "The 2009 Acupuncture Medical Treatment Guidelines allow six sessions."),
    ),
    "IMR414": silent(
        ("Anaprox DS 550mg #60", "The MTUS does not address naproxen. It is not necessary."),
        ("TENS unit, 30 day rental", "The MTUS is silent on this device. It is not necessary."),
        (
            "Biofeedback, 6 sessions",
            "The California MTUS does not specifically address biofeedback. It is denied.",
        ),
        ("Massage, 6 sessions", "The MTUS fails to mention massage. It is not necessary."),
    ),
    "IMR111": rationales("On mm/dd/yyyy the administrator certified a rental of 7 days."),
    "IMR114": rationales(
        "Fluoroscopy [cursor] is part of a safe technique.",
        "%1% Three preventive drugs have failed.",
        "[Template: postoperative therapy] Further visits can be asked for later.",
        "The four domains are on record. period One film every 12 hours is given.",
    ),
    "IMR512": rationales(
        "Home health services are for patience who are homebound.",
        "A benefit in function is not shone.",
        "The remaining visits our medically necessary.",
    ),
}

NEAR_MISSES: Table = {
    "IMR311": argued(
        (_HAND_THERAPY, "Hand therapy for the right ring finger, 12 visits, is necessary."),
        (_HAND_THERAPY, "Twelve visits are asked for, and 22 are left. They are necessary."),
        (_AIDE, "An aide 4 hours per day, 5 days per week for 6 weeks is medically necessary."),
        (
            "CPM machine, 21 day rental",
            "Twenty one days agree with the protocol. The machine for 21 days is necessary.",
        ),
    ),
    "IMR312": [
        {
            "request": "Gabapentin 300mg, 2 refills",
            "original": "Gabapentin 300mg #90 with 3 refills",
            "authorized": "Gabapentin 300mg #90 with 1 refill",
            "decision": "overturned",
        },
    ],
    "IMR329": summaries(
        "Failed: amitriptyline 50 mg (weight gain), propranolol 80 mg (fatigue).",
        "She takes sertraline 100 mg, weight loss 15 pounds.",
    ),
    "IMR331": counted(
        (
            "She had 20 sessions of occupational therapy after the repair, and 8 after tenolysis.",
            "Eight visits were used after the second operation. It is necessary.",
        ),
    ),
    "IMR109": summaries(
        "45 yo F, DOI 10/26/2015. Dx: carpal tunnel syndrome. Tx to date: splint. RFA: patches.",
        "52 y/o male, DOI 06/07/2011. Dx: lumbar strain. Meds: Norco. UR denied it on 5/19/2014.",
    ),
    "IMR412": [{"citations": (_HEADACHE,), "case.decision_date": "2022-08-04"}],
    "IMR413": cited(
        (_POSTSURGICAL, "The 2009 Postsurgical Treatment Guidelines recommend 12 visits."),
        (_CHRONIC_PAIN, "Chronic Pain Medical Treatment Guidelines (July 28, 2016): an AED first."),
    ),
    "IMR414": silent(
        ("TENS unit, 30 day rental", "The MTUS is silent on the length of a trial."),
        ("Anaprox DS 550mg #60", "The MTUS does not address etodolac. Naproxen is listed."),
    ),
    "IMR111": rationales("The decision of 05/19/2014 was sent by mail."),
    "IMR114": rationales(
        "Pain fell by 50% in the first 3% of cases. The menstrual period was regular.",
        "Take one tablet (4 mg) for a period of ten days.",
    ),
    "IMR512": rationales(
        "The worker needs patience while the fracture heals.",
        "Our review of the file found no such report.",
    ),
}
