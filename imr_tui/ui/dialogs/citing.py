"""The dialogs that add citations: from the catalogue, or from elsewhere in the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from imr_tui.catalogue.in_force import badge, instead
from imr_tui.catalogue.to_citation import cite
from imr_tui.domain.citation_text import words
from imr_tui.model.evidence import Citation
from imr_tui.model.evidence_edits import Side, citations
from imr_tui.text.sanitize import clean_line
from imr_tui.text.user_input import american
from imr_tui.ui.dialogs.pick import Choices, Pick, Row, search_keys

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Hit
    from imr_tui.model.case import Case
    from imr_tui.ui.features.catalogue_access import CatalogueAccess

_OTHERWISE: dict[str, Callable[[str], Citation]] = {
    "Cite these words as they are": lambda words: Citation(kind="text", text=words),
    "A guideline: organization, year, chapter": lambda words: Citation(
        kind="guideline", title=words
    ),
    "A study: authors, journal, year, pages": lambda words: Citation(kind="study", title=words),
}
"""Offered below the hits of a search, for sources that are in no catalogue."""


class Cite(NamedTuple):
    """A citation to complete in its form."""

    citation: Citation
    """The citation as far as it is known."""
    number: int | None = None
    """The number of its draft, if its form was opened before."""


class Picker(Pick[Cite]):
    """Finds a guideline while words are typed; the last rows cite sources of no catalogue."""

    BINDINGS = search_keys("picker", "Cite", "Cite it")

    def __init__(self, on: date | None, left: Sequence[tuple[str, Cite]] = ()) -> None:
        """`left` are citations whose forms were left, with their labels; they come first."""
        access = self.app.parts.catalogue_access
        super().__init__(
            Choices(
                "Cite a guideline",
                partial(_found, access, on, left),
                _about(access, on),
                search="low back 2004, 9792.24.2, odg neck, esi, ...",
            )
        )


def _about(access: CatalogueAccess, on: date | None) -> str:
    """The day whose guidelines are in force, and how far the catalogue can be relied on."""
    known = f"as of {american(access.catalogue.as_of)}; ? = not verified."
    known = (
        f"In force on {american(on)}, {known}"
        if on
        else f"The case has no dates. Catalogue {known}"
    )
    return f"{known} {access.problem}" if access.problem else known


def _found(
    access: CatalogueAccess,
    on: date | None,
    left: Sequence[tuple[str, Cite]],
    typed: str,
    width: int,
) -> Iterator[Row[Cite]]:
    if not typed.strip():
        for label, cited in left:
            yield Row.of(Content(_cut(f"Continue, not added yet: {label}", width)), cited)
    for hit in access.index.search(typed, on, access.recent):
        yield Row(line(access.catalogue, hit, on, width), partial(_new, partial(cite, hit, on)))
    title = clean_line(typed).strip()
    for kind, make in _OTHERWISE.items():
        yield Row(
            Content(f"{kind}: {title}" if title else kind), partial(_new, partial(make, title))
        )


def _new(make: Callable[[], Citation]) -> Cite:
    return Cite(make())


def line(catalogue: Catalogue, hit: Hit, on: date | None, width: int) -> Content:
    """A hit with its badge, and the version in force if it was not in force itself."""
    guideline, topic = hit.guideline, hit.topic
    name = f"{topic.name}: {guideline.name}" if topic is not None else guideline.name
    marks = ("site" if guideline.is_site else "", badge(guideline, on))
    mark = " ".join(part for part in marks if part)
    room = max(width - len(mark) - 2, 0)
    parts = [(f"{_cut(name, room):<{room}}  ", ""), (mark, "")]
    if other := instead(catalogue, guideline, on):
        parts.append(("\n" + _cut(f"    in force then: {other}", width), ""))
    return Content.assemble(*parts)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(width - 3, 0)]}..."


# ── Copying ──────────────────────────────────────────────────────────────────────────────

_WHOSE: dict[Side, str] = {
    "citations": "you",
    "administrator_citations": "administrator",
}


@dataclass(frozen=True)
class Offer:
    """Citations that are copied together."""

    label: str
    """Where they are in the case, and their text."""
    citations: tuple[Citation, ...]
    """The citations."""


class CopyScreen(Pick[tuple[Citation, ...]]):
    """Copies citations of the other side or of another item."""

    def __init__(self, case: Case, index: int, side: Side) -> None:
        offered = offers(case, index, side)
        rows = [Row.of(Content(each.label), each.citations) for each in offered]
        hint = "Enter copies the citation." if rows else "This case has no other citations yet."
        super().__init__(Choices("Copy a citation", lambda *_: rows, hint))


def offers(case: Case, index: int, side: Side) -> Iterator[Offer]:
    """The citations elsewhere: those of the other side of the item first, then other items."""
    others = [at for at in range(len(case.items)) if at != index]
    for at in (index, *others):
        for whose, name in _WHOSE.items():
            if (at, whose) != (index, side):
                yield from _offers_of(f"Item {at + 1}, {name}", citations(case, at, whose))


def _offers_of(place: str, listed: tuple[Citation, ...]) -> Iterator[Offer]:
    """Each citation of a list, and all; not those kept verbatim, which fit one side only."""
    fit = tuple(each for each in listed if not (each.is_blank() or each.verbatim))
    for citation in fit:
        yield Offer(f"{place}: {words(citation)}", (citation,))
    if len(fit) > 1:
        yield Offer(f"{place}: all {len(fit)}", fit)
