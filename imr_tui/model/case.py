"""The case: frozen values for everything that a case file holds.

Every draft state that a reviewer can type is valid; the checks decide whether a letter may be
written. Blank differs from false: an open decision is None, and nothing has a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from imr_tui.model.copied import Copied as Copied
from imr_tui.model.evidence import Citation, Weighing
from imr_tui.model.limits import (
    ATTESTATIONS as ATTESTATIONS,
    MAX_ROWS,
    MAX_SOURCES,
    SCHEMA,
    Attestation,
    Departure,
    Outcome,
    Priority,
    RecordKind,
)
from imr_tui.model.signature import Correction, Rereview, Signature
from imr_tui.model.value import Line, Number, Prose, Rows, Value, WarningKey


class Particulars(Value):
    """The number, priority and dates of the case."""

    OMIT_IF_BLANK: ClassVar[frozenset[str]] = frozenset(("assignment", "diagnosis", "specialty"))

    number: Number
    """The organization's case number; the file is named after it."""
    assignment: Line = ""
    """The organization's id of the assignment, if the case came by `imr-tui intake`."""
    priority: Priority = "standard"
    """Determines the deadline."""
    diagnosis: Line = ""
    """The primary diagnosis of the application, with its ICD-10 code if it states one."""
    specialty: Line = ""
    """The specialty of the requesting physician."""
    date_of_injury: date | None = None
    """The date of the industrial injury, as stated in the application."""
    date_assigned: date | None = None
    """When the case was assigned to the reviewing organization."""
    ur_decision_date: date | None = None
    """The utilization review decision that is disputed ("UR Denial Date")."""
    application_received: date | None = None
    """When the application for review was received."""
    records_received: date | None = None
    """When the medical records were complete; the deadline runs from the later of both receipts."""
    decision_date: date | None = None
    """The date of this determination; set by signing."""
    imported: Literal[True] | None = None
    """Set for a case imported from a published letter. Such a case has no parties, documents or
    attestations, so checks that require them skip it."""
    own: Literal[True] | None = None
    """Set for an imported letter that the reviewer says they wrote; recall finds only those."""


class Parties(Value):
    """The people and organizations involved, for the conflict and privacy checks; never printed."""

    OMIT_IF_BLANK: ClassVar[frozenset[str]] = frozenset(
        ("adjuster", "utilization_review_organization")
    )

    employee: Line = ""
    """The injured worker."""
    employer: Line = ""
    """The employer at the time of injury."""
    claims_administrator: Line = ""
    """Who decided on the request for authorization."""
    adjuster: Line = ""
    """The person who handles the claim for the claims administrator."""
    utilization_review_organization: Line = ""
    """Who reviewed the request for the claims administrator, if another organization did."""
    providers: Rows[Line] = ()
    """The treating and requesting physicians and facilities."""

    def named(self) -> tuple[str, ...]:
        """All names that are not blank."""
        administrator = (self.claims_administrator, self.adjuster)
        reviewed = (*administrator, self.utilization_review_organization)
        names = (self.employee, self.employer, *reviewed, *self.providers)
        return tuple(name for name in names if name.strip())


class Record(Value):
    """A document of the case file that the reviewer has read."""

    OMIT_IF_BLANK: ClassVar[frozenset[str]] = frozenset(("case",))

    kind: RecordKind = "medical"
    """The category of the document; `rfa` is a request for authorization (DWC Form RFA)."""
    title: Line = ""
    """The document's own title: PR-2, MRI report, …"""
    source: Line = ""
    """The author."""
    from_: Annotated[date | None, Field(alias="from")] = None
    """The first date that the document covers."""
    to: date | None = None
    """The last date that the document covers."""
    case: Line = ""
    """The case number of an earlier determination; blank for other documents."""


class Reviewer(Value):
    """The expert reviewer's credentials and attestations; the name is never stored."""

    licenses: Rows[Line] = ()
    """States of licensure."""
    specialties: Rows[Line] = ()
    """Certifications and specialties."""
    attested: Rows[Attestation] = ()
    """The statements that the reviewer has confirmed for this case."""
    attested_at: AwareDatetime | None = None
    """When the last attestation was given, in UTC."""


