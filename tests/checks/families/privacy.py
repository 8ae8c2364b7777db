"""IMR501 to IMR503: names that are not to be there, and titles that are to be known."""

from imr_tui.checks.rule import Example
from imr_tui.model.case import Parties
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


def told(*texts: str) -> list[Example]:
    """Cases of a summary that says so."""
    return [{"summary.text": text} for text in texts]


def party(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of an employee's name and a summary."""
    return [{"parties": Parties(employee=name), "summary.text": text} for name, text in pairs]


def employed(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of an employer's name and a summary."""
    return [{"parties": Parties(employer=name), "summary.text": text} for name, text in pairs]


def reviewed(*pairs: tuple[str, str]) -> list[Example]:
    """Cases of a reviewer's name and a rationale."""
    return [{"reviewer": name, "rationale": rationale + NOT} for name, rationale in pairs]


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
        *told(
            "Dr. Allen saw him in May.",
            "Seen by Dr. Thomas.",
            "Seen by Dr. O'Testa, then by Dr. O\u2019Testa.",
            "Seen by Dr. R. Sampleton.",
            "SEEN BY DR. SAMPLETON IN MAY.",
            "Seen by Dr.Sampleton in May.",
            "Seen by Dr. SAMPLETON in May.",
            "Doctor Sampleton asks for an MRI.",
            "Dr. van der Testa asks for an MRI.",
            "Dr. McTesta asks for an MRI.",
            "Dr. Jos\u00e9 Ejemplo asks for an MRI.",
            "Teresa Sampleton MD asks for an MRI.",
            "Teresa Sampleton, PT, treated him.",
            "Teresa Sampleton, DC, treated him.",
            "T. Sampleton, M.D., treated him.",
            "Sampleton, M.D., treated him.",
            "Seen by TERESA SAMPLETON, MD.",
            "Teresa Sampleton, M.D., Ph.D., treated him.",
            "Teresa de la Testa, D.O., treated him.",
            "Medical record number 4471920 is on file.",
            "Medical record #: A4471920.",
        ),
        *party(
            ("Testcase, Rowan", "Rowan Testcase was hurt."),
            ("Rowan Testcase", "TESTCASE was hurt."),
            ("Rowan Testcase", "The file is that of Testcase, Rowan."),
            ("Rowan de la Testa", "Rowan de la Testa was hurt, as Testa says."),
            ("Rowan Testcase, M.D., Ph.D.", "Rowan Testcase was hurt."),
            ("Rowan O'Testa", "Rowan O\u2019Testa was hurt."),
            ("Ren\u00e9e Testcase", "Renee Testcase was hurt."),
            ("Rowan Taylor", "Taylor was hurt."),
            ("Rowan Young", "Mr. Young was hurt; R. Young fell."),
        ),
        *party(
            ("Quinn Testcase", "Quinn reports the same pain as before."),
            ("Testcase, Robin", "On 10/14/2014 Robin's neck was stiff."),
            ("Drew Testcase", "Drew has had six visits."),
            ("Testcase, Jordan A.", "The notes of Jordan were complete."),
            ("TESTCASE, FRANK", "Frank T. was hurt."),
            ("DO, ANH", "Mr. Do was hurt."),
            ("Rowan Sample-Testa", "Mr. Testa was hurt."),
            ("Rowan Ejemplo Testa", "Mr. Ejemplo was hurt."),
            ("Rowan Testcase", "Later rowan testcase was hurt."),
        ),
        {
            "parties": Parties(utilization_review_organization="Sampleville Review, Inc."),
            "summary.text": "It was denied by Sampleville Review in May.",
        },
        {
            "parties": Parties(providers=("May Brace, MD",)),
            "summary.text": "Dr. Brace asks for an MRI.",
        },
        *employed(("Target", "He works at Target."), ("Shell", "Shell has no light work.")),
        {"request": "Visit with Pat Sampleton, PT"},
    ],
    "IMR502": [
        REVIEWER | {"rationale": "Avery Exampleby holds it is due." + NOT},
        REVIEWER | {"rationale": "Reviewed by AVERY B. EXAMPLEBY." + NOT},
        REVIEWER | {"summary.text": "Dr. Exampleby read the file."},
        REVIEWER | {"request": "Visit with Exampleby, M.D."},
        REVIEWER | {"summary.text": "Seen by A. Exampleby in May."},
        *reviewed(
            ("Drew Long", "It was Drew Long who read the file."),
            ("Will Hurt", "Dr. W. Hurt holds so."),
            ("Avery Exampleby, MD, PhD", "Avery Exampleby holds so."),
            ("Avery Exampleby Jr., M.P.H.", "I, Avery Exampleby, hold so."),
            ("Avery Exampleby M. D.", "I, Avery Exampleby, hold so."),
            ("Exampleby, Avery", "I, Avery C. Exampleby, hold so."),
            ("Exampleby, Avery B., D.O.", "The file went to Exampleby, Avery."),
            ("Maria de la Testa", "Maria de la Testa holds so."),
            ("Maria de la Testa", "So holds Dr. Testa."),
            ("Maria de la Testa", "So holds MARIA DE LA TESTA."),
            ("Avery Exampleby", "Doctor Exampleby holds so."),
            ("Avery Exampleby", "Dr.Exampleby holds so."),
            ("Dr. Exampleby", "Dr. Exampleby holds so."),
            ("Exampleby", "So holds Exampleby, M.P.H., of Texas."),
            ("Pat O'Sample", "Pat O\u2019Sample holds so."),
            ("Pat O\u2019Sample", "Dr. O'Sample holds so."),
            ("Jos\u00e9 Ejemplo", "Jose Ejemplo holds so."),
            ("Jose Ejemplo", "Jos\u00e9 Ejemplo holds so."),
            ("Exampleby Ph. D.", "Dr. Exampleby holds so."),
            ("A. Exampleby", "I, A. B. Exampleby, hold so."),
            ("Anh Do", "Anh Do holds so."),
            ("Lee Sample-Test", "Lee Sample Test holds so."),
        ),
    ],
    "IMR503": [
        {"reviewer.specialties": ("Anesthesiology", "Sports Medicinea")},
        {"reviewer.licenses": ("Texas", "Calfornia")},
        {"reviewer.specialties": ("Phrenology",)},
        {"reviewer.specialties": ("Pain Medicine/Phrenology",)},
        {"reviewer.licenses": ("Californa",)},
        {"reviewer.specialties": ("Surgical Critical Car",)},
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
        *told(
            "Ms Contin was stopped; MS Contin is an opioid.",
            "The Dr. Note is signed.",
            "He was seen by the Dr. The pain was less.",
            "He wears Dr. Scholl's inserts.",
            "An MR Arthrogram was done, then an MR. Nothing was torn.",
            "Left Knee, PT, 12 visits; Home Exercise, PT.",
            "The Treating MD asks for it.",
            "In Washington, DC, he was well.",
            "The Doctor's First Report and the Doctor First Report are on file.",
            "The medical record number is not given.",
            "Physical Therapy, PT, and rest.",
            "He moved to Baltimore, MD. PAIN MANAGEMENT, MD, is a form.",
            "Activity Modification, PT, and rest; Registered Nurse, RN.",
            "Plan: Start Gabapentin DC Norco. Stop Soma, DC Norco.",
            "He saw the Dr.\n\nDiagnosis: a sprain.",
        ),
        *party(
            ("Rowan Taylor", "A Taylor brace was worn, and a Taylor spinal brace."),
            ("Rowan Bell", "He had Bell\u2019s palsy, or a Bell palsy."),
            ("Rowan O'Brien", "O'Brien's sign is positive."),
            ("Rowan Young", "A young man was hurt. Young men heal."),
            ("Testcase", "A testcase of it was not shown."),
        ),
        {
            "parties": Parties(providers=("Sample Foot and Ankle", "Orthopedics of Testville")),
            "summary.text": "The Ankle was swollen. Orthopedics was asked.",
        },
        *party(
            ("Drew Testcase", "Blood was drawn. Drew blood again in May."),
            ("May Testcase", "He was seen in May. May 5 was a Monday."),
            ("Will Testcase", "Will the pain fall? It will."),
            ("Morgan Testcase", "See Morgan, 2012, and the Morgan classification."),
            ("Allen Testcase", "The Allen test is negative."),
            ("Rowan Walker", "Walker: Upheld. Walker boots were worn."),
            ("Will Hurt", "It will hurt."),
        ),
        {
            "parties": Parties(providers=("May Brace, MD", "Rose Cast, DO")),
            "summary.text": "Back Brace for home use. Cast care was given, and May was cold.",
        },
        {
            "parties": Parties(claims_administrator="State Fund"),
            "summary.text": "The state fund of ideas is closed.",
        },
        *employed(
            ("Target", "The target of therapy was met."),
            ("Shell", "A shell of the brace broke."),
        ),
    ],
    "IMR502": [
        REVIEWER | {"rationale": "An average of examples was taken." + NOT},
        REVIEWER | {"parties": Parties(employee="Avery Exampleby")},
        {"reviewer": "", "rationale": "Avery Exampleby." + NOT},
        *reviewed(
            ("Neer", "Neer's sign is negative."),
            ("Drew Long", "The worker drew long breaths."),
            ("Drew Long", "After a wait this long, do not repeat it."),
            ("Will Hurt", "It will only hurt."),
            ("Will Hurt", "The doctor will hurt nobody. Hurt or not, will he work?"),
            ("Avery Exampleby", "A. Exampleby et al. found no gain."),
            ("Avery Exampleby", "In a study (A. Exampleby, 2010) there was no gain."),
            ("Maria de la Testa", "The testa of the seed is not a drug."),
            ("MD", "An MD and a DO were asked."),
            ("Dr.", "Dr. Sampleton was asked."),
            ("A.", "Dr. A. was asked. A brace is due."),
            ("...", "Dr. Sampleton was asked. A brace is due."),
        ),
    ],
    "IMR503": [
        {"reviewer.specialties": ("Physical Medicine & Rehabilitation", "Pain Management")},
        {"reviewer.specialties": ("Public Health & General Preventive Medicine",)},
        {"reviewer.licenses": ("New York", "CA", "")},
        {"reviewer.licenses": ("Washington, D.C.", "D.C.", "Washington")},
        {"reviewer.specialties": ("Optometry", "Doctor of Chiropractic")},
        # The row of the list of slips.
        {
            "reviewer.specialties": (
                "Surgical Critical Care",
                "Complex General Surgical Oncology",
                "Clinical Cardiac Electrophysiology",
            )
        },
        {"reviewer.specialties": ("Orthopedic Sports Medicine", "Pulmonary Diseases")},
        {"reviewer.specialties": ("Internal Medicine - Cardiology", "Neurology/Pain Medicine")},
        {
            "reviewer.specialties": (
                "Clinical Neuropsychology",
                "Orofacial Pain",
                "Podiatric Medicine",
            )
        },
        {"reviewer.specialties": ("Acupuncture & Oriental Medicine", "Chiropractic Orthopedics")},
    ],
}
