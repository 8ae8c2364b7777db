"""Versions that were in force on the day of the decision, and pages that a document has."""

from datetime import date

from imr_tui.checks.rule import Example
from imr_tui.model.evidence import Citation
from tests.checks.families import Table

CHRONIC_PAIN = Citation(
    guideline="mtus-2009-chronicpain",
    kind="mtus",
    title="Chronic Pain Treatment Guidelines",
    section="9792.24.2",
)
NECK = Citation(
    guideline="mtus-2009-neck",
    kind="mtus",
    title="Neck and Upper Back Complaints",
    section="9792.23.1",
)


def decided(day: str, guideline: str, title: str, year: int) -> Example:
    """A case that was decided on `day` and cites this version."""
    citation = Citation(
        guideline=guideline, kind="mtus", title=title, year=year, sections=("Summary",)
    )
    return {"case.decision_date": day, "citations": (citation,)}


def on_pages(*pages: str, citation: Citation = CHRONIC_PAIN) -> list[Example]:
    """Cases that cite these pages."""
    return [{"citations": (citation.but(pages=page),)} for page in pages]


def served(on: str, case: Example) -> Example:
    """The same case, about a service that was rendered on a day."""
    return {**case, "date_of_service": date.fromisoformat(on)}


LOW_BACK = "Low Back Complaints"
OPIOIDS = decided("2018-03-01", "mtus-2016-opioids", "Opioid Treatment", 2016)

FIRES: Table = {
    "IMR403": [
        decided("2016-07-28", "mtus-2009-chronicpain", "Chronic Pain Medical Treatment", 2009),
        decided("2017-12-01", "mtus-2009-lowback", LOW_BACK, 2004),
        decided("2019-08-11", "mtus-2017-lowback", "Low Back Disorders", 2017),
        decided("2016-05-02", "mtus-2016-opioids", "Opioid Treatment", 2016),
        decided("2017-11-30", "mtus-2017-knee", "Knee Disorders", 2017),
        decided("2020-09-21", "mtus-2017-knee", "Knee Disorders", 2017),
        OPIOIDS,
        # Begins after the decision, and is superseded before it, in rows confirmed by an order.
        decided("2016-11-01", "mtus-2017-chronicpain", "Chronic Pain", 2017),
        decided("2018-01-05", "mtus-2016-chronicpain", "Chronic Pain Medical Treatment", 2016),
        decided("2021-01-05", "mtus-2009-ankle", "Ankle and Foot Complaints", 2004),
        decided("2014-12-08", "", "Hip and Groin", 2017),
        # The date of service is that of an older version than the one cited.
        served("2017-11-30", decided("2018-03-01", "mtus-2017-knee", "Knee Disorders", 2017)),
        served("2017-12-01", decided("2018-03-01", "mtus-2009-lowback", LOW_BACK, 2004)),
        served("2016-01-04", decided("2016-09-01", "", "Chronic Pain Medical Treatment", 2016)),
        # A service that is not rendered yet is judged on the day of the decision.
        served("2017-12-04", decided("2017-11-30", "mtus-2017-knee", "Knee Disorders", 2017)),
        {
            "today": "2018-01-15",
            "case.application_received": "2018-01-02",
            "citations": decided("", "mtus-2009-lowback", LOW_BACK, 2004)["citations"],
        },
    ],
    "IMR404": [
        *on_pages("128", "22, 146-147", "120-130", "47-46", "96-99, 22-12", "0"),
        {"item 2 citations": (CHRONIC_PAIN.but(pages="pp. 200"),)},
    ],
}

NEAR_MISSES: Table = {
    "IMR403": [
        decided("2016-07-27", "mtus-2009-chronicpain", "Chronic Pain Medical Treatment", 2009),
        decided("2017-11-30", "mtus-2009-lowback", LOW_BACK, 2004),
        served("2017-11-30", decided("2018-03-01", "mtus-2009-lowback", LOW_BACK, 2004)),
        served("2017-12-01", decided("2018-03-01", "mtus-2017-knee", "Knee Disorders", 2017)),
        served("2018-06-01", decided("2018-03-01", "mtus-2017-knee", "Knee Disorders", 2017)),
        decided("2017-02-27", "mtus-2009-acupuncture", "Acupuncture Treatment", 2007),
        decided("2022-02-27", "mtus-2009-acupuncture", "Acupuncture Treatment", 2007),
        decided("2019-08-10", "mtus-2017-lowback", "Low Back Disorders", 2017),
        decided("2024-02-01", "mtus-2021-lowback", "Low Back Disorders", 2021),
        decided("2016-07-28", "mtus-2016-opioids", "Opioid Treatment", 2016),
        decided("2018-03-01", "", "A guideline of the site", 2004),
        {**OPIOIDS, "citations": (), "administrator_citations": OPIOIDS["citations"]},
    ],
    "IMR404": [
        *on_pages("127", "1", "1-127", "22, 46-47, 96-99", "22; 46 - 47", "22 and 46", ""),
        *on_pages("165-194", "195", citation=NECK),  # no page confirms where it ends
        *on_pages("265, 3-7", "i-xii", citation=Citation(title="Work Guide", kind="text")),
    ],
}
