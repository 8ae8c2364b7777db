"""Whether the reasons of a rationale concern the disputed treatment."""

from tests.checks.families import Table
from tests.checks.families.requests import argued

KNEE = {
    "summary.text": "The injured worker is a 44 year old female who sustained an industrial injury "
    "on 10-14-2016. Diagnoses include a strain of the left knee. An x-ray of the left knee was "
    "normal. Treatment to date has included ibuprofen and six visits of physical therapy. On "
    "12-02-2016 she complained of pain of the left knee rated 6 out of 10. On 12-12-2016 "
    "Utilization Review non-certified the request for an MRI of the left knee.",
    "request": "MRI of the left knee",
}
"""A case about a knee, in which an x-ray and ibuprofen are mentioned."""
FOUND = "On 12-02-2016 the left knee was tender and its motion was full."
SO = "As such, the request for an MRI of the left knee is not medically necessary."

ARGUED = argued(
    (
        "MRI of the left knee",
        "The EMG in question was ordered without an examination of the nerves. As such, "
        "the request for an MRI of the left knee is not medically necessary.",
    ),
    (
        "EMG of the left arm",
        "The ultrasound testing in question was ordered without a stated diagnosis. The "
        "request is not medically necessary.",
    ),
    (
        "MRI of the right elbow",
        "This worker does not meet the criteria for a shoulder MRI, as no red flags are "
        "seen. An MRI of the elbow is not medically necessary.",
    ),
    (
        "Gym membership, 6 months",
        "According to the guidelines, acupuncture may be tried for 3 to 6 visits. It is "
        "not shown that function improved. The request is not medically necessary.",
    ),
    (
        "Cold therapy unit, 7 days",
        "ODG recommends a TENS unit for a one month trial when other methods have failed."
        " No such trial is recorded. The request is not medically necessary.",
    ),
    (
        "X-rays of the lumbar spine",
        "The MTUS supports electrodiagnostic studies where signs are unclear after four "
        "weeks. Reflexes are symmetric. The request is not medically necessary.",
    ),
    (
        "Chiropractic care, 6 visits",
        "Criteria for epidural steroid injections include radiculopathy on examination. "
        "None is recorded here. The request is not medically necessary.",
    ),
    (
        "Bone scan of the left foot",
        "An EMG would show whether a nerve is affected. The films were normal. The "
        "request is not medically necessary.",
    ),
    (
        "Wheelchair, rental",
        "The requested hearing aid was ordered without an audiogram. The request is not "
        "medically necessary.",
    ),
    (
        "MRI of the wrist",
        "The MTUS chapter on the knee lists imaging for locking. The request is not "
        "medically necessary.",
    ),
    (
        "Lunesta 3mg #30",
        "The MTUS does not discuss modafinil. The request is not medically necessary.",
    ),
)
"""Reasons for another treatment than the requested one."""

COMPARED = argued(
    (
        "Inpatient stay, 3 days",
        "The MTUS recommends fusion for instability, which is not shown. The stay is not medically "
        "necessary.",
    ),
    (
        "Pain management consultation",
        "The guideline recommends epidural injections for radiculopathy, which is not documented. "
        "The consultation is not medically necessary.",
    ),
    (
        "Preoperative medical clearance",
        "Electrocardiography is recommended by ODG before operations of high risk. The clearance "
        "is not medically necessary.",
    ),
    (
        "H-wave unit, purchase",
        "ODG recommends a TENS unit first, and none was tried. The unit is not medically "
        "necessary.",
    ),
    (
        "EMG of the left arm",
        "The guideline supports electrodiagnostic studies when the cause is unclear, and "
        "recommends an MRI before surgery. The request is not medically necessary.",
    ),
    (
        "Arthroscopy of the right knee",
        "The MTUS recommends physical therapy and injections before surgery. Surgery of "
        "the knee is considered after these have failed. The request is not medically "
        "necessary.",
    ),
    (
        "H-wave unit, rental",
        "H-wave is not recommended as an isolated intervention. The guideline allows a "
        "trial after TENS has failed. The request is not medically necessary.",
    ),
    (
        "Norco 10/325mg #60",
        "NSAIDs are recommended as first-line treatment, such as ibuprofen or naproxen. "
        "The guideline supports opioids only with improved function. The request is not "
        "medically necessary.",
    ),
    (
        "Acupuncture, 6 sessions",
        "The guideline supports acupuncture as an adjunct to physical therapy. The "
        "request is not medically necessary.",
    ),
    (
        "MRI of the cervical spine",
        "The claims administrator cited the criteria for an MRI of the lumbar spine. The "
        "request is not medically necessary.",
    ),
    (
        "Post-operative physical therapy, 12 visits",
        "The guideline allows 24 visits after a rotator cuff repair. The repair in "
        "question was approved. The request is medically necessary.",
    ),
)
"""Reasons that compare the requested treatment with another one."""

FIRES: Table = {
    "IMR328": [
        *(
            {**KNEE, "rationale": f"{FOUND} {said} {SO}"}
            for said in (
                "This request does not meet the criteria for an MRI of the shoulder.",
                "The MTUS elbow chapter reserves imaging for suspected tears.",
                "The bone scan shows increased uptake of the medial condyle.",
                "The tear was confirmed by the CT arthrogram.",
                "The worker has taken carisoprodol since the summer.",
                "A CT myelogram would show the roots.",
                "The nephrologist adjusted the dialysis schedule.",
                "The dentist noted a fracture of two incisors.",
                "The flight attendant inhaled fumes in the cabin.",
                "A colonoscopy had to be done twice because of poor preparation.",
            )
        ),
        {
            **KNEE,
            "rationale": f"{FOUND} The Beck score has fallen by twelve points since March. {SO}",
            "item 2 request": "Cognitive behavioral therapy, 6 sessions",
            "item 2 rationale": "The Beck score has fallen by twelve points since March. Six "
            "sessions of cognitive behavioral therapy are medically necessary.",
        },
        {
            "request": "Gym membership, 6 months",
            "rationale": "The needle treatment brought two weeks of relief after each visit. The "
            "gym membership is not medically necessary.",
            "item 2 request": "Acupuncture, 6 visits",
            "item 2 rationale": "The needle treatment brought two weeks of relief after each "
            "visit. Six visits of acupuncture are medically necessary.",
        },
        *ARGUED,
    ]
}

NEAR_MISSES: Table = {
    "IMR328": [
        *(
            {**KNEE, "rationale": f"{FOUND} {said} {SO}"}
            for said in (
                "The x-ray of the left knee shows no fracture.",
                "No bone scan was done, and a CT scan would be needed if metal were present.",
                "The guideline recommends an x-ray before an MRI of the knee.",
                "She takes ibuprofen with some relief.",
                "Past history includes a colonoscopy and hypertension.",
                "She denied tinnitus and a change of her vision.",
                "The claims administrator quoted the shoulder chapter of the guideline.",
            )
        ),
        {
            **KNEE,
            "rationale": f"{FOUND} There is no fever, no swelling and no loss of weight. She has "
            f"worked with limits since November and walks without a cane. {SO}",
            "item 2 request": "Ibuprofen 800mg #60",
            "item 2 rationale": "There is no fever, no swelling and no loss of weight. She has "
            "worked with limits since November and walks without a cane. The ibuprofen is not "
            "medically necessary.",
        },
        *COMPARED,
    ]
}
