"""IMR509, IMR510 and IMR512: words that sound alike, and small words that were lost."""

from tests.checks.families import Table


def says(words: str) -> dict[str, str]:
    """A rationale with `words` in it."""
    return {"rationale": f"{words} The request is not medically necessary."}


FIRES: Table = {
    "IMR512": [
        says(each)
        for each in (
            "An inferential unit was rented for the knee.",
            "The medication regiment was not changed.",
            "She had a flair up of her low back pain.",
            "He walks with an analgesic gait.",
            "A confusion of the left knee was diagnosed.",
            "The MRI showed a disc profusion at L4-5.",
            "There was a desk bulge at L5-S1.",
            "The left firearm was tender.",
            "A steroid ejection of the shoulder gave relief.",
            "The date of inquiry was last October.",
            "There is a label tear of the right shoulder.",
            "Medium nerve compression was found.",
            "There is numbers and tingling of the hand.",
            "Prolong sitting is avoided, and prolong standing.",
            "There was no responds to therapy.",
            "Static nerve irritation was suspected.",
            "There is several tenderness of the low back.",
            "She has been in therapy for severe weeks.",
            "Vital sings were stable.",
            "She has had pain sense the injury.",
            "There were muscle spams of the neck.",
            "A spiral stenosis was found.",
            "The low back is tendon to palpation.",
            "Tropical creams were dispensed.",
            "The ulna nerve was tested.",
            "He is enable to work.",
            "The patient has underwent therapy.",
            "The verbal body was intact.",
            "The pain gets worst with sitting.",
            "The surgeon asked for and MRI of the knee.",
            "The knee an the hip were tender.",
            "The patient as been treated.",
            "Ice was used, has well as heat.",
            "The strain if the low back has healed.",
            "The pain, with is worse at night, persists.",
            "A worker which a strain of the neck was seen.",
            "She fell three months age.",
            "The report was singed by the surgeon.",
            "The findings are consist with a strain.",
            "She continuous to have pain.",
            "She was previous treated with ice.",
            "Work is limited do to pain.",
            "The MRI reveled no tear.",
            "The test was preformed in May.",
            "A coarse of treatment was given.",
            "The pain is vary severe.",
            "It is unclear weather the knee is unstable.",
            "The hyperextension and the knee hypertension injury were treated.",
            "Arthritic surgery of the knee was done.",
            "The medial department of the knee was narrow.",
            "The physical example was normal.",
            "There were foot metacarpal fractures.",
            "It is no more effective that ibuprofen.",
        )
    ],
    "IMR510": [
        says(each)
        for each in (
            "The guideline does not supports it.",
            "She has not receive therapy.",
            "It is does not apply.",
            "The guidelines not recommend it.",
            "There lack of evidence for it.",
            "There was a lack documentation of gain.",
            "There is no evidence radiculopathy.",
            "The range motion was full.",
            "It limits activities daily living.",
            "It is denied due the lack of gain.",
            "He is unable lift boxes.",
            "It was used despite of the guideline.",
            "The diagnosis of for a strain was made.",
            "The patient has CRPS III of the hand.",
            "These predispose her to bleeding.",
            "A course physical therapy was given.",
            "She is status past surgery.",
            "It is more thank 6 visits.",
            "The medical necessary of the MRI is in doubt, as is lack of medical necessary.",
            "Conservation treatment was given.",
            "There is no function improvement.",
            "It rests on evidenced-based guidelines.",
            "It was given in conjugation with exercise.",
            "Pain as will as swelling persists.",
            "Per-reviewed evidence supports it.",
            "It is a fist-line drug.",
            "These request was denied.",
            "The patient have no pain.",
            "The radicul-opathy was treated.",
            "Surgical inter-vention was considered.",
        )
    ],
    "IMR509": [
        says("Treatment has included ibuprofen and Norco (since May), and ibuprofen."),
        says("Treatment rendered included consultation, rest, consultation and ice."),
        says("Medications are naproxen, Norco, naproxen."),
    ],
}

NEAR_MISSES: Table = {
    "IMR512": [
        says(each)
        for each in (
            "An interventional approach and a differential diagnosis were discussed.",
            "Analgesic use did not change the gait.",
            "There was confusion after the head injury.",
            "The disc is degenerated, and a provision was made.",
            "A foraminal narrowing and a terminal illness are different.",
            "The employer had an objection. An inquiry was made.",
            "Medial nerve branches and the medial branch nerve were blocked.",
            "She has several painful joints and severe pain for weeks.",
            "She has a sense of the injury's limits.",
            "The tendon was repaired; the spine was in line.",
            "She would like more care. The wound is dry.",
            "He is able to work, and she went home.",
            "An MRI and an X-ray, and MRI of the knee, were reviewed.",
            "He, as an employee, worked as needed.",
            "The MRI is useful if the knee locks.",
            "A worker with a strain, which a doctor treated, was seen.",
            "Patients of any age, and 44 years age group, were included.",
            "The continuous use of ice helped.",
            "The previous request was denied. Her moderate pain is reduced.",
            "She has hypertension and diabetes.",
            "The emergency department saw her. The compartment was soft.",
            "It is no more likely that he will work.",
        )
    ],
    "IMR510": [
        says(each)
        for each in (
            "What the letter does not show is clear. It does not support it.",
            "She has not received therapy, and did not meet the criteria.",
            "The guidelines, not records, recommend it.",
            "UR found the request for an MRI not medically necessary.",
            "There is insufficient evidence. There is a lack of it.",
            "There is no history prior to the fall, and no evidence previous to it.",
            "In spite of the pain, and instead of for rest, he worked.",
            "The patient came in with pain.",
            "CRPS II was diagnosed. CRPS I was not.",
            "Drugs that predispose patients to bleeding were stopped.",
            "It was recommended that she have no surgery.",
            "This symptom and these treatment options were discussed.",
            "The work-station, a post-operative re-evaluation and self-care were discussed.",
        )
    ],
    "IMR509": [
        says("Treatment has included ibuprofen 600mg, ice, and ibuprofen 800mg."),
        says("Treatment has included an injection, rest, and an injection."),
        says("Diagnoses and treatment included a sprain, subsequent encounter, subsequent."),
    ],
}
