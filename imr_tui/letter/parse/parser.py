"""Parses a published letter into a case, using the phrases with which letters are rendered."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.errors import BadInput
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.parse.items import NOT_A_LETTER, read_items
from imr_tui.letter.parse.lines import Line, join, read_lines, vocabulary
from imr_tui.model.case import Case, Particulars, Reviewer, Summary
from imr_tui.model.limits import is_case_number
from imr_tui.text.layout import one_line

_OPENING = DIALECT.summary_opening.split()
_SUMMARY_OPENING = re.compile(rf"{' '.join(_OPENING[:4])} .*?{' '.join(_OPENING[-4:])}\s*", re.S)
_ANCHORS = re.compile(
    rf"(?P<heading>{DIALECT.how}|{DIALECT.summary}|{DIALECT.issues})"
    rf"|{DIALECT.administrator}|\b[A-Z]{{3,}}{DIALECT.reviewer.format(label='')}|{DIALECT.rationale}"
)
HEADER_LENGTH = 1_000
"""Number of leading characters in which to look for a header block of other documents."""


@dataclass(frozen=True)
class _Parts:
    """The lines of a letter, by section."""

    header: Sequence[Line]
    credentials: Sequence[Line]
    summary: Sequence[Line]
    items: Sequence[Line]


def parse(text: str, number: str = "", *, loose: bool = False) -> Case:
    """Parse `text` into a case; `number` is used if the letter has no header.

    Raises BadInput, naming the problem, if the text is not such a letter. With `loose`, it becomes
    a case with the fields of its header, and the entire text as the summary.
    """
    try:
        return _validated(_parse_strictly, text, number)
    except BadInput:
        if not loose:
            raise
    return _validated(_parse_loosely, text, number)


def _validated(read: Callable[[str, str], Case], text: str, number: str) -> Case:
    try:
        return read(text, number)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        raise BadInput(f"A part of the letter could not be imported: {problem['msg']}.") from error


def _parse_strictly(text: str, number: str) -> Case:
    words = vocabulary(text)
    parts = _divide(read_lines(text))
    header = {"number": number} | read_header(" ".join(line.text for line in parts.header))
    licenses, specialties = read_credentials(one_line(join(parts.credentials, words)))
    return Case(
        particulars=_particulars(header),
        reviewer=Reviewer(licenses=licenses, specialties=specialties),
        summary=Summary(text=_remove_opening(_SUMMARY_OPENING, join(parts.summary, words))),
        items=tuple(read_items(parts.items, words)),
    )


def _parse_loosely(text: str, number: str) -> Case:
    whole = join(read_lines(text), vocabulary(text))
    header = {"number": number} | read_header(one_line(whole[:HEADER_LENGTH]))
    return Case(particulars=_particulars(header), summary=Summary(text=whole))


def _particulars(header: dict[str, Any]) -> Particulars:
    if not header["number"]:
        raise BadInput("The letter contains no case number. Give it with --number.")
    return Particulars(**header, imported=True)


def _remove_opening(opening: re.Pattern[str], text: str) -> str:
    """Remove the fixed phrase at the beginning of `text`."""
    match = opening.match(text)
    return text[match.end() :] if match else text


def _divide(lines: Sequence[Line]) -> _Parts:
    lines = [part for line in lines for part in _split(line)]
    at = {
        heading: _find(lines, heading) for heading in (DIALECT.how, DIALECT.summary, DIALECT.issues)
    }
    missing = [heading for heading, index in at.items() if index is None]
    if missing:
        first = f"It begins with {lines[0].text[:60]!r}." if lines else "It is empty."
        raise BadInput(f"{NOT_A_LETTER}: it has no heading {missing[0]!r}. {first}")
    how, summary, issues = (index or 0 for index in at.values())
    if not how < summary < issues:
        raise BadInput(f"{NOT_A_LETTER}: its headings are not in the usual order.")
    return _Parts(
        lines[:how], lines[how + 1 : summary], lines[summary + 1 : issues], lines[issues + 1 :]
    )


def _split(line: Line) -> Iterator[Line]:
    """Split a line at headings and labels in it, because extraction may lose line ends."""
    start = 0
    for match in _ANCHORS.finditer(line.text):
        for cut in (match.start(), match.end() if match["heading"] else start):
            if text := line.text[start:cut].strip():
                yield Line(text, line.gap and not start, line.page and not start)
            start = max(start, cut)
    if text := line.text[start:].strip():
        yield Line(text, line.gap and not start, line.page and not start)


def _find(lines: Sequence[Line], heading: str) -> int | None:
    return next((at for at, line in enumerate(lines) if line.text == heading), None)


_LICENSES = re.compile(rf"{re.escape(DIALECT.licensure)}\s*")
_SPECIALTY = re.compile(re.escape(DIALECT.specialty).replace("/", r"\s*/\s*") + r"\s*")
_DATE = r"\s*(\d{1,2})/(\d{1,2})/(\d{4})"
_DATES = {
    field: re.compile(rf"{label}{_DATE}")
    for field, label in DIALECT.header.items()
    if field not in ("number", "priority", "application_received")
}
# The label is wrapped in its narrow cell, so the date may be between its words.
_FIRST, _REST = DIALECT.header["application_received"].split(" ", 1)
_DATES["application_received"] = re.compile(rf"{_FIRST}(?: {_REST})?{_DATE}")


def read_header(text: str) -> dict[str, Any]:
    """Parse the header block; its cells may be in any order."""
    found: dict[str, Any] = {}
    if number := re.search(rf"{DIALECT.header['number']}\s*(\S+)", text):
        found["number"] = number[1] if is_case_number(number[1]) else ""
    for field, pattern in _DATES.items():
        if day := pattern.search(text):
            found[field] = _date(day.groups())
    if priority := re.search(
        rf"{DIALECT.header['priority']}\s*(Standard|Expedited|Formulary)", text, re.I
    ):
        found["priority"] = priority[1].lower()
    return {key: value for key, value in found.items() if value}


def _date(parts: Sequence[str]) -> date | None:
    month, day, year = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_credentials(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parse the lists after the two labels for states and specialties."""
    licensure, specialty = _LICENSES.search(text), _SPECIALTY.search(text)
    if licensure is None or specialty is None:
        raise BadInput(f"{NOT_A_LETTER}: it has no reviewer credentials.")
    return (
        split_list(text[licensure.end() : specialty.start()], states()),
        split_list(text[specialty.end() :], specialties()),
    )
