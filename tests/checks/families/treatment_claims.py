"""IMR210: topics, numbers and failures that a rationale says are not documented."""

from tests.checks.families import Table
from tests.checks.families.contradictions import back, knee

VISITS = "She has completed 8 visits of physical therapy. "
FOOT = "The injured worker is a 44 year old female with a strain of the right foot. {}"


def foot(found: str, said: str) -> dict[str, object]:
    """A letter on an MRI of the right foot, without any treatment but what `found` tells."""
    return {
        "request": "MRI of the right foot",
        "summary.text": FOOT.format(found),
        "rationale": f"{said} The MRI of the right foot is not medically necessary.",
    }


FIRES: Table = {
    "IMR210": [
        # Topics of a report
        back("The work status is not documented.", "pain. She was placed on modified duty."),
        back("Work status documentation is illegible.", "pain. She was taken off work."),
        back("Work restrictions were not provided.", "pain. She was taken off work."),
        back("The patient's work status was not stated.", "pain. She is working full duty."),
        back("The mechanism of injury is not described.", "pain after she fell from a ladder."),
        back(
            "There is no mention of how the injury occurred.", "pain since a motor vehicle crash."
        ),
        back("There was no trauma.", "pain after she was struck by a forklift."),
        back("No diagnosis was provided.", "pain. Diagnoses include a lumbar strain."),
        back("No vital signs were recorded.", "pain. Blood pressure was 132/84."),
        back("The BMI was not documented.", "pain. Her BMI was 36."),
        back("Range of motion was not documented.", "lumbar flexion of 40 degrees."),
        back("There were no range of motion values.", "lumbar extension was 10 degrees."),
        back("Motor strength was not tested.", "motor strength of 4/5 in the left leg."),
        back(
            "No neurological examination was documented.", "decreased sensation of the left foot."
        ),
        back("There are no objective findings documented.", "tenderness of the lumbar muscles."),
        back("Physical examination findings were not provided.", "spasm on examination."),
        back("No pain score was given.", "pain rated 8/10."),
        back("There are no red flags.", "saddle anesthesia since the fall."),
        back("There is no evidence of bladder dysfunction.", "urinary incontinence.")
        | {"rationale": "There are no red flags. The MRI is not medically necessary."},
        back("No psychological symptoms are reported.", "anxiety and depression."),
        back("Sleep complaints are not documented.", "insomnia."),
        back("No functional limitations were noted.", "difficulty with bathing and dressing."),
        back("The patient does not use an assistive device.", "pain. She walks with a cane."),
        knee("There has been no activity modification.", "She used activity modification."),
        # Numbers of sessions
        knee("The number of completed physical therapy visits is not documented.", VISITS),
        knee("The number of prior sessions of physical therapy to date is unknown.", VISITS),
        knee("It is unclear how many sessions of physical therapy were completed.", VISITS),
        knee(
            "There was a lack of documentation regarding the number of previous physical therapy "
            "sessions.",
            "She attended 6 of 12 physical therapy sessions. ",
        ),
        # Failures, and use
        knee("There is no evidence of a failure of conservative therapy.", "Therapy went on. ")
        | {"summary.text": FOOT.format("Physical therapy of the left knee did not help.")},
        knee("There is no documentation that physical therapy failed.", "It gave no relief. ")
        | {"summary.text": FOOT.format("Physical therapy of the left knee gave no relief.")},
        knee(
            "There is no documentation of failed trials of NSAIDs.", "Ibuprofen was not helpful. "
        ),
        knee("It is unclear whether the patient has had physical therapy.", VISITS),
        # Treatments that the summary denies
        foot("She has not had any physical therapy.", "The pain persists despite therapy."),
        foot("No physical therapy has been done to date.", "She failed physical therapy."),
        foot("She has never had an injection.", "It continues after a corticosteroid injection."),
        foot("She has not tried NSAIDs.", "She has failed ibuprofen."),
    ],
}

NEAR_MISSES: Table = {
    "IMR210": [
        # Topics that the summary leaves open as well
        back("The work status was not documented.", "pain. The work status is not given."),
        back("The mechanism of injury was not described.", "pain. Its mechanism is unclear."),
        back("There is no diagnosis of radiculopathy.", "pain. Diagnoses include a strain."),
        back("There is no documentation of new trauma.", "pain after she fell from a ladder."),
        back(
            "Range of motion of the shoulder was not documented.", "lumbar flexion of 40 degrees."
        ),
        back("There were no red flags.", "pain. She denied incontinence."),
        back("She has no functional limitations.", "pain. She has no difficulty with dressing."),
        back("There are no objective findings to support an MRI.", "tenderness of the back."),
        back("She does not use an assistive device.", "pain. A cane was requested."),
        back("No depression was documented.", "pain during shoulder depression."),
        back("She lacks 15 degrees of flexion and has spasm.", "spasm."),
        # Other sessions, and sessions that are only requested
        knee("The number of requested physical therapy visits is not documented.", VISITS),
        knee("The request did not specify the number of sessions of physical therapy.", VISITS),
        knee("The number of prior acupuncture sessions was not documented.", VISITS),
        knee("It is unclear whether physical therapy will help.", VISITS),
        # Failures of other treatments, and rules of guidelines
        knee("There is no documentation of failure of physical therapy.", VISITS),
        knee("There is no evidence of failed acupuncture.", "Ibuprofen did not help. "),
        knee(
            "If there is no documentation of a failure of conservative therapy, guidelines advise "
            "against an MRI.",
            "Ibuprofen did not help. ",
        ),
        # Treatments given later, others, and conditions
        foot(
            "She has not had any physical therapy. On 12-20-2016 she had completed six visits of "
            "physical therapy.",
            "The pain persists despite physical therapy.",
        ),
        foot("She has not had any acupuncture.", "The pain persists despite physical therapy."),
        foot("She has not had any physical therapy.", "It may be seen after physical therapy."),
        foot(
            "No physical therapy was done.", "Guidelines advise it after failed physical therapy."
        ),
    ],
}
