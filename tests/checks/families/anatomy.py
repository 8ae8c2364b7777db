"""Sides, levels, parts and regions of the whole letter, of which one contradicts the others."""

from tests.checks.families import Table

KNEE = (
    "The injured worker is a 44 year old female who sustained an industrial injury on 10-14-2016. "
    "Diagnoses include a strain of the left knee. On 12-02-2016 she complained of pain of the left "
    "knee. {} The treatment plan included an MRI of the left knee."
)
MRI = "MRI of the left knee"
DENIED = " As such, the request for an MRI of the left knee is not medically necessary."
SPINE = (
    "A 50 year old man has pain of the low back and of the right leg. An MRI showed stenosis at "
    "L4-5. {} The plan was a right transforaminal epidural injection at L4-5."
)
INJECTION = "Right transforaminal epidural injection at L4-5"
NECK = "A 50 year old woman has neck pain and tingling of the left hand. {} An MRI was ordered."
THUMB = (
    "A 50 year old woman has triggering of the right thumb. {} The request was for a release of "
    "the right trigger thumb."
)


def knee(rationale: str, summary: str = "") -> dict[str, str]:
    return {
        "request": MRI,
        "summary.text": KNEE.format(summary),
        "rationale": rationale + DENIED,
    }


def spine(rationale: str, summary: str = "", request: str = INJECTION) -> dict[str, str]:
    return {"request": request, "summary.text": SPINE.format(summary), "rationale": rationale}


def neck(rationale: str, summary: str = "") -> dict[str, str]:
    return {
        "request": "MRI of the cervical spine",
        "summary.text": NECK.format(summary),
        "rationale": f"{rationale} An MRI of the cervical spine is not medically necessary.",
    }


def thumb(rationale: str, summary: str = "") -> dict[str, str]:
    return {
        "request": "Right trigger thumb release",
        "summary.text": THUMB.format(summary),
        "rationale": rationale,
    }


def stated(*sentences: str) -> list[dict[str, str]]:
    return [{"summary.text": KNEE.format(sentence)} for sentence in sentences]


FIRES: Table = {
    "IMR305": (
        {
            "request": "MRI of the elbow",
            "summary.text": "A 40 year old man has pain of the right elbow.",
            "rationale": "The elbow is tender. This does not meet the criteria for a shoulder MRI. "
            "An MRI of the elbow is not medically necessary.",
        },
        knee("The left knee is stable. An MRI of the wrist is not medically necessary."),
        knee("The left knee is stable. The guideline recommends surgery of the shoulder first."),
        neck("The neck is stiff. The chapter on the ankle supports imaging where it is unstable."),
        {
            "request": "Physical therapy, 6 visits",
            "summary.text": "A 40 year old man has low back pain.",
            "rationale": "The back is stiff. Therapy of the shoulder is not medically necessary.",
        },
    ),
    "IMR307": (
        spine("Stenosis is described at L3-4. The injection is medically necessary."),
        spine("The request for an injection at L5-S1 is not medically necessary."),
        spine("The findings fit the C6 root. The injection is not medically necessary."),
        spine("The injection is not necessary.", "He had a laminectomy at C5-6 in 2010."),
        spine("The injection is not necessary.", "There was a lumbar disc bulge at C4-5."),
        spine("The injection is not necessary.", "The request was for an injection at L2-3."),
        spine("The disc at L5-6 is narrow. The injection is not necessary."),
        spine(
            "The right L2, L3 and L4 medial branch blocks are not medically necessary.",
            request="Right L3, L4 and L5 medial branch blocks",
        ),
    ),
    "IMR308": (
        knee("The knee locks.", "The right knee had a limited motion in all planes."),
        knee("The knee locks.", "She twisted her right knee on a stair."),
        knee("The knee locks. The right knee is swollen."),
        knee("The MRI of the right knee is not medically necessary. The left knee is stable."),
        knee("The knee locks.", "The request was for an MRI of the right knee."),
        {
            "request": "Left wrist surgery",
            "summary.text": "A 40 year old man fell on his left hand. X-rays of the left wrist "
            "showed a break of the right distal radius and of the left distal ulna.",
            "rationale": "Surgery of the left wrist is not medically necessary.",
        },
        {
            "request": "Brace for the left ankle",
            "summary.text": "A 40 year old man has laxity of the left ankle. The right ankle was "
            "normal. A brace for the left ankle was requested.",
            "rationale": "Laxity of the right ankle is documented. A brace for the left ankle is "
            "medically necessary.",
        },
    ),
    "IMR322": (
        {
            "request": "MRI of the lumbar spine",
            "summary.text": "A 40 year old man has low back pain.",
            "rationale": "There was a positive Hawkins test and a painful arc of the right "
            "shoulder. An MRI of the lumbar spine is not medically necessary.",
        },
        knee("The right wrist was tender over the scaphoid."),
        knee("A positive Spurling sign was noted."),
        neck("There was an effusion of the right knee."),
    ),
    "IMR323": (
        thumb("The right ring finger locks every day. Surgery is medically necessary."),
        thumb("The release of the right long finger is not medically necessary."),
        thumb("Surgery is necessary.", "On 08-13-2019 the right great toe locked in flexion."),
        {
            "request": "Arthroscopic partial medial meniscectomy",
            "summary.text": "A 40 year old man has a tear of the medial meniscus of the knee.",
            "rationale": "The tear of the lateral meniscus locks the knee. Surgery is necessary.",
        },
        {
            "request": "Right carpal tunnel release",
            "summary.text": "A 40 year old man has right carpal tunnel syndrome.",
            "rationale": "The right cubital tunnel release is medically necessary.",
        },
    ),
    "IMR324": (
        *stated(
            "The left ankle reflex was 2+ on the right and 1+ on the left.",
            "There was tenderness of the left lumbar muscles on the right side.",
            "A right Gaenslen test on the left was positive.",
            "Grip was 18 kg on the left against 28 kg on the left.",
            "The test was positive on the right and negative on the right.",
            "Pain was worse on the left than on the left.",
            "Both left knees were stiff.",
            "Reflexes were normal on both sides and absent on the left.",
        ),
        knee(
            "The knee locks.", "The left knee was swollen. On 12-03-2016 the left knee was normal."
        ),
    ),
}

