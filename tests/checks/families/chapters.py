"""Chapters that do not fit the item, years that do not exist, and a silent MTUS."""

from imr_tui.checks.rule import Example
from imr_tui.model.evidence import Citation
from tests.checks.families import Table

ODG = Citation(
    kind="guideline", title="Official Disability Guidelines (ODG)", year=2016, standard="C"
)
SUMMARY = (
    "This 44 year old woman was hurt while loading a van on 10-14-2016. "
    "Diagnoses include a strain of the left knee. Treatment to date has included ibuprofen and six "
    "visits of physical therapy. The treatment plan included an MRI of the left knee."
)
REASONS = (
    "On 12-02-2016 the left knee was tender, its motion was full and no effusion was found. {} As "
    "such, the request for an MRI of the left knee is not medically necessary."
)
"""The text around a statement of the rationale."""


def mtus(title: str, year: int | None = 2004) -> Citation:
    """A citation of the MTUS."""
    return Citation(kind="mtus", title=title, year=year, sections=("Special Studies",))


def item(request: str, *citations: Citation, rationale: str = "It is not necessary.") -> Example:
    """A case about a knee that has this request and cites these."""
    return {
        "summary.text": SUMMARY,
        "request": request,
        "citations": citations,
        "rationale": rationale,
    }


def said(statement: str, *citations: Citation) -> Example:
    """A request for an MRI of the knee whose rationale has this statement."""
    return item("MRI of the left knee", *citations, rationale=REASONS.format(statement))


def odg(section: str) -> Citation:
    """A citation of a chapter of ODG with a heading."""
    return ODG.but(section=section)


def after_surgery(section: str) -> Citation:
    """A citation of a body part in the MTUS on treatment after surgery."""
    return mtus("Postsurgical Treatment", 2009).but(sections=(section,))


KNEE = mtus("Knee Complaints")
LOW_BACK = mtus("Low Back Complaints")
NECK = mtus("Neck and Upper Back Complaints")
ACUPUNCTURE = mtus("Acupuncture Treatment", 2007)
PAIN_2009 = mtus("Chronic Pain Medical Treatment", 2009)
PAIN_2016 = mtus("Chronic Pain Medical Treatment", 2016)
OPIOIDS = mtus("Opioid Treatment", 2016)
STRESS = mtus("Stress Related Conditions")

