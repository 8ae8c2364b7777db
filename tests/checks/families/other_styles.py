"""Contradictions in letters that are written in other styles: telegraphic notes, long sentences."""

from tests.checks.families import Table

BACK = (
    "IW is a 47 y/o male who sustained a low back injury on 3/11/2012 when he lifted a crate. Dx: "
    "lumbar disc displacement, lumbosacral radiculitis. Prior tx: PT x 12, chiropractic care, "
    "naproxen. MRI of the lumbar spine dated 2/4/2014 showed a 5 mm right disc protrusion at L5-S1 "
    "abutting the right S1 nerve root. The IW c/o LBP 7/10 radiating down the right leg, w/ "
    "numbness. Exam: TTP over the right lumbar paraspinals w/ spasm, SLR positive on the right at "
    "40 degrees and negative on the left, right Achilles reflex 1+ vs. 2+ on the left. Plan: right "
    "L5-S1 transforaminal ESI. The RFA was dated 5/21/2014."
)
INJECTION = "Right L5-S1 transforaminal epidural steroid injection"
KNEE = (
    "The claimant is a 61-year-old male who twisted his left knee on August 30, 2016. "
    "Weight-bearing "
    "radiographs of the left knee showed narrowing of the medial joint space. He described aching "
    "medial knee pain and morning stiffness that lasted twenty minutes. He had tried meloxicam and "
    "a "
    "corticosteroid injection of the left knee. On physical examination the left knee had a mild "
    "effusion, medial joint line tenderness and crepitus. The Lachman and McMurray tests were "
    "negative. There was no varus or valgus laxity. The right knee was normal."
)
VISCOUS = "Left knee hyaluronic acid injections, series of three"
NECK = (
    "The injured worker is a 50-year-old female custodian who slipped on 01/31/2022. She "
    "complained "
    "of neck pain with radiation to the left arm, headaches, and tingling of the left thumb. "
    "Radiographs of the cervical spine showed disc space narrowing at C5-6. Examination: positive "
    "Spurling's maneuver on the left, left biceps reflex 1+, sensation diminished in the left C6 "
    "dermatome. Treatment: cyclobenzaprine, 8 chiropractic visits."
)
HEAD = (
    "A 42-year-old female line cook was struck on the head by a falling pan on July 8, 2020. She "
    "related headaches with photophobia and nausea, and noted dizziness. Gait was steady, Romberg "
    "was negative, and strength was full. A brain MRI of September 2020 was normal."
)
OPIOID = (
    "The patient is a 58 year old man with chronic neck pain. The urine drug screen of 4/14/15 was "
    "consistent with the prescribed drugs. He reported constipation. Medications: Norco, Soma."
)
CHEST = (
    "HISTORY: 29 y/o M delivery driver, MVA w/ blunt chest trauma on 06/25/2024. SUBJECTIVE: c/o "
    "left-sided chest wall pain 5/10. Denies dyspnea, cough or fever. OBJECTIVE: lungs clear b/l."
)
HIP = (
    "The applicant is a 57-year-old registered nurse with left groin pain since September 13, "
    "2023. "
    "The FADIR test was positive on the left, and the log roll test was negative."
)
PREOPERATIVE = {
    "request": "Right shoulder arthroscopy with rotator cuff repair",
    "rationale": "Therapy has failed. The right shoulder arthroscopy is medically necessary.",
    "decision": "overturned",
}


def letter(
    summary: str, request: str, said: str, decision: str = "overturned"
) -> dict[str, object]:
    """A letter on one request, whose rationale says something and concludes."""
    necessary = "medically necessary" if decision == "overturned" else "not medically necessary"
    return {
        "request": request,
        "summary.text": summary,
        "rationale": f"{said} The request is {necessary}.",
        "decision": decision,
    }


def aid(said: str, decision: str) -> dict[str, object]:
    """A letter on an operation, which is granted, and on what serves it."""
    return {
        **PREOPERATIVE,
        "item 2 request": "Associated surgical service: Postoperative cold therapy unit",
        "item 2 rationale": said,
        "item 2 decision": decision,
    }


