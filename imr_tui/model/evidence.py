"""The evidence for a decision: citations, their rank, and the weighing of conflicts."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from imr_tui.model.limits import (
    Applicable,
    CitationKind,
    EvidenceColumn,
    EvidenceLevel,
    Prevailing,
    Standard,
)
from imr_tui.model.value import Line, Rows, Value

_STANDARDS: dict[CitationKind, Standard] = {
    "mtus": "A",
    "study": "B",
    "guideline": "C",
    "text": "C",
}
"""The standard of each kind of source, unless the reviewer sets another."""

_ESSENTIAL: dict[CitationKind, tuple[str, ...]] = {
    "mtus": ("title",),
    "guideline": ("organization", "title"),
    "study": ("authors", "title", "journal"),
    "text": ("organization", "title"),
}
"""For each kind of source, the fields of which at least one is needed to print anything."""


class Citation(Value):
    """A source that a decision is based on."""

    OMIT_IF_BLANK: ClassVar[frozenset[str]] = frozenset(
        ("organization", "authors", "journal", "volume")
    )

    guideline: Line = ""
    """The id of its catalogue entry; blank for a source entered by hand."""
    title: Line = ""
    """The title of the document as letters print it."""
    section: Line = ""
    """MTUS: the section number (9792.24.2). Other guidelines: the chapter."""
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    """The year of this version."""
    sections: Rows[Line] = ()
    """Headings inside the document, printed after "Section(s):"."""
    pages: Line = ""
    """Pages, printed after "Page(s):"."""
    standard: Standard | None = None
    """The standard of Labor Code 4610.5(c)(2), A being the MTUS; None derives it from the kind."""
    text: Line = ""
    """The printed words, if they differ from those derived from the fields."""
    verbatim: Literal[True] | None = None
    """Set if the letter prints `text` alone, as an imported letter did."""
    kind: CitationKind | None = None
    """The kind of source; None derives it from the fields."""
    organization: Line = ""
    """Other guidelines: the issuing organization."""
    authors: Line = ""
    """Studies: the authors."""
    journal: Line = ""
    """Studies: the name of the journal."""
    volume: Line = ""
    """Studies: the volume of the journal."""

    @property
    def sort(self) -> CitationKind:
        """The kind of source: `kind` if set, otherwise derived from the fields."""
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
        """The standard of medical necessity: `standard` if set, otherwise derived from the kind."""
        return self.standard or _STANDARDS[self.sort]

    def is_blank(self) -> bool:
        """Whether the citation would print nothing."""
        names = _ESSENTIAL[self.sort] + (("section",) if self.kind in ("mtus", "guideline") else ())
        return not any(str(getattr(self, name)).strip() for name in ("text", *names))


class Weighing(Value):
    """How the studies were weighed where the two sides' sources conflict (8 CCR 9792.25.1).

    Studies are weighed, not guidelines: the level is that of the study behind a recommendation.
    """

    OMIT_IF_BLANK: ClassVar[frozenset[str]] = frozenset(("administrator_study", "reviewer_study"))

    question: Line = ""
    """The question on which the sources conflict."""
    column: EvidenceColumn | None = None
    """The column of the table of levels; None counts as treatment benefit."""
    administrator_study: Line = ""
    """The study behind the claims administrator's recommendation; blank for its citations."""
    reviewer_study: Line = ""
    """The study behind the reviewer's recommendation; blank for the citations."""
    applicable: Applicable | None = None
    """Whose studies apply to this worker; others are not weighed (9792.25.1(a)(2))."""
    applicability: Line = ""
    """How the studies apply to this worker, or why they do not."""
    administrator_level: EvidenceLevel | None = None
    """The level of the claims administrator's study."""
    reviewer_level: EvidenceLevel | None = None
    """The level of the reviewer's study."""
    prevails: Prevailing | None = None
    """The side whose evidence prevails."""

    def is_blank(self) -> bool:
        """Whether every field is blank."""
        return not any(value and value.strip() for _, value in self)
