"""Finds the lines of a document that belong to its pages and not to its text.

A line is furniture only if it looks like a page number, fax header or running header, and its
position fits: near a page break, or repeated about once per page. Doubtful lines are kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from imr_tui.letter.extract.furniture_forms import Candidate, Form, classify

EDGE_LINES = 4
"""Number of lines at the top and bottom of a page that may be furniture."""
MIN_PAGE_LINES = 8
"""Minimum lines of text on a page whose break is only known by its page number."""
_RELIABLE_FORMS = frozenset((Form.PAGE_OF, Form.PAGE, Form.CASE_NUMBER, Form.STAMP))
"""Forms that need no page break if repeated with consecutive numbers."""
_MIN_REPEATS = 3
"""Minimum repetitions, at regular distances, for all other forms."""
_MIN_SPACING = 15
_MIN_SHARE = 0.75
"""Minimum share of pages that have a running header, not counting the first page."""
_MAX_RATIO = 1.6
"""Maximum ratio of the longest to the shortest page, not counting the last page."""


class Row(NamedTuple):
    """A line of a document."""

    text: str
    """The words, single-spaced."""
    is_page: bool = False
    """Whether the line follows a form feed."""


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
    found |= set(_at_edges(rows, candidates, found))
    return {at: candidates[at].form for at in sorted(found)}


# ── Without page breaks ──────────────────────────────────────────────────────────────────


def _certain_lines(rows: Sequence[Row], candidates: dict[int, Candidate]) -> Iterator[int]:
    """Lines that are furniture by their form alone, or because they repeat with the next number."""
    lines = _lines_above(rows)
    alike = defaultdict[tuple[Form, str], list[int]](list)
    for at, candidate in candidates.items():
        if candidate.form is Form.FAX or (candidate.form is Form.PAGE_OF and _is_set_off(rows, at)):
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
    if len(run) < _MIN_REPEATS:
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


def _is_set_off(rows: Sequence[Row], at: int) -> bool:
    """Whether both neighbours of a row are blank lines or page boundaries."""
    above = at == 0 or rows[at].is_page or not rows[at - 1].text
    below = at + 1 == len(rows) or rows[at + 1].is_page or not rows[at + 1].text
    return above and below


# ── At page boundaries ───────────────────────────────────────────────────────────────────


class _Edge(NamedTuple):
    """The top or bottom of a page, with its lines from the outside in."""

    page: int
    pages: int
    """Number of pages in the document."""
    is_top: bool
    rows: Sequence[int]


def _at_edges(
    rows: Sequence[Row], candidates: dict[int, Candidate], known: set[int]
) -> Iterator[int]:
    edges = list(_edges(rows, known))
    repetitions = _repetitions(edges, candidates)
    times = Counter(row.text for row in rows)
    numbers = {(candidates[at].template, candidates[at].page) for at in known}
    for edge in edges:
        for at in edge.rows:
            if (candidate := candidates.get(at)) is None:
                break
            pages = repetitions[_key(edge, candidate)]
            belongs = _continues_known(candidate, numbers) or _is_furniture(
                candidate,
                edge,
                pages,
                is_set_off=_is_set_off(rows, at),
                is_text=times[rows[at].text] > len(pages),
            )
            if not belongs:
                break
            yield at


def _continues_known(candidate: Candidate, numbers: set[tuple[str, int | None]]) -> bool:
    """Whether the previous or next page has a similar line that is known to be furniture."""
    if candidate.page is None:
        return (candidate.template, None) in numbers
    return any((candidate.template, candidate.page + step) in numbers for step in (-1, 1))


def _edges(rows: Sequence[Row], known: set[int]) -> Iterator[_Edge]:
    pages: list[list[int]] = [[]]
    for at, row in enumerate(rows):
        if (row.is_page or at in known) and pages[-1]:
            pages.append([])
        if row.text and at not in known:
            pages[-1].append(at)
    pages = [page for page in pages if page]
    for number, page in enumerate(pages, 1):
        yield _Edge(number, len(pages), True, page[:EDGE_LINES])
        yield _Edge(number, len(pages), False, page[: -EDGE_LINES - 1 : -1])


_Key = tuple[bool, str, int | None]


def _key(edge: _Edge, candidate: Candidate) -> _Key:
    """A key that similar lines on all pages share."""
    return (
        edge.is_top,
        candidate.template,
        None if candidate.page is None else candidate.page - edge.page,
    )


def _repetitions(
    edges: Sequence[_Edge], candidates: dict[int, Candidate]
) -> defaultdict[_Key, set[int]]:
    """The pages that have each kind of line at this edge, with numbers in step with the pages."""
    found = defaultdict[_Key, set[int]](set)
    for edge in edges:
        for at in edge.rows:
            if candidate := candidates.get(at):
                found[_key(edge, candidate)].add(edge.page)
    return found


def _is_furniture(
    candidate: Candidate, edge: _Edge, pages: set[int], *, is_set_off: bool, is_text: bool
) -> bool:
    """Whether a line at an edge is furniture; `pages` have a similar line there.

    `is_text` is set if the same line also occurs elsewhere.
    """
    is_in_step = candidate.page == edge.page
    match candidate.form:
        case Form.FAX | Form.STAMP | Form.PAGE_OF:
            return True
        case Form.PAGE:
            return is_set_off or is_in_step or len(pages) > 1
        case Form.NUMBER:
            return (is_set_off and is_in_step) or len(pages) > 1
        case Form.CASE_NUMBER | Form.NOTICE:
            return is_in_step or len(pages) > 1
        case Form.RUNNING:
            # No letter begins with a line of prose, and none ends every page with one.
            is_sure = (1 in pages) if edge.is_top else is_in_step or edge.pages == len(pages)
            least = max(2 if is_sure else _MIN_REPEATS, _MIN_SHARE * (edge.pages - 1))
            return len(pages) >= least and not is_text
