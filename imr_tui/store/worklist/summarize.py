"""Builds the worklist row of a case from the bytes of its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui import checks
from imr_tui.domain import workflow
from imr_tui.domain.deadlines import due
from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.case_file import misnamed
from imr_tui.store.worklist.rows import Row, unread
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.checks import CheckSetup
    from imr_tui.model.case import Case


def row_of(path: Path, data: bytes, setup: CheckSetup) -> Row:
    """The row of the file at `path` with content `data`."""
    row = unread(path.name)
    try:
        case = decode(data, path)
    except ImrError as error:
        return row.broken(clean_line(str(error)))
    row = replace(row, held=case.number)
    if says := misnamed(path, case):
        return row.broken(clean_line(says))
    return _filled(row, case, checks.state(case, setup))


def _filled(row: Row, case: Case, state: str) -> Row:
    limit = due(case.particulars)
    words = (row.number, state, case.particulars.priority, *(item.request for item in case.items))
    return replace(
        row,
        due=str(limit.day) if limit else "",
        why=limit.why if limit else "",
        decided_on=str(case.particulars.decision_date or ""),
        priority=case.particulars.priority,
        items=len(case.items),
        decided=workflow.items_decided(case),
        stage=workflow.resume(case).name,
        state=state,
        words=" ".join(words).casefold(),
    )