FIRES: Table = {
    "IMR205": [
        aid(
            "As the shoulder arthroscopy has been found not to be medically necessary, the unit is "
            "supported. The unit is medically necessary.",
            "overturned",
        ),
        aid("As the surgery is not medically necessary, the unit is not either.", "upheld"),
        aid(
            "Since the right shoulder arthroscopy has been deemed not medically necessary, the "
            "unit is not. The cold therapy unit is not medically necessary.",
            "upheld",
        ),
    ],
    "IMR210": [
        letter(NECK, "MRI of the cervical spine", "There are no reports of headaches."),
        letter(HEAD, "Botox 155 units", "There was no mention of nausea or photophobia."),
        letter(
            HEAD, "Vestibular therapy, 10 visits", "The patient did not report dizziness.", "upheld"
        ),
        letter(KNEE, VISCOUS, "No morning stiffness was reported."),
        letter(HEAD, "Botox 155 units", "No neuroimaging of the brain has been performed."),
        letter(BACK, INJECTION, "The worker has not yet had chiropractic care."),
    ],
    "IMR211": [
        letter(HEAD, "Vestibular therapy, 10 visits", "The Romberg test was positive.", "upheld"),
        letter(HEAD, "Vestibular therapy, 10 visits", "Her gait was unsteady.", "upheld"),
        letter(HIP, "MR arthrogram of the left hip", "He had a negative FADIR test."),
        letter(OPIOID, "Norco 10/325mg #90", "The urine drug screen was inconsistent."),
        letter(
            HEAD, "MRI of the brain", "The earlier MRI of the brain revealed a bleeding.", "upheld"
        ),
    ],
    "IMR212": [
        letter(
            KNEE,
            "Unloader brace for the left knee",
            "There is documentation of functional improvement with the brace. Therefore the "
            "criteria are not met.",
            "upheld",
        ),
        letter(CHEST, "CT of the chest", "The result would change management.", "upheld"),
        letter(
            NECK,
            "Trazodone 100mg #60",
            "The drug treats insomnia, but the report does describe sleep hygiene.",
            "upheld",
        ),
        letter(
            KNEE,
            "Arthroscopy of the left knee",
            "Physical therapy and an injection have brought lasting relief.",
        ),
    ],
    "IMR307": [
        letter(
            NECK, "MRI of the cervical spine", "Sensation was diminished in the left C8 dermatome."
        ),
        letter(BACK, INJECTION, "The EMG corroborates an L4 radiculopathy."),
        letter(BACK, INJECTION, "The right L3 root is irritated on examination."),
    ],
    "IMR308": [
        letter(BACK, INJECTION.removeprefix("Right "), "He had left leg pain."),
        letter(NECK, "MRI of the cervical spine", "There is a diminished right biceps reflex."),
        letter(
            NECK,
            "MRI of the cervical spine",
            "She has a positive Spurling's maneuver on the right.",
        ),
    ],
    "IMR328": [
        letter(BACK, INJECTION, "The criteria for facet joint injection have been met."),
        letter(KNEE, VISCOUS, "The criteria for total knee arthroplasty are satisfied."),
        letter(HIP, "MR arthrogram of the left hip", "She meets the criteria for hip arthroscopy."),
        letter(
            KNEE,
            "Unloader brace for the left knee",
            "Shockwave therapy has not been proven effective.",
            "upheld",
        ),
        letter(
            OPIOID,
            "Soma 350mg #30",
            "Zolpidem is approved for short-term treatment of insomnia.",
            "upheld",
        ),
    ],
}

NEAR_MISSES: Table = {
    "IMR109": [
        {
            "summary.text": f"{CHEST} Dx: rib fractures. Treatment to date: ibuprofen. The request "
            "is for a CT of the chest."
        },
    ],
    "IMR205": [
        aid(
            "As the surgery is medically necessary, the unit is medically necessary.", "overturned"
        ),
        aid(
            "Although the surgery is medically necessary, ODG allows seven days of cold therapy. "
            "The unit is not medically necessary.",
            "upheld",
        ),
        aid(
            "Since the right shoulder arthroscopy has been deemed medically necessary, so is this. "
            "The cold therapy unit is medically necessary.",
            "overturned",
        ),
    ],
    "IMR210": [
        letter(HEAD, "Vestibular therapy, 10 visits", "She did not report any fall.", "upheld"),
        letter(KNEE, VISCOUS, "If no morning stiffness is reported, the guideline allows it."),
        letter(BACK, INJECTION, "The guideline applies where there is no chiropractic care."),
    ],
    "IMR211": [
        letter(HEAD, "Vestibular therapy, 10 visits", "The Romberg test was negative.", "upheld"),
        letter(KNEE, VISCOUS, "There was no laxity, and a negative Lachman test."),
        letter(OPIOID, "Norco 10/325mg #90", "The urine drug screen was consistent."),
        letter(BACK, INJECTION, "There was a positive SLR on the right."),
    ],
    "IMR212": [
        letter(
            KNEE,
            "Unloader brace for the left knee",
            "There is documentation of a prior brace. A second brace is not needed.",
            "upheld",
        ),
        letter(
            CHEST, "CT of the chest", "It is unclear how the result would change care.", "upheld"
        ),
        letter(CHEST, "CT of the chest", "The result would not change management.", "upheld"),
        letter(
            KNEE, "Arthroscopy of the left knee", "An injection has helped for three weeks only."
        ),
    ],
    "IMR307": [
        letter(BACK, INJECTION, "The EMG corroborates an S1 radiculopathy."),
        letter(BACK, INJECTION, "The L5 root leaves the spine there."),
        letter(
            NECK, "MRI of the cervical spine", "Sensation was diminished in the left C6 dermatome."
        ),
    ],
    "IMR308": [
        letter(
            BACK,
            INJECTION,
            "He has a positive SLR on the right, a diminished right Achilles reflex.",
        ),
        letter(NECK, "MRI of the cervical spine", "The left biceps reflex is diminished."),
        letter(KNEE, VISCOUS, "The left knee has an effusion, and the right knee is normal."),
    ],
    "IMR328": [
        letter(BACK, INJECTION, "The criteria for epidural steroid injections have been met."),
        letter(KNEE, VISCOUS, "Corticosteroid injections are recommended first.", "upheld"),
        letter(
            HIP,
            "Consultation with an orthopedic surgeon",
            "She may meet the criteria for hip arthroscopy, which the surgeon has to judge.",
        ),
    ],
}
