"""`imr-tui list`: the worklist as a table or as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from imr_tui.cli.case_table import lines
from imr_tui.cli.output import say, tell, terminal_width
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import DueTest, in_folder, today
from imr_tui.services.check_case import load_setup
from imr_tui.services.open_case import folder_warnings
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import load_settings
from imr_tui.store.worklist.listing import listed
from imr_tui.store.worklist.rows import ALTERED, BROKEN, SIGNED_STATES, Row
from imr_tui.store.worklist.selection import ORDERS, STATE_WORDS, in_states, matches, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from imr_tui.store.worklist.selection import Order

JSON_SCHEMA = 2
"""The version of the JSON that this command prints."""


@click.command("list", epilog='Example: imr-tui list --state draft --due "<12/15"')
@in_folder
@click.option(
    "--state",
    "states",
    type=click.Choice(STATE_WORDS, case_sensitive=False),
    multiple=True,
    help="Only cases in this state. Repeat it for more states.",
)
@click.option(
    "--due",
    type=DueTest(),
    metavar="DAY",
    help="Only cases due on DAY, or before (<DAY) or after it (>DAY).",
)
@click.option("--sort", type=click.Choice(ORDERS), help="Sort by this column (default: due).")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_cases(
    folder: Path, states: Sequence[str], due: str | None, sort: Order | None, as_json: bool
) -> int:
    """List cases with due dates and states.

    DIR is a folder of cases (default: cases). DAY is a date, today, tomorrow or +7.
    """
    place = Folder(folder)
    day = today()
    settings = load_settings(place)
    setup, _ = load_setup(place, day, settings)
    tell(*folder_warnings(place.path))
    listing = listed(place.path, setup, settings.employee_names)
    rows: Iterable[Row] = filter(matches(due or "", day), listing.rows())
    rows = filter(in_states(states, day), rows)
    if sort or not as_json:
        rows = ordered(rows, sort or "due", listing.changed)
    if as_json:
        cases = [describe(place, row, day) for row in rows]
        say(json.dumps({"schema": JSON_SCHEMA, "cases": cases}, indent=2))
    else:
        show("\n".join(lines(list(rows), datetime.now(UTC).astimezone(), terminal_width())))
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
