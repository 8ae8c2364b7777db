"""What the citation form says about a citation: its sentence, its guideline, its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.catalogue.in_force import instead, status
from imr_tui.catalogue.to_citation import topics_on
from imr_tui.domain import pages
from imr_tui.domain.citation_text import sentence
from imr_tui.domain.standards import SEQUENCE, STANDARDS, step
from imr_tui.text.user_input import american

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.guidelines import Guideline
    from imr_tui.model.evidence import Citation

_ORDINALS = {2: "second", 3: "third", 4: "last"}


def description(citation: Citation, catalogue: Catalogue, on: date | None) -> dict[str, str]:
    """What each line of the form says about a citation, by the id of its widget.

    `on` is the day whose guidelines apply.
    """
    known = catalogue.by_id(citation.guideline)
    return {
        "prints": _printed(citation),
        "catalogue": _stands(catalogue, known, on),
        "held": _held(known, citation),
    }


def _printed(citation: Citation) -> str:
    """The sentence in the letter, the standard of the source, and its place in the search."""
    standard = f"Standard {citation.ranks_as}, {STANDARDS[citation.ranks_as]}"
    at = step(citation)
    search = f"searched {_ORDINALS[at]}, with {SEQUENCE[at - 1]}" if at > 1 else "searched first"
    return f"Prints: {sentence(citation)}\n{standard}; {search} (8 CCR 9792.21.1)."


def _stands(catalogue: Catalogue, known: Guideline | None, on: date | None) -> str:
    """The state of a guideline on a day, and those in force then instead of it."""
    if known is None:
        return "Not in the catalogue"
    words = status(known, on)
    doubt = "" if known.verified else ", not verified"
    state = f"{words}{doubt} (as of {american(known.as_of)})" if words else ""
    others = instead(catalogue, known, on)
    other = f"In force on {american(on)}: {others}" if on and others else ""
    return ". ".join(part for part in (known.name, state, other) if part)


def _held(known: Guideline | None, citation: Citation) -> str:
    """The topics on the pages of a citation; blank if none is known."""
    found = topics_on(known, citation.pages) if known else ()
    titles = "; ".join(topic.title for topic in found)
    return f"On these pages (not verified): {titles}" if titles else ""


def pages_fault(known: Guideline | None, typed: str) -> str:
    """The error text for pages; they are not compared with an unverified guideline."""
    return pages.fault(typed, known.pages if known and known.verified else "")
