"""Dates of the injury, of the review and of what comes after the decision."""

from datetime import date

from tests.checks.families import Table

INJURED = {"case.date_of_injury": date(2013, 10, 23)}
REVIEWED = {"case.ur_decision_date": date(2014, 11, 5)}
DECIDED = {"case.decision_date": date(2014, 12, 15)}

INJURY_DIFFERS = [
    "The worker, a 48 year old roofer, sustained an industrial injury to his back on 10-13-2013.",
    "Her claim for pain in the right knee is said to be associated with an industrial injury "
    "of October 25, 2013.",
    "A plumber aged 39 has an occupational claim from 10/18/2013 for his neck.",
    "A 44 year old woman. Date of injury: 10/23/2012. Diagnosis: low back pain.",
    "This worker was injured on\nOctober\n3, 2013 while he unloaded a truck.",
    "The date of injury is 10-23-\n12. The mechanism was a fall from a ladder.",
    "A 44 year old female with a work related injury dated 11/ 23/2013.",
    "A 50 year old cook (DOI: 10/22/13) burned his hand.",
    "The industrial injury occurred on Oct. 13, 2013, when a pallet fell on his foot.",
    "A 61 year old driver was hurt at work on October 23rd, 2014 in a collision.",
    "The 54 year old worker has an injury date of 10/23/2003.",
]
INJURY_AGREES = [
    "A 48 year old male sustained an industrial injury on 10-23-13.",
    "A 48 year old male sustained an industrial injury on 10/23/ 2013.",
    "The date of injury is October\n23rd, 2013.",
    "A 31 year old nurse was injured on 10-\n23-2013 while she turned a patient.",
    "An industrial injury occurred in October 2013.",
]
ANOTHER_INJURY = [
    "The worker sustained an industrial injury on 10/23/2013. He had a prior industrial injury on "
    "3/2/2009 that healed.",
    "A cumulative trauma injury from 10/23/2012 to 10/23/2013 is claimed.",
    "This 50 year old man reports cumulative trauma for the period of 10/23/2012 through "
    "10/23/2013.",
    "She sustained a previous injury to the same knee on 5/6/2001 in a car accident.",
    "A non-industrial injury of the wrist on July 4, 2010 is noted.",
    "The applicant has a separate claim with a date of injury of 6/1/2014 for the wrist.",
    "He re-injured the shoulder at home on 4/5/2014 while reaching overhead.",
]
AFTER_THE_INJURY = [
    "The worker sustained an injury on 10/23/2013, and was seen on 11/04/2013.",
    "On 10/14/2014, the injured worker complained of neck pain.",
    "The injury of 10/23/2013 was treated with surgery on 2/11/2014.",
    "A claim was filed on 11/01/2013 for an injury of 10/23/2013.",
    "The claim form was received on 11/05/2013.",
    "An x-ray taken the day after the injury, on 10/24/2013, was negative.",
    "Two weeks after the injury, on November 6, 2013, therapy was started.",
    "The MRI of 11/20/2013 showed no acute injury. On 12/01/2013 he returned to work.",
    "The claims administrator's report dated November 5, 2014 was read.",
    "The injured worker was evaluated on 10-19-14 for complaints of neck and back pain.",
]

REVIEW_DIFFERS = [
    "In a utilization review report dated November 15, 2014, the claims administrator failed to "
    "approve a request for massage.",
    "On 11-03-14, utilization review determined that massage was not medically necessary.",
    "The UR dated 11-15-14 non-certified the request for massage.",
    "The original utilization review (10-05-2014) non-certified the request for massage.",
    "The prior determination on 12/05/2014 denied the request for massage due to a lack of gain.",
    "On December 5, 2014, the claims administrator failed to approve a request for massage.",
    "The request was denied by utilization review on 11/05/2013.",
    "Utilization Review on 11-\n15-2014 denied the massage.",
    "The massage was previously denied by UR on Nov. 6, 2014, for want of a plan.",
    "The UR determination of 11/05/ 2015 modified the request to two sessions.",
]
REVIEW_AGREES = [
    "In a utilization review report dated November 5, 2014, the claims administrator failed to "
    "approve a request for massage. An October 14, 2014 date of service was referenced in the "
    "determination.",
    "The utilization review of 11/05/2014 referenced an RFA received on October 28, 2014.",
    "The UR dated 11-05-14 non-certified the therapy that the progress note of 10-14-14 asks for.",
    "The Request for Authorization was signed on 10/28/2014. The prior determination on "
    "11/05/2014 denied the request.",
    "Utilization review certified six sessions on 8/1/2014, and denied more on 11/05/2014.",
    "The denial of 11-05-\n2014 cites the report of 10/14/2014.",
    "The utilization review of 11/05/2014 denied it. The applicant appealed on 11/10/2014.",
]
OTHER_DAYS = [
    "A request for authorization dated 10/28/2014 was denied by utilization review.",
    "The claims administrator referenced an RFA form received on October 28, 2014 in its "
    "determination.",
    "On 10/14/2014, the treating physician requested massage, which utilization review did not "
    "certify.",
    "An appeal letter dated 11/20/2014 disputes the utilization review determination.",
    "A physical therapy note of September 30, 2014 was among the records that utilization review "
    "had before it.",
    "The application for review was received on 11/12/2014 after the utilization review denial.",
]

