"""IMR401 to IMR409: what is cited, in which edition, and why."""

from datetime import date

from imr_tui.evidence import Citation, Weighing
from tests.checks.families import Table

NOT = " It is not medically necessary."
ODG = Citation(title="Official Disability Guidelines", section="Knee", year=2016, standard="C")
STUDY = Citation(kind="study", authors="Sample A", title="On knees", journal="Knee", year=2012)
NECK = Citation(title="Neck Complaints", year=2004, sections=("Massage",), standard="A")
PAIN_2009 = Citation(
    guideline="mtus-2009-chronicpain",
    title="Chronic Pain Medical Treatment",
    year=2009,
    sections=("Massage",),
    standard="A",
)
PAGED = Citation(
    guideline="mtus-2009-chronicpain",
    title="Chronic Pain Treatment Guidelines",
    section="9792.24.2",
    pages="60",
    standard="A",
)
THEIRS = {"administrator_citations": (ODG,)}

FIRES: Table = {
    "IMR401": [
        {"citations": ()},
        {"citations": (Citation(title=" "),)},
        {"citations": (), "decision": None},
        {"item 2 citations": ()},
    ],
    "IMR402": [
        {"citations": (NECK.but(year=None),)},
        {"citations": (NECK.but(sections=()),)},
        {"citations": (NECK, PAGED.but(pages=""))},
        {"citations": (ODG.but(year=None),)},
        {"citations": (STUDY.but(journal=""),)},
        {"citations": (ODG.but(section=""),)},
    ],
    "IMR403": [
        {"case.decision_date": date(2017, 2, 27), "citations": (PAIN_2009,)},
        {"case.decision_date": date(2016, 8, 1), "citations": (NECK, PAIN_2009)},
        {"case.decision_date": date(2023, 1, 1), "citations": (PAIN_2009,)},
        {"case.records_received": date(2019, 1, 1), "citations": (PAIN_2009,)},
    ],
    "IMR404": [
        {"citations": (PAGED.but(pages="22, 128"),)},
        {"citations": (PAGED.but(pages="130-140"),)},
        {"citations": (PAGED.but(pages="96-69"),)},
        {"citations": (NECK.but(sections=(), pages="47-46"),)},
    ],
    "IMR405": [
        {"rationale": "The ODG advises against massage." + NOT},
        {"rationale": "According to the Official Disability Guidelines, six visits do." + NOT},
        {"rationale": "The CDC guideline is stricter." + NOT},
        {"citations": (ODG,), "rationale": "ACOEM advises against massage." + NOT},
    ],
    "IMR406": [
        {"citations": (ODG,), "rationale": "The ODG advises against it." + NOT},
        {"citations": (STUDY,), "rationale": "A trial found no benefit." + NOT},
        {"citations": (ODG, STUDY), "rationale": "Both advise against it." + NOT},
        {"citations": (ODG,), "departure": "unexplained", "rationale": "The ODG decides." + NOT},
    ],
    "IMR407": [
        {**THEIRS, "rationale": "The ODG conflicts with the MTUS on this." + NOT},
        {**THEIRS, "rationale": "These guidelines disagree with the administrator's ODG." + NOT},
        {**THEIRS, "rationale": "The MTUS is at odds with the ODG here." + NOT},
    ],
    "IMR408": [
        {"citations": (Citation(text="https://www.slideshare.net/knees"),)},
        {"citations": (NECK, Citation(text="Wikipedia, Knee"))},
        {"citations": (Citation(organization="WebMD", title="Knee pain", year=2016),)},
        {"citations": (Citation(text="The manufacturer's website"),)},
    ],
    "IMR409": [
        {"request": f"{drug} #60", "rationale": "Function is the same." + NOT}
        for drug in ("Percocet 5/325mg", "Diazepam 5mg", "Tramadol ER 150mg")
    ],
}

NEAR_MISSES: Table = {
    "IMR401": [
        {"citations": (), "uncited": "No guideline speaks of it."},
        {"citations": (), "follows": 1, "request": "Associated surgical service: sling"},
        {"citations": (), "rationale": "As the surgery is not medically necessary, none is."},
        {"citations": (), "decision": None, "rationale": ""},
    ],
    "IMR402": [
        {"citations": (NECK, PAGED, ODG, STUDY)},
        {"citations": (Citation(title="Acupuncture Treatment", year=2007, standard="A"),)},
        {"citations": (Citation(text="ACOEM Guidelines, 3rd ed., 2011, Low Back, page 607"),)},
        {"administrator_citations": (NECK.but(sections=()),)},
    ],
    "IMR403": [
        {"case.decision_date": date(2014, 12, 8), "citations": (PAIN_2009,)},
        {"case.decision_date": date(2016, 7, 27), "citations": (PAIN_2009,)},
        {"case.decision_date": date(2017, 2, 27), "citations": (ODG,)},
        {"case.decision_date": date(2017, 2, 27), "administrator_citations": (PAIN_2009,)},
    ],
    "IMR404": [
        {"citations": (PAGED.but(pages="22, 46-47, 127"),)},
        {"citations": (PAGED.but(pages="see the appendix"),)},
        {"citations": (NECK.but(sections=(), pages="900"),)},
    ],
    "IMR405": [
        {"rationale": "ACOEM allows massage." + NOT},
        {"rationale": "The drug is FDA-approved for this." + NOT},
        {"rationale": "The ODG does not address it either." + NOT},
        {"citations": (ODG,), "rationale": "The ODG advises against it." + NOT},
    ],
    "IMR406": [
        {"citations": (ODG,), "rationale": "The MTUS is silent. The ODG decides." + NOT},
        {"citations": (ODG,), "rationale": "The CA MTUS and ACOEM do not address it." + NOT},
        {"citations": (NECK, ODG), "rationale": "Both advise against it." + NOT},
        {"citations": (ODG,), "departure": "silent", "rationale": "The ODG decides." + NOT},
        {"citations": (ODG,), "rationale": " "},
    ],
    "IMR407": [
        {**THEIRS, "rationale": "The ODG and the MTUS agree." + NOT},
        {
            **THEIRS,
            "weighing": Weighing(question="Is it due?"),
            "rationale": "The ODG conflicts with the MTUS." + NOT,
        },
        {"rationale": "The ODG conflicts with the MTUS." + NOT},
    ],
    "IMR408": [
        {"citations": (STUDY, ODG)},
        {"citations": (Citation(text="Cochrane Database of Systematic Reviews 2014"),)},
        {"administrator_citations": (Citation(text="Wikipedia"),)},
    ],
    "IMR409": [
        {"request": "Percocet #60", "rationale": "Weaning is advised." + NOT},
        {"request": "Ibuprofen 800mg #60", "rationale": "Function is the same." + NOT},
        {"request": "Percocet #60", "decision": "overturned", "rationale": "It is necessary."},
        {"request": "Percocet #60", "rationale": "It is not to be stopped abruptly." + NOT},
    ],
}
