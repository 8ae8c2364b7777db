"""IMR111 and IMR114: what programs, forms, dictation and drafts leave in a text."""

from tests.checks.families import Table

NOT = " It is not medically necessary."

FIRES: Table = {
    "IMR111": [
        {"rationale": f"{words}{NOT}"}
        for words in (
            # From health records.
            "The *** knee was tender.",
            "The patient is @AGE@ and has pain.",
            "The {left/right:1} knee was tender.",
            "The {picklists:21004} was noted.",
            "The gait was {Exam; gait:3}.",
            "Seen by [PATIENT_NAME] of the clinic.",
            "The pain was &lt;5 of 10.",
            # From text snippets.
            "The ${1:side} knee was tender.",
            "The %filltext:name% of the drug was given.",
            "The <<side>> knee was tender.",
            "The #{region} was tender.",
            "The {formtext: name=side} knee was tender.",
            "The <drug name> did not help.",
            # From word processors.
            "Click or tap here to enter text.",
            "The side is: Choose an item.",
            "As listed in Error! Reference source not found.",
            "Dear \u00abFirst_Name\u00bb, the pain is constant.",
            "{ MERGEFIELD Side } knee pain.",
            "The cuff was torn (see the image below).",
            "Commented [AB1]: is it the left one? The knee is tender.",
            # From dictation.
            "The worker takes [inaudible] for pain.",
            "The motion was full. New paragraph. The reflexes were normal.",
            "He takes (sounds like Norco) for pain.",
            "She takes [] for pain.",
            # Choices, notes and gaps.
            "The worker is a(n) 44 year old female.",
            "The motion was [abduction] degrees.",
            "The knee was seen on (insert date).",
            "An MRI of the knee was requested, dated the following treatment.",
        )
    ],
    "IMR114": [
        {"rationale": f"{words}{NOT}"}
        for words in (
            "He/she has pain.",
            "The right/left knee was tender.",
            "Eight visit(s) were asked for.",
            "The MRI was denied/approved.",
            "The knee was tender/nontender.",
            "The pain was _/10 at rest.",
            "The pain was rated out of 10.",
            "The knee was seen on , the pain was less.",
            "The request was denied on by the administrator.",
            "The report is dated .",
            "He is a year old male with pain.",
            "Medications include: .",
            "Check this. The knee was tender.",
            "The dose was raised (which date?).",
            "Do not send yet. The knee was tender.",
            "I need to check the page.",
            "The knee was tender period The gait was normal.",
            "He takes naproxen comma and it helps.",
            "The plan is .kneeplan for now.",
            "The <%= region %> was tender.",
            "The draft only, do not sign.",
            "The knee [00:12:31] was tender.",
        )
    ],
}

NEAR_MISSES: Table = {
    "IMR111": [
        {"rationale": f"{words}{NOT}"}
        for words in (
            "Pain fell by 50%and by 60% in May.",
            "Write to care@example.org for it.",
            "The sign is (sp) suprapatellar pain.",
            "He is a medical transcriptionist.",
            "A comma sign was seen, and the colon is normal.",
            "The ratio was a<b and the other c>d.",
            "*" * 40 + " The knee was tender.",
            "The motion was 20 [sic] degrees.",
            "The note was dated the following day.",
            "Doctors choose an interval that fits.",
        )
    ],
    "IMR114": [
        {"rationale": f"{words}{NOT}"}
        for words in (
            "Flexion was 20/25 degrees, right/left lateral bending 10/10.",
            "An MRI with/without contrast was done, and ice and/or heat was tried.",
            "Pain rated on a scale of 0 to 10 was 7 out of 10.",
            "The note was neither signed nor dated.",
            'The guideline asks: "Is he/she able to work?"',
            "In the period after surgery he took naproxen.",
            "On the injured side the grip was 20 pounds.",
            "Check-ups were normal, and the plan was to check the urine drug screen.",
            "The request was denied on the ground that the dose was high.",
            "The pain (see page 3) was 4/10 at rest.",
            "There is no pain agreement on file, and no data available about it.",
            "These findings underscore the need, and he was unsure about which drug helped.",
            "On utilization review the request was denied on 11-05-2014.",
            "The report, dated 10-14-2014, was reviewed (46 pages).",
        )
    ],
}
