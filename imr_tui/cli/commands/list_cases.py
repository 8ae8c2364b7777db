"""`imr-tui list`: the worklist as a table or as JSON."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import DEFAULT_FOLDER, NamedPath, today
from imr_tui.services.check_case import load_setup
from imr_tui.services.open_case import folder_warnings
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import load_settings
from imr_tui.store.worklist.listing import rows_of
from imr_tui.store.worklist.rows import ALTERED, BROKEN, SIGNED_STATES, Row

JSON_SCHEMA = 2
"""The version of the JSON that this command prints."""


@click.command("list")
@click.argument("folder", type=NamedPath(), default=DEFAULT_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_cases(folder: Path, as_json: bool) -> int:
    """List cases with due dates and states.

    FOLDER is a folder of cases (default: cases).
    """
    place = Folder(folder)
    day = today()
    settings = load_settings(place)
    setup, _ = load_setup(place, day, settings)
    tell(*folder_warnings(place.path))
    rows = rows_of(place.path, setup, settings.employee_names)
    if as_json:
        cases = [describe(place, row, day) for row in rows]
        say(json.dumps({"schema": JSON_SCHEMA, "cases": cases}, indent=2))
    else:
        in_order = sorted(rows, key=attrgetter("urgency"))
        say("\n".join(table(in_order, datetime.now(UTC).astimezone())))
    return 0


def describe(place: Folder, row: Row, today: date) -> dict[str, Any]:
    """One case for JSON; a broken file has only its number, path, state and problem."""
    base = {"number": row.number, "path": str(place.path / row.name), "state": row.state}
    if row.state == BROKEN:
        return base | {"problem": row.problem}
    is_signed = row.state in SIGNED_STATES
    if row.state == ALTERED:
        base["problem"] = row.problem
    return base | {
        "written": None if is_signed else row.written or None,
        "signed": row.written or None if is_signed else None,
        "due": row.due or None,
        "due_why": row.why or None,
        "near": row.near(today),
        "priority": row.priority,
        "note": row.note or None,
        "new_facts": row.has_new_facts,
        "request": row.request,
        "employee": row.employee,
        "items": row.items,
        "decided": row.decided,
        "stage": row.stage,
    }


def table(rows: list[Row], now: datetime) -> Iterable[str]:
    """The lines of the table: open cases by due date, written ones, then the broken files."""
    lines = [("CASE", "DUE", "", "PRIORITY", "ITEMS", "STAGE", "STATE")]
    lines += (_cells(row, now) for row in rows if row.state != BROKEN)
    widths = [max(len(line[column]) for line in lines) for column in range(7)]
    for line in lines:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
    for row in rows:
        if row.state == BROKEN:
            yield f"{row.number}  BROKEN  {row.problem}"


def _cells(row: Row, now: datetime) -> tuple[str, str, str, str, str, str, str]:
    return (
        row.number,
        row.due or "-",
        row.near(now.date()),
        row.priority,
        f"{row.decided}/{row.items}",
        row.stage,
        row.shown_state(now),
    )
