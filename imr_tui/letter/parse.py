"""From a published letter back to a case: the same grammar that the template writes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from imr_tui.case import Case, Item, Particulars, Reviewer, Summary
from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.citation import ADMINISTRATOR, REVIEWER
from imr_tui.errors import BadInput
from imr_tui.fields import MAX_LINE, Outcome, is_case_number
from imr_tui.letter.guidelines import read_guideline_line
from imr_tui.letter.lines import Line, ends_sentence, join, read_lines, vocabulary
from imr_tui.letter.titles import read_title
from imr_tui.text import one_line

HOW = "HOW THE IMR FINAL DETERMINATION WAS MADE"
SUMMARY = "CLINICAL CASE SUMMARY"
ISSUES = "IMR ISSUES, DECISIONS AND RATIONALES"

_LICENSES = re.compile(r"State\(s\) of Licensure:\s*")
_SPECIALTY = re.compile(r"Certification\(s\)\s*/\s*Specialty:\s*")
_DEVELOPED = re.compile(r"The expert reviewer developed .*?including all medical records:\s*", re.S)
_ANCHORS = re.compile(
    rf"(?P<heading>{HOW}|{SUMMARY}|{ISSUES})"
    r"|Claims Administrator guideline:|\b[A-Z]{3,} guideline:|Decision rationale:"
)
_ADMINISTRATOR = re.compile(r"Claims Administrator guideline:")
_REVIEWER = re.compile(r"(?!Claims Administrator)[A-Z][\w .&,'-]{0,60} guideline:")
_RATIONALE = re.compile(r"Decision rationale:")
_NAMES = {
    _ADMINISTRATOR: "Claims Administrator guideline:",
    _REVIEWER: "MAXIMUS guideline:",
    _RATIONALE: "Decision rationale:",
}
_CONCLUDES = re.compile(
    r"^Decision rationale:|\b(?:necessary|necessity|supported|warranted)\b", re.M
)
_SET_FORTH = "set forth below:"
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:[A-Za-z]\.){2,}$|\b(?:No|Dr|vs|St|approx)\.$")
_OUTCOME = re.compile(r":\s*(Upheld|Overturned)\.?$", re.I)
_DATE = r"\s*(\d{1,2})/(\d{1,2})/(\d{4})"
_DATES = {
    "date_assigned": re.compile(rf"Date Assigned:{_DATE}"),
    "date_of_injury": re.compile(rf"Date of Injury:{_DATE}"),
    "decision_date": re.compile(rf"Decision Date:{_DATE}"),
    "ur_decision_date": re.compile(rf"UR Denial Date:{_DATE}"),
    # In its narrow cell the label is wrapped, and the date may come between its words.
    "application_received": re.compile(rf"Application(?: Received:)?{_DATE}"),
}
HEADER_LENGTH = 1_000
"""Characters in which a header block is looked for in a letter of another kind."""
TITLE_LINES = 40
"""Lines that a title may have; the longest published one has five."""


@dataclass(frozen=True)
class _Parts:
    """The lines of a letter by what they belong to."""

    header: Sequence[Line]
    credentials: Sequence[Line]
    summary: Sequence[Line]
    items: Sequence[Line]


def parse(text: str, number: str = "", *, loose: bool = False) -> Case:
    """The case whose letter `text` is; `number` is used where the letter has no header.

    Raises BadInput, with what was found, for a text that is not this letter; with `loose` such a
    text becomes a case with what its header says, and all of it as the summary.
    """
    try:
        return _valid(_strictly, text, number)
    except BadInput:
        if not loose:
            raise
    return _valid(_loosely, text, number)


def _valid(read: Callable[[str, str], Case], text: str, number: str) -> Case:
    try:
        return read(text, number)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise BadInput(f"A part of the letter cannot be kept: {fault['msg']}.") from error


def _strictly(text: str, number: str) -> Case:
    words = vocabulary(text)
    parts = _divided(read_lines(text))
    header = {"number": number} | _header(one_line(join(parts.header, words)))
    licenses, specialties = _credentials(one_line(join(parts.credentials, words)))
    return Case(
        particulars=_particulars(header),
        reviewer=Reviewer(licenses=licenses, specialties=specialties),
        summary=Summary(text=_without(_DEVELOPED, join(parts.summary, words))),
        items=tuple(_items(parts.items, words)),
    )


def _loosely(text: str, number: str) -> Case:
    whole = join(read_lines(text), vocabulary(text))
    header = {"number": number} | _header(one_line(whole[:HEADER_LENGTH]))
    return Case(particulars=_particulars(header), summary=Summary(text=whole))


def _particulars(header: dict[str, Any]) -> Particulars:
    if not header["number"]:
        raise BadInput("The letter does not say its case number; give it with --number.")
    return Particulars(**header, imported=True)


def _without(opening: re.Pattern[str], text: str) -> str:
    """`text` without the fixed words that it begins with."""
    match = opening.match(text)
    return text[match.end() :] if match else text


def _divided(lines: Sequence[Line]) -> _Parts:
    lines = [part for line in lines for part in _split(line)]
    at = {heading: _find(lines, heading) for heading in (HOW, SUMMARY, ISSUES)}
    missing = [heading for heading, index in at.items() if index is None]
    if missing:
        first = f"It begins: {lines[0].text[:60]!r}." if lines else "It holds no text."
        raise BadInput(f"This is not such a letter: it has no heading {missing[0]!r}. {first}")
    how, summary, issues = (index or 0 for index in at.values())
    if not how < summary < issues:
        raise BadInput("This is not such a letter: its headings are not in order.")
    return _Parts(
        lines[:how], lines[how + 1 : summary], lines[summary + 1 : issues], lines[issues + 1 :]
    )


def _split(line: Line) -> Iterator[Line]:
    """A line at the headings and labels inside it, where the extraction has lost the line end."""
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


# ── Header and credentials ───────────────────────────────────────────────────────────────


def _header(text: str) -> dict[str, Any]:
    """The fields of the header block, whose cells may stand in any order."""
    found: dict[str, Any] = {}
    if number := re.search(r"Case Number:\s*(\S+)", text):
        found["number"] = number[1] if is_case_number(number[1]) else ""
    for field, pattern in _DATES.items():
        if day := pattern.search(text):
            found[field] = _date(day.groups())
    if priority := re.search(r"Priority:\s*(Standard|Expedited|Formulary)", text, re.I):
        found["priority"] = priority[1].lower()
    return {key: value for key, value in found.items() if value}


def _date(parts: Sequence[str]) -> date | None:
    month, day, year = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _credentials(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lists that stand after the two labels."""
    licensure, specialty = _LICENSES.search(text), _SPECIALTY.search(text)
    if licensure is None or specialty is None:
        raise BadInput("This is not such a letter: it does not give the reviewer's credentials.")
    return (
        split_list(text[licensure.end() : specialty.start()], states()),
        split_list(text[specialty.end() :], specialties()),
    )


