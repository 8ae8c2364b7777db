"""The fields of the citation form for each kind of source, and how their text is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

from pydantic import ValidationError

from imr_tui.catalogue.to_citation import by_pages, with_printed_title
from imr_tui.domain import pages
from imr_tui.domain.citation_text import words
from imr_tui.domain.standards import STANDARDS
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import CitationKind
from imr_tui.text.user_input import read_list

if TYPE_CHECKING:
    from imr_tui.catalogue.guidelines import Guideline

_FIELDS: dict[CitationKind, dict[str, str]] = {
    "mtus": {
        "title": "Title",
        "section": "Section number",
        "year": "Year",
        "sections": "Sections (A; B)",
        "pages": "Pages",
    },
    "guideline": {
        "organization": "Organization",
        "title": "Title",
        "year": "Year",
        "section": "Chapter",
        "sections": "Sections (A; B)",
        "pages": "Pages",
    },
    "study": {
        "authors": "Authors",
        "title": "Title",
        "journal": "Journal",
        "year": "Year",
        "volume": "Volume",
        "pages": "Pages",
    },
    "text": {"text": "Words"},
}
"""The fields of each kind of source, with their labels (8 CCR 9792.21.1)."""


KINDS: dict[str, str] = {
    "mtus": "MTUS",
    "guideline": "Guideline",
    "study": "Study",
    "text": "Free words",
}
"""The kinds of source, as they are offered."""
STANDARD_CHOICES: dict[str, str] = {"": "auto"} | {str(each): each for each in STANDARDS}
"""Without a choice, the standard is that of the kind."""
_FAULTS = {"year": "Not a year. Try 2016."}


def shown_fields(citation: Citation, known: Guideline | None) -> dict[str, str]:
    """The fields of its kind with their labels, without those that the catalogue fills."""
    fields = dict(_FIELDS[citation.sort])
    if known is not None and citation.title in known.titles:
        fields.pop("title", None)
        fields.pop("organization", None)
    if citation.sort != "text" and citation.text:
        fields["text"] = "Printed instead"
    return {**fields, "standard": "Standard"}


def of_kind(citation: Citation, kind: CitationKind) -> Citation:
    """`citation` as another kind of source, with that kind's standard; all its text is kept."""
    bare = citation.but(kind=kind, standard=None, text="", verbatim=None)
    if kind == "text":
        return bare.but(text=words(citation))
    if not citation.title:
        return bare.but(title=citation.text)
    follows = {words(bare.but(kind=other)) for other in get_args(CitationKind)}
    return bare if citation.text in follows else bare.but(text=citation.text)


def kind_after(kind: CitationKind) -> CitationKind:
    """The next kind of source, in turn."""
    kinds: tuple[CitationKind, ...] = get_args(CitationKind)
    return kinds[(kinds.index(kind) + 1) % len(kinds)]


def as_typed(citation: Citation) -> dict[str, str]:
    """The fields of a citation as text."""
    plain = {name: value for name, value in citation if isinstance(value, str)}
    return {
        **plain,
        "year": str(citation.year or ""),
        "sections": "; ".join(citation.sections),
        "standard": citation.standard or "",
    }


def typed(citation: Citation, name: str, value: str) -> Citation:
    """`citation` with the field `name` as typed; raises ValidationError for a bad year."""
    fields = citation.model_dump() | {"kind": citation.sort}
    word = value.strip()
    if name == "year":
        fields["year"] = int(word) if word.isascii() and word.isdigit() else word or None
    elif name == "standard":
        fields["standard"] = word.upper() or None
    elif name == "sections":
        fields["sections"] = read_list(value)
    elif name == "pages":
        fields["pages"] = pages.normal(value)
    else:
        fields[name] = value
    return Citation.model_validate(fields)


def accepted(citation: Citation, name: str, value: str, known: Guideline | None) -> Citation:
    """`typed`, with the title that the catalogue prints; raises ValueError with its error text."""
    try:
        changed = typed(citation, name, value)
    except ValidationError:
        raise ValueError(_FAULTS.get(name, "Too long.")) from None
    if known is not None and name in ("sections", "pages"):
        return with_printed_title(changed, known)
    return changed


def first_field(citation: Citation, known: Guideline | None, on: date | None) -> str:
    """The field to start at: the first one that the catalogue does not fill."""
    if citation.text or citation.sort == "text":
        return "text"
    if citation.sort == "mtus":
        pages_first = by_pages(known, on) if known else bool(citation.pages)
        return "pages" if pages_first and not citation.sections else "sections"
    last = "pages" if citation.sort == "study" else "sections"
    settled = {"sections", "pages", "standard", *(["section"] if known else [])}
    values = as_typed(citation)
    asked = (name for name in shown_fields(citation, known) if name not in settled)
    return next((name for name in asked if not values[name].strip()), last)
