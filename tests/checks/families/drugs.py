"""Whether a letter names the requested drug right, and argues its class and its route."""

from tests.checks.families import Table
from tests.checks.families.requests import argued

CLOSING = "The request is not medically necessary."


def asked(summary: str, request: str) -> dict[str, object]:
    """A case whose summary ends in a sentence about the request."""
    return {"summary.text": f"He is treated for neck pain. {summary}", "request": request}


FIRES: Table = {
    # Newer brands: another drug is concluded on.
    "IMR309": argued(
        ("Nurtec 75mg #8", "The request for Aimovig 70mg is not medically necessary."),
        ("Journavx 50mg #60", "The request for Celebrex 200mg #60 is not medically necessary."),
        ("Belsomra 10mg #30", "Therefore, Dayvigo 5mg #30 is not medically necessary."),
        ("Ajovy 225mg injection", "The request for Emgality is not medically necessary."),
        ("Lyvispah 10mg #90", "The requested Zanaflex is not medically necessary."),
    ),
    "IMR326": argued(
        ("Zelvira 50mg #60", f"No trial of it is described. {CLOSING}"),
        ("Brantoxil capsules 20 mg #30", f"Brantoxil capsules bring no gain. {CLOSING}"),
        ("Quenlora 2% cream, 60 gm", f"A cream has not been tried before. {CLOSING}"),
        ("Compound cream: Veltrazine 5%, 120 gm", f"The parts have no support. {CLOSING}"),
        ("Retrospective request for Omvistal 10 mcg tablets", f"It is for short use. {CLOSING}"),
    ),
    "IMR327": [
        *argued(
            (
                "Voltaren 75mg #60",
                "The MTUS holds that topical analgesics are largely experimental in use, with few "
                f"trials of efficacy or safety. {CLOSING}",
            ),
            (
                "Pepcid 20mg #60",
                "The guidelines recommend proton pump inhibitors for patients at intermediate risk "
                f"for gastrointestinal events. {CLOSING}",
            ),
            ("Norco 10/325mg #60", f"Per the MTUS, muscle relaxants are for short use. {CLOSING}"),
            (
                "Gabapentin 600mg #90",
                f"The ODG does not recommend sedative hypnotics for long use. {CLOSING}",
            ),
            (
                "Ibuprofen 800mg #90",
                f"The MTUS recommends topical NSAIDs for joints near the skin. {CLOSING}",
            ),
            (
                "Flexeril 7.5mg #60",
                "The chronic pain guidelines state that opioids are continued if the patient has "
                f"returned to work. {CLOSING}",
            ),
            ("Lidocaine 5% ointment", f"The MTUS addresses intravenous lidocaine. {CLOSING}"),
            ("Lunesta 2mg #30", f"The MTUS does not address gabapentin. {CLOSING}"),
            ("Tramadol 50mg #60", f"Two patches a day bring no gain in function. {CLOSING}"),
            ("Flector patch #30", f"The tablet has been taken since May. {CLOSING}"),
            ("Omeprazole 20mg #60", f"The worker applied it to the neck every day. {CLOSING}"),
            ("Nurtec 75mg #8", f"Rimegepant is the generic name of Ubrelvy. {CLOSING}"),
            ("Ultram 50mg #60", f"He takes Ultram (hydrocodone) for his pain. {CLOSING}"),
            ("Percocet 10/325mg #60", f"Percocet contains morphine. {CLOSING}"),
            ("Lyrica 75mg #60", f"The prescribing information of Savella warns of it. {CLOSING}"),
            ("Norco 10/325mg #90", "Percocet 10/325mg #90 is not medically necessary."),
        ),
        asked("His physician asked for Vyepti 75 mg #8.", "Nurtec 75 mg #8"),
        asked("The request was for Mobic 550mg #60.", "Naproxen 550mg #60"),
    ],
    "IMR513": argued(
        ("Tramadol 50mg #60", "Tramdol 50mg has not improved his function."),
        ("Norco 10/325mg #60", "He has taken Noroc 10/325 mg since March."),
        ("Urine drug screen", "The worker takes gabapentine and cyclobenzaprene."),
        ("Ambien 10mg #30", "Sleep is no better with Ambein."),
        ("Cyclobenzaprine 7.5mg #60", "Cyclobenzapirne is for short use only."),
        ("Soma 350mg #60", "He was given Somma 350mg for spasm."),
        ("Zolpidem 5mg #30", "Zolpidm did not help his sleep."),
        ("Methylprednisolone dose pack", "A methylpredniselon pack was used in May."),
    ),
}

