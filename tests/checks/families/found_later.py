"""Rows that a second reader of the rules found wrong, kept so that they stay right."""

from tests.checks.families import Table

NOT = " is not medically necessary."

FIRES: Table = {
    "IMR301": [
        {"summary.text": "His injury took place on 2/23/2013 and led to a sprain."},
        {"summary.text": "She suffered an injury at work on 2/23/2013."},
    ],
    "IMR302": [
        {"summary.text": "The request was non-certified on 11/25/2014."},
        {"summary.text": "The claims administrator modified the request on November 15, 2014."},
    ],
    "IMR305": [
        {"request": "CT scan of the head without contrast", "rationale": f"The knee scan{NOT}"}
    ],
    "IMR311": [{"request": "Acupuncture x 8", "rationale": f"Twelve visits of acupuncture{NOT}"}],
}

NEAR_MISSES: Table = {
    "IMR302": [
        {"summary.text": "In appealing the utilization review decision on 11/20/2014, he wrote."},
        {"summary.text": "An earlier utilization review of 3/2/2014 certified six visits."},
    ],
    "IMR303": [{"rationale": "The worker was 44 years old when he first had neck pain."}],
    "IMR305": [{"request": "Spinal cord stimulator trial", "rationale": "Leg pain persists."}],
    "IMR307": [
        {"request": "Epidural injection at L4-5", "rationale": "He underwent surgery at L2-3."},
        {"request": "Fusion C5-C6", "rationale": "Adjacent disease at C3-4 is a risk."},
    ],
    "IMR308": [
        {
            "request": "MRI of the right knee",
            "rationale": "If left untreated, the knee gets worse.",
        },
        {"request": "MRI of the left knee", "rationale": "It is right for the knee to rest."},
        {
            "request": "MRI of the left knee",
            "rationale": "It is not the right answer for the knee.",
        },
    ],
    "IMR309": [
        {
            "request": "Acupuncture, 6 sessions",
            "rationale": "In contrast to the request for chiropractic care, this request is "
            "medically necessary.",
        }
    ],
    "IMR311": [
        {
            "request": "Physical therapy, 12 sessions",
            "rationale": f"The request exceeds the 10 visits of the guideline and{NOT}",
        }
    ],
    "IMR312": [{"request": "Acupuncture x8", "decision": "overturned"}],
    "IMR405": [{"rationale": "The drug is approved by the FDA for nerve pain only."}],
    "IMR409": [{"request": "Urine drug screen for opioids", "rationale": f"It{NOT}"}],
}
