"""The evidence that a decision rests on: what is cited, how it ranks, how it was weighed."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from imr_tui.model.limits import CitationKind, EvidenceLevel, Prevailing, Standard
from imr_tui.model.value import Line, Rows, Value

_STANDARDS: dict[CitationKind, Standard] = {
    "mtus": "A",
    "study": "B",
    "guideline": "C",
    "text": "C",
}
"""What each kind of source is, where the reviewer does not say otherwise."""

_SHOWN: dict[CitationKind, tuple[str, ...]] = {
    "mtus": ("title",),
    "guideline": ("organization", "title"),
    "study": ("authors", "title", "journal"),
    "text": ("organization", "title"),
}
"""The fields without which a source of that kind says nothing."""


class Citation(Value):
    """One source that a decision rests on."""

    SELDOM: ClassVar[frozenset[str]] = frozenset(("organization", "authors", "journal", "volume"))

    guideline: Line = ""
    """The id of its catalogue entry; blank for free text."""
    title: Line = ""
    """The document, as letters print it."""
    section: Line = ""
    """MTUS: the section number (9792.24.2). Other guidelines: the chapter."""
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    """The year of the version."""
    sections: Rows[Line] = ()
    """Headings inside the document, printed after "Section(s):"."""
    pages: Line = ""
    """Pages, printed after "Page(s):"."""
    standard: Standard | None = None
    """The standard of Labor Code 4610.5(c)(2): A is the MTUS; None follows from the kind."""
    text: Line = ""
    """The printed words, where they do not follow from the fields."""
    verbatim: Literal[True] | None = None
    """Set where `text` is all that is printed, as the letter had it that it was imported from."""
    kind: CitationKind | None = None
    """What it is; None follows from the fields."""
    organization: Line = ""
    """Other guidelines: who issued it."""
    authors: Line = ""
    """Studies: who wrote it."""
    journal: Line = ""
    """Studies: where it appeared."""
    volume: Line = ""
    """Studies: the volume of the journal."""

    @property
    def sort(self) -> CitationKind:
        """What it is: as it says, else by its fields."""
        if self.kind is not None:
            return self.kind
        if self.standard == "A":
            return "mtus"
        if self.authors.strip() or self.journal.strip():
            return "study"
        return "guideline" if self.title.strip() else "text"

    @property
    def is_mtus(self) -> bool:
        """Whether it is printed as an MTUS citation."""
        return self.sort == "mtus"

    @property
    def ranks_as(self) -> Standard:
        """Its standard of medical necessity: as the reviewer says, else by its kind."""
        return self.standard or _STANDARDS[self.sort]

    def is_blank(self) -> bool:
        """Whether it would print nothing."""
        names = _SHOWN[self.sort] + (("section",) if self.kind in ("mtus", "guideline") else ())
        return not any(str(getattr(self, name)).strip() for name in ("text", *names))


class Weighing(Value):
    """How the evidence was weighed where the two sides' sources conflict (8 CCR 9792.25.1)."""

    question: Line = ""
    """What the sources answer differently."""
    administrator_level: EvidenceLevel | None = None
    """The level of the evidence that the claims administrator relied on."""
    reviewer_level: EvidenceLevel | None = None
    """The level of the evidence that the reviewer relies on."""
    applicability: Line = ""
    """How the evidence applies to this worker."""
    prevails: Prevailing | None = None
    """Whose evidence prevails."""

    def is_blank(self) -> bool:
        """Whether nothing of it is filled in."""
        return not any(value and value.strip() for _, value in self)
