"""Whether a rationale speaks of the treatment in dispute, and concludes on it."""

from imr_tui.checks.rule import Example
from tests.checks.families import Table


def argued(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of a request and its rationale."""
    return [{"request": request, "rationale": rationale} for request, rationale in pairs]


CONCLUDED = argued(
    (
        "MRI of the lumbar spine",
        "No red flags are seen. Therefore, the request for physical therapy is not medically "
        "necessary.",
    ),
    (
        "Norco 10/325mg #60",
        "Spasm is not documented. The request for Soma 350mg is not medically necessary.",
    ),
    (
        "Acupuncture, 6 sessions",
        "He gained nothing. The requested chiropractic treatment is not medically necessary.",
    ),
    (
        "Right knee arthroscopy",
        "As such, the request for left shoulder arthroscopy is not medically necessary.",
    ),
    (
        "Urine drug screen",
        "Nerve pain is shown. The request for gabapentin 600mg is medically necessary.",
    ),
    (
        "Omeprazole 20mg #60",
        "Therefore the request for naproxen 550mg #60 is medically necessary.",
    ),
    (
        "TENS unit, 30 day rental",
        "Heat packs would do. The request for a cold therapy unit is not medically necessary.",
    ),
    (
        "CT of the abdomen",
        "The liver tests are normal. The request for an ultrasound of the abdomen is not "
        "medically necessary.",
    ),
    (
        "Ultram 50mg #60",
        "The request for Pantoprazole 50mg #60 is not medically necessary. This decision "
        "addresses the medical necessity of opioids, and no weaning is implied.",
    ),
    (
        "Celebrex 200mg #30",
        "Therefore, the request for tizanidine 4mg #60 is not medically necessary. The "
        "medical necessity of the request was reviewed for continued treatment.",
    ),
    (
        "TENS unit, 30 day rental",
        "As such, the H-wave unit is not medically necessary.",
    ),
    (
        "Cane, purchase",
        "A four wheeled walker is not medically necessary.",
    ),
    (
        "Psychiatric consultation",
        "As the MRI has not been done, the functional capacity evaluation is not medically "
        "necessary.",
    ),
    (
        "Sacroiliac joint injection, left",
        "Based on the above, the lumbar facet joint injections are not medically necessary.",
    ),
    (
        "Discogram L4-S1",
        "A myelogram at L4-S1 is not medically necessary.",
    ),
    (
        "Hyperbaric oxygen therapy, 20 sessions",
        "The request for a wound vac is not medically necessary.",
    ),
    (
        "Kyphoplasty at L1",
        "An epidural steroid injection at L1 is not medically necessary.",
    ),
    (
        "Transcranial magnetic stimulation, 30 sessions",
        "The request for electroconvulsive therapy and biofeedback is not medically necessary.",
    ),
    (
        "Weight loss program, 12 weeks",
        "A sleep study is not medically necessary.",
    ),
    (
        "Interpreter services for office visits",
        "Transportation to and from appointments is not medically necessary.",
    ),
    (
        "MRI of the lumbar spine",
        "The injections themselves are supported, but the acupuncture is not medically necessary.",
    ),
)
"""Conclusions on another treatment than the requested one."""

FIRES: Table = {
    "IMR309": [
        {
            "request": "Neurosurgical consultation",
            "rationale": "The lumbar discogram is not medically necessary.",
            "item 2 request": "Lumbar discogram",
        },
        {
            "request": "Pneumatic compression sleeve, purchase",
            "rationale": "The zinc oxide wrap of the left leg is not medically necessary.",
            "item 2 request": "Zinc oxide wrap, left leg",
        },
        {
            "request": "Associated surgical service: cold therapy unit, 7 days",
            "rationale": "The left carpal tunnel release is medically necessary.",
            "item 2 request": "Left carpal tunnel release",
        },
        *CONCLUDED,
    ],
    "IMR310": argued(
        ("Functional capacity evaluation", "Six visits did not help the neck."),
        ("Cyclobenzaprine 7.5mg #60", "The knee is stable. It is not medically necessary."),
        ("Home health aide, 4 hours a day for 6 weeks", "Naproxen upset his stomach."),
        ("Ergonomic chair", "Opioids have not improved function. They are not necessary."),
        ("Norco 10/325mg #60", "Massage did not help the neck. More of it is not necessary."),
        ("Urine drug screen", "An x-ray of the chest is not due, for his lungs are clear."),
        ("Sleep study", "Gabapentin has helped his nerve pain and is necessary."),
    ),
}

NEAR_MISSES: Table = {
    "IMR309": argued(
        (
            "Naproxen 550mg #60",
            "The criteria for pain medication are met, and medication for pain is medically "
            "necessary.",
        ),
        (
            "Pre-operative laboratory tests",
            "As the requested surgery is not medically necessary, none of the associated "
            "services are medically necessary.",
        ),
        (
            "Post-operative physical therapy, 12 visits",
            "Since the request for shoulder arthroscopy is not medically necessary, the request "
            "for post-operative therapy is not medically necessary.",
        ),
        (
            "Associated surgical service: assistant surgeon",
            "The primary procedure is not medically necessary, so this is not either.",
        ),
        (
            "Norco 10/325mg #60",
            "The request for hydrocodone with acetaminophen is not medically necessary.",
        ),
        (
            "Hydrocodone/APAP 10/325mg #60",
            "The request for Norco is not medically necessary.",
        ),
        ("Percocet 10/325mg #90", "The requested opioid is not medically necessary."),
        ("Prilosec 20mg #60", "The request for a proton pump inhibitor is medically necessary."),
        (
            "Flurbiprofen 20% / lidocaine 5% cream",
            "The request for this topical analgesic is not medically necessary.",
        ),
        (
            "Magnetic resonance imaging of the lumbar spine",
            "The request for a lumbar MRI is not medically necessary.",
        ),
        ("MRI of the right knee", "The requested imaging study is not medically necessary."),
        ("Physical therapy, 8 visits", "The request for PT is not medically necessary."),
        (
            "MRI of the brain",
            "The request for an MRI, rather than a CT scan, is medically necessary.",
        ),
        ("Sleep study", "This request is not medically necessary."),
        (
            "MRI of the lumbar spine",
            "Utilization review held that the request for acupuncture was not medically "
            "necessary. The request for the MRI is medically necessary.",
        ),
        (
            "Right total knee replacement",
            "The request for total knee arthroplasty is medically necessary.",
        ),
        (
            "Chiropractic care, 6 visits",
            "For a flare up, re-evaluation of previous treatment success is necessary. The worker"
            " returned to work after the first course. The request is medically necessary.",
        ),
        (
            "Chiropractic care, 6 visits",
            "The guideline says that a gym membership is not necessary for exercise. The request "
            "for chiropractic care is medically necessary.",
        ),
        (
            "MRI of the left knee",
            "Although the arthroscopy is not medically necessary at this time, the MRI of the "
            "left knee is medically necessary.",
        ),
        (
            "Electrical stimulation unit, purchase",
            "The TENS unit is not medically necessary.",
        ),
        (
            "MR arthrogram of the left shoulder",
            "The requested MRI is not medically necessary.",
        ),
        (
            "Orthotics, custom",
            "As such, the foot inserts are not medically necessary.",
        ),
        (
            "Functional restoration program evaluation",
            "The request for a multidisciplinary evaluation is not medically necessary.",
        ),
        (
            "Post-operative cold therapy unit, 7 days",
            "The shoulder arthroscopy is not medically necessary. Therefore the request is not "
            "medically necessary.",
        ),
        (
            "Viscosupplementation, right knee, series of 3",
            "The request for Synvisc injections is not medically necessary.",
        ),
        (
            "Cervical traction device",
            "Because surgery is not medically necessary, conservative care continues. The home "
            "traction unit is medically necessary.",
        ),
        (
            "Aquatic therapy, 8 visits",
            "The request for pool therapy is not medically necessary.",
        ),
        (
            "Terocin patches #30",
            "The requested topical analgesic is not medically necessary.",
        ),
        (
            "Neurontin 300mg #90",
            "Neurontin 300 mg #90 is medically necessary, as the medical necessity of opioids is "
            "not in question.",
        ),
    ),
    "IMR310": argued(
        ("Functional capacity evaluation", "An FCE is not advised before a return to work."),
        ("Urine drug screen", "A UDS was done in May. Another is not necessary."),
        ("Cyclobenzaprine 7.5mg #60", "Flexeril is for short use only."),
        ("Flexeril 7.5mg #60", "Muscle relaxants are for short use only."),
        ("Omeprazole 20mg #60", "A PPI is advised where the stomach is at risk."),
        ("Ibuprofen 800mg #90", "NSAIDs are advised at the lowest dose."),
        ("Alprazolam 0.5mg #30", "Benzodiazepines are not advised for long use."),
        ("Tramadol 50mg #60", "Ultram has brought no gain in function."),
        ("Lumbar ESI at L4-5", "Epidural steroid injections want a radiculopathy."),
        ("EMG of the left leg", "Electrodiagnostic studies are advised where signs are unclear."),
        (
            "Associated surgical service: post-op sling",
            "The primary procedure is not medically necessary, so this is not either.",
        ),
    ),
}
