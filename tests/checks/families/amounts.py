"""IMR311 to IMR313: amounts."""

from tests.checks.families import Table

NOT = " is not medically necessary."
MODIFIED = {"original": "Therapy, 12 sessions", "authorized": "Therapy, 4 sessions"}

FIRES: Table = {
    "IMR311": [
        {
            "request": "Physical therapy 2 times a week for 4 weeks",
            "rationale": f"The request for 12 sessions of physical therapy{NOT}",
        },
        {
            "request": "Cyclobenzaprine 7.5mg #30",
            "rationale": f"The request for cyclobenzaprine 7.5mg #90{NOT}",
        },
        {
            "request": "Baclofen 20mg #60",
            "rationale": f"Therefore baclofen 10mg #60{NOT}",
        },
        {
            "request": "Therapy, 8 sessions",
            **MODIFIED,
            "rationale": f"The request for the remaining six sessions{NOT}",
        },
    ],
    "IMR312": [
        {"request": "Ibuprofen 800mg", "decision": "overturned"},
        {"request": "Acupuncture for the low back", "decision": "overturned"},
        {"request": "Cold therapy unit", "decision": "overturned"},
        {"request": "Norco 5/325mg", "decision": "upheld"},
        {"request": "Physical therapy of the knee", "decision": None},
    ],
    "IMR313": [
        {"request": "Therapy, 6 sessions", **MODIFIED},
        {
            "request": "Norco 5/325mg #30",
            "original": "Norco 5/325mg #90",
            "authorized": "Norco 5/325mg #45",
        },
        {
            "request": "4 sessions of therapy",
            "original": "Therapy 2 times a week for 6 weeks",
            "authorized": "6 sessions of therapy",
        },
    ],
}

NEAR_MISSES: Table = {
    "IMR311": [
        {
            "request": "Physical therapy 2 times a week for 4 weeks",
            "rationale": f"The request for eight sessions of physical therapy{NOT}",
        },
        {
            "request": "Norco 5/325 mg #60",
            "rationale": f"The request for Norco 5-325mg #60{NOT}",
        },
        {
            "request": "Therapy, 8 sessions",
            **MODIFIED,
            "rationale": f"Four of 12 sessions were authorized, and more{NOT}",
        },
        {
            "request": "Therapy, 8 sessions",
            "rationale": "The guideline allows 10 visits. More is not medically necessary.",
        },
        {"request": "MRI of the knee", "rationale": f"After 12 sessions, the MRI{NOT}"},
    ],
    "IMR312": [
        {"request": "Ibuprofen 800mg #60", "decision": "overturned"},
        {"request": "Acupuncture twice a week for 4 weeks", "decision": "overturned"},
        {"request": "Cold therapy unit, 7 day rental", "decision": "overturned"},
        {"request": "MRI of the knee", "decision": "overturned"},
        {"request": "Norco, quantity not specified in the request", "decision": "overturned"},
        {"request": "Acupuncture consultation", "decision": "overturned"},
        {"request": "Pre-op labs: PT/PTT", "decision": "overturned"},
        {"request": "TENS unit, purchase", "decision": "overturned"},
        {"request": "Lidocaine ointment 5% 106.32gm", "decision": "overturned"},
    ],
    "IMR313": [
        {"request": "Therapy, 8 sessions", **MODIFIED},
        {"request": "Therapy, 12 sessions", **MODIFIED},
        {"request": "Therapy", **MODIFIED},
        {
            "request": "Norco 5/325mg #60, 2 refills",
            "original": "Norco 5/325mg #60, 3 refills",
            "authorized": "Norco 5/325mg #60, 1 refill",
        },
        {
            "request": "18 sessions of therapy",
            "original": "Therapy two to three times a week for six to eight weeks (24 sessions)",
            "authorized": "6 sessions of therapy",
        },
    ],
}
