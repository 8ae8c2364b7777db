"""Whether a rationale speaks of the treatment in dispute, and concludes on it."""

from imr_tui.checks.rule import Example
from tests.checks.families import Table


def argued(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of a request and its rationale."""
    return [{"request": request, "rationale": rationale} for request, rationale in pairs]


FIRES: Table = {
    "IMR309": argued(
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
    ),
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
