"""Finds the source to cite: by words of the catalogue, or one that no catalogue has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.catalogue.in_force import instead
from imr_tui.catalogue.to_citation import cite
from imr_tui.domain.citation_text import words
from imr_tui.plain.fields import numbered
from imr_tui.session.citing.citation_drafts import all_left
from imr_tui.session.citing.sources import OTHERWISE, about, applicable_day, mark_of, name_of
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.catalogue.search import Hit
    from imr_tui.model.evidence import Citation
    from imr_tui.model.evidence_edits import Side
    from imr_tui.plain.session import PlainSession


class Found(NamedTuple):
    """A citation to complete in its form."""

    citation: Citation
    """The citation as far as it is known."""
    number: int | None = None
    """The number of its draft, if its form was opened before."""


class Row(NamedTuple):
    """A source that can be chosen."""

    says: str
    """The source in words."""
    found: Callable[[], Found]
    """Makes the citation."""


def find_citation(session: PlainSession, index: int, side: Side, typed: str) -> Found | None:
    """Let the reviewer search and choose a source; None if none is chosen.

    `typed` are the words to search at first; if blank, they are asked for.
    """
    on = applicable_day(session.case, index, side)
    console, access = session.console, session.catalogue_access
    console.say(about(access.catalogue, on, access.problem))
    left = list(_left(session, index, side))
    if not typed:
        console.say(*numbered([row.says for row in left]))
        typed = console.ask("Words to search, such as low back 2004, or blank for recent ones")
        if left and (row := _chosen(left, typed)) is not None:
            return row.found()
    while True:
        rows = list(_rows(session, on, typed))
        console.say(*numbered([row.says for row in rows]))
        typed = console.ask("Number to cite, other words to search, or blank for none")
        if not typed:
            console.say("Nothing was cited.")
            return None
        if (row := _chosen(rows, typed)) is not None:
            return row.found()


def _left(session: PlainSession, index: int, side: Side) -> Iterator[Row]:
    """The citations whose forms were left."""
    for place, each in all_left(session.drafts, index, side):
        found = partial(Found, each.before, place.number)
        yield Row(f"Continue, not added yet: {words(each.now)}", found)


def _chosen(rows: list[Row], typed: str) -> Row | None:
    """The row that a number means, or None for words: a year such as 2004 is a word, too."""
    is_number = typed.isascii() and typed.isdigit()
    return rows[int(typed) - 1] if is_number and 1 <= int(typed) <= len(rows) else None


def _rows(session: PlainSession, on: date | None, typed: str) -> Iterator[Row]:
    access = session.catalogue_access
    for hit in access.index.search(typed, on, access.recent):
        yield Row(_line(session, hit, on), partial(_cited, hit, on))
    title = clean_line(typed).strip()
    for kind, make in OTHERWISE.items():
        says = f"{kind}: {title}" if title else kind
        yield Row(says, partial(_made, make, title))


def _line(session: PlainSession, hit: Hit, on: date | None) -> str:
    """A hit with its status, and the version in force if it was not in force itself."""
    other = instead(session.catalogue, hit.guideline, on)
    parts = (name_of(hit), mark_of(hit, on), f"in force then: {other}" if other else "")
    return "; ".join(part for part in parts if part)


def _cited(hit: Hit, on: date | None) -> Found:
    return Found(cite(hit, on))


def _made(make: Callable[[str], Citation], title: str) -> Found:
    return Found(make(title))