NEAR_MISSES: Table = {
    "IMR305": (
        knee('The left knee is stable. "MRI of the wrist is recommended for occult fractures."'),
        knee("The left knee locks. Criteria are met for joints such as the wrist."),
        knee("The left knee locks. The Ankle and Foot Complaints chapter does not apply."),
        neck("Imaging of the spine is recommended for red flags."),
    ),
    "IMR307": (
        spine("Stenosis at L4-5 is severe. The injection at L4-5 is medically necessary."),
        spine("No more than two levels are injected. The injection is not necessary."),
        spine("A prior fusion at L5-S1 is solid. The injection is not necessary."),
        spine("The injection is not necessary.", "Low back pain radiates in an L5 distribution."),
        spine(
            "The C6 root explains the tingling of the hand. The injection is not necessary.",
            "He also has neck pain.",
        ),
        spine(
            "The L5-6 disc of this transitional anatomy is narrow. The injection is not necessary."
        ),
        spine(
            "The blocks at the L4-5 facet joints are not medically necessary.",
            request="Medial branch blocks at L3 and L4",
        ),
    ),
    "IMR308": (
        knee("The knee locks.", "The right knee was stable and painless."),
        knee("The knee locks.", "Motion was 90 degrees, against 135 degrees of the right knee."),
        knee("The knee locks.", "She is right hand dominant."),
        knee("The knee locks.", "She had surgery of the right knee in 2009."),
        knee("The knee locks.", "Rotation to the right was full."),
        knee("The left knee is swollen. The right knee is normal."),
        knee("The left knee is swollen, compared with the right knee."),
        knee("The knee locks.", "Both knees ache. The right knee aches on stairs."),
    ),
    "IMR322": (
        knee("The guideline recommends imaging of a swollen shoulder."),
        knee("There is no tenderness of the wrist."),
        knee("She had a history of a swollen ankle."),
        knee("A positive Lachman test was noted."),
        neck("Numbness of the arm was found."),
    ),
    "IMR323": (
        thumb("The thumb locks, unlike the ring finger. Surgery is medically necessary."),
        thumb(
            "The right thumb locks. Surgery is medically necessary.", "The ring finger is stiff."
        ),
        thumb("There is no triggering of the ring finger. Surgery is medically necessary."),
        {
            "request": "Arthroscopy of the knee",
            "summary.text": "A 40 year old man has a tear of the medial meniscus. Later a tear of "
            "the lateral meniscus was seen.",
            "rationale": "The lateral meniscus is torn. Surgery of the knee is necessary.",
        },
    ),
    "IMR324": stated(
        "The left ankle reflex was 1+ and the right ankle reflex was 2+.",
        "Straight leg raising on the left caused pain on the right.",
        "Left rotation was limited on the right.",
        "Pain was worse on the left than on the right.",
        "Both right knee and left hip hurt.",
        "Grip was 18 kg on the left and 28 kg on the right.",
        "Neer was positive on the right and Hawkins was negative on the right.",
    ),
}
