"""IMR301, IMR302, IMR314 and IMR315: the days of a letter."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.checks.families import Table

INJURY = date(2013, 10, 23)
REVIEW = date(2014, 11, 5)


def summaries(*texts: str) -> list[dict[str, Any]]:
    return [{"summary.text": text} for text in texts]


def rationales(texts: Iterable[str]) -> list[dict[str, Any]]:
    return [{"rationale": text} for text in texts]


FIRES: Table = {
    "IMR301": [
        *summaries(
            "This is a 54 year old man who sustained an industrial injury on 10-24-2013.",
            "He has a history of an occupational claim from 10/23/ 2012.",
            "The date of injury was October 13, 2013.",
            "DOI: 10-23-12. He was treated with therapy.",
            "On 11/23/2013 the patient was injured when a pallet fell.",
            "She reported an injury on 9/23/2013 while lifting a client.",
            "A work-related injury to the neck and the left arm on\n10-22-\n2013 is documented.",
            "Filed for neck pain associated with an industrial injury of October 23, 2003.",
        ),
        *rationales(["The claimant sustained an injury on 10/23/2011. It is not necessary."]),
    ],
    "IMR302": [
        *summaries(
            "The utilization review dated 11-06-14 non-certified the request.",
            "On 11/5/2013, Utilization Review denied the massage.",
            "A prior determination on 12/05/2014 denied the request for want of progress.",
            "In a UR report of November 15, 2014, the claims administrator failed to approve it.",
            "The request for massage was non-certified by utilization review on 10-05-2014.",
            "The original utilization review (11-15-14) modified the request.",
            "UR denied the request for massage on 11/25/2014.",
        ),
    ],
    "IMR314": [
        {"case.date_of_injury": date(2014, 12, 1)},
        {"case.ur_decision_date": date(2014, 11, 13)},
        {"case.decision_date": date(2026, 1, 2), "today": date(2026, 1, 1)},
        {"case.ur_decision_date": None, "case.date_of_injury": date(2014, 11, 13)},
    ],
    "IMR315": [
        {"case.decision_date": date(2014, 12, 8), **fields}
        for fields in (
            *summaries("He was seen on 12/09/2014.", "An MRI of December 18, 2104 was normal."),
            {"rationale": "The note of 1-3-15 shows no gain. It is not medically necessary."},
        )
    ]
    + [{"today": date(2014, 11, 1), "summary.text": "He was seen on 11-02-2014."}],
}

NEAR_MISSES: Table = {
    "IMR301": [
        *summaries(
            "He sustained an industrial injury on 10/23/ 2013.",
            "An injury of October 23rd, 2013, after a prior industrial injury on 4/2/2009.",
            "He was seen on 11/02/2013 for the work injury.",
            "The Doctor's First Report of Occupational Injury of 10/25/2013 lists a sprain.",
            "He denied a new injury on 3/3/2014.",
            "Cumulative trauma, an injury from 10/23/2012 to 10/23/2013, is claimed.",
            "The claim was filed on 11/30/2013.",
            "An industrial injury from 10/23/2012 through 10/23/2013 is claimed.",
            "A re-injury on 5/5/2014 was not reported.",
            "Surgery for the injury on 1/7/2014 helped for a while.",
        ),
        {"case.date_of_injury": None, "summary.text": "An industrial injury on 1/1/2001."},
    ],
    "IMR302": [
        *summaries(
            "The RFA dated 10/28/2014 was denied by utilization review on 11/05/2014.",
            "On 10/30/2014 a request was received and was non-certified by UR on November 5, 2014.",
            "It referenced an October 14, 2014 date of service in its determination.",
            "The applicant appealed the utilization review on 11/10/2014.",
            "The patient denied chest pain on 10/14/2014.",
            "Work was modified on 10/20/2014 by the therapist.",
            "The Utilization Review of 11-5-14 agreed with one of 3-2-2012 on another request.",
        ),
        {"case.ur_decision_date": None, "summary.text": "UR dated 1/1/2001 denied it."},
    ],
    "IMR314": [
        {"case.date_of_injury": REVIEW},
        {"case.ur_decision_date": date(2014, 11, 12)},
        {"case.decision_date": date(2026, 1, 1), "today": date(2026, 1, 1)},
        {"case.date_of_injury": None, "case.ur_decision_date": None},
    ],
    "IMR315": [
        {"case.decision_date": date(2014, 12, 8), **fields}
        for fields in summaries(
            "He is off work until 1/28/2015.",
            "A visit is scheduled for 2/1/2015.",
            "He was seen on 12/08/2014.",
        )
    ]
    + [{"summary.text": "He was seen on 1/1/2099."}],
}
