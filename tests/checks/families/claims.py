"""IMR206 to IMR209: what a rationale claims at its own risk, and what it repeats."""

from tests.checks.families import Table

END = " It is not medically necessary."
NECK = (
    "The worker had six visits of therapy for the neck between May and July, and the notes of July "
    "show no gain in function, no change of medication and no return to full duty." + END
)
NORCO = (
    "Norco was prescribed for many months, and the notes of the last visit show neither less pain "
    "nor more function, while a screen of the urine was not done in all that time." + END
)

FIRES: Table = {
    "IMR206": [
        {"rationale": "There is no documentation of failed therapy." + END},
        {"rationale": "There was a lack of documentation of any gain." + END},
        {"rationale": "Red flags are not documented." + END},
        {"rationale": "Red flags aren't documented." + END},
        {"rationale": "A trial wasn\u2019t reported." + END},
        {"rationale": "The note doesn't mention a brace." + END},
        {"rationale": "The note did not include an examination of the knee." + END},
        {"rationale": "There is no evidence of instability." + END},
        {"item 2 rationale": "Prior imaging was not provided." + END},
        {"rationale": "Documentation of a trial is lacking." + END},
        {"rationale": "The records are silent on a trial." + END},
        {"rationale": "There is a lack of objective findings." + END},
        {"rationale": "The MRI was not provided." + END},
        {"rationale": "An MRI is premature as there is no evidence of failed therapy." + END},
        {"rationale": "He asks for an MRI without evidence of red flags." + END},
        {"rationale": "Per the MTUS a trial comes first, and there is no record of one." + END},
        {"rationale": "The attending provider failed to furnish a rationale." + END},
        {"rationale": "There are no functional objective measures in the file presented." + END},
        {"rationale": "There is no recorded presence of an effusion." + END},
        {"rationale": "The reason for a second brace was not indicated." + END},
        {"rationale": "There are no objective findings or documentation of a tear." + END},
        {"rationale": "The records do not detail any exercise at home." + END},
        {"rationale": "The chart lacks a score of the pain." + END},
        {"rationale": "There is no documented gain with the brace." + END},
        {"rationale": "Physical therapy has not been tried." + END},
        {"rationale": "There is no indication that a brace was worn." + END},
    ],
    "IMR207": [
        {"rationale": "Therapy is not curative for this." + END},
        {"rationale": "A complete recovery is not to be expected from it." + END},
        {"rationale": "It will not cure the arthritis." + END},
        {"rationale": "It won\u2019t cure the arthritis." + END},
        {"rationale": "It cannot cure the arthritis." + END},
        {"rationale": "He has reached MMI, so there is no need of further treatment." + END},
    ],
    "IMR208": [
        {"rationale": "The hip was not caused by the injury at work." + END},
        {"rationale": "The depression is not industrially related." + END},
        {"rationale": "The depression isn\u2019t industrially related." + END},
        {"rationale": "The tears weren't caused by the injury." + END},
        {"rationale": "The condition is not a consequence of the industrial injury." + END},
        {"rationale": "The employer is not liable for the back." + END},
        {"rationale": "The neck is not part of this claim." + END},
        {"rationale": "The request is for a non-industrial condition." + END},
        {"rationale": "The hip was not caused by his work." + END},
        {"rationale": "The condition of the hip is non-industrial." + END},
        {"rationale": "The pain comes of non-industrial factors." + END},
        {"rationale": "UR held that the hip is related. It is not industrially related." + END},
    ],
    "IMR209": [
        {"rationale": NECK, "item 2 rationale": NECK},
        {"rationale": NECK, "item 2 rationale": NECK.replace("six", "seven")},
        {
            "request": "Norco 10/325mg #60",
            "rationale": NORCO,
            "item 2 request": "Soma 350mg #30",
            "item 2 rationale": NORCO,
        },
    ],
}

NEAR_MISSES: Table = {
    "IMR206": [
        {"rationale": "Six visits failed, as the notes of May show." + END},
        {"rationale": "The guideline does not recommend it." + END},
        {"rationale": "The MTUS does not mention this device." + END},
        {"rationale": "The ODG is silent on it." + END},
        {"rationale": "The physical examination noted no evidence of weakness." + END},
        {"rationale": "The MRI did not show a tear." + END},
        {"rationale": "The x-rays of the wrist showed no evidence of a fracture." + END},
        {"rationale": "The examination in May didn't reveal a deficit." + END},
        {"rationale": "There is insufficient evidence of its efficacy." + END},
        {"rationale": "There is no evidence in the literature that it helps." + END},
        {"rationale": "No, the request was not medically necessary."},
        {
            "rationale": 'The MTUS states, "Other relaxants: There is no evidence for use of any '
            'other relaxant on the skin."' + END
        },
        {"rationale": "The ODG adds that there is no evidence for any other relaxant." + END},
        {"rationale": "The MTUS notes a lack of documentation in most of these trials." + END},
        {"rationale": "Therefore no indication for MRI of the left knee is met." + END},
        {"rationale": "There is no indication for a second operation." + END},
        {"rationale": "Surgery was not indicated." + END},
        {"summary.text": "There is no documentation of an X-ray in the file."},
    ],
    "IMR207": [
        {"rationale": "It is not expected to cure or relieve the effects." + END},
        {"rationale": "An evaluation is allowed when a worker is close to or at MMI." + END},
        {"rationale": "A full range of motion has come back." + END},
        {"rationale": "It will not cure the arthritis but will relieve the pain."},
        {"rationale": "It is not curative, yet it relieves."},
        {"rationale": "Therapy does not cure; it relieves." + END},
        {"rationale": "It won't cure the knee, though it may well relieve it."},
    ],
    "IMR208": [
        {"rationale": "Whether it is work-related is not decided here." + END},
        {"rationale": "The industrial injury was a fall." + END},
        {"rationale": "The pain was not caused by a fracture." + END},
        {"rationale": "The pain was not caused by an injury of the disc." + END},
        {"rationale": "UR held that the hip is not industrially related." + END},
        {"rationale": "The claims administrator found that the neck is not part of this claim."},
        {"rationale": "He has a history of a non-industrial disease of the heart." + END},
        {"summary.text": "The carrier held that the hip is not industrially related."},
    ],
    "IMR209": [
        {"rationale": NECK, "item 2 rationale": NORCO},
        {"rationale": "Not due." + END, "item 2 rationale": "Not due." + END},
        {"rationale": NECK},
    ],
}
