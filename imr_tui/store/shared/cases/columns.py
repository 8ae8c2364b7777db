"""What the shared store knows of a case besides its file: its row, and what is searched."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from imr_tui.domain.find import texts
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.store.worklist.case_row import row_of_case
from imr_tui.store.worklist.rows import Row
from imr_tui.text.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from imr_tui.checks import CheckSetup
    from imr_tui.model.case import Case
    from imr_tui.store.config.settings import EmployeeNames

NO_LIMIT = "infinity"
"""The due date of a case in which no limit runs."""
MAX_PROSE = 200_000
"""Bytes of prose that are searched; with more, the lexemes could exceed what a tsvector holds.

That is 1 MB (postgresql.org, "Text Search Types"), and a hyphenated word is in it three times.
"""
ROW = """number, coalesce(to_char(nullif(due, 'infinity'), 'YYYY-MM-DD'), ''), priority, items,
    decided, state, words, shown::text"""
"""What a query selects of `cases` for `row_from`."""
_COLUMNS = ("name", "number", "due", "priority", "items", "decided", "state", "words")
"""The fields of a row that are columns, or follow from one."""


class Columns(NamedTuple):
    """The columns of a case besides its number, its file, its reviewer, and who saved it."""

    due: str
    """The due date as 2014-12-20, or NO_LIMIT."""
    rank: int
    """The first part of `Row.urgency`."""
    state: str
    priority: str
    items: int
    decided: int
    words: str
    """What the filter of the worklist searches, case-folded."""
    prose: str
    """What the reviewer wrote, for the full-text search."""
    shown: str
    """The other fields of the row, as JSON."""


def columns_of(
    path: Path, case: Case, data: bytes, setup: CheckSetup, names: EmployeeNames = "initials"
) -> Columns:
    """The columns of a case with the file `path` and its bytes `data`.

    The letter and the signature beside that file count; there need not be any file.
    """
    row = row_of_case(path, case, data, setup, names, has_letter=True)
    fields = {name: value for name, value in asdict(row).items() if value and name not in _COLUMNS}
    return Columns(
        due=row.due or NO_LIMIT,
        rank=row.rank,
        state=row.state,
        priority=row.priority,
        items=row.items,
        decided=row.decided,
        # What PostgreSQL does not store, such as NUL, becomes visible.
        words=clean(row.words),
        prose=prose_of(case),
        shown=json.dumps({name: clean(value) for name, value in fields.items()}),
    )


def row_from(record: Sequence[Any]) -> Row:
    """The row of the worklist from what a query selected as `ROW`."""
    number, due, priority, items, decided, state, words, shown = record
    known = {name: value for name, value in json.loads(shown).items() if name in Row.__slots__}
    return Row(
        name=f"{number}{SUFFIX}",
        number=number,
        due=due,
        priority=priority,
        items=items,
        decided=decided,
        state=state,
        words=words,
        **known,
    )


def prose_of(case: Case) -> str:
    """What the reviewer wrote in a case, one text a line, at most MAX_PROSE bytes of it."""
    data = clean("\n".join(filter(None, _texts(case)))).encode()
    end = min(len(data), MAX_PROSE)
    # Not in the middle of a character.
    while end < len(data) and data[end] & 0xC0 == 0x80:
        end -= 1
    return data[:end].decode()


def _texts(case: Case) -> Iterator[str]:
    yield from (text for _, text in texts(case))
    for item in case.items:
        for each in chain(item.citations, item.administrator_citations):
            yield from (each.title, each.section, *each.sections, each.text)
