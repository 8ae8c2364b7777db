"""Body regions, spine levels and sides of an item and of its rationale."""

from imr_tui.checks.rule import Example
from tests.checks.families import Table


def argued(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of a request and its rationale."""
    return [{"request": request, "rationale": rationale} for request, rationale in pairs]


FIRES: Table = {
    "IMR305": argued(
        (
            "MRI of the right knee without contrast",
            "There is tenderness over the rotator cuff, and abduction is limited. The shoulder "
            "has not been treated. The MRI is not medically necessary.",
        ),
        (
            "Physical therapy, 12 sessions, low back",
            "The ankle is swollen after a sprain. Twelve sessions are not medically necessary.",
        ),
        (
            "Lumbar epidural steroid injection",
            "Cervical radiculopathy is not shown by the examination. The injection is not "
            "medically necessary.",
        ),
        (
            "Left hip arthroscopy",
            "There is pain over the lateral epicondyle of the elbow. Surgery is not necessary.",
        ),
        (
            "Right carpal tunnel release",
            "Plantar fasciitis of the right foot has not been treated with orthotics. The "
            "procedure is not medically necessary.",
        ),
        (
            "Thumb spica splint",
            "A brace is advised where the knee is unstable. It is not medically necessary.",
        ),
        (
            "Chiropractic care of the cervical spine, 6 visits",
            "He has pain in the right foot. More care is not medically necessary.",
        ),
        (
            "Acupuncture for the neck, 6 sessions",
            "The meniscus of the right knee is torn. Needles do not mend it.",
        ),
        (
            "Total knee arthroplasty",
            "The acromioclavicular joint is arthritic, and the shoulder is stiff.",
        ),
    ),
    "IMR306": argued(
        ("MRI of the left ankle", "Rest and bracing were not tried. It is not necessary."),
        ("Lumbar support orthosis", "A brace is of no use beyond the acute phase."),
        ("Physical therapy of the shoulder, 12 visits", "A home program would do as well."),
        ("Massage of the neck, 6 sessions", "Six visits brought no gain in function."),
        ("Right elbow cortisone injection", "Injections give short relief only."),
    ),
    "IMR307": argued(
        (
            "Lumbar epidural steroid injection at L3-4",
            "The request for an epidural injection at L5-S1 is not medically necessary.",
        ),
        (
            "Anterior cervical discectomy and fusion C5-C6",
            "A fusion at C3-C4 is not medically necessary, for there is no instability.",
        ),
        (
            "Medial branch block at L3, L4 and L5",
            "The requested block at C4-C6 is not medically necessary.",
        ),
        ("Laminectomy L4-L5", "The laminectomy at T11-T12 is not medically necessary."),
        (
            "Transforaminal epidural injection at right L5 and S1",
            "The requested injection at right L2 and L3 is not medically necessary.",
        ),
    ),
    "IMR308": argued(
        (
            "Right shoulder arthroscopy",
            "The left shoulder has a full range of motion. Surgery of the left shoulder is not "
            "medically necessary.",
        ),
        (
            "Left carpal tunnel release",
            "Nerve conduction across the right wrist is normal. Release is not necessary.",
        ),
        (
            "Physical therapy for the left ankle, 8 visits",
            "The request for therapy of the right ankle is not medically necessary.",
        ),
        (
            "MRI of the left hip without contrast",
            "The joint space of the right hip is preserved. An MRI is not necessary.",
        ),
        (
            "Cortisone injection, right elbow",
            "He is tender over the left elbow. An injection is not medically necessary.",
        ),
        ("MRI of the knee, left", "The right knee is stable. The MRI is not necessary."),
        ("Rt knee brace", "The left knee is stable. A brace is not medically necessary."),
        (
            "EMG of the left upper extremity",
            "The right upper extremity is numb. The study is medically necessary.",
        ),
        (
            "Right total knee arthroplasty",
            "X-rays of the left knee show bone on bone. Replacement is medically necessary.",
        ),
    ),
}

NEAR_MISSES: Table = {
    "IMR305": argued(
        ("EMG of the bilateral upper extremities", "Neck pain goes down into the fingers."),
        ("EMG/NCV of the bilateral lower extremities", "Low back pain with sciatica is noted."),
        ("NCV of the left leg", "The lumbar spine is tender. It is not necessary."),
        ("Left wrist splint", "Carpal tunnel syndrome of the hand is shown. It is necessary."),
        ("Rotator cuff repair", "The shoulder has not been injected. It is not necessary."),
        ("Arthroscopic meniscectomy", "The knee locks. It is medically necessary."),
        ("Custom orthotics for the feet", "Plantar fasciitis is not documented."),
        ("Trigger finger release", "The hand locks in the mornings. It is necessary."),
        ("Sacroiliac joint injection", "Low back pain is axial. It is not necessary."),
        ("L5-S1 fusion", "The lumbar spine is stable. It is not medically necessary."),
        ("Back brace", "Lumbar supports have no lasting benefit."),
        ("Trapezius trigger point injections", "Neck pain has lasted for a year."),
        ("MRI of the heel", "The Achilles tendon is tender. It is not necessary."),
        ("Occipital nerve block", "Headaches start in the neck."),
        (
            "Cold therapy unit for the shoulder",
            "The Knee and Leg Chapter of the ODG speaks of seven days. It is not necessary.",
        ),
        (
            "TENS unit for the ankle",
            "The ODG, Low Back Chapter, and ACOEM Low Back Complaints do not recommend it.",
        ),
        ("MRI of the lumbar spine", "On the other hand, no red flags were noted."),
        ("MRI of the lumbar spine", "In the face of normal strength it is not necessary."),
        ("MRI of the right knee", "He went back to work. It is not necessary."),
        ("MRI of the right knee", "A hands-on trial of therapy was not made."),
        ("Norco 10/325mg #60", "Neck and shoulder pain persist. It is not necessary."),
        ("MRI of the right wrist", "Conservative care has not been tried."),
        ("Physical therapy for the neck and right knee", "The knee was treated before."),
        ("Pre-operative psychological evaluation for lumbar fusion", "Spine surgery is denied."),
        ("Inguinal hernia repair", "The groin bulges. Repair is medically necessary."),
        ("Thoracic spine MRI", "The upper back is tender. It is not necessary."),
        ("Thumb spica splint", "De Quervain tenosynovitis of the wrist is noted."),
    ),
    "IMR306": argued(
        ("MRI of the right wrist", "The hand is stiff. It is not necessary."),
        ("Right knee arthroscopy", "The meniscal tear is small. It is not necessary."),
        ("Lumbar fusion", "L5-S1 is stable. It is not medically necessary."),
        ("Rotator cuff repair", "The supraspinatus is intact. It is not necessary."),
        ("Norco 10/325mg #60", "Function has not improved. It is not necessary."),
        ("Functional capacity evaluation", "No return to work was tried."),
        ("Cervical epidural injection", "Neck pain does not radiate. It is not necessary."),
        ("Ankle brace", "His ankles are stable. It is not medically necessary."),
    ),
    "IMR307": argued(
        ("Epidural injection at L4-5", "An injection at L4-L5 is not medically necessary."),
        ("Epidural injection at L4/5", "The injection at L4 to L5 is not necessary."),
        ("Fusion L4 through S1", "A fusion at L5-S1 is not medically necessary."),
        ("Fusion L4-S1", "The fusion of L5 to S1 is not medically necessary."),
        ("Epidural injection at L4-5", "The MRI shows stenosis at L2-3. It is not necessary."),
        ("Epidural injection at L4-5", "Sensation is reduced in the L2 dermatome."),
        ("Fusion C5-C6", "The EMG shows a chronic C8 radiculopathy. It is not necessary."),
        ("Epidural injection at L4-5", "No more than two levels are injected at a time."),
        ("Lumbar epidural injection", "An injection at L4-5 is not medically necessary."),
        ("Custom orthosis L3020", "Orthotics are advised for flat feet."),
        ("Medial branch block, bilateral L4-L5 and L5-S1", "The L5-S1 block is denied."),
    ),
    "IMR308": argued(
        ("MRI of the right knee", "Compared with the left knee, it is swollen."),
        ("MRI of the right knee", "Strength is the same as in the contralateral, left knee."),
        ("MRI of bilateral knees", "The left knee is swollen. It is not necessary."),
        ("MRI of the right and left knees", "The left knee is swollen. It is necessary."),
        ("MRI of the right knee", "He left work in May. The knee is stable."),
        ("MRI of the left knee", "The knee must be imaged right away."),
        ("MRI of the left wrist", "He is right-hand dominant. The wrist is stiff."),
        ("MRI of the left wrist", "The worker is right handed. The wrist is stiff."),
        ("MRI of the right knee", "He had left shoulder surgery in 2010. The knee is stable."),
        ("MRI of the right knee", "Both knees are stiff. It is not necessary."),
        ("MRI of the lumbar spine", "Pain goes down the left leg. It is not necessary."),
        ("Right L4-5 epidural injection", "Low back pain is left greater than right."),
        ("MRI of the knee", "The left knee is swollen. It is not necessary."),
    ),
}
