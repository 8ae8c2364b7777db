"""IMR201 to IMR213: what a rationale concludes, and whether its reasons lead there."""

from imr_tui.checks.rule import Example
from tests.checks.families import Table

DENIED = " The request for massage is not medically necessary."
GRANTED = " The request for massage is medically necessary."


def upheld(*reasons: str) -> list[Example]:
    """Upheld items whose rationale ends with a denial."""
    return [{"decision": "upheld", "rationale": each + DENIED} for each in reasons]


def overturned(*reasons: str) -> list[Example]:
    """Overturned items whose rationale ends with an approval."""
    return [{"decision": "overturned", "rationale": each + GRANTED} for each in reasons]


def said(decision: str, *rationales: str) -> list[Example]:
    """Cases of a decision and a whole rationale."""
    return [{"decision": decision, "rationale": each} for each in rationales]


def summary(*texts: str) -> list[Example]:
    """Cases of a summary."""
    return [{"summary.text": each} for each in texts]


def dependent(rationale: str, own: str, other: str, request: str = "Cold unit") -> Example:
    """An item that follows an arthroscopy of the knee, with both decisions."""
    return {
        "request": request,
        "rationale": rationale,
        "decision": own,
        "follows": 2,
        "item 2 request": "Left knee arthroscopy",
        "item 2 follows": 0,
        "item 2 decision": other,
    }


FIRES: Table = {
    "IMR201": [
        *said(
            "upheld",
            "Passive therapy is not indicated for chronic pain. The worker failed exercise. The "
            "request is medically necessary.",
            "In mild cases it is not recommended, the authors state. The request is medically "
            "necessary.",
            'The ODG says: "Massage is not medically necessary in most cases." The request for '
            "massage is medically necessary.",
            "The chapter does not consider massage medically necessary at first. Therefore the "
            "request for massage is medically necessary.",
            "As the requested surgical intervention is not medically necessary at this time, the "
            "requested ancillary service is medically necessary.",
            "Because the fusion is not supported, the brace is medically necessary.",
            "Since the release is not approved, the sling is medically necessary.",
        ),
        *said(
            "overturned",
            "As the surgery is medically necessary, the brace is not medically necessary.",
            "The injections are supported, but the imaging is not medically necessary.",
        ),
    ],
    "IMR205": [
        dependent("As the surgery is approved, it is necessary.", "upheld", "upheld"),
        dependent(
            "As the arthroscopy itself is not supported, the unit is not medically necessary.",
            "upheld",
            "overturned",
        ),
        dependent(
            "Rest is enough. The arthroscopy of the knee has been denied above, and so the unit "
            "is not medically necessary.",
            "upheld",
            "overturned",
        ),
        {
            "request": "Post operative therapy for the left knee",
            "rationale": "As the requested surgical intervention is not medically necessary, the "
            "therapy is not medically necessary.",
            "decision": "upheld",
            "item 2 decision": "overturned",
        },
    ],
    "IMR212": [
        {
            "request": "Knee scooter",
            "decision": "upheld",
            "rationale": "There is rationale provided to support the request for one knee scooter. "
            "Therefore the requirements have not been met. It is not medically necessary.",
        },
        *upheld(
            "The records support massage at this dose. The guideline is thus not satisfied.",
            "The findings justify the treatment.",
            "The criteria of the chapter are met. Therefore the request fails the criteria.",
            "The guideline asks for pain and for stiffness. All of these are documented.",
            "The MTUS grants more visits even without any improvement.",
            "The worker meets the criteria for massage.",
        ),
        *overturned(
            "The worker has neck pain, and the criteria of the guideline are therefore not met.",
            "The worker does not qualify for it.",
            "Exercise and medication have not been tried.",
            "Two drugs and an injection were sufficient.",
            "The MTUS does not recommend massage for the neck.",
            "The number exceeds the limit of the chapter.",
            "The treatment is not needed to go back to work.",
            "The ODG asks for relief of half the pain, which was not reached in this worker.",
            "The guideline asks for pain and for stiffness. None of these is recorded.",
        ),
    ],
    "IMR213": [
        *summary(
            "The worker has neck pain. On 11/05/2014 the claims administrator approved the request "
            "for massage.",
            "He denied numbness. The request was authorized by utilization review on 11/05/2014.",
            "UR found the massage medically necessary in a letter of 11/05/2014.",
        ),
        {"rationale": "Utilization review certified this request in full." + DENIED},
        {"rationale": "The carrier has already authorized the treatment." + DENIED},
        {"rationale": "The request was granted by the claims adjuster." + DENIED},
    ],
    "IMR409": [
        *(
            {"request": request, "decision": "upheld", "rationale": rationale + DENIED}
            for request, rationale in (
                ("Norco 10/325mg #60", "Norco should be discontinued now."),
                ("Norco 10/325mg #60", "It should be withdrawn, as it does not help."),
                ("Xanax 1mg #60", "A taper is not needed, so it should be stopped at once."),
                ("Percocet 5/325mg #30", "Immediate cessation of the drug is advised."),
                ("Soma 350mg #90", "The spasm is unchanged."),
                ("Baclofen 10mg #90", "It was used for three months without gain."),
                ("Fioricet #60", "It leads to headache by overuse."),
                ("Tramadol 50mg #60", "No weaning was planned. Function is the same."),
            )
        ),
    ],
}

