"""Rows that a second reader of the rules found wrong, kept so that they stay right."""

from datetime import date

from tests.checks.families import Table

NOT = " is not medically necessary."

FIRES: Table = {
    "IMR319": [
        {
            "case.date_of_injury": date(2016, 11, 20),
            "case.decision_date": date(2017, 2, 20),
            "summary.text": "He was injured on 11/20/2016.",
            "rationale": f"The notes indicate she has been on Relafen for two years. It{NOT}",
        },
    ],
    "IMR210": [
        {
            "summary.text": "Her knee pain is rated 6-7 out of 10.",
            "request": "MRI of the knee",
            "rationale": f"There is no VAS pain score. The MRI{NOT}",
        },
        {
            "summary.text": "He wears a splint on the right wrist.",
            "request": "MRI of the right wrist",
            "rationale": f"There is no documentation of treatment provided to the wrist. It{NOT}",
        },
    ],
    "IMR328": [
        {
            "request": "MRI of the right shoulder",
            "rationale": f"No findings that identify specific nerve compromise were noted. It{NOT}",
        },
    ],
    "IMR509": [
        {"rationale": f"He noted that that guidelines allow it. It{NOT}"},
        {"summary.text": "The file was thin. He went home. The file was thin."},
    ],
    "IMR511": [
        {"rationale": f"A brace that costs more than per knee is reviewed. It{NOT}"},
        {"summary.text": "Utilization review modified the request. He is at work."},
    ],
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
    "IMR328": [
        {
            "request": "EMG of the right wrist",
            "rationale": f"No findings that identify specific nerve compromise were noted. It{NOT}",
        },
    ],
    "IMR509": [
        {"summary.text": "Neck motion was full. The knee hurts. Neck motion was full."},
        {"rationale": f"It is clear that that helps. It{NOT}"},
    ],
    "IMR511": [
        {"summary.text": "Utilization review modified the request to allow six visits."},
        {"rationale": f"He needs at least weekly visits, and more than six per month. It{NOT}"},
    ],
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
