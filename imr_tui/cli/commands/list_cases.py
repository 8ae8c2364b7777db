"""`imr-tui list`: the worklist as a table or as JSON."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import DEFAULT_FOLDER, NamedPath, today
from imr_tui.services.check_case import load_setup
from imr_tui.services.open_case import folder_warnings
from imr_tui.store.cases.folder import Folder
from imr_tui.store.worklist.listing import rows_of
from imr_tui.store.worklist.rows import BROKEN, Row

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command("list")
@click.argument("folder", type=NamedPath(), default=DEFAULT_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_cases(folder: Path, as_json: bool) -> int:
    """List the cases of FOLDER with what is due and what is done."""
    place = Folder(folder)
    day = today()
    setup, _ = load_setup(place, day)
    tell(*folder_warnings(place.path))
    rows = [describe(place, row, day) for row in rows_of(place.path, setup)]
    if as_json:
        say(json.dumps({"schema": JSON_SCHEMA, "cases": rows}, indent=2))
    else:
        say("\n".join(table(rows)))
    return 0


def describe(place: Folder, row: Row, today: date) -> dict[str, Any]:
    """One case for JSON; a broken file has only its number, path, state and problem."""
    base = {"number": row.number, "path": str(place.path / row.name), "state": row.state}
    if row.state == BROKEN:
        return base | {"problem": row.problem}
    return base | {
        "due": row.due or None,
        "due_why": row.why or None,
        "near": row.near(today),
        "priority": row.priority,
        "items": row.items,
        "decided": row.decided,
        "stage": row.stage,
    }


def table(rows: list[dict[str, Any]]) -> Iterable[str]:
    """The lines of the table, broken files last with their problem."""
    cells = [("CASE", "DUE", "", "PRIORITY", "ITEMS", "STAGE", "STATE")]
    good = [row for row in rows if row["state"] != BROKEN]
    for row in sorted(good, key=lambda row: (row["due"] or "9999", row["number"])):
        items = f"{row['decided']}/{row['items']}"
        cells.append(
            (
                row["number"],
                row["due"] or "-",
                row["near"],
                row["priority"],
                items,
                row["stage"],
                row["state"],
            )
        )
    widths = [max(len(line[column]) for line in cells) for column in range(7)]
    for line in cells:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
    for row in rows:
        if row["state"] == BROKEN:
            yield f"{row['number']}  BROKEN  {row['problem']}"
