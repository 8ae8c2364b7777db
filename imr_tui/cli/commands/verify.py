"""`imr-tui verify`: whether signed determinations are what was signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import CasePath, folder_option
from imr_tui.cli.progress import with_progress
from imr_tui.cli.signing_setup import by_folder, settle_folder, trust_or_none
from imr_tui.errors import EXIT_FINDINGS, EXIT_FINE, BadInput
from imr_tui.services.record_events import record
from imr_tui.services.verify_cases import SigningEvents, Verified, signing_events, verify_files
from imr_tui.services.verify_log import check_log, unproved
from imr_tui.store.cases.folder import Folder
from imr_tui.store.worklist.case_files import case_names

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command(epilog="Example: imr-tui verify CM14-0187654")
@click.argument("paths", nargs=-1, type=CasePath(), metavar="[PATH]...")
@folder_option
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def verify(paths: tuple[Path, ...], folder: Path, as_json: bool) -> int:
    """Verify signed determinations.

    PATH is a case file, the number of a case, or a folder of cases (default: cases). For each case
    it checks the case file, the letter, the manifest, the signatures, and the audit log. The exit
    code is 1 if a case was altered or is not signed, 3 if one cannot be read.
    """
    results: list[Verified] = []
    faults: list[str] = []
    for place, files in by_folder(paths or (folder,), _cases).items():
        found, said = _verify_folder(place, files)
        results += found
        faults += said
    if as_json:
        say(_as_json(results, faults))
    else:
        _print(results, faults)
    return _exit_code(results, faults)


def _verify_folder(folder: Path, files: Sequence[Path]) -> tuple[list[Verified], list[str]]:
    """The results for files of one folder, and what is wrong with its log."""
    settle_folder(folder)
    trust, says = trust_or_none(Folder(folder))
    tell(*says)
    events = signing_events(folder)
    found = verify_files(files, trust, events)
    results = list(with_progress(found, len(files), "Verifying"))
    heads = {head for each in results for head in each.heads}
    report = check_log(folder, heads)
    faults = [*_missing(folder, events), *report.faults]
    tell(*filter(None, [unproved(report)]))
    number = files[0].stem if len(files) == 1 else ""
    record(folder, number, "verified", now=datetime.now(UTC))
    return results, faults


def _cases(folder: Path) -> list[Path]:
    return [folder / name for name in case_names(folder)]


def _missing(folder: Path, events: SigningEvents) -> list[str]:
    """Sentences about signed cases whose file is gone."""
    return [
        f"{Folder(folder).path_of(number)} is missing, but the log says that it was signed."
        for number in sorted(events.manifests)
        if not Folder(folder).path_of(number).exists()
    ]


def _print(results: Sequence[Verified], faults: Sequence[str]) -> None:
    for each in results:
        say(f"{each.path}: {each.status}{_details(each)}")
    tell(*faults)
    good = sum(each.status == "good" for each in results)
    tell(f"{good} of {len(results)} cases are good.")


def _details(each: Verified) -> str:
    if each.status == "good":
        return f", revision {each.revision}{', sealed' if each.is_sealed else ''}"
    return f". {each.says}" if each.says else ""


def _as_json(results: Sequence[Verified], faults: Sequence[str]) -> str:
    cases = [
        {
            "file": str(each.path),
            "status": each.status,
            "problem": each.says or None,
            "revision": each.revision or None,
            "sealed": each.is_sealed,
        }
        for each in results
    ]
    return json.dumps({"schema": JSON_SCHEMA, "cases": cases, "log": list(faults)}, indent=2)


def _exit_code(results: Sequence[Verified], faults: Sequence[str]) -> int:
    if any(each.status == "unreadable" for each in results):
        return BadInput.exit_code
    is_good = all(each.status == "good" for each in results) and not faults
    return EXIT_FINE if is_good else EXIT_FINDINGS
