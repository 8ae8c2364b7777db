"""Reads assignments as a table of comma-separated values with a header row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain.assignment_fields import DROPPED, IGNORED, Names, Path, shortened
from imr_tui.domain.sent_object import Field
from imr_tui.errors import BadInput
from imr_tui.store.intake.csv_records import Record, Records, cells_of_line, is_before_header
from imr_tui.store.intake.row import Row

if TYPE_CHECKING:
    from imr_tui.store.intake.source import Line


class _Heading(NamedTuple):
    """A heading, blank or not."""

    name: str
    """Its text."""
    path: Path
    """The field of a case that its column is for; empty for a blank heading."""


def csv_rows(lines: Iterator[Line], names: Names, where: str) -> Iterator[Row]:
    """The assignments in `lines`, the first of which is not blank.

    Raises BadInput, naming `where` and the line, if the header row is wrong, or if it cannot be
    told where the next row begins.
    """
    records = Records(lines, where)
    header = next(records)
    if header.error:
        raise BadInput(f"{where}, line {header.line}: {header.error}")
    headings = _headings(header, names, where)
    for record in records:
        if record.error:
            yield Row(record.line, error=record.error)
        elif any(cell.strip() for cell in record.cells):
            yield _row(record, headings)


def only_row(lines: Iterator[Line], names: Names, where: str) -> tuple[Field, ...]:
    """The fields of the only row of a table; raises BadInput for any other table."""
    rows = list(csv_rows(dropwhile(_is_blank, lines), names, where))
    if len(rows) != 1:
        raise BadInput(
            f"{where} is a table of {len(rows):,} rows, but `imr-tui new` creates one case. Take "
            "all of them with `imr-tui intake`."
        )
    if rows[0].error:
        raise BadInput(f"{where}, line {rows[0].line}: {rows[0].error}")
    return rows[0].fields


def _is_blank(line: Line) -> bool:
    return not line.data.strip()


def is_table(lines: Iterable[Line], names: Names) -> bool:
    """Whether lines begin with a header row in which a heading is known."""
    first = next((line for line in lines if not is_before_header(line)), None)
    # An equals sign is that of a line of TOML, such as `items = []`.
    if first is None or b"=" in first.data or first.data.lstrip()[:1] in (b"{", b"[", b"#"):
        return False
    return _is_known([cell.strip() for cell in cells_of_line(first)], names)


def _is_known(texts: list[str], names: Names) -> bool:
    """Whether a heading is that of a field which is kept."""
    return any(path and path[0] != DROPPED for path in map(names.path, texts))


def _headings(header: Record, names: Names, where: str) -> list[_Heading]:
    at = f"{where}, line {header.line}"
    texts = [cell.strip() for cell in header.cells]
    if not _is_known(texts, names):
        raise BadInput(
            f"{at} is neither JSON nor a header row with a known heading. Nothing was read. "
            "See `imr-tui help intake`."
        )
    found: list[_Heading] = []
    for text in texts:
        path = names.path(text) if text else ()
        if path is None:
            raise BadInput(
                f"{at}: the heading {shortened(text)!r} {names.unknown(text)}. Nothing was read."
            )
        same = next((each.name for each in found if each.path == path), None)
        if same is not None and path and path[0] not in (DROPPED, *IGNORED):
            raise BadInput(
                f"{at}: the headings {shortened(same)!r} and {shortened(text)!r} are for the same "
                "field. Nothing was read."
            )
        found.append(_Heading(text, path))
    return found


def _row(record: Record, headings: list[_Heading]) -> Row:
    cells = [cell.strip() for cell in record.cells]
    if len(cells) < len(headings) or any(cells[len(headings) :]):
        has = f"The row has {len(cells)} cells, but the header row has {len(headings)}."
        return Row(record.line, error=has)
    fields = []
    for number, (heading, cell) in enumerate(zip(headings, cells, strict=False), 1):
        if heading.path:
            fields.append(Field(heading.path, heading.name, _value(heading.path, cell)))
        elif cell:
            return Row(record.line, error=f"Cell {number} of the row has no heading.")
    return Row(record.line, tuple(fields))


def _value(path: Path, cell: str) -> object:
    """The number of an item as a number; any other cell is text, also one that begins with `=`."""
    is_number = path[-1] == "follows" and cell.isascii() and cell.isdigit() and len(cell) < 9
    return int(cell) if is_number else cell
