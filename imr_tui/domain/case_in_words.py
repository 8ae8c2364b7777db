"""The facts of a case as lines: earlier reviews, dates, parties, documents, requests, items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from imr_tui.domain.citation_text import words
from imr_tui.domain.deadlines import due
from imr_tui.domain.documents import describe, earlier_in_words
from imr_tui.domain.origin import origin
from imr_tui.text.user_input import american

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item

_BRIEF = 160
"""Characters of what a case reviews again that are shown above the dates."""
_DATES = (
    ("Injury", "date_of_injury"),
    ("UR", "ur_decision_date"),
    ("Application", "application_received"),
    ("Records", "records_received"),
    ("Assigned", "date_assigned"),
)
NO_REQUEST = "(no request yet)"


# ── The case ─────────────────────────────────────────────────────────────────────────────


def brief(case: Case) -> Iterator[str]:
    """What the case reviews again, if anything, and its dates on one line."""
    known = [(name, getattr(case.particulars, field)) for name, field in _DATES]
    yield from (line[:_BRIEF] for line in _earlier(case))
    yield "  ".join(f"{name} {day or '-'}" for name, day in known[:4])


def facts(case: Case, *, is_short: bool) -> Iterator[str]:
    """Earlier reviews, dates, diagnosis, parties, documents and requests.

    Lines below a heading begin with a space. `is_short`: dates in two columns, parties on one line,
    and no blank lines.
    """
    yield from _earlier(case)
    yield from _dates_in_rows(case) if is_short else _dates(case)
    yield from _medical(case, is_short=is_short)
    names = case.parties.named() or ("none named",)
    yield from [f"Parties: {', '.join(names)}"] if is_short else _section("Parties", names)
    documents = [describe(record) for record in case.records]
    title = f"Documents reviewed: {len(documents)}"
    yield from _section(title, documents, spaced=not is_short)
    requests = [f"{at}  {item.request or '-'}" for at, item in enumerate(case.items, 1)]
    yield from _section("In dispute", requests, spaced=not is_short)


def _earlier(case: Case) -> Iterator[str]:
    """What the case reviews again, and the earlier reviews in its documents, if any."""
    yield from origin(case)
    if says := earlier_in_words(case):
        yield says


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


# ── What an attestation is about ─────────────────────────────────────────────────────────


def parties(case: Case) -> list[str]:
    """The parties with their roles, one to a line."""
    known = case.parties
    roles = [
        ("Employee", known.employee),
        ("Employer", known.employer),
        ("Claims administrator", known.claims_administrator),
        ("Claims adjuster", known.adjuster),
        ("UR organization", known.utilization_review_organization),
        *(("Provider", provider) for provider in known.providers),
    ]
    return [f"{role}: {name}" for role, name in roles if name.strip()]


def condition(case: Case) -> list[str]:
    """The diagnosis and the specialty of the requesting physician, as far as they are known."""
    known = case.particulars
    named = (("Diagnosis", known.diagnosis), ("Requesting physician", known.specialty))
    return [f"{name}: {text}" for name, text in named if text.strip()]


# ── An item ──────────────────────────────────────────────────────────────────────────────


def head_of(case: Case, index: int, no_request: str = NO_REQUEST) -> list[str]:
    """The number and the request of item `index`, its parts, what it follows and its date.

    `no_request` is shown if it has no request.
    """
    item = case.items[index]
    lines = [f"Item {index + 1} of {len(case.items)}: {item.request or no_request}"]
    if item.original or item.authorized:
        lines.append(f"Originally requested: {item.original}")
        lines.append(f"Authorized by UR: {item.authorized}")
    if item.follows:
        lines.append(f"Stands or falls with item {item.follows}.")
    if item.date_of_service:
        lines.append(f"Service rendered: {american(item.date_of_service)}")
    return lines


def item_line(item: Item, number: int) -> str:
    """An item in a list: its number, decision and request."""
    decision = (item.decision or "open").upper()
    follows = f" (with item {item.follows})" if item.follows else ""
    modified = " (UR-modified)" if item.is_modified else ""
    request = item.request or "(no request)"
    return f"{number:>2}  {decision:<10}  {request}{modified}{follows}"


def administrator_cited(item: Item) -> list[str]:
    """The citations of the claims administrator for an item, one to a line."""
    cited = [words(citation) for citation in item.administrator_citations]
    lines = [f"{at}  {each or '(blank)'}" for at, each in enumerate(cited, 1)]
    return lines or ["The claims administrator cited no guideline."]
