"""Headings of guidelines that concern another treatment, study or drug class than the item."""

from imr_tui.model.evidence import Citation
from tests.checks.families import Table
from tests.checks.families.chapters import LOW_BACK, OPIOIDS, PAIN_2016, item, mtus, odg


def pain(*sections: str) -> Citation:
    """A citation of these headings of the MTUS on chronic pain."""
    return PAIN_2016.but(sections=sections)


FIRES: Table = {
    "IMR411": [
        item("MRI of the lumbar spine", pain("Physical therapy")),
        item("MRI of the lumbar spine", LOW_BACK.but(sections=("Physical Methods",))),
        item("MRI of the left knee", odg("Knee & Leg (Acute & Chronic), Hyaluronic acid")),
        item("EMG of both arms", odg("Neck and Upper Back, Epidural steroid injections")),
        item("Norco 10/325mg #60", pain("NSAIDs (non-steroidal anti-inflammatory drugs)")),
        item("Norco 10/325mg #60", pain("Physical medicine treatment")),
        item("Naproxen 550mg #60", pain("Opioids, criteria for use")),
        item("Prilosec 20mg #30", pain("Muscle relaxants (for pain)")),
        item("Gabapentin 300mg #90", pain("Topical analgesics")),
        item("Voltaren 75mg #60", pain("Topical analgesics")),
        item("Massage, 6 visits", pain("Acupuncture")),
        item("Trigger point injections", pain("Epidural steroid injections (ESIs)")),
        item("TENS unit", pain("NSAIDs"), odg("Pain (Chronic), Massage therapy")),
        item("Naproxen 550mg #60", Citation(text="ODG, Pain (Chronic), Aquatic therapy")),
    ],
}

NEAR_MISSES: Table = {
    "IMR411": [
        item("Norco 10/325mg #60", pain("Opioids, criteria for use")),
        item("Norco 10/325mg #60", pain("Weaning of medications")),
        item("Norco 10/325mg #60", pain("NSAIDs", "Opioids")),
        item("Norco 10/325mg #60", pain("NSAIDs"), OPIOIDS),
        item("Norco 10/325mg #60", pain("NSAIDs", "Introduction")),
        item("Urine drug screen", pain("Opioids, steps to avoid misuse/addiction")),
        item("Prilosec 20mg #30", pain("NSAIDs, GI symptoms & cardiovascular risk")),
        item("Colace 100mg #60", pain("Opioid-induced constipation treatment")),
        item("Valium 5mg #30", pain("Muscle relaxants (for pain)")),
        item("Ketoprofen 10% in 120gm", pain("Topical analgesics")),
        item("Flector patch #30", pain("NSAIDs (non-steroidal anti-inflammatory drugs)")),
        item("Electrical muscle stimulator", pain("TENS, chronic pain")),
        item("Aquatic therapy, 8 visits", pain("Physical medicine treatment")),
        item("Re-exam with the chiropractor", pain("Manual therapy & manipulation")),
        item("CT of the lumbar spine", odg("Low Back, MRIs (magnetic resonance imaging)")),
        item("Fluoroscopic guidance", pain("Epidural steroid injections (ESIs)")),
        item("Pain management consultation", pain("Epidural steroid injections (ESIs)")),
        item("Complete blood count", pain("NSAIDs, specific drug list & adverse effects")),
        item("Postoperative shoulder sling", odg("Shoulder, Surgery for impingement syndrome")),
        item("Workstation for the low back", LOW_BACK.but(sections=("Physical Methods",))),
        item("Carpal tunnel release", mtus("Hand Complaints").but(sections=("Surgery",))),
    ],
}
