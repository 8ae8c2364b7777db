"""IMR115: an earlier determination among the documents that no text mentions."""

from imr_tui.model.case import Record
from tests.checks.families import Table

RECORDS = (
    Record(kind="medical", title="PR-2"),
    Record(kind="determination", case="CM13-0012345", title="Final determination"),
)
END = "Massage of the neck, 6 sessions, is not medically necessary."


def says(text: str, field: str = "rationale") -> dict[str, object]:
    return {"records": RECORDS, field: text}


FIRES: Table = {
    "IMR115": [
        {"records": RECORDS},
        {"records": (*RECORDS[:1], Record(kind="determination"))},
        says(f"The prior utilization review determination denied massage. {END}"),
        says(f"The previous UR determination of 11/05/2014 said so. {END}"),
        says(f"This independent medical review concerns massage. {END}"),
        says(f"The earlier denial by the claims administrator is no determination. {END}"),
        says(f"The first six visits did not help. {END}"),
    ]
}

NEAR_MISSES: Table = {
    "IMR115": [
        says(f"In cm13-0012345 massage was denied. {END}"),
        says(f"An earlier IMR upheld the denial of massage. {END}"),
        says(f"The prior independent medical review is on file. {END}"),
        says(f"A previous final determination denied the same massage. {END}"),
        says(f"The IMR determination dated 05/02/2013 was reviewed. {END}"),
        says(f"The 2013 determination denied massage. {END}"),
        says(f"Independent medical review overturned the first denial. {END}"),
        says("He was seen in an earlier IMR for the same neck pain.", "summary.text"),
        {"records": RECORDS[:1]},
        {"records": RECORDS, "rationale": ""},
    ]
}
