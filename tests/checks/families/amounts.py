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
    ),
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
    ],
}
