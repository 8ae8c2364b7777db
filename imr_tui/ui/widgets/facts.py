"""The case's facts beside a form: dates, due date, parties, documents."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.domain.deadlines import due
from imr_tui.ui.app import ImrApp

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Record

FACTS_WIDTH = 42
"""Columns of the facts beside a form."""

_DATES = (
    ("Injury", "date_of_injury"),
    ("UR", "ur_decision_date"),
    ("Application", "application_received"),
    ("Records", "records_received"),
    ("Assigned", "date_assigned"),
)


class Facts(Static):
    """Follows the case; `brief` is the one or two lines of a narrow screen."""

    app = getters.app(ImrApp)

    def __init__(self, *, brief: bool = False) -> None:
        super().__init__("", classes="facts-brief" if brief else "facts")
        self._brief = brief
        self._shown: object = None

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Show the facts as they are now."""
        case = self.app.case
        if case is None or _facts(case) == self._shown:
            return
        self._shown = _facts(case)
        self.update(brief(case) if self._brief else full(case))


def _facts(case: Case) -> object:
    return (case.particulars, case.parties, case.records)


def brief(case: Case) -> Content:
    """The case's dates on one line."""
    known = [(name, getattr(case.particulars, field)) for name, field in _DATES]
    return Content("  ".join(f"{name} {day or '-'}" for name, day in known[:4]))


def full(case: Case) -> Content:
    """Dates, due date with its reason, parties and documents, one a line."""
    lines = ["Dates"]
    lines += [f"  {name:<12} {getattr(case.particulars, field) or '-'}" for name, field in _DATES]
    if limit := due(case.particulars):
        lines += [f"  {'Due':<12} {limit.day}", f"  {limit.why}"]
    lines += ["", "Parties", *(f"  {name}" for name in case.parties.named() or ("none named",))]
    lines += ["", f"Documents reviewed: {len(case.records)}"]
    lines += [f"  {describe(record)}" for record in case.records]
    return Content("\n".join(wrapped for line in lines for wrapped in _hanging(line)))


def _hanging(line: str) -> list[str]:
    return textwrap.wrap(line, FACTS_WIDTH, subsequent_indent="    ") or [""]


def describe(record: Record) -> str:
    """One document on one line."""
    days = [str(day) for day in (record.from_, record.to) if day]
    words = (record.title or record.kind, record.source, " to ".join(dict.fromkeys(days)))
    return ", ".join(word for word in words if word)
