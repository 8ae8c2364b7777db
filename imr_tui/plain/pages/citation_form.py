"""The page on which one citation is completed, with its printed text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from imr_tui.catalogue.to_citation import headings
from imr_tui.domain import pages
from imr_tui.domain.citation_text import words
from imr_tui.domain.standards import STANDARDS
from imr_tui.plain.command import Command
from imr_tui.plain.console import Cancelled
from imr_tui.plain.fields import Field, ask_field, ask_fields, numbered
from imr_tui.plain.numbered_rows import row_typed
from imr_tui.plain.pages.choosing_headings import HINT, with_headings
from imr_tui.session.citing.citation_description import description, pages_fault
from imr_tui.session.citing.citation_drafts import forget, keep, left_at
from imr_tui.session.citing.citation_fields import (
    KINDS,
    accepted,
    as_typed,
    first_field,
    kind_after,
    of_kind,
    shown_fields,
)
from imr_tui.session.citing.headings import MARKS
from imr_tui.session.citing.sources import applicable_day

if TYPE_CHECKING:
    from imr_tui.catalogue.guidelines import Guideline, Topic
    from imr_tui.model.evidence import Citation
    from imr_tui.model.limits import CitationKind
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.session.citing.citation_drafts import Place

_CONTINUES = "Not in the case yet: what you typed last time. g starts over."
_KIND = "kind"
_STANDARDS = {"": "auto"} | {each: f"{each}, {words}" for each, words in STANDARDS.items()}
_HEADINGS = ("citation.down", "citation.up")


class CitationPage:
    """Nothing is in the case before `d`; what is typed is a draft until then."""

    def __init__(
        self, session: PlainSession, place: Place, citation: Citation, back: Callable[[], Page]
    ) -> None:
        """`back` makes the page that follows."""
        self._session = session
        self._place = place
        self._back = back
        left = left_at(session.drafts, place)
        self._before = left.before if left is not None and place.is_new else citation
        self._citation = citation if left is None else left.now
        self._continues = left is not None
        self._on = applicable_day(session.case, place.index, place.side)
        self.title = "New citation" if place.is_new else "Citation"
        self._keep()

    @property
    def _guideline(self) -> Guideline | None:
        return self._session.catalogue.by_id(self._citation.guideline)

    @property
    def _headings(self) -> tuple[Topic, ...]:
        known = self._guideline
        return headings(self._session.catalogue, known) if known is not None else ()

    @property
    def _names(self) -> list[str]:
        return [_KIND, *shown_fields(self._citation, self._guideline)]

    def lines(self) -> Iterator[str]:
        """The fields with their numbers, then what the letter prints."""
        if self._continues:
            yield _CONTINUES
        fields = map(self._field, self._names)
        rows = [f"{each.label}: {each.options.get(each.value, each.value)}" for each in fields]
        yield from numbered([row.rstrip() for row in rows])
        yield from self._description()

    def _description(self) -> Iterator[str]:
        says = description(self._citation, self._session.catalogue, self._on)
        yield from (says[name] for name in ("catalogue", "held", "prints") if says[name])

    def prompt(self) -> str:
        """The words of the citation."""
        return f"{self.title}, {words(self._citation) or 'blank'}"

    def commands(self) -> Sequence[Command]:
        """What can be done with the citation."""
        return (
            Command("d", "done", self._finish, ("citation.finish",)),
            Command("f", "fill in", self._fill, _HEADINGS),
            Command("e", "edit a field", self._edit),
            Command("k", "next kind", self._next_kind, ("citation.kind",), False),
            Command("s", "sort pages", self._sort, ("citation.sort",), False),
            Command("g", "start over", self._start_over, ("citation.start-over",), False),
            Command("b", "back", self._close),
        )

    # ── Fields ───────────────────────────────────────────────────────────────────────────

    def fill(self) -> None:
        """Ask for the fields from the first one that the catalogue does not fill."""
        if self._session.read_only:
            return
        console, names = self._session.console, self._names
        start = names.index(first_field(self._citation, self._guideline, self._on))
        try:
            ask_fields(console, (partial(self._field, name) for name in names[start:]))
        except Cancelled:
            console.say("What you typed until now is kept.")

    def _fill(self, rest: str) -> None:
        if self._may_change():
            self.fill()
            self._session.console.say(*self._description())

    def _field(self, name: str) -> Field:
        if name == _KIND:
            return Field("Kind", self._citation.sort, self._become, KINDS)
        label = shown_fields(self._citation, self._guideline).get(name, name)
        value = as_typed(self._citation)[name]
        options = _STANDARDS if name == "standard" else {}
        hint = HINT if name in MARKS and self._headings else ""
        return Field(label, value, partial(self._take, name), options, hint)

    def _take(self, name: str, typed: str) -> None:
        known = self._guideline
        if name in MARKS and (topics := self._headings):
            typed = with_headings(self._session.console, topics, name, typed)
        self._citation = accepted(self._citation, name, typed, known)
        if name == "pages" and (fault := pages_fault(known, typed)):
            self._session.console.error(f"{fault}. It is kept as you typed it.")
        self._keep()

    def _keep(self) -> None:
        keep(self._session.drafts, self._place, self._before, self._citation)

    def _edit(self, rest: str) -> None:
        names = self._names
        if not self._may_change():
            return
        console = self._session.console
        if (at := row_typed(console, rest, len(names), "field")) is None:
            return
        ask_field(console, self._field(names[at]))
        console.say(*self._description())

    def _become(self, kind: str) -> None:
        """Make the citation one of another kind, with the fields of that kind."""
        if kind and kind != self._citation.sort:
            self._citation = of_kind(self._citation, cast("CitationKind", kind))
            self._keep()

    def _next_kind(self, rest: str) -> None:
        if self._may_change():
            self._become(kind_after(self._citation.sort))
            self._session.console.say(*self.lines())

    def _sort(self, rest: str) -> None:
        if not self._may_change():
            return
        ordered = pages.in_order(self._citation.pages)
        if ordered == self._citation.pages:
            self._session.console.error("The pages are in order.")
            return
        self._take("pages", ordered)
        self._session.console.say(f"Pages: {self._citation.pages}")

    def _start_over(self, rest: str) -> None:
        if not self._may_change():
            return
        forget(self._session.drafts, self._place)
        self._citation, self._continues = self._before, False
        self._keep()
        self._session.console.say(*self.lines())

    # ── The end ──────────────────────────────────────────────────────────────────────────

    def _finish(self, rest: str) -> Page | None:
        session, place = self._session, self._place
        if not place.is_new and self._citation == self._before:
            forget(session.drafts, place)
            session.console.say("Nothing was changed.")
            return self._back()
        says = f"{'Added' if place.is_new else 'Changed'}: {words(self._citation)}."
        if not session.edit(place.change(self._citation), says):
            return None
        if session.saved():
            # Until then only the draft is on the disk.
            forget(session.drafts, place)
        if place.is_new and place.side == "citations" and self._citation.guideline:
            session.catalogue_access.note(self._citation.guideline)
        return self._back()

    def _close(self, rest: str) -> Page:
        kept = self._session.drafts.paths(self._place.path(""))
        what = "Not added." if self._place.is_new else "Not changed."
        again = "a offers it again." if self._place.is_new else "e shows it again."
        if kept:
            self._session.console.say(f"{what} What you typed is kept; {again}")
        elif self._place.is_new:
            self._session.console.say(what)
        return self._back()

    def _may_change(self) -> bool:
        if self._session.read_only:
            self._session.console.error(self._session.read_only)
        return not self._session.read_only
