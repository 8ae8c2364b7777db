"""The worker's age and sex, and whoever else has one in a letter."""

from tests.checks.families import Table

TWO_AGES = [
    "The injured worker is a 48 year old female with neck pain. The patient is 84 years old.",
    "This is a now 39-year-old male. In this 93-year-old worker, therapy has failed.",
    "The claimant is 45 years of age. On 10/14/2014 this 54 y/o man was seen.",
]
OTHER_AGE = [
    "This 45 year old male has neck pain. Massage is not medically necessary.",
    "The applicant is a 58-year-old man whose neck is stiff.",
    "The patient is 64 years of age and has had six visits.",
    "In this 44 year-old worker the gain was small.",
    "The injured worker is a 34 y.o. male with a sprain of the neck.",
]
ONE_AGE = [
    "The worker, who has smoked since 13 years old, has had six visits.",
    "His 19 year old son drives him to work.",
    "At 55 years of age, the patient has had six visits.",
    "This 54-year-old, right-hand dominant man has neck pain.",
    "A 20 year old fusion is seen on the films.",
    "The worker has a 20 year history of neck pain and worked there for 30 years.",
    "The guideline advises x-rays in patients 65 years and older.",
    "Patients over 50 years of age should have a blood test first.",
    "In a trial, 45 year old men with neck pain did no better.",
    "Her mother died at age 72, and her father is 80 years old.",
    "He was 53 years old at the time of the injury and is 54 years old now.",
    "He had a hernia repaired at the age of 30.",
    "He lives with his daughter, who is 22 years old.",
    "The worker cares for a 7 year old child.",
]

OTHER_SEX = [
    "The patient is a 45 year old female. He reports neck pain.",
    "The injured worker is a 60 year old male. The injured worker reported that she has taken "
    "naproxen for a year.",
    "The applicant is a 63-year-old male. The applicant stated that her pain was 7/10.",
    "This 36 year old woman has neck pain. The injured worker hurt himself lifting a box.",
    "This is a 36 year old woman. The claimant has not returned to work, and he takes naproxen.",
    "The patient is a 50-year-old man with\nneck pain. She is on modified duty.",
]
WOMAN = "This 54 year old woman has neck pain. "
MAN = "This 54 year old man has neck pain. "
SOMEBODY_ELSE = [
    WOMAN + "The attending provider stated that he would order an MRI.",
    WOMAN + "The treating physician examined the neck. He recommended massage.",
    WOMAN + "Her husband drives her, for he has retired.",
    WOMAN + "She saw a chiropractor. She told him that the pain was 7/10.",
    WOMAN + "She told her supervisor, and he sent her to the clinic.",
    WOMAN + "A coworker fell onto the patient. He was not hurt.",
    WOMAN + "The patient signs an agreement before he or she is given an opioid.",
    WOMAN + "The expert says that he/she has no affiliation.",
    WOMAN + 'The report reads: "He has a stiff neck."',
    WOMAN + "The author of the study writes that he saw no gain.",
    WOMAN + "The patient's son was present. He helps her at home.",
    MAN + "The worker's wife was interviewed. She said that he sleeps badly.",
    MAN + "The psychologist found a depression. She recommended cognitive therapy.",
    MAN + "The patient was seen by the nurse practitioner, who said that she would refer him.",
    MAN + "The surgeon who saw the patient noted that she would not operate.",
    MAN + "Women of childbearing age should not take it. Her doctor would have to be asked.",
    "The injured worker is 48 years old. She has neck pain. He was hit by a box.",
]

FIRES: Table = {
    "IMR303": [
        *({"summary.text": text} for text in TWO_AGES),
        *({"rationale": text} for text in OTHER_AGE),
        {"item 2 rationale": "This 45 year old man has clear lungs."},
    ],
    "IMR304": [
        *({"summary.text": text} for text in OTHER_SEX),
        {"rationale": "The patient had six visits. Her pain is unchanged."},
        {"rationale": "This 54 year old woman had six visits without a gain."},
        {"item 2 rationale": "The injured worker has no cough. She has clear lungs."},
        {"summary.text": WOMAN, "rationale": "The worker had six visits. He felt no gain."},
    ],
}

NEAR_MISSES: Table = {
    "IMR303": [
        *({"rationale": text} for text in ONE_AGE),
        {"summary.text": "A worker of an unknown age. " + ONE_AGE[1]},
    ],
    "IMR304": [
        *({"summary.text": text} for text in SOMEBODY_ELSE),
        {"rationale": "The worker's daughter drives him. She has asked for a nurse."},
        {"rationale": "The worker had six visits. His pain is unchanged."},
    ],
}
