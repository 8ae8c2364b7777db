"""Draws the groups of statistics as an SVG picture of horizontal bars."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from imr_tui.statistics.groups import HEADINGS
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imr_tui.statistics.groups import Group
    from imr_tui.statistics.summary import Statistics

_WIDTH, _MARGIN, _LABELS, _FIGURES = 800, 16, 280, 150
"""Units of the picture, the space around it, and the columns of names and of figures."""
_ROW, _BAR, _HEAD = 24, 14, 64
"""Units of a row, of a bar, and of the heading with the key above the rows."""
_LABEL_LENGTH = 40
"""Characters of a name; the rest is cut, and the title of the row has all of it."""
_REST, _OVERTURNED = "#9db4c8", "#8a3b12"
_FONT = 'font-family="sans-serif" font-size="12"'


def svg(counts: Statistics) -> str:
    """The picture as a document; the same for the same statistics, and without a time."""
    sections = [(HEADINGS[counts.by], counts.groups)]
    if counts.drugs:
        sections.append((HEADINGS["drug"], counts.drugs))
    heights = [_HEAD + _ROW * max(1, len(groups)) for _, groups in sections]
    height = sum(heights) + _MARGIN
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" {_FONT}>',
        "<title>Independent medical review: upheld and overturned items</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    top = 0
    is_by_case = counts.by == "rule"
    for (heading, groups), used in zip(sections, heights, strict=True):
        lines += _section(heading, groups, top, is_by_case=is_by_case)
        top += used
    return "\n".join([*lines, "</svg>", ""])


def _section(heading: str, groups: Sequence[Group], top: int, *, is_by_case: bool) -> Iterator[str]:
    yield _text(_MARGIN, top + 24, heading, 'font-weight="bold" font-size="14"')
    key = top + 34
    if not is_by_case:
        yield _rect(_MARGIN, key, _BAR, _OVERTURNED)
        yield _text(_MARGIN + 20, key + 11, "overturned")
        yield _rect(_MARGIN + 110, key, _BAR, _REST)
        yield _text(_MARGIN + 130, key + 11, "upheld, or not decided")
    most = max((_size(each, is_by_case) for each in groups), default=0)
    for at, each in enumerate(groups):
        yield from _row(each, top + _HEAD + at * _ROW, most, is_by_case=is_by_case)
    if not groups:
        yield _text(_MARGIN, top + _HEAD + 11, "Nothing to show.")


def _row(each: Group, top: int, most: int, *, is_by_case: bool) -> Iterator[str]:
    label = clean_line(each.label)
    short = label if len(label) <= _LABEL_LENGTH else f"{label[: _LABEL_LENGTH - 3]}..."
    yield f"<g><title>{_escaped(f'{label}: {_figures(each, is_by_case)}')}</title>"
    yield _text(_MARGIN, top + 11, short)
    left, room = _MARGIN + _LABELS, _WIDTH - 2 * _MARGIN - _LABELS - _FIGURES
    size = _size(each, is_by_case)
    width = size * room // most if most else 0
    part = (each.overturned or 0) * width // size if size and not is_by_case else 0
    yield _rect(left, top, part, _OVERTURNED)
    yield _rect(left + part, top, width - part, _REST)
    yield _text(left + room + 8, top + 11, _figures(each, is_by_case))
    yield "</g>"


def _size(each: Group, is_by_case: bool) -> int:
    return (each.cases if is_by_case else each.items) or 0


def _figures(each: Group, is_by_case: bool) -> str:
    if each.cases is None:
        return "hidden"
    if is_by_case:
        return f"{each.cases:,} cases"
    if each.overturned is None:
        return f"{each.items or 0:,}, outcomes hidden"
    return f"{each.items or 0:,}, {each.overturned:,} overturned"


def _text(left: int, top: int, words: str, how: str = "") -> str:
    return f'<text x="{left}" y="{top}"{f" {how}" if how else ""}>{_escaped(words)}</text>'


def _rect(left: int, top: int, width: int, colour: str) -> str:
    return f'<rect x="{left}" y="{top}" width="{width}" height="{_BAR}" fill="{colour}"/>'


def _escaped(words: str) -> str:
    """Text as XML holds it; characters outside of XML are replaced."""
    kept = "".join(each if each.isprintable() else "?" for each in words)
    return escape(kept)
