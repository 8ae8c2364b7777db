"""The pane beside the worklist: the case at the cursor."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.domain import workflow
from imr_tui.domain.origin import origin
from imr_tui.errors import ImrError
from imr_tui.terminal.background import BACKGROUND

if TYPE_CHECKING:
    from textual.timer import Timer

    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Case, Item
    from imr_tui.store.worklist.rows import Row

PANE_WIDTH = 40
"""The columns of the pane with its frame."""
WIDE = 110
"""From so many columns of the screen on, the pane is shown."""
PAUSE_SECONDS = 0.15
"""How long the cursor rests on a case before its file is read."""
_ORIGIN = 200
"""Characters of what a case reviews again that are shown."""
_DATES = (
    ("Injury", "date_of_injury"),
    ("UR decision", "ur_decision_date"),
    ("Application", "application_received"),
    ("Records", "records_received"),
    ("Assigned", "date_assigned"),
)
_NAMES = {
    "reviewer.licenses": "states of licensure",
    "reviewer.specialties": "specialties",
    "reviewer.attested": "attestations",
    "summary.text": "summary",
}


def room(width: int) -> int:
    """The columns that a screen of this width leaves for the list."""
    return width - (PANE_WIDTH if width >= WIDE else 0)


class CasePane(Static):
    """Reads the case at the cursor once the cursor rests, and shows what it holds."""

    def __init__(self) -> None:
        super().__init__("", id="pane")
        self._pause: Timer | None = None
        self._shown: tuple[str, int, str, str] | None = None

    def show(self, folder: Path, row: Row | None, changed: int, now: datetime) -> None:
        """Show the case of a row soon; `changed` is the time of its last change."""
        key = _key(row, changed) if row is not None else None
        if key == self._shown or not self.display:
            return
        self._shown = key
        if self._pause is not None:
            self._pause.stop()
        if row is None or row.problem:
            self.update("")
            return
        self._pause = self.set_timer(
            PAUSE_SECONDS,
            lambda: self.run_worker(
                self._read(folder, row, changed, now), group=f"{BACKGROUND}-pane", exclusive=True
            ),
        )

    async def _read(self, folder: Path, row: Row, changed: int, now: datetime) -> None:
        try:
            case = await asyncio.to_thread(_case_at, folder / row.name)
        except ImrError:
            # It is in the shared store only, or the next look at the folder shows why in its row.
            case = None
        if self._shown == _key(row, changed) and self.is_attached:
            self.update(described(case, row, changed, now))


def _key(row: Row, changed: int) -> tuple[str, int, str, str]:
    """Differs as soon as something else is shown."""
    return row.name, changed, row.state, row.note


def _case_at(path: Path) -> Case:
    # pydantic, which the worklist does without.
    from imr_tui.store.cases.case_file import open_case

    return open_case(path).case


def described(case: Case | None, row: Row, changed: int, now: datetime) -> Content:
    """The dates of a case, its items with their decisions, what is missing, its last change.

    Without the case, what its row holds.
    """
    lines = [*_head(row, now)]
    lines += _rest_of_row(row, changed, now) if case is None else _rest(case, row, changed, now)
    width = PANE_WIDTH - 4
    wrapped = (textwrap.wrap(line, width, subsequent_indent="  ") or [""] for line in lines)
    return Content("\n".join(line for block in wrapped for line in block))


def _head(row: Row, now: datetime) -> Iterator[str]:
    yield f"{row.number}  {row.shown_state(now)}"
    if row.note:
        yield row.note
    if row.employee:
        yield f"Employee      {row.employee}"
    yield f"Priority      {row.priority}"


def _rest_of_row(row: Row, changed: int, now: datetime) -> Iterator[str]:
    yield from _times(row, changed, now)
    yield f"{'Items':<13} {row.items}, {row.decided} decided"
    if row.request:
        yield row.request[:120]


def _rest(case: Case, row: Row, changed: int, now: datetime) -> Iterator[str]:
    yield from (line[:_ORIGIN] for line in origin(case))
    yield ""
    for name, field in _DATES:
        yield f"{name:<13} {getattr(case.particulars, field) or '-'}"
    yield from _times(row, changed, now)
    yield ""
    yield "Items"
    for index, item in enumerate(case.items):
        yield f"{index + 1} {_decision(item)}: {item.request[:120] or 'no request yet'}"
    if missing := list(missing_words(case)):
        yield ""
        yield "Missing"
        yield from missing


def _times(row: Row, changed: int, now: datetime) -> Iterator[str]:
    yield f"{'Due':<13} {row.due or '-'} {row.near(now.date())}".rstrip()
    if changed:
        moment = datetime.fromtimestamp(changed / 1e9, now.tzinfo)
        yield f"{'Last change':<13} {moment:%Y-%m-%d %H:%M}"


def _decision(item: Item) -> str:
    return item.decision or "undecided"


def missing_words(case: Case) -> Iterator[str]:
    """What a letter requires and the case lacks, one line for each stage and item."""
    if not case.items:
        yield "items in dispute"
    for stage in workflow.walk(case):
        if places := workflow.missing(case, stage):
            words = ", ".join(map(_name, places))
            yield words if stage.item is None else f"item {stage.item + 1}: {words}"


def _name(place: Place) -> str:
    return _NAMES.get(place.field, place.field)
