"""Finds the page furniture at the top and bottom of pages."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imr_tui.letter.extract.document_rows import Row, is_set_off
from imr_tui.letter.extract.furniture_forms import Candidate, Form

EDGE_LINES = 4
"""Number of lines at the top and bottom of a page that may be furniture."""
MIN_REPEATS = 3
"""Minimum repetitions of a form that is not furniture by itself."""
_MIN_SHARE = 0.75
"""Minimum share of pages that have a running header, not counting the first page."""


class _Edge(NamedTuple):
    """The top or bottom of a page, with its lines from the outside in."""

    page: int
    pages: int
    """Number of pages in the document."""
    is_top: bool
    rows: Sequence[int]


def at_edges(
    rows: Sequence[Row], candidates: dict[int, Candidate], known: set[int]
) -> Iterator[int]:
    """The rows at the top or bottom of pages that are furniture; `known` is found already."""
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
                is_set_off=is_set_off(rows, at),
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
            least = max(2 if is_sure else MIN_REPEATS, _MIN_SHARE * (edge.pages - 1))
            return len(pages) >= least and not is_text
