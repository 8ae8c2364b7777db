"""IMR210 and IMR211: a rationale that contradicts what the letter states elsewhere."""

from imr_tui.model.case import Record
from tests.checks.families import Table

INTRO = (
    "The injured worker is a 44 year old female who sustained an industrial injury on 10-14-2016. "
    "Diagnoses include a strain of the left knee. "
)
REQUEST = (
    " The treatment plan included an MRI of the left knee. The request for authorization was dated "
    "12-05-2016. On 12-12-2016 Utilization Review non-certified the request for an MRI of the left "
    "knee."
)
VISIT = (
    "Treatment to date has included ibuprofen and six visits of physical therapy. On 12-02-2016 "
    "she complained of pain of the left knee rated 6 out of 10."
)
BACK = (
    "The injured worker is a 44 year old female with a strain of the lower back. On 12-02-2016 she "
    "had {} The request for authorization was dated 12-05-2016."
)


def knee(said: str, found: str = "", **more: object) -> dict[str, object]:
    """A letter on an MRI of the left knee: the rationale says one thing, the summary another."""
    return {
        "request": "MRI of the left knee",
        "summary.text": f"{INTRO}{VISIT} {found}{REQUEST}",
        "rationale": f"{said} The MRI of the left knee is not medically necessary.",
        **more,
    }


def back(said: str, found: str) -> dict[str, object]:
    """The same for an MRI of the lower back."""
    return {
        "request": "MRI of the lumbar spine",
        "summary.text": BACK.format(found),
        "rationale": f"{said} The MRI of the lumbar spine is not medically necessary.",
    }


FIRES: Table = {
    "IMR210": [
        # Findings of the examination
        back("There was a lack of muscle spasm on examination.", "spasm and guarding."),
        back("No tenderness was found.", "tenderness of the lumbar muscles."),
        back("The examination failed to show any weakness.", "strength of 4/5 in the left leg."),
        back("Sensory changes were not documented.", "decreased sensation of the left foot."),
        back("The straight leg raise was not recorded.", "a negative straight leg raise."),
        knee("There is no documentation of an effusion.", "The knee had a small effusion."),
        knee("There were no positive meniscal signs.", "The McMurray test was positive."),
        # Symptoms
        back("There is no mention of radicular pain.", "sciatica of the left leg."),
        back("Radiating pain is not reported.", "tingling of the left foot."),
        back("There are no complaints of paresthesia.", "numbness of the left foot."),
        knee("Giving way was not described.", "The knee gave way twice."),
        # Treatments
        knee("No conservative treatment has been documented."),
        knee("There is no evidence that physical therapy was tried."),
        knee("An NSAID has not been prescribed."),
        knee("The worker has never had an injection.", "She received a cortisone injection."),
        back("There has been no trial of conservative care.", "used a TENS unit at home."),
        # Documents
        knee("No RFA was provided for review."),
        knee("The request for authorization is missing from the file."),
        knee("A Request for Authorization could not be located."),
        knee("There is no operative report.", records=(Record(title="Operative report"),)),
        # Studies
        knee("X-rays have not been obtained.", "X-rays of the left knee were normal."),
        back("There is no positive imaging.", "an MRI that showed a disc protrusion."),
        knee("No EMG was performed.", "The EMG of 11-15-2016 showed no neuropathy."),
        # Another part of the body, named by the claim itself
        back("There is no neck examination.", "tenderness of the neck."),
        # Another rationale states it
        knee(
            "No effusion was found.",
            **{
                "item 2 request": "Aspiration of the left knee",
                "item 2 rationale": "On 12-02-2016 the left knee of this worker had an effusion.",
            },
        ),
    ],
    "IMR211": [
        knee("The McMurray test was negative.", "A positive McMurray test was noted."),
        knee("The motion of the left knee is full.", "Flexion of the left knee was limited."),
        knee("Strength was 5/5.", "There was weakness of the left knee."),
        back("The neurological examination was normal.", "a neurological deficit of the left leg."),
        back("There is fever.", "no fever."),
        back("Straight leg raising was positive.", "a negative straight leg raise on both sides."),
        knee("The spasm has resolved.", "There was spasm of the calf."),
        knee("X-rays were abnormal.", "X-rays of the left knee were normal."),
        knee("The splint was well tolerated.", "The splint was not tolerated."),
        knee("The pain went from 3 to 8.", "The pain went from 8 to 3."),
    ],
}

NEAR_MISSES: Table = {
    "IMR210": [
        # Something narrower is missing
        knee("There is no documentation of functional improvement from physical therapy."),
        knee("There is no documentation of failed physical therapy."),
        knee("There are no physical therapy notes."),
        knee("No recent X-ray was provided.", "X-rays in 2012 were normal."),
        knee("No further physical therapy was provided."),
        knee("There has been no physical therapy since the operation."),
        knee("There is no evidence of a large effusion.", "The knee had a small effusion."),
        back("There is no radiculopathy on EMG.", "radicular pain of the left leg."),
        # Another part or side
        knee("There was no physical therapy for the shoulder."),
        knee("No tenderness was found.", "The right shoulder was tender."),
        knee("No effusion of the left knee was found.", "The right knee had an effusion."),
        # Another day
        knee("On 12-02-2016 there was no effusion.", "On 10-20-2016 the knee had an effusion."),
        # The summary denies it as well, or only plans it
        knee("No effusion was found.", "There was no effusion."),
        knee("No MRI was provided."),
        knee("No injection has been tried.", "A cortisone injection was recommended."),
        # A guideline, a condition, a quotation, utilization review
        knee("The MTUS asks for imaging if there is no response and no physical therapy."),
        knee('The ODG states, "There is no physical therapy that restores a torn meniscus."'),
        knee("Utilization review held that no physical therapy was documented."),
        knee("Unless physical therapy has not been tried, imaging comes first."),
    ],
    "IMR211": [
        knee("The McMurray test was positive.", "A positive McMurray test was noted."),
        knee("The McMurray test was negative on the right.", "McMurray was positive on the left."),
        knee("A positive McMurray test is recommended by the MTUS.", "McMurray was negative."),
        knee("The knee was stable on 12-02-2016.", "On 10-20-2016 the knee was unstable."),
        knee("Strength is nearly normal.", "There was weakness of the left knee."),
        knee("A delay risks an effusion.", "There was no effusion."),
        knee("The splint gave some relief.", "The splint gave no lasting relief."),
        knee("The pain went from 8 to 3.", "The pain went from 8 to 3."),
        knee("The knee was tender.", "The knee was tender at first, and later not tender."),
    ],
}
