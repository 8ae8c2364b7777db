"""What is feared, reported, past, partial or about something else is no contradiction."""

from imr_tui.model.evidence import Citation
from tests.checks.families import Table
from tests.checks.families.contradictions import back, knee
from tests.checks.families.date_slips import SUMMARY, k

CAPSULE = Citation(
    organization="Official Disability Guidelines (ODG)", section="Knee and Leg, {}", standard="B"
)


def seen(words: str, rationale: str = "", **fields: object) -> dict[str, object]:
    """The frame of dates with more words in its summary."""
    return {**k(rationale), "summary.text": f"{SUMMARY} {words}", **fields}


def shoulder(request: str, section: str) -> dict[str, object]:
    """An item for the shoulder, and a section of the chapter of ODG on the knee."""
    cited = CAPSULE.but(section=f"Knee and Leg, {section}")
    return {"request": request, "citations": (cited,)}


FIRES: Table = {
    "IMR210": [
        # Stated beside words of fear, which do not reach it
        knee(
            "No effusion was found.", "An MRI is to rule out a tear, as the knee has an effusion."
        ),
        knee("There is no mention of instability.", "If she walks, she has instability."),
        # A complaint that a claim about the records denies
        back("There are no complaints of numbness.", "reported numbness of the left foot."),
        # Once a week is not once
        knee("Giving way was not reported.", "The left knee gives way once a week."),
        # The same spot
        knee("There is no tenderness of the patella.", "The left patella is tender."),
        back("There is no decreased sensation at S1.", "decreased sensation at L5 and S1."),
        # A document for the item itself
        knee("There is no RFA for the MRI.", "The RFA was signed."),
        # The neighbouring limb, where nerves join the two
        back("There are no radicular symptoms.", "numbness of the left calf."),
    ],
    "IMR211": [
        knee(
            "On testing, the motion of the left knee was full.",
            "Flexion was limited to 90 degrees.",
        ),
    ],
    "IMR212": [
        {
            "decision": "upheld",
            "rationale": "The worker meets the criteria for massage. Therefore the requirements "
            "have not been met. The request is not medically necessary.",
        },
    ],
    "IMR301": [seen("", "She sustained an industrial injury on 10-14-2015.")],
    "IMR302": [k("The request was received and denied by Utilization Review on 12-02-2016.")],
    "IMR319": [k("She has had pain of the left knee for three years.")],
    "IMR329": [k("On 12-02-2016 her weight was 82 cm.")],
}

_FEARED = (
    ("There is no evidence of a meniscal tear.", "The provider wants to exclude a tear."),
    ("There is no instability.", "Ligament laxity was suspected."),
    ("No fracture is documented.", "An occult fracture cannot be ruled out."),
    ("There is no sign of an effusion.", "The report raises the question of an effusion."),
    ("No swelling has been noted.", "She is to call if there is any swelling of the left knee."),
    ("There is no numbness.", "She was told of the risk of numbness after surgery."),
    ("No injection has been given.", "An injection was refused by the worker."),
    ("She has not worn a brace.", "A brace was prescribed, but she never received it."),
    ("No acupuncture has been tried.", "She might benefit from acupuncture."),
)
_REPORTED = (
    ("No swelling was found on examination.", "She states that there is swelling after work."),
    ("There was no instability on testing.", "She complains of instability at times."),
    ("No spasm could be palpated.", "She describes spasm of the left thigh in the mornings."),
)
_EARLIER = (
    ("There is no effusion now.", "An effusion was noted at the first visit."),
    ("At present there is no swelling.", "Initially there was swelling of the left knee."),
    ("No tenderness was found today.", "On 10-16-2016 the left knee was tender."),
)
_SPOTS = (
    ("There is no tenderness of the lateral joint line.", "The medial joint line was tender."),
    ("There was no weakness of the hamstrings.", "The left quadriceps was weak."),
    ("There is no crepitus of the joint line.", "The left patella has crepitus."),
)
_NARROWER = (
    ("No records show that physical therapy has failed.", ""),
    ("There is no documentation that ibuprofen was effective.", ""),
    ("No Botox injection has been given.", "She had a cortisone injection."),
    ("No Synvisc injection was given.", "She had a cortisone injection of the left knee."),
    ("No viscosupplementation injection was tried.", "A cortisone injection was given."),
    ("There is no RFA for the brace.", "The RFA for the MRI was signed."),
    ("There is no RFA for a cane or for acupuncture.", "The RFA lists the MRI."),
    ("No request for authorization for physical therapy was sent.", "The RFA was signed."),
)
_ELSEWHERE = (
    ("No MRI of the left knee was done.", "An MRI of the lumbar spine was normal in 2014."),
    ("There is no tenderness of the left calf.", "The lumbar spine is tender."),
    ("No CT of the left knee was done.", "CT of the head was normal."),
)