FIRES: Table = {
    "IMR301": [
        *({**INJURED, "summary.text": text} for text in INJURY_DIFFERS),
        {**INJURED, "rationale": "The worker sustained a work related injury on 10-12-13."},
    ],
    "IMR302": [
        *({**REVIEWED, "summary.text": text} for text in REVIEW_DIFFERS),
        {**REVIEWED, "rationale": "The utilization review decision dated 11/07/2014 denied it."},
    ],
    "IMR314": [
        {"case.date_of_injury": "2014-11-06", "case.ur_decision_date": "2014-11-05"},
        {"case.date_of_injury": "2024-10-23"},
        {"case.ur_decision_date": "2014-11-13", "case.application_received": "2014-11-12"},
        {"case.application_received": "2013-11-12"},
        {"case.decision_date": "2015-01-05", "today": "2015-01-04"},
        {"case.decision_date": "2025-12-15", "today": "2014-12-15"},
    ],
    "IMR315": [
        {**DECIDED, "summary.text": "On 01/14/2015 his physician noted neck pain."},
        {**DECIDED, "summary.text": "On October 14, 2041 his physician noted neck pain."},
        {**DECIDED, "summary.text": "He was examined on 10-14-24 and had a stiff neck."},
        {**DECIDED, "rationale": "The progress note dated 12-16-14 describes no gain."},
        {**DECIDED, "rationale": "The office visit of 12/\n20/2014 lists no spasm."},
        {**DECIDED, "item 2 rationale": "An x-ray of 2/3/2015 showed clear lungs."},
        {"today": "2014-12-15", "rationale": "The MRI of December 16, 2014 was normal."},
    ],
}

NEAR_MISSES: Table = {
    "IMR301": [
        {"summary.text": "An industrial injury from 10/23/2012 through 10/23/2013 is claimed."},
        *({**INJURED, "summary.text": text} for text in INJURY_AGREES),
        *({**INJURED, "summary.text": text} for text in ANOTHER_INJURY),
        *({**INJURED, "summary.text": text} for text in AFTER_THE_INJURY),
        {"case.date_of_injury": None, "summary.text": INJURY_DIFFERS[0]},
    ],
    "IMR302": [
        *({**REVIEWED, "summary.text": text} for text in REVIEW_AGREES),
        *({**REVIEWED, "summary.text": text} for text in OTHER_DAYS),
        {"case.ur_decision_date": None, "summary.text": REVIEW_DIFFERS[0]},
    ],
    "IMR314": [
        {"case.date_of_injury": "2014-11-05", "case.ur_decision_date": "2014-11-05"},
        {"case.ur_decision_date": "2014-11-12", "case.application_received": "2014-11-12"},
        {"case.decision_date": "2014-12-15", "today": "2014-12-15"},
        {"case.decision_date": "2025-12-15", "today": None},
        {"case.date_of_injury": None, "case.ur_decision_date": None},
        {"case.application_received": None, "case.records_received": "2014-11-05"},
    ],
    "IMR315": [
        {**DECIDED, "summary.text": "On 12/15/2014 his physician noted neck pain."},
        {**DECIDED, "summary.text": "The worker was placed off work until 3/1/2015."},
        {**DECIDED, "summary.text": "Surgery has been scheduled for January 20, 2015."},
        {**DECIDED, "summary.text": "His next appointment is on 1/14/2015."},
        {**DECIDED, "summary.text": "He is to return to the clinic on 1-6-15."},
        {**DECIDED, "summary.text": "Total temporary disability was extended through 2/1/2015."},
        {**DECIDED, "rationale": "The authorization expires on 2/5/2015."},
        {**DECIDED, "rationale": "Pain was 7/10, strength 5/5, reflexes 2+ of 4."},
        {"today": None, "rationale": "The MRI of December 16, 2034 was normal."},
    ],
}
