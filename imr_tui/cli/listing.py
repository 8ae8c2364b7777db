"""`imr-tui list`: the worklist as a table or as JSON."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from imr_tui import checks, stages
from imr_tui.checks import Policy
from imr_tui.cli.paths import DEFAULT
from imr_tui.cli.speech import say
from imr_tui.clock import due, how_near
from imr_tui.store.folder import Entry, Folder
from imr_tui.store.settings import load_policy

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command("list")
@click.argument("folder", type=click.Path(path_type=Path), default=DEFAULT)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_cases(folder: Path, as_json: bool) -> int:
    """List the cases of FOLDER with what is due and what is done."""
    today = datetime.now(UTC).astimezone().date()
    place = Folder(folder)
    policy = load_policy(place)
    rows = [describe(entry, today, policy) for entry in place.entries()]
    if as_json:
        say(json.dumps({"schema": JSON_SCHEMA, "cases": rows}, indent=2))
    else:
        say("\n".join(table(rows)))
    return 0


def describe(entry: Entry, today: date, policy: Policy) -> dict[str, Any]:
    """One case for JSON; a broken file has only its number, path, state and problem."""
    base = {"number": entry.number, "path": str(entry.path)}
    case = entry.case
    if case is None:
        return base | {"state": "broken", "problem": entry.problem}
    limit = due(case.particulars)
    return base | {
        "state": checks.state(case, policy),
        "due": str(limit.day) if limit else None,
        "due_why": limit.why if limit else None,
        "near": how_near(case.particulars, today),
        "priority": case.particulars.priority,
        "items": len(case.items),
        "decided": stages.items_decided(case),
        "stage": stages.resume(case).name,
    }


def table(rows: list[dict[str, Any]]) -> Iterable[str]:
    """The lines of the table, broken files last with their problem."""
    cells = [("CASE", "DUE", "", "PRIORITY", "ITEMS", "STAGE", "STATE")]
    good = [row for row in rows if row["state"] != "broken"]
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
        if row["state"] == "broken":
            yield f"{row['number']}  BROKEN  {row['problem']}"
