"""IMR309 and IMR310: whether the rationale is about what is requested."""

from tests.checks.families import Table

NOT = " is not medically necessary."

FIRES: Table = {
    "IMR309": [
        {
            "request": "MRI of the lumbar spine",
            "rationale": f"The request for chiropractic treatment{NOT}",
        },
        {
            "request": "Baclofen 20mg #60",
            "rationale": f"Therefore, the request for Norco 10/325mg #60{NOT}",
        },
        {
            "request": "MRI of the cervical spine",
            "rationale": f"The request for an MRI of the right knee{NOT}",
        },
        {
            "request": "Physical therapy, 6 sessions",
            "rationale": f"The need for a TENS unit{NOT}",
        },
    ],
    "IMR310": [
        {"request": "Jamar grip test", "rationale": f"Surgery for the hernia{NOT}"},
        {"request": "Acupuncture, 6 sessions", "rationale": f"Imaging of the head{NOT}"},
        {"request": "Norco 10/325mg #60", "rationale": f"Massage of the neck{NOT}"},
    ],
}

NEAR_MISSES: Table = {
    "IMR309": [
        {
            "request": "MRI of the lumbar spine",
            "rationale": f"Unlike the request for a block, the request for the lumbar MRI{NOT}",
        },
        {
            "request": "EMG/NCS of the upper extremities",
            "rationale": f"The request for electrodiagnostic testing{NOT}",
        },
        {"request": "Flexeril 10mg #30", "rationale": f"The request for cyclobenzaprine{NOT}"},
        {
            "request": "Associated surgical service: cold therapy unit",
            "rationale": f"As the request for the arthroscopy{NOT[:-1]}, the unit is not.",
        },
        {
            "request": "ESI at L4-5",
            "rationale": f"The request for the lumbar epidural steroid injection{NOT}",
        },
        {"request": "MRI of the knee", "rationale": f"It{NOT}"},
        {"request": "Psych consult", "rationale": f"The psychological evaluation{NOT}"},
    ],
    "IMR310": [
        {"request": "Norco 10/325mg #60", "rationale": f"More opioids without gain{NOT}"},
        {"request": "Ultram 50mg #60", "rationale": f"Tramadol without gain{NOT}"},
        {"request": "Chiropractic, 6 sessions", "rationale": f"Manual therapy of the back{NOT}"},
        {"request": "Sit-stand workstation", "rationale": f"The sit-stand desk{NOT}"},
    ],
}
