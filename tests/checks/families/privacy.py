"""IMR501 to IMR503: names that are not to be there, and titles that are to be known."""

from imr_tui.case import Parties
from tests.checks.families import Table

NOT = " It is not medically necessary."
NAMED = {
    "parties": Parties(
        employee="Rowan Testcase",
        employer="Sample Freight Company",
        providers=("Quill Sampleton, MD", "Harbor Chiropractic"),
    )
}
REVIEWER = {"reviewer": "Avery B. Exampleby"}

FIRES: Table = {
    "IMR501": [
        {"rationale": "Dr. Sampleton asked for it." + NOT},
        {"summary.text": "Mr. Testcase was hurt on 10/23/2013."},
        NAMED | {"rationale": "Rowan\nTestcase has neck pain." + NOT},
        NAMED | {"rationale": "Her employer, Sample Freight Company, has no light work." + NOT},
        NAMED | {"summary.text": "Testcase was seen in May."},
        NAMED | {"summary.text": "Seen at Harbor Chiropractic in May."},
        {"summary.text": "The SSN is 123-45-6789."},
        {"summary.text": "Call (555) 555-0100 for the records."},
        {"summary.text": "MRN 0012345, claim number WC-2013-1234."},
        {"summary.text": "Date of birth: 1/2/1960."},
    ],
    "IMR502": [
        REVIEWER | {"rationale": "Avery Exampleby holds it is due." + NOT},
        REVIEWER | {"rationale": "Reviewed by AVERY B. EXAMPLEBY." + NOT},
        REVIEWER | {"summary.text": "Dr. Exampleby read the file."},
        REVIEWER | {"request": "Visit with Exampleby, M.D."},
    ],
    "IMR503": [
        {"reviewer.specialties": ("Anesthesiology", "Sports Medicinea")},
        {"reviewer.licenses": ("Texas", "Calfornia")},
        {"reviewer.specialties": ("Phrenology",)},
    ],
}

NEAR_MISSES: Table = {
    "IMR501": [
        {"rationale": "The Neer, Hawkins and Phalen signs are negative." + NOT},
        {"rationale": "The doctor and Mr. and Ms. forms were not used." + NOT},
        NAMED | {"rationale": "The Injured Worker had chiropractic care." + NOT},
        NAMED | {"rationale": "A test case was not part of it; freight was lifted." + NOT},
        {"rationale": "See Chou, 2007, and page 123-456 of the guideline." + NOT},
        {"summary.text": "Claim number: not given. Case CM14-0187654."},
    ],
    "IMR502": [
        REVIEWER | {"rationale": "An average of examples was taken." + NOT},
        REVIEWER | {"parties": Parties(employee="Avery Exampleby")},
        {"reviewer": "", "rationale": "Avery Exampleby." + NOT},
        {"reviewer": "Neer", "rationale": "Neer's sign is negative." + NOT},
    ],
    "IMR503": [
        {"reviewer.specialties": ("Physical Medicine & Rehabilitation", "Pain Management")},
        {"reviewer.specialties": ("Public Health & General Preventive Medicine",)},
        {"reviewer.licenses": ("New York", "CA", "")},
    ],
}
