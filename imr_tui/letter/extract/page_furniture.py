"""Finds the lines of a document that belong to its pages and not to its text.

A line is furniture only if it looks like a page number, fax header or running header, and its
position fits: near a page break, or repeated about once per page. Doubtful lines are kept.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from imr_tui.letter.extract.document_rows import Row, is_set_off
from imr_tui.letter.extract.furniture_at_edges import MIN_REPEATS, at_edges
from imr_tui.letter.extract.furniture_forms import Candidate, Form, classify

MIN_PAGE_LINES = 8
"""Minimum lines of text on a page whose break is only known by its page number."""
_RELIABLE_FORMS = frozenset((Form.PAGE_OF, Form.PAGE, Form.CASE_NUMBER, Form.STAMP))
"""Forms that need no page break if repeated with consecutive numbers."""
_MIN_SPACING = 15
_MAX_RATIO = 1.6
"""Maximum ratio of the longest to the shortest page, not counting the last page."""


@dataclass(frozen=True)
class LeftOut:
    """A line of a document that is not imported."""

    line: int
    """Line number in the document."""
    text: str
    """The words of the line."""
    why: str
    """The reason, from `Form`."""


def left_out(rows: Sequence[Row]) -> tuple[LeftOut, ...]:
    """List the page furniture of a document in order."""
    found = furniture(rows)
    # A form feed starts a row, but not a line as counted by editors.
    feeds, listed = 0, list[LeftOut]()
    for at, row in enumerate(rows):
        feeds += row.is_page
        if at in found:
            listed.append(LeftOut(at + 1 - feeds, row.text, found[at].value))
    return tuple(listed)


def furniture(rows: Sequence[Row]) -> dict[int, Form]:
    """Find the page furniture among `rows`; maps row indexes to forms."""
    candidates = {at: candidate for at, row in enumerate(rows) if (candidate := classify(row.text))}
    found = set(_certain_lines(rows, candidates))
    found |= set(at_edges(rows, candidates, found))
    return {at: candidates[at].form for at in sorted(found)}


def _certain_lines(rows: Sequence[Row], candidates: dict[int, Candidate]) -> Iterator[int]:
    """Lines that are furniture by their form alone, or because they repeat with the next number."""
    lines = _lines_above(rows)
    alike = defaultdict[tuple[Form, str], list[int]](list)
    for at, candidate in candidates.items():
        if candidate.form is Form.FAX or (candidate.form is Form.PAGE_OF and is_set_off(rows, at)):
            yield at
        alike[candidate.form, candidate.template].append(at)
    for (form, _), indexes in alike.items():
        for run in _runs(indexes, candidates, lines):
            is_plain = form in _RELIABLE_FORMS and len(run) > 1
            is_sure = is_plain or (
                _is_regular(run, lines)
                and (
                    form is Form.NUMBER
                    or (form is Form.RUNNING and _is_header(rows, run, candidates))
                )
            )
            if is_sure:
                yield from run


def _is_header(rows: Sequence[Row], run: Sequence[int], candidates: dict[int, Candidate]) -> bool:
    """Whether repeated lines are numbered, or start with the first line and are in capitals.

    Other repeated lines may be fixed phrases, which are regular if the items of a letter are alike.
    """
    is_first = not any(row.text for row in rows[: run[0]])
    return candidates[run[0]].page is not None or (is_first and rows[run[0]].text.isupper())


def _is_regular(run: Sequence[int], lines: Sequence[int]) -> bool:
    """Whether the lines are as frequent and evenly spaced as page furniture."""
    if len(run) < MIN_REPEATS:
        return False
    lengths = [lines[other] - lines[one] for one, other in pairwise(run)]
    *whole, last = lengths
    is_even = max(whole) <= _MAX_RATIO * min(whole) and last <= _MAX_RATIO * max(whole)
    return is_even and min(whole) >= _MIN_SPACING


def _lines_above(rows: Sequence[Row]) -> list[int]:
    """The number of non-blank lines above each row, and in total."""
    count, lines = 0, list[int]()
    for row in rows:
        lines.append(count)
        count += bool(row.text)
    return [*lines, count]


def _runs(
    indexes: Sequence[int], candidates: dict[int, Candidate], lines: Sequence[int]
) -> Iterator[Sequence[int]]:
    """Group `indexes` into runs of consecutive page numbers, each at least a page apart."""
    run = list[int]()
    for at in indexes:
        if run and not _follows(run[-1], at, candidates, lines):
            yield run
            run = []
        run.append(at)
    yield run


def _follows(one: int, other: int, candidates: dict[int, Candidate], lines: Sequence[int]) -> bool:
    first, second = candidates[one].page, candidates[other].page
    is_next = first is second if first is None or second is None else second == first + 1
    is_last = lines[other] == lines[-1] - 1
    return is_next and (is_last or lines[other] - lines[one] >= MIN_PAGE_LINES)
