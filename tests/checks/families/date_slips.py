"""Dates against each other: the rows of the list of slips, variants of them, and near misses."""

from datetime import date

from tests.checks.families import Table

K = {
    "case.date_of_injury": date(2016, 10, 14),
    "case.ur_decision_date": date(2016, 12, 12),
    "case.application_received": date(2016, 12, 19),
    "case.date_assigned": date(2016, 12, 20),
    "case.records_received": date(2016, 12, 28),
    "case.decision_date": date(2017, 1, 20),
}
"""The header of the list's frame."""
SUMMARY = (
    "The injured worker is a 44 year old female who sustained an industrial injury on 10-14-2016. "
    "Diagnoses include a strain of the left knee. Treatment to date has included ibuprofen and "
    "six visits of physical therapy. On 12-02-2016 she complained of pain of the left knee rated "
    "6 out of 10. The treatment plan included an MRI of the left knee. The request for "
    "authorization was dated 12-05-2016. On 12-12-2016 Utilization Review non-certified the "
    "request for an MRI of the left knee."
)
LEFT_KNEE = {"request": "MRI of the left knee", "summary.text": SUMMARY}


def k(words: str, **fields: object) -> dict[str, object]:
    """The frame with words in its rationale."""
    said = f"On 12-02-2016 the left knee was tender. {words} The MRI is not medically necessary."
    return {**K, **LEFT_KNEE, "rationale": said, **fields}


def bare(words: str) -> dict[str, object]:
    """The frame without the dates of its header."""
    return {**k(words), "case.date_of_injury": None, "case.ur_decision_date": None}


FIRES: Table = {
    "IMR301": [
        bare("The date of injury was 10/19/16."),
        bare("She was injured at work on 10-14-2015."),
        bare("This claim dates from an injury of October 4, 2016."),
        k("A cumulative trauma from 2018 to 2019 is claimed."),
        k("The industrial injury occurred in 2014."),
        k("She sustained a work injury in August 2016."),
        k("The injury goes back to 2015."),
        k("Her injury dates from 10/04/2016."),
        k("The injury of record is that of 11-14-2016."),
        k("The cumulative trauma ran from March 2014 to May 2015."),
        {**k(""), "summary.text": "A 44 year old. On 9/14/16 she fell from a ladder."},
    ],
    "IMR302": [
        k("The request was previously reviewed on 12/22/2016 and denied."),
        k("The Utilization Review report, with a decision date of 12-09-2016, non-certified it."),
        k("The denial letter is dated 12-02-2016."),
        k("The physician advisor recommended non-certification on 12-22-2016."),
        k("The peer reviewer did not approve the MRI on December 22, 2016."),
        k("It was non-authorized on 12-02-2016."),
        k("On 12-22-2016, the request was denied at the level of utilization review."),
        k("Utilization review, by letter of 12-22-2016, denied both."),
        bare("Utilization Review denied the MRI on 12-22-2016."),
        bare("The request was non-certified by UR on 11-12-2016."),
        bare("The UR decision of 12-12-2015 denied it."),
    ],
    "IMR303": [
        k("At 64 years of age the worker has no other illness."),
        k("Given her age of 54, the risk was weighed."),
        k("The patient is in her early sixties."),
        k("The worker, in her 50s, has no other illness."),
    ],
    "IMR314": [
        {**K, "case.date_assigned": date(2016, 12, 18)},
        {**K, "case.date_assigned": date(2016, 12, 1)},
        {**K, "case.records_received": date(2017, 1, 21)},
        {**K, "case.decision_date": date(2016, 12, 11)},
        {**K, "case.date_assigned": date(2017, 2, 20)},
        {**K, "case.application_received": date(2017, 2, 19)},
    ],
    "IMR315": [
        k("At the follow-up on 1/30/17 the complaints were the same."),
        k("On 02/08/2017 the worker was seen again."),
        k("The progress note of 1-21-17 lists no effusion."),
    ],
    "IMR316": [
        k("Progress notes dated 1-21-16 told of swelling."),
        k("On 9/30/2016 the treating physician noted swelling of the knee."),
        k("She was seen on 10-02-2016 for pain of the knee."),
        k("X-rays of the left knee on 8-14-16 were negative."),
        k("The office visit of September 9, 2016 describes a limp."),
        k("The 7/4/2016 progress report describes a limp."),
        k("Physical therapy began on 5/3/16."),
        k("The first visit for this injury was on 8/16/2016."),
        {**bare(""), "rationale": "On 9-02-2016 the worker complained of pain. It is not needed."},
    ],
    "IMR317": [
        k("The request for authorization was dated 12-15-2016."),
        k("The Request for Authorization form (RFA) was signed on December 20, 2016."),
        k("The RFA was received by the claims administrator on 12/13/16."),
        k("On 12-19-2016 the request for authorization was submitted."),
        k("A request dated 12-19-16 was for an MRI of the left knee."),
        k("The 12-19-16 RFA asks for the MRI of the knee."),
        bare("The request for authorization was dated 12-15-2016."),
    ],
    "IMR318": [
        k("An updated progress report of 01/05/2016 tells of less pain."),
        k("The most recent visit, on 1-9-16, brought no new finding."),
        k("On January 6, 2016 the physician noted less swelling."),
        {
            **k("An addendum of 1/9/2016 repeats the request."),
            "case.date_of_injury": date(2015, 10, 14),
            "summary.text": "A 44 year old woman.",
        },
        {
            **k("The request for authorization was dated 1-5-16."),
            "case.date_of_injury": date(2015, 10, 14),
            "case.ur_decision_date": date(2017, 1, 9),
            "summary.text": "A 44 year old woman.",
        },
    ],
    "IMR319": [
        k("The worker has been on chronic opioid treatment for at least 6 months."),
        k("She has had pain of the knee for two years."),
        k("The patient has a 3-year history of knee pain."),
        k("The knee has hurt since this fall for the last twenty-five years."),
        k("She has been taking Norco since 2014."),
        k("Eleven months after the injury she is still in therapy."),
        k("This injury is now two years old."),
    ],
    "IMR320": [
        k("In June 20216 she had therapy."),
        k("The note of 13-02-2016 describes a limp."),
        k("She was seen on 02/30/2016."),
        k("An x-ray of November 31, 2016 was negative."),
        k("The visit of 12-02-206 was brief."),
        k("The form of 10-142016 lists a strain."),
        k("The note of 12-02-201S describes a limp."),
        k("The report of December 2nd4, 2016 describes a limp."),
        k("On December 9, 3026 the MRI was denied."),
        k("The form of 12//02/2016 lists a strain."),
        k("She was seen on February 29, 2015."),
    ],
}