FIRES: Table = {
    "IMR411": [
        item("MRI of the left knee", LOW_BACK),
        item("MRI of the cervical spine", LOW_BACK),
        item("EMG of the right wrist", mtus("Ankle and Foot Complaints")),
        item("Right L3, L4 and L5 medial branch blocks", mtus("Knee Disorders", 2020)),
        item("Shoulder arthroscopy", ODG.but(section="Knee & Leg (Acute & Chronic)")),
        item("Lumbar brace", ODG.but(sections=("Ankle & Foot",))),
        item("Arthroscopy of the left elbow", Citation(text="ODG Hip & Pelvis chapter, 2016")),
        # Another kind of treatment.
        item("Norco 10/325mg #60", ACUPUNCTURE),
        item("Physical therapy, 6 visits for the left knee", ACUPUNCTURE),
        item("Physical therapy, 6 visits for the left knee", OPIOIDS),
        item("Ibuprofen 800mg #60", OPIOIDS),
        # A condition or a part that the letter does not mention.
        item("MRI of the left knee", STRESS),
        item("Ibuprofen 800mg #60", mtus("Eye")),
        item("Ibuprofen 800mg #60", mtus("Shoulder Complaints")),
        item("Ibuprofen 800mg #60", ODG.but(section="Hernia")),
        item("Physical therapy, 6 visits", mtus("Occupational/Work-Related Asthma", 2020)),
        # ODG, as letters name its chapters.
        item("MRI of the left knee", odg("Low Back - Lumbar & Thoracic (Acute & Chronic)")),
        item("MRI of the left knee", odg("Mental Illness & Stress")),
        item("Ibuprofen 800mg #60", odg("Infectious Diseases")),
        item("Ibuprofen 800mg #60", odg("Fitness for Duty")),
        item("X-ray of the left knee", odg("Shoulder (Acute & Chronic), Radiography")),
        item("X-ray of the left knee", Citation(text="Hip & Pelvis (Acute & Chronic), X-ray")),
        item("Left carpal tunnel release", NECK, rationale="The neck is stiff."),
        # The thoracic spine.
        item("MRI of the thoracic spine", KNEE),
        item("X-rays of the upper back", mtus("Ankle and Foot Complaints")),
        item("Injection at T7-8", odg("Knee & Leg (Acute & Chronic)")),
        item("Physical therapy of the mid back", mtus("Elbow Disorders", 2019)),
        # Body parts after surgery.
        item("Physical therapy of the right shoulder, 12 visits", after_surgery("Knee")),
        item("Postoperative therapy of the left knee", after_surgery("Neck & Upper Back")),
        item("Postoperative therapy, 12 visits", after_surgery("Elbow & Upper Arm")),
    ],
    "IMR412": [
        item("MRI of the lumbar spine", mtus("Low Back Complaints", 2009)),
        item("MRI of the lumbar spine", mtus("Chronic Pain Medical Treatment", 2014)),
        item("Norco 10/325mg #60", mtus("Opioid Treatment", 2014)),
        item("Norco 10/325mg #60", mtus("Opioids Treatment Guidelines", 2015)),
        item("Acupuncture", mtus("Acupuncture Treatment", 2016)),
        item("Therapy", mtus("Postsurgical Treatment", 2007)),
        item("MRI of the knee", mtus("Knee Disorders", 2018)),
        item("Brace", mtus("Elbow Disorders", 2009)),
        item("Brace", PAIN_2016.but(title="Chronic Pain Medical Treatment Guidelines", year=2012)),
    ],
    "IMR413": [
        said("The MTUS 2009 Acupuncture Guidelines allow six sessions.", ACUPUNCTURE),
        said("The MTUS Chronic Pain Guidelines (2009) recommend exercise.", PAIN_2016),
        said("The 2016 MTUS chronic pain guideline recommends exercise.", PAIN_2009),
        said("According to the MTUS knee chapter of 2009, an MRI may help.", KNEE),
        said("MTUS, Knee Complaints 2007, advises against an early MRI.", KNEE),
        said("The California MTUS 2014 Opioid Treatment Guidelines say so.", OPIOIDS),
        said(
            "The MTUS guideline on knee disorders from 2017 says so.", mtus("Knee Disorders", 2020)
        ),
    ],
    "IMR414": [
        said("The MTUS is silent.", KNEE),
        said("The California MTUS is silent on this issue.", KNEE),
        said("The MTUS does not address the request.", KNEE),
        said("MTUS/ACOEM do not discuss this treatment, so other sources were read.", KNEE),
        said("The MTUS is silent on MRI of the left knee.", KNEE),
        said("There is no MTUS guideline for this request.", KNEE),
        said("This is not addressed by the MTUS.", KNEE),
        said("CA MTUS guidelines have no recommendation regarding this service.", KNEE),
    ],
}

