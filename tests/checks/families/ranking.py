"""Sources of a lower standard, sources in conflict, and opioids that stop."""

from imr_tui.checks.rule import Example
from imr_tui.model.evidence import Citation, Weighing
from tests.checks.families import Table
from tests.examples import CITATION

ODG = Citation(title="Official Disability Guidelines", section="Pain", year=2016, standard="C")
STUDY = Citation(kind="study", authors="Doe J", title="Massage", journal="Spine", year=2012)
OUTSIDE = {"citations": (ODG,)}
APART = {"citations": (CITATION,), "administrator_citations": (ODG,)}
UPHELD = {"decision": "upheld"}


def reasoned(fields: Example, *rationales: str) -> list[Example]:
    """Cases of these fields, one for each rationale."""
    return [{**fields, "rationale": rationale} for rationale in rationales]


def stopped(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of an upheld request and its rationale."""
    return [{**UPHELD, "request": request, "rationale": reasons} for request, reasons in pairs]


FIRES: Table = {
    "IMR406": [
        *reasoned(
            OUTSIDE,
            "The ODG recommends against it. It is not medically necessary.",
            "Massage is for the first weeks. It is not medically necessary.",
            "The MTUS was read. The ODG does not recommend it.",
            "The Official Disability Guidelines do not address massage of the neck for so long.",
            "The criteria of the ODG do not apply to acute pain.",
            "His earlier injury does not apply here. The ODG advises against massage.",
        ),
        {"citations": (STUDY,)},
        {"citations": (ODG, STUDY)},
        {"citations": (Citation(text="NIH Consensus Statement on acupuncture"),)},
    ],
    "IMR407": reasoned(
        APART,
        "The ODG conflicts with the MTUS here. The MTUS is followed.",
        "The ODG recommendation is inconsistent with that of the MTUS.",
        "The ODG contradicts the MTUS on massage. It is not medically necessary.",
    ),
    "IMR409": stopped(
        ("Norco 10/325mg #60", "Function has not improved. It is not medically necessary."),
        ("Oxycodone 15mg #90", "No pain agreement is on file. It is not medically necessary."),
        ("Xanax 0.5mg #30", "Long use is not advised. It is not medically necessary."),
        ("Tramadol ER 150mg #30", "It did not ease the pain. It is not necessary."),
        ("Diazepam 5mg #60", "He has taken it for a year. It is not medically necessary."),
        ("Opana ER 20mg, 60 tablets", "The dose is too high. It is not necessary."),
        ("Butrans patch 10 mcg #4", "Relief is not measured. It is not necessary."),
        ("MS Contin 30mg #60", "The dose of morphine is too high. It is not necessary."),
    ),
}

NEAR_MISSES: Table = {
    "IMR406": [
        *reasoned(
            OUTSIDE,
            "The MTUS does not address it. The ODG recommends against it.",
            "The MTUS is silent on massage of the neck.",
            "There is no MTUS guideline on this. The ODG does not recommend it.",
            "The California MTUS and ACOEM Guidelines do not discuss hearing aids.",
            "MTUS guidelines are silent, so alternative guidelines were used.",
            "This is not addressed by the MTUS. The ODG does not recommend it.",
            "As the MTUS provides no recommendation on it, the ODG was consulted.",
            "The presumption of the MTUS is rebutted by later evidence.",
            "The injury is acute, therefore the Chronic Pain Treatment Guidelines do not apply.",
            "MTUS does not apply.",
            "As the pain is acute, the MTUS chronic pain guideline is not applicable.",
            "The postsurgical treatment guidelines apply only after surgery, so the ODG was read.",
            "The ACOEM chapters do not deal with hearing aids.",
        ),
        {"citations": (ODG,), "departure": "silent"},
        {"citations": (STUDY,), "departure": "rebutted"},
        {"citations": (ODG, CITATION)},
        {"citations": ()},
        {"citations": (CITATION,), "administrator_citations": (ODG,)},
    ],
    "IMR407": [
        *reasoned(
            APART,
            "The MTUS recommends massage for four to six visits.",
            "The ODG conflicts with the MTUS. The MTUS rests on a systematic review and prevails.",
            "His statements are in conflict with the records of therapy.",
            "The examination findings are inconsistent with the MRI.",
            "The MTUS and the ODG both advise against it.",
        ),
        *reasoned(
            {**APART, "weighing": Weighing(question="Does it help?", prevails="reviewer")},
            "The ODG conflicts with the MTUS here.",
        ),
        *reasoned({"citations": (CITATION,)}, "The ODG conflicts with the MTUS here."),
        *reasoned(
            {"citations": (CITATION,), "administrator_citations": (CITATION,)},
            "The ODG conflicts with the MTUS here.",
        ),
    ],
    "IMR409": [
        *stopped(
            ("Norco 10/325mg #60", "Weaning is advised. It is not medically necessary."),
            ("Norco 10/325mg #60", "It should be tapered. It is not medically necessary."),
            ("Xanax 0.5mg #30", "A slow taper is advised. It is not medically necessary."),
            ("Oxycodone 15mg #90", "It should not be stopped abruptly. It is not necessary."),
            ("Tramadol 50mg #60", "The dose should be reduced slowly to avoid withdrawal."),
            ("MS Contin 30mg #60", "Utilization review left enough to wean him off it."),
            ("Naproxen 550mg #60", "It did not help. It is not medically necessary."),
            ("Gabapentin 600mg #90", "Opioids were tried. It is not medically necessary."),
            ("Narcan nasal spray", "He takes no opioid. It is not medically necessary."),
        ),
        {"request": "Norco 10/325mg #60", "decision": "overturned", "rationale": "It helps."},
        {"request": "Norco 10/325mg #60", "decision": None, "rationale": "It helps."},
    ],
}
