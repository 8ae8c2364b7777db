"""IMR109, IMR110 and IMR111: what a summary has to tell, and what a form has left."""

from tests.checks.families import Table

WHOLE = (
    "This 41-year-old woman sustained an industrial injury on 10-23-13. Diagnoses are a sprain of "
    "the wrist. Treatment to date includes a splint. An MRI is requested."
)
LONG = "The worker was seen again and the pain had not changed since the visit before. " * 6

FIRES: Table = {
    "IMR109": [
        {"summary.text": WHOLE.replace("41-year-old woman", "worker")},
        {"summary.text": WHOLE.replace("41-year-old woman", "41 year old worker")},
        {"summary.text": WHOLE.replace(" on 10-23-13", "")},
        {"summary.text": WHOLE.replace(" Treatment to date includes a splint.", "")},
        {"summary.text": WHOLE.replace(" An MRI is requested.", "")},
        {"summary.text": WHOLE.replace(" Diagnoses are a sprain of the wrist.", "")},
        {"summary.text": WHOLE.replace(" An MRI is requested.", " He denied numbness.")},
        {"summary.text": WHOLE.replace("An MRI is requested.", "He is on modified duty.")},
        {
            "summary.text": WHOLE.replace(
                "Treatment to date includes a splint.", "The treating doctor saw him."
            )
        },
    ],
    "IMR110": [
        {"summary.text": WHOLE},
        {"summary.text": "word " * 74},
        {"summary.text": "One."},
    ],
    "IMR111": [
        {"rationale": "The [body part] is tender. It is not medically necessary."},
        {"summary.text": "This XX year old man was hurt on [date of injury]."},
        {"summary.text": "Injury on xx/xx/xxxx."},
        {"request": "MRI of the ___"},
        {"rationale": "TODO: the reasons."},
        {"rationale": "Seen on ?? by the physician."},
        {"item 2 rationale": "The [insert guideline] allows it."},
        {"rationale": "He/she [he/she] has pain, XXX."},
        {"rationale": "The {{ drug }} did not help."},
        {"rationale": "After [number of visits] the neck is as stiff as before."},
        {"rationale": "The [# of sessions] asked for are too many."},
        {"rationale": "The [provider] asks for a fusion at [level]."},
        {"summary.text": "The sprain is one of __/__/2014."},
        {"summary.text": "After XX weeks of therapy he went back to work."},
        {"rationale": "The guideline allows [...] for this."},
        {"rationale": 'A tear of 5" and [date] are noted, and "no change" since.'},
        {"rationale": "Therapy was tried TBD."},
        {"rationale": "A fusion of [level(s)] and a block of [side/level] are asked for."},
        {"summary.text": "He lifted a box of XX pounds."},
    ],
}

NEAR_MISSES: Table = {
    "IMR109": [
        {"summary.text": WHOLE},
        {"summary.text": WHOLE.replace("This 41-year-old woman", "The patient, age 41, a female,")},
        {"summary.text": WHOLE.replace("10-23-13", "October 23, 2013")},
        {"summary.text": WHOLE.replace("An MRI is requested", "UR denied the MRI")},
        {"summary.text": WHOLE.replace("An MRI is requested", "An MRI was denied")},
        {"summary.text": WHOLE.replace("a sprain", "an injury of the hand, a strain")},
        {"summary.text": " "},
    ],
    "IMR110": [
        {"summary.text": LONG},
        {"summary.text": "word " * 75},
        {"summary.text": ""},
    ],
    "IMR111": [
        {"rationale": 'He "layed" [sic] down. It is not medically necessary.'},
        {"rationale": "Studies [1-3, 28, 34] and magnetic resonance imaging [MRI] agree."},
        {"request": "Neurostimulation [following TPII]"},
        {"rationale": "Is it needed? No. A score of [5] was kept. Type XX collagen."},
        {"rationale": "The pain is 7/10 [on average], and the todo list was long."},
        {"rationale": "The box is ticked: [x]."},
        {"rationale": 'It says "[patients] with [the condition] need [treatment] soon".'},
        {"rationale": "The [following] was added by [the] reviewer."},
        {"rationale": 'It says "Recommended [...] for acute pain".'},
        {"rationale": "It says \u201cRecommended [\u2026] for acute pain\u201d."},
        {"summary.text": 'The plan reads "date of surgery TBD".'},
        {"rationale": "A brace of the size XXX-large was given."},
        {"summary.text": 'He asked "why me??" and wept.'},
        {"rationale": "Wounds [at two levels] of the [treating] physician's patient."},
    ],
}