NEAR_MISSES: Table = {
    "IMR411": [
        item("MRI of the left knee", KNEE),
        item("MRI of the left knee", PAIN_2016),
        item("MRI of the left knee", mtus("General Approaches")),
        item("MRI of the left knee", KNEE, PAIN_2016),
        item("MRI of the right tibia", KNEE),
        item("Ibuprofen 800mg #60", KNEE),
        item("Acupuncture of the left knee, 6 visits", ACUPUNCTURE),
        item("Electroacupuncture with infrared heat", ACUPUNCTURE),
        item("6 more visits", ACUPUNCTURE, rationale="Acupuncture did not help."),
        item("Norco 10/325mg #60", OPIOIDS),
        item("Urine drug screen", OPIOIDS),
        item("Functional restoration program", OPIOIDS, rationale="The program is to wean her."),
        item("Psychotherapy, 6 visits", STRESS),
        item("Sertraline 50mg #30", STRESS, rationale="She was anxious."),
        # A chapter about the spine fits the limb that it supplies.
        item(
            "EMG of the right hand",
            mtus("Neck and Upper Back Complaints"),
            rationale="Neck pain goes down to the hand.",
        ),
        item("EMG of both lower extremities", LOW_BACK),
        # Services that ODG discusses once for all parts of the body.
        item("Orthopedic mattress", ODG.but(section="Low Back - Lumbar & Thoracic")),
        item("Transport to visits", ODG.but(section="Knee & Leg (Acute & Chronic)")),
        item(
            "Pre-operative EKG for the left knee", ODG.but(section="Low Back - Lumbar & Thoracic")
        ),
        item("Cold therapy unit for the left knee", ODG.but(section="Shoulder")),
        item("MRI of the left knee", ODG.but(section="Pain (Chronic)")),
        item("MRI of the left knee", Citation(text="Textbook of surgery of the hip, 2014")),
        item("Functional capacity evaluation", odg("Fitness for Duty")),
        item("Work hardening, 10 visits", odg("Fitness for Duty")),
        item("Cephalexin 500mg #20", odg("Infectious Diseases")),
        item("Pre-op chest x-ray", odg("Low Back (Acute & Chronic), Preoperative testing")),
        # Both the neck and the low back chapter cover a part of the thoracic spine.
        item("MRI of the thoracic spine", LOW_BACK),
        item("MRI of the thoracic spine", NECK),
        item("X-rays of the upper back", NECK),
        item("X-rays of the mid back", LOW_BACK),
        item("Epidural injection at T11-12", LOW_BACK),
        item("Facet injection at T3-4", mtus("Cervical and Thoracic Spine Disorders", 2019)),
        item("MRI of the thoracic spine", odg("Low Back - Lumbar & Thoracic")),
        item("MRI of the thoracolumbar spine", LOW_BACK),
        item("X-rays of the ribs", NECK),
        item("Postoperative therapy of the hand and lower leg", after_surgery("Knee, Hand")),
        item("Postoperative therapy of the left knee", after_surgery("Knee")),
        item("Postoperative therapy, 12 visits", after_surgery("Knee")),
        {**item("MRI of the left knee", KNEE), "administrator_citations": (LOW_BACK,)},
    ],
    "IMR412": [
        item("Acupuncture", ACUPUNCTURE),
        item("Acupuncture", mtus("Acupuncture Medical Treatment Guidelines", 2009)),
        item("Brace", mtus("Initial Approaches to Treatment"), mtus("General Approaches")),
        item("Brace", mtus("Stress-Related Conditions"), mtus("Eye Chapter")),
        item("Brace", PAIN_2009, PAIN_2016, OPIOIDS, STRESS, KNEE, LOW_BACK),
        item("Brace", mtus("Chronic Pain", 2017), mtus("Opioids", 2017)),
        item("Brace", mtus("Elbow Complaints", 2007), mtus("Elbow Disorders", 2019)),
        item("Brace", mtus("Postsurgical Treatment Guidelines", 2009)),
        item("Brace", mtus("A title of nobody's", 2009)),
        item("Brace", KNEE.but(year=None)),
        item("Brace", ODG.but(title="Low Back Complaints", year=2009)),
        # The catalogue does not know what was adopted after its last day.
        {**item("Brace", mtus("Knee Disorders", 2025)), "case.decision_date": "2026-01-05"},
    ],
    "IMR413": [
        said("The MTUS 2007 Acupuncture Guidelines allow six sessions.", ACUPUNCTURE),
        said("The MTUS Chronic Pain Guidelines (2016) recommend exercise.", PAIN_2016),
        said("The MTUS 2009 recommends exercise.", PAIN_2016),
        said("The 2009 MTUS chronic pain guideline recommends exercise.", KNEE),
        said("The MTUS knee chapter (effective July 18, 2009) says so.", KNEE),
        said(
            "The MTUS of 2009 on chronic pain is silent, but the MTUS of 2016 on chronic pain is "
            "not.",
            PAIN_2016,
        ),
        said("In 2015 the MTUS knee chapter was read.", KNEE),
        said("The ODG knee chapter of 2015 advises against it.", KNEE),
        said("An MRI of 2015 of the knee was read as normal, and the MTUS says so.", KNEE),
        said('Utilization review wrote, "The MTUS 2009 knee chapter was read."', KNEE),
    ],
    "IMR414": [
        said("The MTUS is silent.", ODG),
        said("The MTUS is silent.", KNEE, ODG),
        said("The MTUS is silent.", mtus("General Approaches")),
        said("The MTUS is silent on the frequency of imaging.", KNEE),
        said("The MTUS does not specifically address a repeat MRI.", KNEE),
        said("The MTUS does not address 3 Tesla MRI.", KNEE),
        said("Where the MTUS is silent, other guidelines are read.", KNEE),
        said("The MTUS is not silent.", KNEE),
        said("The record is silent on therapy, and the MTUS recommends it.", KNEE),
        said("Utilization review said that the MTUS is silent.", KNEE),
        said("The MTUS is silent on this, but recommends exercise first.", KNEE),
        said('It wrote, "The MTUS is silent."', KNEE),
    ],
}
