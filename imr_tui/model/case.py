"""The case: frozen values for everything that one case file may hold.

Every draft state that a reviewer can type is valid here; whether a letter may go out is for
the checks. Blank is not the same as false: an open decision is None, never a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from imr_tui.model.evidence import Citation, Weighing
from imr_tui.model.limits import ATTESTATIONS as ATTESTATIONS
from imr_tui.model.limits import (
    MAX_ROWS,
    SCHEMA,
    Attestation,
    Departure,
    Outcome,
    Priority,
    RecordKind,
)
from imr_tui.model.value import Line, Number, Prose, Rows, Value, Warned


class Particulars(Value):
    """What the case is: its number, its priority and its dates."""

    number: Number
    """The organization's case number; the file is named after it."""
    priority: Priority = "standard"
    """Which clock runs."""
    date_of_injury: date | None = None
    """The industrial injury, as the application states it."""
    date_assigned: date | None = None
    """When the case was assigned to the reviewing organization."""
    ur_decision_date: date | None = None
    """The utilization review decision that is disputed ("UR Denial Date")."""
    application_received: date | None = None
    """When the application for review was received."""
    records_received: date | None = None
    """When the medical records were complete; with the application it starts the clock."""
    decision_date: date | None = None
    """The date of this determination; set by signing."""
    imported: Literal[True] | None = None
    """Set for a case that was made from a published letter, which has no parties, no documents
    and no attestations; what asks for them lets it be."""


class Parties(Value):
    """Who takes part: for the conflict and privacy checks; never printed."""

    employee: Line = ""
    """The injured worker."""
    employer: Line = ""
    """The employer at the time of injury."""
    claims_administrator: Line = ""
    """Who decided on the request for authorization."""
    providers: Rows[Line] = ()
    """The treating and requesting physicians and facilities."""

    def named(self) -> tuple[str, ...]:
        """Every name that is given."""
        names = (self.employee, self.employer, self.claims_administrator, *self.providers)
        return tuple(name for name in names if name.strip())


class Record(Value):
    """One document of the case file that the reviewer has read."""

    kind: RecordKind = "medical"
    """What sort of document it is."""
    title: Line = ""
    """What it calls itself: PR-2, MRI report, …"""
    source: Line = ""
    """Who wrote it."""
    from_: Annotated[date | None, Field(alias="from")] = None
    """The first date it covers."""
    to: date | None = None
    """The last date it covers."""


class Reviewer(Value):
    """The expert reviewer's credentials and attestations; the name is never kept."""

    licenses: Rows[Line] = ()
    """States of licensure."""
    specialties: Rows[Line] = ()
    """Certifications and specialties."""
    attested: Rows[Attestation] = ()
    """What the reviewer has confirmed for this case."""
    attested_at: AwareDatetime | None = None
    """When the last of them was given, UTC."""


class Summary(Value):
    """The clinical case summary."""

    text: Prose = ""
    """Its paragraphs."""


class Item(Value):
    """One disputed item or service with its decision."""

    SELDOM: ClassVar[frozenset[str]] = frozenset(("uncited",))

    request: Line = ""
    """What is decided; of a UR-modified item the remaining part."""
    original: Line = ""
    """UR-modified items only: the request as it was made."""
    authorized: Line = ""
    """UR-modified items only: what utilization review authorized."""
    follows: Annotated[int, Field(ge=0, le=MAX_ROWS)] = 0
    """The 1-based item that it stands or falls with; 0 for none."""
    decision: Outcome | None = None
    """None while it is open; nothing is ever preselected."""
    rationale: Prose = ""
    """The clinical reasons."""
    administrator_citations: Rows[Citation] = ()
    """What the claims administrator relied on; none means that it cited nothing."""
    citations: Rows[Citation] = ()
    """What the reviewer relies on."""
    uncited: Line = ""
    """Why the reviewer cites no guideline; blank where that was not chosen."""
    departure: Departure | None = None
    """Why a source below the MTUS is cited (8 CCR 9792.21.1), once that was asked."""
    weighing: Weighing | None = None
    """How conflicting evidence was weighed, where the reviewer says that it conflicts."""

    @property
    def is_modified(self) -> bool:
        """Whether utilization review authorized a part of it."""
        return bool(self.original.strip() and self.authorized.strip())

    @property
    def cites(self) -> bool:
        """Whether the reviewer cites anything that prints."""
        return any(not citation.is_blank() for citation in self.citations)


class Acknowledgement(Value):
    """A warning that the reviewer accepted, for the text it was given for."""

    reason: Line
    """Why it was accepted."""
    digest: Line
    """SHA-256 of the texts it was given for; a change of one withdraws it."""
    at: AwareDatetime
    """When, UTC."""


class Case(Value):
    """Everything one case file holds; `case.items[0]` is item 1 to the reader."""

    schema_version: Annotated[int, Field(alias="schema", ge=1)] = SCHEMA
    """The version of the file format."""
    particulars: Annotated[Particulars, Field(alias="case")]
    """Number, priority, dates."""
    parties: Parties = Parties()
    """Who takes part."""
    records: Rows[Record] = ()
    """The documents reviewed."""
    reviewer: Reviewer = Reviewer()
    """Credentials and attestations."""
    summary: Summary = Summary()
    """The clinical case summary."""
    items: Rows[Item] = ()
    """The disputed items, in the order of the letter."""
    acknowledged: dict[Warned, Acknowledgement] = Field(default_factory=dict)
    """Accepted warnings by rule id, with the item (`IMR305-2`) where they are about one."""

    @classmethod
    def blank(cls, number: str) -> Case:
        """A new case that holds its number and nothing else."""
        return cls(particulars=Particulars(number=number))

    @property
    def number(self) -> str:
        """The case number."""
        return self.particulars.number


def to_plain(case: Case) -> dict[str, Any]:
    """`case` as nested dicts, lists and plain values under the file's own keys, None left out."""
    return case.model_dump(by_alias=True, mode="python")


def from_plain(data: Mapping[str, Any]) -> Case:
    """The case that `data` holds; raises pydantic's ValidationError."""
    return Case.model_validate(dict(data), by_alias=True, by_name=False)
