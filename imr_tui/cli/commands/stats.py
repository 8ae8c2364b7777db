"""`imr-tui stats`: outcomes and turnaround of the determinations of a folder."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.cli.output import tell
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import Day, NamedPath, in_folder, today
from imr_tui.cli.progress import with_progress
from imr_tui.errors import BadInput
from imr_tui.services.check_case import load_setup
from imr_tui.services.open_case import folder_warnings
from imr_tui.services.record_events import record_or_tell
from imr_tui.services.statistics import read_folder
from imr_tui.services.write_letter import export_bytes
from imr_tui.statistics.chart import svg
from imr_tui.statistics.disclosure import publishable
from imr_tui.statistics.groups import GROUPINGS
from imr_tui.statistics.report_data import csv_text, plain
from imr_tui.statistics.report_text import report
from imr_tui.statistics.summary import Period, summarize
from imr_tui.store.cases.folder import Folder
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from imr_tui.services.statistics import CountedFolder
    from imr_tui.statistics.groups import Grouping
    from imr_tui.statistics.summary import Statistics


@click.command(epilog="Example: imr-tui stats --by month --from 2026-01-01")
@in_folder
@click.option(
    "--by",
    type=click.Choice(GROUPINGS),
    default="category",
    show_default=True,
    help="What to group by.",
)
@click.option("--from", "first", type=Day(), help="Count what was written on this day or later.")
@click.option("--to", "last", type=Day(), help="Count what was written on this day or before.")
@click.option("--json", "as_json", is_flag=True, help="Print the statistics as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the groups as CSV for a spreadsheet.")
@click.option("--svg", "picture", type=NamedPath(), metavar="FILE", help="Draw the groups as SVG.")
@click.option("--public", is_flag=True, help="Hide counts under 5, for publication.")
def stats(
    folder: Path,
    by: Grouping,
    first: date | None,
    last: date | None,
    picture: Path | None,
    as_json: bool,
    as_csv: bool,
    public: bool,
) -> int:
    """Count outcomes and turnaround.

    DIR is a folder of cases (default: cases). Counted are cases that are signed, or whose
    letter was written, and imported letters. The exit code is 3 if a case could not be read.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other.")
    if public and by == "reviewer":
        raise click.UsageError("--public hides accounts, so --by reviewer has nothing to show.")
    if first and last and first > last:
        raise click.UsageError("--from is later than --to.")
    tell(*folder_warnings(folder))
    read = _read(folder, by)
    counts = summarize(read.cases, by, Period(first, last), read.unfinished)
    if public:
        counts = publishable(counts)
    if picture is not None:
        export_bytes(picture, svg(counts).encode())
    show(_text(counts, as_json=as_json, as_csv=as_csv))
    tell(*(f"{problem} It was not counted." for problem in read.problems))
    tell(*record_or_tell(folder, "", "exported", now=datetime.now(UTC)))
    return BadInput.exit_code if read.problems else 0


def _read(folder: Path, by: Grouping) -> CountedFolder:
    names = case_names(folder)
    setup = load_setup(Folder(folder), today()).setup if by == "rule" else None
    return read_folder(folder, setup=setup, names=with_progress(names, len(names), "Reading cases"))


def _text(counts: Statistics, *, as_json: bool, as_csv: bool) -> str:
    if as_json:
        return json.dumps(plain(counts), indent=2)
    if as_csv:
        return csv_text(counts).rstrip("\n")
    return "\n".join(report(counts))
