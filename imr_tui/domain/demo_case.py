"""The synthetic case of a demonstration: half finished, with a warning that its tour fixes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from imr_tui.model.case import Case, Item, Particulars, Parties, Record, Reviewer, Summary
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import ATTESTATIONS, RecordKind
from imr_tui.text.user_input import american

NUMBER = "DEMO-0000001"
"""The number of the case."""
OPEN_ITEM = 1
"""The 0-based item that is not decided yet."""
WRONG, RIGHT = "left knee", "right knee"
"""The words of its rationale that name the wrong side, and those that belong there."""
LICENSES = ("California",)
SPECIALTIES = ("Family Practice",)
"""The credentials of the reviewer who is played."""

_KNEE = Citation(
    guideline="mtus-2020-knee",
    title="Knee Disorders",
    section="9792.23.6",
    year=2020,
    standard="A",
)


class _Days(NamedTuple):
    """The dates of the case, all before the day on which it is shown."""

    injury: date
    visit: date
    """The last visit before the request."""
    therapy: tuple[date, date]
    """The first and the last visit of physical therapy."""
    request: date
    denial: date
    application: date
    assignment: date
    records: date

    @classmethod
    def before(cls, today: date) -> _Days:
        def ago(days: int) -> date:
            return today - timedelta(days=days)

        return cls(
            ago(160), ago(48), (ago(120), ago(64)), ago(45), ago(38), ago(24), ago(17), ago(4)
        )


def demo_case(today: date) -> Case:
    """The case as it stands on the day `today`, with dates that fit it."""
    days = _Days.before(today)
    return Case(
        particulars=Particulars(
            number=NUMBER,
            date_of_injury=days.injury,
            ur_decision_date=days.denial,
            application_received=days.application,
            date_assigned=days.assignment,
            records_received=days.records,
        ),
        parties=Parties(
            employee="Rowan Example",
            employer="Invented Bakery Supply",
            claims_administrator="Imaginary Claims Service",
            providers=("Example Family Clinic",),
        ),
        records=_records(days),
        reviewer=Reviewer(
            licenses=LICENSES,
            specialties=SPECIALTIES,
            attested=tuple(ATTESTATIONS),
            attested_at=datetime.combine(days.records, time(17, 30), UTC),
        ),
        summary=Summary(text=_summary(days)),
        items=(_decided(days), _half_finished()),
    )


def _records(days: _Days) -> tuple[Record, ...]:
    clinic = "Example Family Clinic"
    return (
        _record("application", "Application for Independent Medical Review", days.application),
        _record("utilization_review", "Utilization review determination", days.denial),
        _record("rfa", "Request for Authorization", days.request, clinic),
        _record("medical", "Progress report", days.visit, clinic),
        _record("medical", "Physical therapy notes", days.therapy, "Example Therapy Center"),
        _record("imaging", "X-rays of the right knee", days.injury, "Example Imaging"),
    )


def _record(
    kind: RecordKind, title: str, when: date | tuple[date, date], source: str = ""
) -> Record:
    first, last = when if isinstance(when, tuple) else (when, when)
    return Record(kind=kind, title=title, source=source, to=last).but(from_=first)


def _summary(days: _Days) -> str:
    first, last = map(american, days.therapy)
    return (
        "The worker is a 44-year-old woman who injured the right knee on "
        f"{american(days.injury)} by slipping on a wet floor. X-rays of that day showed no "
        "fracture of the right knee. "
        "Treatment has consisted of rest, ibuprofen, and eight visits of physical therapy "
        f"between {first} and {last}.\n\n"
        f"On {american(days.visit)} the treating physician noted that the right knee catches on "
        "stairs. The examination showed a small effusion of the right knee, and tenderness of "
        "the inner joint line. The physician asked for more physical therapy and for an MRI. "
        f"Utilization review denied both on {american(days.denial)}."
    )


def _decided(days: _Days) -> Item:
    return Item(
        request="Physical therapy for the right knee, 12 visits",
        decision="upheld",
        rationale=(
            "The worker had eight visits of physical therapy for the right knee. The note of "
            f"{american(days.therapy[1])} reports no gain in motion or strength during the last "
            "four of them. The guideline recommends more visits only while they improve "
            "function. The worker knows the exercises and can continue them at home. Therefore, "
            "12 visits of physical therapy for the right knee are not medically necessary."
        ),
        administrator_citations=(_KNEE,),
        citations=(_KNEE.but(sections=("Physical Therapy",)),),
    )


def _half_finished() -> Item:
    return Item(
        request="MRI of the right knee without contrast",
        rationale=(
            "The guideline recommends an MRI of the knee if catching persists after physical "
            "therapy. The knee still catches on stairs after eight visits. The X-rays show no "
            "fracture, but they cannot show the cartilage. The examination found a small "
            f"effusion of the {WRONG}."
        ),
        administrator_citations=(_KNEE,),
    )
