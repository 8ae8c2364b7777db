"""IMR112 and IMR504 to IMR601: characters, plain words, and the clock."""

from datetime import date

from tests.checks.families import Table

NOT = " It is not medically necessary."
WORDY = "because " + "of the pain that the worker had in the neck and " * 5 + "so on"

FIRES: Table = {
    "IMR112": [{field: "A 漢 here."} for field in ("rationale", "summary.text", "request")],
    "IMR504": [
        {"rationale": "The LESI did not help." + NOT},
        {"rationale": "An EGD and an FCE were done." + NOT},
        {"summary.text": "He has GERD and takes a PPI."},
    ],
    "IMR505": [
        {"rationale": f"It was denied {WORDY}."},
        {"summary.text": f"He was seen {WORDY}."},
        {"item 2 rationale": "Multidisciplinary biopsychosocial rehabilitation necessitates " * 3},
    ],
    "IMR506": [
        {"rationale": "Flexion is 40° of 90°." + NOT},
        {"summary.text": "A dose of 5 µg was taken."},
        {"request": "Therapy, 1½ hours"},
    ],
    "IMR507": [
        {"rationale": "uThe MTUS supports the request." + NOT},
        {"summary.text": "\n eElectrodiagnostic studies were normal."},
        {"item 2 rationale": "o The guideline supports the request."},
    ],
    "IMR601": [
        {"today": date(2014, 12, 19), "case.records_received": date(2014, 11, 20)},
        {"today": date(2015, 1, 19), "case.records_received": date(2014, 11, 20)},
        {
            "today": date(2014, 11, 23),
            "case.priority": "expedited",
            "case.records_received": date(2014, 11, 20),
        },
    ],
}

NEAR_MISSES: Table = {
    "IMR112": [{field: "5 µg, ≥ 4, “José”."} for field in ("rationale", "summary.text", "request")],
    "IMR504": [
        {"rationale": "The lumbar injection (LESI) did not help; no other LESI is due." + NOT},
        {"rationale": "MRI, CT, EMG and the MTUS are known to all." + NOT},
        {"rationale": "FCE (functional capacity evaluation) was done." + NOT},
        {"request": "LESI at L4-5"},
        {"rationale": "The lumbar injection [LESI] did not help; no other LESI is due." + NOT},
        {"summary.text": "He takes NORCO, SOMA and XANAX."},
    ],
    "IMR505": [
        {"rationale": "The pain is less. Work is done. No more is needed."},
        {"summary.text": "word " * 45},
        {"rationale": ""},
    ],
    "IMR506": [
        {"rationale": "“Full strength” – the notes say … so." + NOT},
        {"rationale": "Plain words." + NOT},
        {"parties.employee": "José"},
    ],
    "IMR507": [
        {"rationale": "eGFR was normal." + NOT},
        {"summary.text": "xRays of the knee were normal. uThe is a word inside the text."},
        {"item 2 rationale": "A patient such as this needs no more."},
        {"request": "uThe"},
    ],
    "IMR601": [
        {"today": date(2014, 12, 1), "case.records_received": date(2014, 11, 20)},
        {"case.records_received": date(2014, 11, 20)},
        {
            "today": date(2015, 1, 19),
            "case.records_received": date(2014, 11, 20),
            "case.decision_date": date(2014, 12, 8),
        },
        {
            "today": date(2015, 1, 19),
            "case.records_received": None,
            "case.application_received": None,
        },
    ],
}
