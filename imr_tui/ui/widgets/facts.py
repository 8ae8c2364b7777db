"""The facts of a case: earlier reviews, dates, parties, documents, earlier citations."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.domain.citation_text import words
from imr_tui.domain.deadlines import due
from imr_tui.domain.documents import describe, earlier_in_words
from imr_tui.domain.origin import origin
from imr_tui.ui.widgets.derived_text import DerivedText

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item

_SHORT_WIDTH = 56
"""From so many columns on, the dates are in two columns and the parties on one line."""
_BRIEF = 160
"""Characters of what it reviews again that are shown above the dates."""

_DATES = (
    ("Injury", "date_of_injury"),
    ("UR", "ur_decision_date"),
    ("Application", "application_received"),
    ("Records", "records_received"),
    ("Assigned", "date_assigned"),
)

_READ_KEY = "l"
"""The key that shows the letter of an earlier review."""


class Facts(DerivedText):
    """What the case reviews again, if anything, and its dates, wrapped on a narrow screen."""

    def __init__(self) -> None:
        super().__init__("", classes="facts-brief")

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Show the dates as they are now."""
        if self.app.case is not None:
            self.say(brief(self.app.case), layout=True)


class EarlierLine(DerivedText):
    """Names the earlier reviews of the case above a rationale; hidden for a first review."""

    def __init__(self) -> None:
        super().__init__("", classes="earlier")

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Name them as the case does now."""
        if self.app.case is None:
            return
        says = earlier_in_words(self.app.case)
        self.display = bool(says)
        if says and self.app.parts.earlier_letters.readable:
            says = f"{says}  {_READ_KEY} reads it"
        self.say(Content(says), layout=True)


def brief(case: Case) -> Content:
    """What the case reviews again, if anything, and its dates on one line."""
    known = [(name, getattr(case.particulars, field)) for name, field in _DATES]
    dates = "  ".join(f"{name} {day or '-'}" for name, day in known[:4])
    return Content("\n".join((*(line[:_BRIEF] for line in _earlier(case)), dates)))


def _earlier(case: Case) -> Iterator[str]:
    """What the case reviews again, and the earlier reviews in its documents, if any."""
    yield from origin(case)
    if says := earlier_in_words(case):
        yield says


def facts_of(case: Case, width: int) -> Content:
    """Earlier reviews, dates, diagnosis, parties, documents and requests, wrapped to `width`."""
    is_short = width >= _SHORT_WIDTH
    lines = [*_earlier(case), *(_dates_in_rows(case) if is_short else _dates(case))]
    lines += _medical(case, is_short=is_short)
    names = case.parties.named() or ("none named",)
    lines += [f"Parties: {', '.join(names)}"] if is_short else [*_section("Parties", names)]
    documents = [describe(record) for record in case.records]
    lines += _section(f"Documents reviewed: {len(documents)}", documents, spaced=not is_short)
    requests = [f"{at}  {item.request or '-'}" for at, item in enumerate(case.items, 1)]
    lines += _section("In dispute", requests, spaced=not is_short)
    return Content("\n").join(
        Content.styled(wrapped, "" if line.startswith(" ") else "bold")
        for line in lines
        for wrapped in _hanging(line, width)
    )


def _dates(case: Case) -> Iterator[str]:
    yield "Dates"
    for name, field in _DATES:
        yield f"  {name:<12} {getattr(case.particulars, field) or '-'}"
    if limit := due(case.particulars):
        yield f"  {'Due':<12} {limit.day}"
        yield f"  {limit.why}"


def _dates_in_rows(case: Case) -> Iterator[str]:
    """The dates in two columns, to leave room for the text below."""
    cells = [f"{name:<12} {getattr(case.particulars, field) or '-'}" for name, field in _DATES]
    if limit := due(case.particulars):
        cells.append(f"{'Due':<12} {limit.day}")
    for at in range(0, len(cells), 2):
        yield "  " + "  ".join(f"{cell:<26}" for cell in cells[at : at + 2]).rstrip()


def _medical(case: Case, *, is_short: bool) -> Iterator[str]:
    """The diagnosis and the specialty of the requesting physician, as far as they are known."""
    known = case.particulars
    named = (("Diagnosis", known.diagnosis), ("Requesting specialty", known.specialty))
    for name, text in named:
        if text.strip():
            yield from [f"{name}: {text}"] if is_short else _section(name, [text])


def _section(title: str, lines: Iterable[str], *, spaced: bool = True) -> Iterator[str]:
    if spaced:
        yield ""
    yield title
    for line in lines:
        yield f"  {line}"


def administrator_cited(item: Item) -> Content:
    """The citations of the claims administrator for an item, one paragraph each."""
    cited = [words(citation) for citation in item.administrator_citations]
    lines = [f"{at}  {each or '(blank)'}" for at, each in enumerate(cited, 1)]
    return Content("\n".join(lines or ["The claims administrator cited no guideline."]))


def _hanging(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, max(width, 10), subsequent_indent="    ") or [""]
