"""Computes the worklist row of a case file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imr_tui import checks
from imr_tui.domain import workflow
from imr_tui.domain.deadlines import due
from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode, misnamed
from imr_tui.store.cases.letter_file import written_letter
from imr_tui.store.signing.standing import standing
from imr_tui.store.worklist.rows import (
    CHANGED,
    CLOSED,
    MAX_REQUEST,
    NEW_FACTS,
    WRITTEN,
    Row,
    number_in_name,
    unread,
)
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.checks import CheckSetup
    from imr_tui.model.case import Case
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.signing.standing import Standing

_MAX_INITIALS = 3


def row_of(
    path: Path,
    data: bytes,
    setup: CheckSetup,
    names: EmployeeNames = "initials",
    *,
    has_letter: bool = False,
) -> Row:
    """The row of the file at `path` with content `data`; `has_letter`: one was written for it."""
    try:
        case = decode(data, path)
    except ImrError as error:
        return unread(path.name).broken(clean_line(str(error)))
    return row_of_case(path, case, data, setup, names, has_letter=has_letter)


def row_of_case(
    path: Path,
    case: Case,
    data: bytes,
    setup: CheckSetup,
    names: EmployeeNames = "initials",
    *,
    has_letter: bool = False,
) -> Row:
    """Like `row_of`, for a `case` that was decoded from `data` before."""
    row = unread(path.name)
    if says := misnamed(path, case):
        return replace(row, held=case.number).broken(clean_line(says))
    if (found := standing(path, data, case)).kind == "closed":
        return replace(_row(row.name, case, CLOSED, "", names), note=clean_line(found.says))
    return _noted(_row_of(path, case, found, setup, names, has_letter=has_letter), path, case)


def _row_of(
    path: Path,
    case: Case,
    found: Standing,
    setup: CheckSetup,
    names: EmployeeNames,
    *,
    has_letter: bool,
) -> Row:
    """The row of a case that is not closed."""
    if found.kind != "draft":
        row = _row(path.name, case, found.kind, found.at, names)
        return replace(row, problem=clean_line(_altered(path, found.says))) if found.says else row
    if has_letter and (letter := written_letter(path, case)) is not None:
        state = WRITTEN if letter.is_same else CHANGED
        return _row(path.name, case, state, letter.written, names)
    return _row(path.name, case, checks.state(case, setup), "", names)


def _noted(row: Row, path: Path, case: Case) -> Row:
    """`row` with the facts that the organization changed, if some wait for a reviewer."""
    # With a case that is read; rows of the index do without.
    from imr_tui.domain.new_facts import changes, in_words
    from imr_tui.store.intake.new_facts import new_facts

    if row.problem:
        return row
    try:
        if (waiting := new_facts(path.parent, case.number)) is None:
            return row
        says = in_words(changes(case, waiting))
    except ImrError as error:
        says = str(error)
    words = f"{row.words} {NEW_FACTS}" if says else row.words
    return replace(row, note=clean_line(says), words=words)


def _altered(path: Path, says: str) -> str:
    return f"{path} was signed. {says} `imr-tui verify` says what differs."


def _row(name: str, case: Case, state: str, written: str, names: EmployeeNames) -> Row:
    limit = due(case.particulars)
    number, employee = number_in_name(name), employee_as(names, case.parties.employee)
    requests = [item.request for item in case.items]
    words = (number, state, case.particulars.priority, employee, *requests)
    return Row(
        name,
        number,
        held=case.number,
        due=str(limit.day) if limit else "",
        why=limit.why if limit else "",
        decided_on=str(case.particulars.decision_date or ""),
        priority=case.particulars.priority,
        items=len(case.items),
        decided=workflow.items_decided(case),
        stage=workflow.resume(case).name,
        state=state,
        words=" ".join(words).casefold(),
        request=next(filter(None, map(str.strip, requests)), "")[:MAX_REQUEST],
        employee=employee,
        written=written,
    )


def employee_as(names: EmployeeNames, name: str) -> str:
    """The employee's name as the settings allow; `Doe, Jane A.` has the initials JAD."""
    if names == "none" or not name.strip():
        return ""
    if names == "full":
        return name.strip()
    last, comma, first = name.partition(",")
    parts = f"{first} {last}" if comma else name
    return "".join(part[0].upper() for part in parts.split() if part[0].isalpha())[:_MAX_INITIALS]