NEAR_MISSES: Table = {
    "IMR309": argued(
        ("Nurtec ODT 75mg #8", "The request for rimegepant is medically necessary."),
        ("Journavx 50mg #60", "The request for suzetrigine is not medically necessary."),
        ("Spravato", "The requested esketamine nasal spray is medically necessary."),
    ),
    "IMR310": argued(
        ("Pre-operative BMP", "A basic metabolic panel is fitting before an operation."),
        ("Comprehensive metabolic panel", "A CMP was normal in May."),
        ("Nurtec ODT", "A sample of rimegepant ended the attack."),
        ("Quviviq 25mg #30", "A hypnotic is for short use only."),
    ),
    "IMR312": argued(
        ("Symbicort 160/4.5 mcg, one inhaler", "It joins two drugs in one device."),
        ("Ajovy 225mg/1.5ml, 2 syringes", "It is for the prevention of migraine."),
    ),
    "IMR326": argued(
        ("Journavx 50mg #60", "Suzetrigine is for acute pain."),
        ("Compound topical cream 240 gm", "No part of it is named."),
        ("Hydrocodone/APAP 10/325mg #60", "Opioids are for short use."),
        ("TENS unit, 30 day rental", "A trial is recommended."),
        ("Massage of the neck, 6 sessions", "Massage is recommended."),
        ("Opioid medication, 30 tablets", "The opioid is not named."),
        ("Home health aide 4 hours a day", "He can cook and dress."),
        ("Physical therapy with 5% grade treadmill", "Six visits were done."),
    ),
    "IMR327": argued(
        (
            "Voltaren gel 1%, 100 gm",
            f"The MTUS holds that topical analgesics are largely experimental. {CLOSING}",
        ),
        (
            "Voltaren 75mg #60",
            "Unlike NSAIDs by mouth, the MTUS calls topical analgesics experimental. NSAIDs are "
            f"recommended at the lowest dose. {CLOSING}",
        ),
        (
            "Lidoderm 5% patch #30",
            "The MTUS recommends topical lidocaine after a trial of an antidepressant or an "
            f"anticonvulsant such as gabapentin. {CLOSING}",
        ),
        (
            "Omeprazole 20mg #60",
            f"The MTUS warns of NSAIDs in patients with a history of ulcers. {CLOSING}",
        ),
        (
            "Prilosec 20mg #60",
            f"The MTUS recommends an H2 blocker or a proton pump inhibitor. {CLOSING}",
        ),
        ("Colace 100mg #60", f"The MTUS advises a bowel regimen with opioids. {CLOSING}"),
        (
            "Norco 10/325mg #60",
            "The MTUS recommends that NSAIDs be tried before opioids are started. Opioids have not "
            f"improved function. {CLOSING}",
        ),
        (
            "Ketoprofen 10% / gabapentin 6% cream",
            f"The MTUS does not support ketoprofen on the skin. {CLOSING}",
        ),
        ("Xanax 1mg #60", f"The ODG does not recommend hypnotics for long use. {CLOSING}"),
        (
            "Norco 10/325mg #120",
            f"The guideline limits the dose to 90 mg of morphine equivalents a day. {CLOSING}",
        ),
        ("Synvisc injections, series of 3", "The ODG recommends hyaluronic acid for the knee."),
        ("Norco 10/325mg #60", "Norco (hydrocodone/APAP) has not improved function."),
        ("Duexis 800mg #90", "Duexis combines ibuprofen with famotidine."),
        ("Terocin patch #30", "Terocin contains lidocaine and menthol."),
        ("Naproxen 550mg #60", "The request for Naproxen 550mg #60 is medically necessary."),
        ("Tramadol 50mg #60", "Two tablets a day have not improved function."),
        ("Botox 100 units", "The ODG does not recommend botulinum toxin for myofascial pain."),
        ("Ultram 50mg #60", "He was switched from Norco 10/325mg to tramadol 50mg."),
        ("Physical therapy, 6 visits", "The MTUS recommends NSAIDs and exercise."),
    ),
    "IMR504": argued(
        ("Nortriptyline HCL 25mg", "Nortriptyline HCL 25mg has helped his sleep."),
        ("Nurtec ODT 75mg", "Nurtec ODT is for the acute attack."),
        ("Effexor XR 75mg", "EFFEXOR XR 75mg has helped. Tramadol HCL was stopped."),
        ("Zelvira XL 50mg", "He takes Zelvira XL 50mg each day."),
    ),
    "IMR513": argued(
        ("Tramadol 50mg #60", "Tramadol 50mg has not improved his function."),
        ("Urine drug screen", "He takes gabapentin, cephalexin and amitriptyline."),
        ("Prednisone 10mg", "Prednisolone and methylprednisolone are alike."),
        ("Lyrica 75mg #60", "The lyrics are not the point, and some come to a coma."),
        ("Requip 1mg #30", "To equip the home with a ramp is not in dispute."),
        ("Ambien 10mg #30", "The ambient light and the noise keep him awake."),
        ("Lodine 400mg #60", "He is allergic to iodine, and a tablet hurts his stomach."),
        ("Motrin 800mg #90", "His motion is full, and his motor strength is normal."),
        ("Norcos #60", "Several Norcos a day are too many, he says."),
        ("Celebrex 200mg #30", "Paracetamol and salbutamol were prescribed abroad."),
    ),
}