# ── Items ────────────────────────────────────────────────────────────────────────────────


def _items(lines: Sequence[Line], words: frozenset[str]) -> Iterator[Item]:
    labels = [at for at, line in enumerate(lines) if _ADMINISTRATOR.match(line.text)]
    if not labels:
        raise BadInput("This is not such a letter: it decides no item.")
    starts = [_title_start(lines, at, is_first=not n) for n, at in enumerate(labels)]
    for (start, label), end in zip(
        zip(starts, labels, strict=True), [*starts[1:], len(lines)], strict=True
    ):
        yield _item(lines[start:label], lines[label:end], words)


def _title_start(lines: Sequence[Line], label: int, *, is_first: bool) -> int:
    """Where the title that ends above `label` begins.

    A title is what stands between blank lines above the label. Where a blank line is missing and
    the rationale before runs into it, it begins after the last sentence; the title of a
    UR-modified item has sentences of its own and begins where it names the original request.
    """
    if is_first:
        below = (at for at in range(label) if lines[at].text.endswith(_SET_FORTH))
        return next(below, -1) + 1
    block, at = _block_start(lines, label), label - 1
    while at > block and not _begins(lines, at, label):
        at -= 1
    above = " ".join(line.text for line in lines[block:at])
    # A sentence may also end inside a title; a rationale comes to its conclusion.
    return at if _CONCLUDES.search(above) else block


def _block_start(lines: Sequence[Line], label: int) -> int:
    """The line after the last blank one above `label`, but for blanks inside a title."""
    at, top = label - 1, max(label - TITLE_LINES, 0)
    while at > top and not (_is_apart(lines, at) and not _is_open(lines[at:label])):
        at -= 1
    return max(at, 0)


def _is_apart(lines: Sequence[Line], at: int) -> bool:
    """Whether something else ends above the line `at`."""
    above = lines[at - 1].text
    if above.endswith(_SET_FORTH) or _RATIONALE.match(above):
        return True
    return lines[at].gap and (not lines[at].page or ends_sentence(above))


def _is_open(title: Sequence[Line]) -> bool:
    """Whether more of a title has to stand above: its outcome alone, or the end of a UR one."""
    text = " ".join(line.text for line in title)
    if not _OUTCOME.search(text):
        # The outcome may stand alone on its line.
        return text.casefold().rstrip(".") in ("upheld", "overturned")
    modified = re.search(r"\b(?:remaining IMR eligible|original request,)", text)
    return modified is not None and "was the original request" not in text


def _begins(lines: Sequence[Line], at: int, label: int) -> bool:
    """Whether the line above `at` is the end of a rationale, and not of "b.i.d."."""
    above = lines[at - 1].text
    ends = ends_sentence(above) and not _ABBREVIATION.search(above)
    return ends and not lines[at].text[0].islower() and not _is_open(lines[at:label])


def _item(title: Sequence[Line], body: Sequence[Line], words: frozenset[str]) -> Item:
    name = one_line(join(title, words))
    if len(name) > MAX_LINE:
        raise BadInput(f"The title of an item has over {MAX_LINE:,} characters: {name[:60]!r}.")
    outcome = _OUTCOME.search(name)
    decision: Outcome | None = None
    if outcome is not None:
        decision = "overturned" if outcome[1].lower() == "overturned" else "upheld"
        name = name[: outcome.start()].strip()
    administrator, reviewer, rationale = _sections(body, words)
    request, original, authorized = read_title(name)
    return Item(
        request=request,
        original=original,
        authorized=authorized,
        decision=decision,
        rationale=rationale,
        administrator_citations=read_guideline_line(administrator, ADMINISTRATOR),
        citations=read_guideline_line(reviewer, REVIEWER),
    )


def _sections(lines: Sequence[Line], words: frozenset[str]) -> tuple[str, str, str]:
    """The two guideline lines on one line each, and the rationale."""
    found: list[int] = []
    for label in (_ADMINISTRATOR, _REVIEWER, _RATIONALE):
        start = found[-1] if found else 0
        at = next((at for at in range(start, len(lines)) if label.match(lines[at].text)), None)
        if at is None:
            title = lines[0].text[:60] if lines else ""
            raise BadInput(f"An item has no line {_NAMES[label]!r}: {title!r}.")
        found.append(at)
    bounds = [*found, len(lines)]
    texts = [join(lines[start:end], words) for start, end in pairwise(bounds)]
    bare = [text.partition(":")[2].strip() for text in texts]
    return one_line(bare[0]), one_line(bare[1]), bare[2]