class Summary(Value):
    """The clinical case summary."""

    text: Prose = ""
    """The text, in paragraphs."""


class Item(Value):
    """A disputed item or service, and its decision."""

    OMIT_IF_BLANK: ClassVar[frozenset[str]] = frozenset(("uncited",))

    request: Line = ""
    """The request to decide; for a UR-modified item, the remaining part."""
    original: Line = ""
    """UR-modified items only: the original request."""
    authorized: Line = ""
    """UR-modified items only: the part that utilization review authorized."""
    follows: Annotated[int, Field(ge=0, le=MAX_ROWS)] = 0
    """The 1-based number of the item whose decision also decides this one; 0 for none."""
    date_of_service: date | None = None
    """Retrospective items only: the first day on which the service was rendered."""
    decision: Outcome | None = None
    """None while undecided; never preselected."""
    rationale: Prose = ""
    """The clinical reasons for the decision."""
    administrator_citations: Rows[Citation] = ()
    """Sources that the claims administrator cited; may be empty."""
    citations: Rows[Citation] = ()
    """Sources that the reviewer cites."""
    uncited: Line = ""
    """The reason for citing no guideline; blank if the reviewer did not choose this."""
    departure: Departure | None = None
    """The reason for citing a source below the MTUS (8 CCR 9792.21.1); None if not yet asked."""
    weighing: Weighing | None = None
    """How conflicting evidence was weighed; None if the reviewer reports no conflict."""
    copied: Annotated[tuple[Copied, ...], Field(strict=False, max_length=MAX_SOURCES)] = ()
    """The rationales that were copied into this one, oldest first."""

    @property
    def is_modified(self) -> bool:
        """Whether utilization review authorized part of the item."""
        return bool(self.original.strip() and self.authorized.strip())

    @property
    def cites(self) -> bool:
        """Whether the reviewer cites at least one source that prints."""
        return any(not citation.is_blank() for citation in self.citations)


class Acknowledgement(Value):
    """A warning that the reviewer accepted, bound to the text that caused it."""

    reason: Line
    """Why the reviewer accepted it."""
    digest: Line
    """SHA-256 of the texts that caused the warning; a change to them withdraws the acceptance."""
    at: AwareDatetime
    """Time of acceptance, in UTC."""


class Case(Value):
    """The contents of one case file; `case.items[0]` is shown as item 1."""

    schema_version: Annotated[int, Field(alias="schema", ge=1)] = SCHEMA
    """The version of the file format."""
    particulars: Annotated[Particulars, Field(alias="case")]
    """Number, priority and dates."""
    parties: Parties = Field(default_factory=Parties)
    """The people and organizations involved."""
    records: Rows[Record] = ()
    """The documents that were reviewed."""
    reviewer: Reviewer = Field(default_factory=Reviewer)
    """Credentials and attestations."""
    summary: Summary = Field(default_factory=Summary)
    """The clinical case summary."""
    items: Rows[Item] = ()
    """The disputed items, in letter order."""
    acknowledged: dict[WarningKey, Acknowledgement] = Field(default_factory=dict)
    """Accepted warnings by rule id, with the item number (`IMR305-2`) if about one item."""
    rereview: Rereview | None = None
    """The determination that this review replaces, if any."""
    correction: Correction | None = None
    """Set while a signed case is being corrected."""
    signature: Signature | None = None
    """Set once the case is signed; nothing else may change from then on."""

    @classmethod
    def blank(cls, number: str) -> Case:
        """Create a case that has a number and is otherwise blank."""
        return cls(particulars=Particulars(number=number))

    @property
    def number(self) -> str:
        """The case number."""
        return self.particulars.number

    def unsigned(self) -> Case:
        """This case without its signature, as it is signed."""
        return self.but(signature=None)


def to_plain(case: Case) -> dict[str, Any]:
    """Convert to nested dicts, lists and plain values under the keys of the file, omitting None."""
    return case.model_dump(by_alias=True, mode="python")


def from_plain(data: Mapping[str, Any]) -> Case:
    """Create a case from the data of a case file; raises pydantic's ValidationError."""
    return Case.model_validate(dict(data), by_alias=True, by_name=False)
