"""IMR508 to IMR512: typing errors, doubled and wrong words, and broken sentences."""

from tests.checks.families import Table

NOT = " It is not medically necessary."


def _each(*texts: str, end: str = NOT) -> list[dict[str, object]]:
    return [{"rationale": f"{text}{end}"} for text in texts]


FIRES: Table = {
    "IMR508": [
        *_each(
            "The lo9w back is tender.",
            "The pa1n is less.",
            "Bi1ateral weakness was noted.",
            "The 4ight knee was tender.",
            "The worker4 was seen again.",
            "The note of O5/12/2014 was read.",
            "It began in 2O13 at work.",
            "The d0se is the same.",
        ),
        {"request": "MRI of the 1umbar spine"},
    ],
    "IMR509": [
        *_each(
            "The failure of failure of therapy was noted.",
            "The pain of the the neck was less.",
            "He was seen and and examined.",
            "The range of motion, range of motion was full.",
            "The neck was tender in the neck was tender in two places.",
            "The neck was tender on both sides. The neck was tender on both sides.",
        ),
        {"summary.text": "Treatment has included physical therapy, physical therapy and rest."},
    ],
    "IMR510": [
        *_each(
            "It is not medicaly necessary.",
            "The Utilization Reveiw denied it.",
            "The Claims Adminstrator denied it.",
            "The injured wroker was seen.",
            "The MTSU allows it.",
            "The cervial spine was tender.",
            "An arthoscopy was done.",
            "The eletromyography was normal.",
            "A MIR of the knee was done.",
            "The Official Disabilty Guidelines allow it.",
            "The request for authorizaton was read.",
            "It was non-certifiied in May.",
            "She is a 44 yaer old woman.",
            "A medial necessity was not shown.",
        ),
        {"request": "Physcial therapy of the neck"},
    ],
    "IMR511": [
        *_each(
            "The MRI is not medically necessary because of the.",
            "The knee was tender (over the joint line.",
            "of the neck was tender.",
            "There is no record of the motion of.",
            "The plan was to treat the. The knee was tender.",
            "The pain rose to the The reflexes were normal.",
            end="",
        ),
        {"rationale": "The request for an MRI of the neck is not medically"},
        {"rationale": "The worker has had an MRI of the"},
        {"summary.text": "He was treated with heat, ice and."},
    ],
    "IMR512": [
        *_each(
            "Therapy was tired and failed.",
            "The lumber spine was tender.",
            "Pressure did illicit pain.",
            "His dominate hand was hurt.",
            "There is know evidence of a tear.",
            "He had relief form the injection.",
            "The neck was tender to palpitation.",
            "The left ileum crest was tender.",
            "A prostrate exam was normal.",
            "Their is no record of it.",
            "The pain was more then before.",
            "He was seen two times a weak.",
            "The shoulder has a rotator cup tear.",
            "The mussel was in spasm.",
        ),
        {"rationale": "The massage is now medically necessary."},
    ],
}

NEAR_MISSES: Table = {
    "IMR508": [
        *_each(
            "COX2, B12, A1C, HbA1c, H2 and T2DM were noted.",
            "He took 5mg and 2tablets after the 2nd visit in 6weeks.",
            "The C5-6 disc, the L5S1 disc and the T2 image were normal.",
            "The code L0650, the Vascutherm4 and the M54.5 are known.",
            "The study2 and the guideline1.",
            "The covid19 test and omega3 were noted, q4h and x3.",
        ),
        {"request": "Celebrex 200mg #60, 2refills"},
    ],
    "IMR509": [
        *_each(
            "He had had therapy, and that that helped was noted.",
            "The range was 1 to 1, and it was very very short.",
            "He came from Walla Walla and gave her her splint.",
            "A product with a drug that is not recommended is not recommended.",
            "The pain was better day by day, and side by side it was less.",
            "The neck was tender in the neck. In the neck it is stiff.",
            "Cervicalgia; pain of the neck; pain; pain at night.",
        ),
    ],
    "IMR510": [
        *_each(
            "The medial branch and the median nerve were blocked.",
            "An orthopaedic surgeon found a tendonitis and paraesthesia.",
            "A diskectomy was authorised, and the analgesia was good.",
            "The Tinel and Phalen tests were normal.",
            "Stella asked for a guide and a tunnel view.",
            "His dog, a guide, and a gem of a worker.",
        ),
    ],
    "IMR511": [
        *_each(
            "It is what he asked for. The pain is less than it was.",
            "The pain (of the neck) was less: 1) at rest, 2) at work.",
            "He was referred to, seen and cared for.",
            "eGFR was normal.",
            "It cannot be relied on. The care goes on.",
            end="",
        ),
        {"rationale": "The MRI is not medically necessary"},
        {"summary.text": 'He said "no more."'},
        {"rationale": ""},
    ],
    "IMR512": [
        *_each(
            "She is tired, and he was tired of pain.",
            "He carried lumber at a lumber yard.",
            "He uses illicit drugs, and the lungs are clear.",
            "He has palpitations on exertion.",
            "The form of the drug, from May, is old.",
            "A food worker of the meat plant stems the flow.",
            "The trail making test was normal, and a patent foramen was seen.",
            "The guideline then asks for more. It is rather weak.",
            "The wound had an infection of the bone, and it is clean and dry.",
            "He slipped and felt back pain; nothing is left that helps.",
            "These symptoms form the basis of the claim.",
            "He bent the knee for additional room, and both need surgery.",
            "The angle is 40 degrees, and he moved a table.",
            "It never improved, and it is a part of the whole.",
            "There is on record a signed agreement.",
        ),
        {"decision": "overturned", "rationale": "The massage is now medically necessary."},
    ],
}