NEAR_MISSES: Table = {
    "IMR301": [
        k("A cumulative trauma from 2015 to 2016 is claimed."),
        k("A cumulative trauma from 10/14/2015 through 10/14/2016 is claimed."),
        k("A cumulative trauma from 10/1/2016 to 10/30/2016 is claimed."),
        k("The injury occurred in October 2016, and she had an earlier injury in 2009."),
        k("A previous industrial injury was on 4/2/2008. The injury of 2008 was settled."),
        k("She was treated for this injury on 11-04-2016."),
        k("The first visit for this injury was on 11-04-2016."),
        k("The MTUS of 2009 allows an MRI after an injury. The 2004 guideline does, too."),
        bare("She was injured on 10/14/16."),
        {**k(""), "summary.text": "A 44 year old. On 11/14/16 she fell at home."},
    ],
    "IMR302": [
        k("The physical therapy report reviewed by Utilization Review (UR) was dated 12-01-2016."),
        k("The progress note sent to utilization review was dated 12-02-2016."),
        k("An x-ray was reviewed on 12-02-2016 and showed no fracture."),
        k("She denied numbness on 12-02-2016."),
        bare("An earlier review of 8/1/2016 certified six sessions."),
        bare("The UR decision of 12-12-2016 denied it."),
    ],
    "IMR303": [
        k("At 45 years of age the worker has no other illness."),
        k("The patient is in her forties."),
        k("Her father, in his seventies, has arthritis."),
    ],
    "IMR314": [
        {**K},
        {**K, "case.records_received": date(2016, 12, 19)},
        {**K, "case.date_assigned": None, "case.application_received": None},
    ],
    "IMR315": [
        k("The revision is set for March 17, 2017."),
        k("A follow-up on 2/10/2017 is planned."),
        k("Her next appointment is on 2/10/2017."),
    ],
    "IMR316": [
        k("An earlier injury of the knee was treated on 3/2/2012."),
        k("Her medical history includes a hernia repair on 5/6/2011."),
        k("The surgery on 3/4/2014 was prior to this injury."),
        k("She was born on 4/5/1972 and hired on 6/1/2010."),
        k("Her father died on 7/8/2016."),
        k("The guideline was published on July 28, 2016."),
        k("She had another claim. On 3/2/2015 she was seen for her neck."),
        k("The claim is for cumulative trauma. On 3/2/2016 she was seen for the knee."),
        k("She was seen on 10/14/2016 and on 11/4/2016."),
    ],
    "IMR317": [
        k("The request for authorization was dated 12-12-2016."),
        k("On a December 20, 2016 RFA form, acupuncture was requested."),
        k("A second request for authorization was dated 12-20-2016."),
        k("An appeal of the denial was dated 12-20-2016."),
        k("The application for Independent Medical Review was dated 12-15-2016."),
        k("A request for reconsideration was dated 12-20-2016."),
        k("A request for authorization dated 12-20-2016 was for chiropractic treatment."),
        k("The request for authorization was dated 12-05-2016 and denied on 12-22-2016."),
    ],
    "IMR318": [
        {**k("On 01/05/2016 she had therapy."), "case.date_of_injury": date(2014, 10, 14)},
        k("An updated progress report of 01/05/2017 describes less pain."),
        k("The updated guideline was effective on 1/5/2016."),
        {
            **k("She was seen on 2/3/2016 and on 2/4/2016."),
            "case.date_of_injury": date(2015, 10, 14),
            "summary.text": "A 44 year old woman.",
        },
    ],
    "IMR319": [
        k("She has had pain of the knee for three months."),
        k("The guidelines recommend opioids for at least 6 months."),
        k("Patients who have had pain for a year may need an MRI."),
        k("She has worked as a nurse for 20 years."),
        k("She has had diabetes for ten years and smoked for 30 years."),
        k("Physical therapy, 2 times a week for 16 weeks, was requested."),
        k("She will be on light duty for the next 6 months."),
        k("She is 44 years old."),
        k("She had knee pain for two years before the injury."),
        k("Her cough has lasted for 2 weeks."),
    ],
    "IMR320": [
        k("She takes Norco 10/325 mg and Percocet 7.5-325."),
        k("Call 415-555-0100, extension 31-31-31; part number 45-60-2016B."),
        k("Flexion was 60/90, pages 22-46-47, levels L4-5-6, pain 13/10."),
        k("CPT 97110-97112, ICD M54.5, section 9792.24.2, case CM16-0213037."),
        k("It may 31 times be said, and they march 40 miles in 2016."),
        k("She was seen on 02/29/2016, on 12-31-16 and on December 31st, 2016."),
        k("A supply of 30-60-90 tablets and a ratio of 1.5-2.5-3.5 were noted."),
    ],
}
