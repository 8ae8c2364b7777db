"""IMR305 to IMR308: region, level and side."""

from tests.checks.families import Table

END = " It is not medically necessary."
KNEE = {"request": "MRI of the right knee without contrast"}
NECK = {"request": "Chiropractic treatment of the cervical spine, 6 sessions"}
INJECTION = {"request": "Transforaminal epidural steroid injection at L4-L5"}

FIRES: Table = {
    "IMR305": [
        KNEE | {"rationale": "The shoulder moves freely and the cuff is strong." + END},
        NECK | {"rationale": "There is low back pain without sciatica." + END},
        {"request": "MRI of the lumbar spine", "rationale": "The wrist is stiff." + END},
        {"request": "Left ankle brace", "rationale": "The elbow is tender." + END},
        {"request": "EMG of the lower extremities", "rationale": "Neck pain is mild." + END},
    ],
    "IMR306": [
        KNEE | {"rationale": "No red flag is noted." + END},
        NECK | {"rationale": "Six visits did not help." + END},
        INJECTION | {"rationale": "The first one did not help." + END},
    ],
    "IMR307": [
        INJECTION | {"rationale": "The request for an injection at L1-2 is considered." + END},
        INJECTION | {"rationale": "An epidural at C6-7 is meant for arm pain." + END},
        {
            "request": "Medial branch blocks C4-5, C5-6",
            "rationale": "Blocks at L4/5 are asked for." + END,
        },
    ],
    "IMR308": [
        KNEE | {"rationale": "The left knee has no effusion." + END},
        {"request": "Left carpal tunnel release", "rationale": "The right wrist is numb." + END},
        {
            "request": "Right shoulder arthroscopy",
            "rationale": "The right shoulder is weak. Therapy of the left shoulder helped." + END,
            "summary.text": "A 40 year old man with pain in the right shoulder.",
        },
        {"request": "Brace for the left ankle", "rationale": "An ankle (right) sprain." + END},
    ],
}

NEAR_MISSES: Table = {
    "IMR305": [
        KNEE | {"rationale": "The meniscus may be torn." + END},
        NECK | {"rationale": "The arm is numb in a radicular pattern." + END},
        {"request": "EMG of both upper extremities", "rationale": "Neck pain goes down." + END},
        KNEE | {"rationale": "The Low Back Chapter of the ODG is not used here." + END},
        {"request": "MRI of the wrist", "rationale": "The hand is swollen." + END},
        {"request": "SI joint injection", "rationale": "Low back pain is constant." + END},
        {"request": "Norco 10/325mg #60", "rationale": "The knee hurts." + END},
        KNEE | {"rationale": "No region is named." + END},
        {"request": "Inguinal hernia repair", "rationale": "The groin bulges." + END},
    ],
    "IMR306": [
        KNEE | {"rationale": "The leg is weak." + END},
        {"request": "Norco 10/325mg #60", "rationale": "Function is the same." + END},
        KNEE | {"rationale": " "},
    ],
    "IMR307": [
        INJECTION | {"rationale": "The MRI shows a protrusion at L5-S1." + END},
        INJECTION | {"rationale": "Weakness in an L1 dermatome, and L4/5 narrowing." + END},
        INJECTION | {"rationale": "Injection at the L4-5 level did not help." + END},
        {"request": "MRI of the lumbar spine", "rationale": "An injection at L1-2." + END},
        INJECTION | {"rationale": "T2-weighted images were read by another." + END},
    ],
    "IMR308": [
        KNEE | {"rationale": "The right knee has an effusion." + END},
        KNEE | {"rationale": "Compared with the left knee, there is no effusion." + END},
        KNEE | {"rationale": "The left ankle is swollen." + END},
        {"request": "Bilateral knee braces", "rationale": "The left knee is worse." + END},
        {"request": "MRI of the knee", "rationale": "The left knee is swollen." + END},
        KNEE
        | {
            "rationale": "The left knee is worse; the right knee locks." + END,
            "summary.text": "A 40 year old man with pain in both knees.",
        },
    ],
}
