"""`imr-tui intake`: takes the assignments of an organization into a folder of cases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import FolderPath, case_folder_option, one_folder
from imr_tui.cli.progress import with_progress
from imr_tui.errors import BadInput, CannotStore
from imr_tui.services.intake import Intake
from imr_tui.services.intake_files import TakenFile, read_file, take_file, take_spool, told
from imr_tui.store.cases.folder import Folder
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from imr_tui.services.intake_steps import RowResult

JSON_SCHEMA = 1
"""The version of the JSON output."""


@click.command(epilog="Example: imr-tui intake assignments.csv --dry-run")
@click.argument("words", nargs=-1, metavar="[FILE|-] [DIR]")
@click.option("--dry-run", is_flag=True, help="Only report what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option(
    "--spool",
    type=FolderPath(),
    metavar="DIR",
    help="Take in, and move, the files of a directory.",
)
@case_folder_option
def intake(words: tuple[str, ...], dry_run: bool, as_json: bool, spool: Path | None) -> int:
    """Take in assignments.

    FILE is JSON Lines, JSON or CSV from the organization; - is standard input. DIR is the folder
    of cases (default: cases). A second run with the same file changes nothing.
    """
    source, folder = _arguments(words, spool)
    files: list[TakenFile] = []
    case_names(folder.path)
    # Read before the folder is locked, as standard input may take long.
    read = read_file(source, folder) if source else None
    with Intake(folder, datetime.now(UTC), is_dry_run=dry_run) as run:
        taken = take_file(read, run, _progress) if read is not None else None
        found = (
            [taken] if taken is not None else take_spool(spool or Path(), folder, run, _progress)
        )
        for file in found:
            files.append(file)
            if not as_json:
                _print(file)
    if as_json:
        say(_as_json(files, dry_run=dry_run))
    tell(*run.warnings, *_summary(files, dry_run=dry_run))
    return _exit_code(files)


def _arguments(words: Sequence[str], spool: Path | None) -> tuple[str, Folder]:
    """The source, blank with a spool directory, and the folder of cases."""
    most = 1 if spool is not None else 2
    if len(words) > most or not (words or spool):
        raise click.UsageError("Name one FILE, or - for standard input, or --spool DIR.")
    source = "" if spool is not None else words[0]
    named = words if spool is not None else words[1:]
    return source, Folder(one_folder(Path(named[0]) if named else None))


def _progress(results: Iterable[RowResult], count: int) -> Iterator[RowResult]:
    return with_progress(results, count, "Taking in")


def _print(file: TakenFile) -> None:
    where = f"{file.name}, " if file.name else ""
    if file.results:
        say("\n".join(f"{where}{told(result)}" for result in file.results))
    if file.moved_to is not None:
        say(f"{file.name}: moved to {file.moved_to}")


def _summary(files: Sequence[TakenFile], *, dry_run: bool) -> Iterator[str]:
    """Sentences about files that could not be read, the totals, and what was not kept."""
    for file in files:
        if file.error is not None:
            yield str(file.error)
        if file.stays:
            yield file.stays
    results = [result for file in files for result in file.results]
    counts = Counter(result.kind for result in results)
    totals = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    yield f"{_rows(len(results))}{f': {totals}' if totals else ''}."
    if dropped := _dropped(results):
        named = ", ".join(f"{kind} ({_rows(count)})" for kind, count in dropped.items())
        yield f"Not kept, because no determination needs it: {named}."
    if dry_run:
        yield "Nothing was written, because this was a dry run."


def _dropped(results: Sequence[RowResult]) -> dict[str, int]:
    """The kinds of data that are not kept, with the number of rows that had them."""
    return dict(sorted(Counter(kind for each in results for kind in each.dropped).items()))


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def _as_json(files: Sequence[TakenFile], *, dry_run: bool) -> str:
    results = [result for file in files for result in file.results]
    rows = [
        {
            "file": file.name,
            "line": each.line,
            "number": each.number,
            "result": each.kind,
            "says": each.says,
            "not_kept": list(each.dropped),
        }
        for file in files
        for each in file.results
    ]
    values = {
        "schema": JSON_SCHEMA,
        "dry_run": dry_run,
        "rows": rows,
        "totals": dict(Counter(each.kind for each in results)),
        "not_kept": _dropped(results),
        "files": [
            {
                "file": file.name,
                "error": str(file.error) if file.error is not None else "",
                "stays": file.stays,
                "moved_to": str(file.moved_to) if file.moved_to is not None else "",
            }
            for file in files
        ],
    }
    return json.dumps(values, indent=2)


def _exit_code(files: Sequence[TakenFile]) -> int:
    """0 if all rows were taken in; the code of CannotStore if the disk refused any."""
    if any(file.needs_another_try for file in files):
        return CannotStore.exit_code
    return BadInput.exit_code if any(file.is_refused for file in files) else 0