NEAR_MISSES: Table = {
    "IMR201": [
        *said(
            "upheld",
            "Massage is not indicated here. Weaning of other drugs is medically appropriate.",
            "An MRI is not indicated. Slow weaning of opioids is medically necessary.",
            "As the surgery is not medically necessary, none of the services is.",
            "As the surgery is not medically necessary, the brace is not medically necessary.",
        ),
        *said(
            "overturned",
            "Passive therapy is not indicated for chronic pain. The neck was injured in May. The "
            "request is medically necessary.",
            "As the surgery is medically necessary, the brace is medically necessary.",
        ),
    ],
    "IMR203": [
        {
            "rationale": "The concurrent request for surgery of the shoulder is supported. "
            "However, the request failed to state a quantity. It is not medically necessary."
        },
        {"rationale": "The effusion is 3 mm deep. It is not medically necessary."},
        {"rationale": "No brace has been tried. It is not medically necessary."},
        {"rationale": "The knee is unstable and weak. It is not medically necessary."},
    ],
    "IMR204": [
        {
            "request": "Post operative physical therapy for the right knee 2 times a week",
            "rationale": "As the requested surgical intervention is not medically necessary, the "
            "therapy is not medically necessary.",
        },
        {
            "request": "Pre operative surgical clearance",
            "rationale": "Since the primary procedure is not medically necessary, this is not.",
        },
    ],
    "IMR205": [
        dependent(
            "Although the arthroscopy is supported, a cold pack at home is enough. The leg will be "
            "moved early. The unit is not medically necessary.",
            "upheld",
            "overturned",
        ),
        dependent("As the surgery is approved, it is necessary.", "overturned", "overturned"),
        dependent(
            "UR held that the arthroscopy is not necessary. As the arthroscopy is medically "
            "necessary, the unit is medically necessary.",
            "overturned",
            "overturned",
        ),
    ],
    "IMR212": [
        *upheld(
            "The records support massage. However, six visits were certified.",
            "Although the worker meets the criteria for a trial, no quantity is named.",
            "The records do not support the request. The criteria are not met.",
            "The criteria would be met if exercise had failed.",
            "No finding supports the request.",
            "Contraindications are bleeding and fever. All of these are documented.",
            "The MTUS supports massage for the neck.",
            "There is no condition that meets the guideline.",
        ),
        *overturned(
            "The criteria are not strictly met. Nevertheless, the neck is stiff.",
            "UR held that the criteria are not met.",
            "Contraindications are bleeding and fever. None of these is recorded.",
            "The MTUS does not recommend massage as a routine treatment.",
            "The MTUS does not recommend opioids for the neck.",
            "Earlier massage has not been tried.",
            "Exercise and medication were not enough.",
            "Surgery is not needed if the pain subsides.",
            "Conservative care has failed, and the criteria are met.",
        ),
    ],
    "IMR213": [
        *summary(
            "UR certified gabapentin on 11/05/2014 and did not certify massage.",
            "UR approved six visits. On 11/05/2014 the request for more was denied.",
            "UR certified none of the requests on 11/05/2014.",
            "The request was non-certified by utilization review on 11/05/2014.",
            "Massage was authorized in May and completed.",
        ),
        {"rationale": "Utilization review certified the gabapentin." + DENIED},
        {"rationale": "UR certified six of the twelve visits." + DENIED},
        {
            "request": "Massage, 6 sessions",
            "original": "Massage, 12 sessions",
            "authorized": "Massage, 6 sessions",
            "rationale": "Utilization review authorized the treatment in part." + DENIED,
        },
    ],
    "IMR401": [
        {
            "citations": (),
            "request": "Post operative physical therapy for the right knee 2 times a week",
            "rationale": "As the requested surgical intervention is not medically necessary, the "
            "therapy is not medically necessary.",
        },
        {
            "citations": (),
            "request": "Post op cold therapy unit",
            "rationale": "Since the surgery is not medically necessary, this is not.",
        },
    ],
    "IMR109": [
        {
            "summary.text": "This 54 year old man was injured on 10/23/2013. On 11-14-2013 the "
            "provider noted there was a closed reduction and pinning of the fracture on 11-9-2013. "
            "The request is for therapy."
        },
        {
            "summary.text": "This 54 year old man was injured on 10/23/2013 and has a sprain. He "
            "wears a boot. On 11/05/2014, utilization review determined physical therapy six "
            "visits for the lumbar spine was not medically necessary."
        },
        {
            "summary.text": "This 54 year old man was injured on 10/23/2013. He is treated for a "
            "right trigger thumb. He attended eight sessions. UR did not certify more."
        },
    ],
    "IMR309": [
        {
            "request": "Chiropractic treatment, 6 visits",
            "decision": "overturned",
            "rationale": "For a flare up, re-evaluation of previous treatment success is "
            "necessary. He had relief before. Therefore the request is medically necessary.",
        },
        {
            "request": "Chiropractic treatment, 6 visits",
            "rationale": "In chronic pain, monitoring by drug screens is necessary. The request is "
            "not medically necessary.",
        },
        {
            "request": "Acupuncture, 6 sessions",
            "rationale": "Documentation of gains from therapy is necessary. The request is not "
            "medically necessary.",
        },
    ],
    "IMR409": [
        *(
            {"request": request, "decision": "upheld", "rationale": rationale + DENIED}
            for request, rationale in (
                ("Norco 10/325mg #60", "It should be reduced gradually."),
                ("Norco 10/325mg #60", "It must not be stopped abruptly."),
                ("Norco 10/325mg #60", "This is not to be read as advice to end it abruptly."),
                ("Norco 10/325mg #60", "A taper is due, as an abrupt end brings on withdrawal."),
                ("Soma 350mg #90", "The physician should taper it over some weeks."),
                ("Norco 10/325mg #60", "The drug has not been started yet."),
                ("Post-op Norco 5/325mg #20", "The surgery is not approved."),
                ("Baclofen 2% cream", "The cream is not recommended."),
            )
        ),
    ],
}