NEAR_MISSES: Table = {
    "IMR210": [
        knee(said, found)
        for said, found in (*_FEARED, *_REPORTED, *_EARLIER, *_SPOTS, *_NARROWER, *_ELSEWHERE)
    ],
    "IMR211": [
        knee("No weakness was found on testing.", "She reported weakness of the left leg."),
        knee("Motion is now full.", "Motion was limited to 90 degrees on 10-20-2016."),
        knee("No spasm was palpated.", "She complains of spasm of the left calf at night."),
        knee("The McMurray test was negative medially.", "McMurray was positive laterally."),
        back("Sensation is intact at S1.", "decreased sensation in the L5 dermatome."),
        knee("There is no effusion now.", "An effusion was noted on the first visit."),
    ],
    "IMR212": [
        k("The worker meets two of the five criteria. The others are not met.", decision="upheld"),
        k("She meets the age criterion. The criteria are not met.", decision="upheld"),
        k("The first criterion is met. The requirements are not met.", decision="upheld"),
        k("The records support ongoing nonoperative care. The criteria are not met."),
        k("The criteria for acupuncture are met. Those for an MRI are not met."),
        k("The requirements for therapy were met, and it was authorized. They are not met here."),
    ],
    "IMR301": [
        seen("She has a history of neck pain from an injury in 2011."),
        seen("There is a history of a work injury of 4/6/2008 to the left hand."),
        seen("She has had stiffness of the neck since a car accident in 2009."),
    ],
    "IMR302": [
        seen("The request was received by Utilization Review on 12-07-2016."),
        seen("It was sent to Utilization Review on 12-06-2016."),
        seen("The form was forwarded to the UR department on 12-08-2016."),
        {**k(""), "summary.text": SUMMARY.replace("12-12-2016", "12-12-3016")},
    ],
    "IMR307": [
        {
            "request": "Epidural injection at L4-5",
            "summary.text": "The MRI showed a protrusion at L4-5 and one at L5-S1.",
            "rationale": f"{said} The injection is not medically necessary.",
        }
        for said in (
            "There is no stenosis at L3-4.",
            "The study is normal at L3-4.",
            "The discs are free of herniation at L2-3 and L3-4.",
        )
    ],
    "IMR308": [
        k("The right knee is not at issue."),
        k("For the right knee, no imaging was requested."),
        seen("She stands on the right leg only."),
        seen(
            "The right straight leg raise was negative.", "Leg raising was negative on the right."
        ),
        seen("There was tenderness of the right knee in 2014.", "The left knee has tenderness."),
        seen("She has pain of the right knee as well."),
    ],
    "IMR313": [
        {
            "request": "Physical therapy, 12 sessions",
            "original": "Physical therapy, 24 sessions",
            "authorized": "Physical therapy, 12 sessions",
            "summary.text": f"Utilization Review modified {amount} were authorized.",
        }
        for amount in (
            "24 sessions of physical therapy, of which 12",
            "the 24 sessions of which 12",
            "24 visits of therapy, of which twelve",
        )
    ],
    "IMR319": [
        seen("She has had pain of the left knee on and off for ten years."),
        seen("She has had pain of the knee for several years since high school."),
        seen("She has been having headaches since 2010."),
        seen("She was on Lipitor for five years."),
        seen("She has taken metformin for six years."),
    ],
    "IMR328": [
        k("The criteria for a CT scan in the guideline do not apply."),
        k("The ODG criteria for arthroscopy are not applicable."),
        k("The guideline criteria for physical therapy are met, and it was certified."),
    ],
    "IMR329": [
        seen("Her weight was 82 kg and height 170 cm."),
        seen("She is 5 feet 4 inches tall and weighs 250 pounds."),
        seen("With a height of 168 cm and a weight of 90 kg, her BMI is 32."),
    ],
    "IMR411": [
        shoulder("Compression device, deep vein thrombosis, right shoulder", "Venous thrombosis"),
        shoulder("Garment for the right arm", "Compression garments"),
        shoulder("Range of motion testing of the right shoulder", "Flexibility"),
        shoulder("Clearance before surgery of the right shoulder", "Preoperative testing, general"),
    ],
    "IMR504": [
        {"summary.text": "She wore an ankle-foot orthosis (AFO). The AFO was heavy."},
        {"rationale": "The rationale (HEP, home exercise) names a HEP [home program]."},
        {"rationale": "The MRI is due."},
    ],
}
