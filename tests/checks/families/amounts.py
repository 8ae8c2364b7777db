"""How much is asked for, what the rationale concludes on, and what review is left with."""

from imr_tui.checks.rule import Example
from tests.checks.families import Table


def argued(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of a request and its rationale."""
    return [{"request": request, "rationale": rationale} for request, rationale in pairs]


def overturned(*requests: str) -> list[Example]:
    """Cases of a request that has to be carried out."""
    return [{"request": request, "decision": "overturned"} for request in requests]


def modified(*parts: tuple[str, str, str]) -> list[Example]:
    """Cases of what was asked for, what was authorized, and what is left."""
    return [
        {"original": original, "authorized": authorized, "request": request}
        for original, authorized, request in parts
    ]


FIRES: Table = {
    "IMR311": [
        *argued(
            ("Norco 10/325mg #60", "The request for Norco #90 is not medically necessary."),
            ("Omeprazole 20 mg #60", "Therefore omeprazole 20 mg #30 is medically necessary."),
            ("Physical therapy, 12 sessions", "The request for 8 sessions is not necessary."),
            (
                "Physical therapy 2 times a week for 6 weeks",
                "The request for six sessions of physical therapy is not medically necessary.",
            ),
            ("Gabapentin 600mg, 90 tablets", "The 60 tablets asked for are medically necessary."),
            (
                "Chiropractic care, 3 times per week for 4 weeks",
                "The requested eight chiropractic visits are not medically necessary.",
            ),
            ("Soma 350mg, quantity 30", "Soma, quantity 60, is not medically necessary."),
            (
                "Massage of the neck, 6 sessions",
                "The request for 12 massage visits to the neck is not medically necessary.",
            ),
            (
                "Lidocaine 5% patches #30",
                "Hence the request for lidocaine patches, #90, is not medically necessary.",
            ),
        ),
        {
            **modified(("Therapy, 12 sessions", "Therapy, 4 sessions", "Therapy, 8 sessions"))[0],
            "rationale": "The remaining six sessions of therapy are not medically necessary.",
        },
        {
            **modified(("Therapy, 8 sessions", "Therapy, 3 sessions", "Therapy, 5 sessions"))[0],
            "rationale": "The request for 8 visits of therapy is not medically necessary.",
        },
        {
            **modified(("Norco #150", "Norco #90", "Norco #60"))[0],
            "rationale": "Norco #90 is not medically necessary.",
        },
        *argued(
            ("TENS unit, 30 day rental", "The 60 day rental of a TENS unit is not necessary."),
            (
                "Physical therapy, 6 sessions",
                "Thirteen sessions, 2 times a week for 3 weeks, are too many. It is not necessary.",
            ),
            (
                "Home health aide, 3 hours a day",
                "A home health aide 6 hours a day is not medically necessary.",
            ),
            ("Gym membership, 6 months", "The 12 month membership is not medically necessary."),
            ("Norco 10/325mg #60, 1 refill", "Norco with 3 refills is not medically necessary."),
            ("Norco 10/325mg, Disp: 60", "Norco, Disp: 90, is not medically necessary."),
            ("Ketoprofen cream 120 gm", "Ketoprofen cream 180 gm is not medically necessary."),
            ("Voltaren gel, 30 days' supply", "A 60 days' supply is not medically necessary."),
        ),
        {
            "request": "Massage of the neck, 6 sessions",
            "summary.text": "A 54 year old man was hurt. Massage of the neck, ten sessions, was "
            "requested.",
        },
    ],
    "IMR312": overturned(
        "Gabapentin 600mg",
        "Physical therapy for the low back",
        "TENS unit rental",
        "Acupuncture of the right knee",
        "Lidocaine 5% patches",
        "Chiropractic treatment, cervical spine",
        "Massage therapy of the neck",
        "Norco (hydrocodone/APAP) 10/325mg, one tablet by mouth every 6 hours",
        "Cognitive behavioral therapy",
    ),
    "IMR313": modified(
        ("Therapy, 12 sessions", "Therapy, 6 sessions", "Therapy, 8 sessions"),
        ("Norco 10/325mg #90", "Norco 10/325mg #60", "Norco 10/325mg #60"),
        ("Acupuncture, 24 visits", "Acupuncture, 12 visits", "Acupuncture, 6 visits"),
        (
            "Physical therapy, 2 times a week for 6 weeks",
            "Physical therapy, 6 sessions",
            "Physical therapy, 8 sessions",
        ),
        ("Soma 350mg, quantity 60", "Soma 350mg, quantity 20", "Soma 350mg, quantity 30"),
        ("Twelve massage sessions", "Four massage sessions", "Six massage sessions"),
        ("Home aide, 8 hours a day", "Home aide, 3 hours a day", "Home aide, 3 hours a day"),
        ("Work hardening, 160 hours", "Work hardening, 60 hours", "Work hardening, 80 hours"),
        ("Epidural injection at C5-6", "One injection at C5-6", "One injection at C7-T1"),
    )
    + [
        {
            **modified(("Therapy, 12 sessions", "Therapy, 4 sessions", "Therapy, 8 sessions"))[0],
            "rationale": f"Utilization review {said}. The remaining 8 sessions are not necessary.",
        }
        for said in ("authorized six sessions of therapy", "certified 5 sessions")
    ],
    "IMR329": [
        {"request": "Ultram 50 gm once a day, #30"},
        {"request": "Soma 350 ml #60"},
        {"request": "Gabapentin 300 kg #60"},
        {"request": "Percocet 10/3250 mg #60"},
        {"summary.text": "A 54 year old man has a grip of 18 mg on the right."},
        {"summary.text": "The MRI shows a disc protrusion of 5 m at L4-5 in this man of 54 years."},
        {"summary.text": "Flexion of the shoulder was 150 pounds."},
        {"rationale": "The blood pressure is 150/90 cm Hg. It is not necessary."},
        {"rationale": "A tube of 100 kg does not help. It is not necessary."},
    ],
    "IMR330": [
        *argued(
            ("Soma 350mg #90", "The request for Soma 250mg #90 is not medically necessary."),
            ("Norco 10/325mg #60", "Norco 5/325 mg #60 is not medically necessary."),
            ("Lidocaine patch 5% #30", "The request for lidocaine patch 50% is not necessary."),
        ),
        *modified(
            ("Norco 10/325mg #90", "Norco 5/325mg #30", "Norco 10/325mg #60"),
            ("Tramadol 50 mg #90", "Tramadol 50 mg #30", "Tramadol 150 mg #60"),
            ("Fioricet 320.5/30/16mg #90", "Soma 350mg #30", "Soma 250mg #60"),
        ),
        {
            "request": "Tizanidine 4 mg #60",
            "summary.text": "A 54 year old man was hurt. He asked for tizanidine 2 mg #60.",
        },
    ],
    "IMR331": [
        {
            "summary.text": f"A 54 year old man {summary}.",
            "rationale": f"{rationale}. It is not necessary.",
        }
        for summary, rationale in (
            ("had twelve visits of physical therapy", "Five visits of therapy have been tried"),
            (
                "completed 8 sessions of acupuncture",
                "After 18 sessions of acupuncture, he is worse",
            ),
            ("received 24 chiropractic visits", "He has had 42 chiropractic visits"),
            ("attended six sessions of massage", "Sixteen sessions of massage brought relief"),
        )
    ],
}

NEAR_MISSES: Table = {
    "IMR311": [
        *argued(
            (
                "Physical therapy, 12 sessions",
                "The guideline recommends up to 10 visits. The request for 12 sessions exceeds "
                "this and is not medically necessary.",
            ),
            (
                "Physical therapy 2 times a week for 3 weeks",
                "The request for six sessions is not medically necessary.",
            ),
            (
                "Physical therapy 2x6",
                "Twelve visits of physical therapy are not medically necessary.",
            ),
            (
                "Acupuncture once a week for 6 weeks",
                "The request for acupuncture, 6 visits, is medically necessary.",
            ),
            (
                "Physical therapy, 6 sessions",
                "After 12 sessions, six more sessions are not medically necessary.",
            ),
            ("Norco 10/325mg #60", "Sixty tablets of Norco are not medically necessary."),
            ("Norco 10/325mg #60", "The request for Norco 10-325 mg #60 is not necessary."),
            ("Norco 10/325mg qty 60", "Norco, 60 tablets, is not medically necessary."),
            ("Norco 10/325mg #60.00", "The request for Norco #60 is not medically necessary."),
            ("Norco 10/325mg #60", "With pain of 7/10, Norco is not medically necessary."),
            (
                "Norco 10/325mg #60",
                "At 120 mg of morphine equivalents a day, Norco is not medically necessary.",
            ),
            (
                "Norco 10/325mg #60",
                "After 3 months of use without a gain, Norco is not medically necessary.",
            ),
            (
                "TENS unit, purchase",
                "A one month trial has to come first, so the purchase is not medically necessary.",
            ),
            (
                "Gabapentin 600mg #90 with 2 refills",
                "The request for gabapentin 600mg #90 is medically necessary.",
            ),
            (
                "MRI of the lumbar spine",
                "An MRI within 6 weeks of an injury is not medically necessary.",
            ),
        ),
        {
            **modified(("Therapy, 12 sessions", "Therapy, 6 sessions", "Therapy, 6 sessions"))[0],
            "rationale": "Therapy beyond the six authorized sessions, of 12 that were asked for, "
            "is not medically necessary.",
        },
        {
            **modified(("Norco #90", "Norco #63", "Norco #27"))[0],
            "rationale": "The original request for Norco #90 is not medically necessary.",
        },
    ],
    "IMR312": overturned(
        "Norco 10/325mg #60",
        "Gabapentin 600mg, 90 tablets",
        "Physical therapy of the low back, twice a week for four weeks",
        "Physical therapy 2x6 for the neck",
        "TENS unit, 30 day rental",
        "Acupuncture treatments (unspecified quantity)",
        "Physical therapy, number of visits not specified in the request",
        "Unknown shockwave treatments",
        "MRI of the lumbar spine",
        "Right knee arthroscopy with partial meniscectomy",
        "Orthopedic consultation",
        "TENS unit, purchase",
        "X-ray of the right wrist",
        "EMG of the left leg",
        "Urine drug screen",
        "Bilateral hearing aids",
        "Gym membership, 6 months",
        "Associated surgical service: Physical therapy, times 12",
        "Chiropractic manipulation times 6",
    ),
    "IMR313": [
        *modified(
            ("Therapy, 12 sessions", "Therapy, 6 sessions", "Therapy, 6 sessions"),
            ("Norco 10/325mg #90", "Norco 10/325mg #63", "Norco 10/325mg #27"),
            (
                "Physical therapy, 2 times a week for 6 weeks",
                "Physical therapy, 6 sessions",
                "Physical therapy, six sessions",
            ),
            (
                "Acupuncture (unspecified quantity)",
                "Acupuncture, 6 sessions",
                "Acupuncture (unspecified quantity)",
            ),
            ("Therapy, 12 sessions", "Therapy, 6 sessions", "Therapy, 12 sessions"),
            ("TENS unit, 6 months", "TENS unit, 30 days", "TENS unit, 5 months"),
            ("Home health aide, 4 hours a day for 6 weeks", "2 weeks", "4 weeks"),
            ("Soma 350mg #90 with 2 refills", "Soma 350mg #90", "Soma 350mg, 2 refills"),
            ("MRI of both knees", "MRI of the right knee", "MRI of the left knee"),
        ),
        {"request": "Therapy, 8 sessions", "original": "Therapy, 12 sessions"},
        *modified(
            (
                "Home aide 6 hours per day, 5 times a week for 4 weeks",
                "Home aide 2 hours per day, 5 times a week for 4 weeks",
                "Home aide 4 hours per day, 5 times a week for 4 weeks",
            ),
            ("Two injections at C6-7", "One injection at C6-7", "One injection at C6-7"),
        ),
        {
            **modified(("Therapy, 12 sessions", "Therapy, 4 sessions", "Therapy, 8 sessions"))[0],
            "rationale": "Utilization review authorized four of the 12 sessions. It is not "
            "necessary.",
        },
    ],
    "IMR329": [
        {"request": "Voltaren 1% gel, 100 gm"},
        {"request": "Carafate 1 gm #60"},
        {"request": "Toradol 60 mg/2 ml injection"},
        {"request": "Lidocaine 1%, 10 ml injection"},
        {"request": "Fentanyl patch 25 mcg/hr #10"},
        {"request": "Metformin 1000 mg #60"},
        {"summary.text": "This man of 54 years weighs 82 kg, and the grip is 18 kg."},
        {"summary.text": "A tear of 22 mm, a scar of 3 cm and a protrusion of 4 mm were seen."},
        {"rationale": "The pressure is 150/90 mm Hg. He lifts 20 kg. It is not necessary."},
    ],
    "IMR330": [
        *argued(
            (
                "Soma 350mg #90",
                "Soma 250 mg was tried. The request for Soma 350 mg is not necessary.",
            ),
            ("Norco 10/325mg #60", "Norco 10-325 mg #60 is not medically necessary."),
            (
                "Norco 10/325mg #60",
                "A taper to Norco 5/325 mg is appropriate. Norco 10/325 mg is not necessary.",
            ),
        ),
        *modified(("Norco 10/325mg #90", "Norco 10/325mg #30", "Norco 10/325mg #60")),
        {
            "request": "Tizanidine 4 mg #60",
            "summary.text": "A 54 year old man had tizanidine 2 mg; tizanidine 4 mg was requested.",
        },
    ],
    "IMR331": [
        {
            "summary.text": f"A 54 year old man {summary}.",
            "rationale": f"{rationale}. It is not necessary.",
        }
        for summary, rationale in (
            ("had twelve visits of physical therapy", "Twelve visits of therapy were tried"),
            ("had twelve visits of physical therapy", "He had six visits of acupuncture"),
            ("had twelve visits of physical therapy", "The guideline allows ten visits of therapy"),
            ("had 12 visits of physical therapy and 6 more in May", "After 18 visits he is worse"),
            ("had 12 visits of physical therapy, then 6 of them", "Six visits of therapy helped"),
        )
    ],
}
