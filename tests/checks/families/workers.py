"""IMR303 and IMR304: one worker all through the letter."""

from tests.checks.families import Table

MAN = "The injured worker is a 48 year old male who was hurt in a fall. "
WOMAN = "This case involves a now 39-year-old female with neck pain. "

FIRES: Table = {
    "IMR303": [
        {"summary.text": MAN, "rationale": "This 58-year-old male has neck pain."},
        {"summary.text": MAN + "The patient is 84 years old and retired."},
        {"summary.text": WOMAN, "rationale": "The claimant is a 93 year old woman with pain."},
        {"summary.text": WOMAN, "item 2 rationale": "He is a 27 y/o man with a cough."},
    ],
    "IMR304": [
        {"summary.text": MAN + "She reports pain of 7/10."},
        {"summary.text": WOMAN + "On 11/18/2016 the patient said that his pain was worse."},
        {"summary.text": MAN, "rationale": "The claimant has a sprain. Her strength is full."},
        {"summary.text": WOMAN, "rationale": "This 39 year old man has no red flags."},
        {"summary.text": WOMAN + "Tenderness was found. He walks with a limp."},
        {"summary.text": MAN, "item 2 rationale": "The patient did not improve, and she smokes."},
    ],
}

NEAR_MISSES: Table = {
    "IMR303": [
        {"summary.text": MAN + "He has smoked since 13 years old."},
        {"summary.text": MAN + "His 19 year old son drives him to work."},
        {"summary.text": MAN, "rationale": "This 49 year old male has neck pain."},
        {"summary.text": MAN + "A 10 year old MRI showed a bulge, and he had mumps at age 20."},
        {"summary.text": MAN, "rationale": "Patients over 65 years old need a lower dose."},
    ],
    "IMR304": [
        {"summary.text": WOMAN + "The attending provider also stated that he would order an MRI."},
        {"summary.text": WOMAN + "Her husband reports that he drives her to work."},
        {"summary.text": WOMAN, "rationale": "Patients are seen; he or she may then be released."},
        {"summary.text": MAN + 'A guideline says: "When she is ready, work is resumed."'},
        {"summary.text": WOMAN + "She saw an orthopedist. He recommends surgery."},
        {"summary.text": MAN + "He lives with his wife. She works at night."},
        {"summary.text": WOMAN + "An MRI was ordered. He requests authorization for it."},
        {"summary.text": "The worker has pain. She is 40.", "rationale": "He is well."},
    ],
}
