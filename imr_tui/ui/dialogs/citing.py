"""The dialogs that add citations: from the catalogue, or from elsewhere in the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from imr_tui.catalogue.in_force import instead
from imr_tui.catalogue.to_citation import cite
from imr_tui.model.evidence import Citation
from imr_tui.session.citing.sources import OTHERWISE, about, mark_of, name_of, offers
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.dialogs.pick import Choices, Pick, Row, search_keys

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Hit
    from imr_tui.model.case import Case
    from imr_tui.model.evidence_edits import Side
    from imr_tui.session.catalogue_access import CatalogueAccess


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
                about(access.catalogue, on, access.problem),
                search="low back 2004, 9792.24.2, odg neck, esi, ...",
            )
        )


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
    for kind, make in OTHERWISE.items():
        yield Row(
            Content(f"{kind}: {title}" if title else kind), partial(_new, partial(make, title))
        )


def _new(make: Callable[[], Citation]) -> Cite:
    return Cite(make())


def line(catalogue: Catalogue, hit: Hit, on: date | None, width: int) -> Content:
    """A hit with its badge, and the version in force if it was not in force itself."""
    name, mark = name_of(hit), mark_of(hit, on)
    room = max(width - len(mark) - 2, 0)
    parts = [(f"{_cut(name, room):<{room}}  ", ""), (mark, "")]
    if other := instead(catalogue, hit.guideline, on):
        parts.append(("\n" + _cut(f"    in force then: {other}", width), ""))
    return Content.assemble(*parts)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(width - 3, 0)]}..."


# ── Copying ──────────────────────────────────────────────────────────────────────────────


class CopyScreen(Pick[tuple[Citation, ...]]):
    """Copies citations of the other side or of another item."""

    def __init__(self, case: Case, index: int, side: Side) -> None:
        offered = offers(case, index, side)
        rows = [Row.of(Content(each.label), each.citations) for each in offered]
        hint = "Enter copies the citation." if rows else "This case has no other citations yet."
        super().__init__(Choices("Copy a citation", lambda *_: rows, hint))
