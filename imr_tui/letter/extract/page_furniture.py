"""The lines of a document that belong to its pages and not to its text.

A line is left out only if it looks like a page number, a fax header or a running header, and stands
where these do: beside a page break, or again and again a page of text apart. In doubt it stays.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from imr_tui.letter.extract.furniture_forms import Form, Mark, mark_of

EDGE = 4
"""Lines at the top and at the bottom of a page that may be furniture."""
SPACING = 8
"""Lines of text that a page has at least, where its break is known by its number only."""
_PLAIN_FORMS = frozenset((Form.PAGE_OF, Form.PAGE, Form.CASE_NUMBER, Form.STAMP))
"""Forms that need no page break if they return with the next number."""
_DOUBTFUL_TIMES = 3
"""How often any other form has to return, and at regular places."""
_DOUBTFUL_SPACING = 15
_MOST_PAGES = 0.75
"""The share of pages that a running header stands on, the first page left aside."""
_REGULAR = 1.6
"""How many times longer the longest page may be than the shortest one, but for the last."""


class Row(NamedTuple):
    """A line of a document."""

    text: str
    """Its words, single-spaced."""
    is_page: bool = False
    """Whether a form feed stands before it, and so begins it."""


@dataclass(frozen=True)
class LeftOut:
    """A line of a document that an import leaves out."""

    line: int
    """Its number in the document."""
    text: str
    """Its words."""
    why: str
    """What it is."""


def left_out(rows: Sequence[Row]) -> tuple[LeftOut, ...]:
    """The furniture of a document, in its order."""
    found = furniture(rows)
    # A form feed begins a row, and no line that an editor counts.
    feeds, listed = 0, list[LeftOut]()
    for at, row in enumerate(rows):
        feeds += row.is_page
        if at in found:
            listed.append(LeftOut(at + 1 - feeds, row.text, found[at].value))
    return tuple(listed)


def furniture(rows: Sequence[Row]) -> dict[int, Form]:
    """Which of `rows` are page furniture, by index."""
    marks = {at: mark for at, row in enumerate(rows) if (mark := mark_of(row.text))}
    found = set(_in_order(rows, marks))
    found |= set(_at_edges(rows, marks, found))
    return {at: marks[at].form for at in sorted(found)}


# ── Without a page break ─────────────────────────────────────────────────────────────────


def _in_order(rows: Sequence[Row], marks: dict[int, Mark]) -> Iterator[int]:
    """Lines that are certain by themselves, or because they return with the next number."""
    lines = _lines_above(rows)
    alike = defaultdict[tuple[Form, str], list[int]](list)
    for at, mark in marks.items():
        if mark.form is Form.FAX or (mark.form is Form.PAGE_OF and _is_set_off(rows, at)):
            yield at
        alike[mark.form, mark.template].append(at)
    for (form, _), places in alike.items():
        for run in _runs(places, marks, lines):
            is_plain = form in _PLAIN_FORMS and len(run) > 1
            is_sure = is_plain or (
                _is_regular(run, lines)
                and (form is Form.NUMBER or (form is Form.RUNNING and _is_header(rows, run, marks)))
            )
            if is_sure:
                yield from run


def _is_header(rows: Sequence[Row], run: Sequence[int], marks: dict[int, Mark]) -> bool:
    """Whether lines that return are numbered, or in capitals from the first line on.

    Others may be fixed phrases, which return as regularly where the items of a letter are alike.
    """
    is_first = not any(row.text for row in rows[: run[0]])
    return marks[run[0]].page is not None or (is_first and rows[run[0]].text.isupper())


def _is_regular(run: Sequence[int], lines: Sequence[int]) -> bool:
    """Whether the lines stand as often and as evenly as those of pages do."""
    if len(run) < _DOUBTFUL_TIMES:
        return False
    lengths = [lines[other] - lines[one] for one, other in pairwise(run)]
    *whole, last = lengths
    is_even = max(whole) <= _REGULAR * min(whole) and last <= _REGULAR * max(whole)
    return is_even and min(whole) >= _DOUBTFUL_SPACING


def _lines_above(rows: Sequence[Row]) -> list[int]:
    """How many lines with words stand above each row, and above the end."""
    count, lines = 0, list[int]()
    for row in rows:
        lines.append(count)
        count += bool(row.text)
    return [*lines, count]


def _runs(
    places: Sequence[int], marks: dict[int, Mark], lines: Sequence[int]
) -> Iterator[Sequence[int]]:
    """`places` in runs of consecutive numbers, each a page of text below the one before it."""
    run = list[int]()
    for at in places:
        if run and not _goes_on(run[-1], at, marks, lines):
            yield run
            run = []
        run.append(at)
    yield run


def _goes_on(one: int, other: int, marks: dict[int, Mark], lines: Sequence[int]) -> bool:
    first, second = marks[one].page, marks[other].page
    is_next = first is second if first is None or second is None else second == first + 1
    is_last = lines[other] == lines[-1] - 1
    return is_next and (is_last or lines[other] - lines[one] >= SPACING)


def _is_set_off(rows: Sequence[Row], at: int) -> bool:
    """Whether a blank line, or the end of a page, stands on both sides of a row."""
    above = at == 0 or rows[at].is_page or not rows[at - 1].text
    below = at + 1 == len(rows) or rows[at + 1].is_page or not rows[at + 1].text
    return above and below


# ── At the edges of pages ────────────────────────────────────────────────────────────────


class _Edge(NamedTuple):
    """The top or the bottom of a page, its lines from the outermost on."""

    page: int
    pages: int
    """How many the document has."""
    is_top: bool
    rows: Sequence[int]


def _at_edges(rows: Sequence[Row], marks: dict[int, Mark], known: set[int]) -> Iterator[int]:
    edges = list(_edges(rows, known))
    returns = _returns(edges, marks)
    times = Counter(row.text for row in rows)
    numbers = {(marks[at].template, marks[at].page) for at in known}
    for edge in edges:
        for at in edge.rows:
            if (mark := marks.get(at)) is None:
                break
            pages = returns[_key(edge, mark)]
            belongs = _goes_with(mark, numbers) or _belongs(
                mark,
                edge,
                pages,
                is_set_off=_is_set_off(rows, at),
                is_text=times[rows[at].text] > len(pages),
            )
            if not belongs:
                break
            yield at


def _goes_with(mark: Mark, numbers: set[tuple[str, int | None]]) -> bool:
    """Whether the page before or behind has such a line, which is known to be furniture."""
    if mark.page is None:
        return (mark.template, None) in numbers
    return any((mark.template, mark.page + step) in numbers for step in (-1, 1))


def _edges(rows: Sequence[Row], known: set[int]) -> Iterator[_Edge]:
    pages: list[list[int]] = [[]]
    for at, row in enumerate(rows):
        if (row.is_page or at in known) and pages[-1]:
            pages.append([])
        if row.text and at not in known:
            pages[-1].append(at)
    pages = [page for page in pages if page]
    for number, page in enumerate(pages, 1):
        yield _Edge(number, len(pages), True, page[:EDGE])
        yield _Edge(number, len(pages), False, page[: -EDGE - 1 : -1])


_Key = tuple[bool, str, int | None]


def _key(edge: _Edge, mark: Mark) -> _Key:
    """What the furniture of one kind has in common on all pages."""
    return edge.is_top, mark.template, None if mark.page is None else mark.page - edge.page


def _returns(edges: Sequence[_Edge], marks: dict[int, Mark]) -> defaultdict[_Key, set[int]]:
    """The pages at whose edges lines of one kind stand, their numbers in step with the pages."""
    found = defaultdict[_Key, set[int]](set)
    for edge in edges:
        for at in edge.rows:
            if mark := marks.get(at):
                found[_key(edge, mark)].add(edge.page)
    return found


def _belongs(mark: Mark, edge: _Edge, pages: set[int], *, is_set_off: bool, is_text: bool) -> bool:
    """Whether a line at an edge is furniture; `pages` have one like it there.

    `is_text` if the same line also stands elsewhere.
    """
    is_in_step = mark.page == edge.page
    match mark.form:
        case Form.FAX | Form.STAMP | Form.PAGE_OF:
            return True
        case Form.PAGE:
            return is_set_off or is_in_step or len(pages) > 1
        case Form.NUMBER:
            return (is_set_off and is_in_step) or len(pages) > 1
        case Form.CASE_NUMBER | Form.NOTICE:
            return is_in_step or len(pages) > 1
        case Form.RUNNING:
            # No letter begins with a line of prose, nor ends each page with one.
            is_sure = (1 in pages) if edge.is_top else is_in_step or edge.pages == len(pages)
            least = max(2 if is_sure else _DOUBTFUL_TIMES, _MOST_PAGES * (edge.pages - 1))
            return len(pages) >= least and not is_text
