"""`imr-tui log`: the audit log of a folder of cases, and whether it is complete."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import CasePath, NamedPath, folder_option_as
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.model.limits import required_number
from imr_tui.services.verify_log import check_log, unproved
from imr_tui.store.audit.anchor import Noted, heads_in
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imr_tui.services.verify_log import LogReport
    from imr_tui.signing.events import LoggedEvent

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command(epilog="Example: imr-tui log CM14-0187654")
@click.argument("case", type=CasePath(may_be_gone=True), required=False)
@folder_option_as("--dir")
@click.option(
    "--against",
    type=NamedPath(),
    metavar="FILE",
    help="Compare with these lines of the system log; - is standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the log as JSON.")
def log(case: Path | None, folder: Path, against: Path | None, as_json: bool) -> int:
    """Show who did what, and check the log.

    CASE is a case file or number. Without it, the events of all cases are shown. The exit code
    is 1 if events were changed or removed.
    """
    number = ""
    if case is not None and case.suffix == SUFFIX:
        folder, number = case.parent, case.stem
    elif case is not None:
        number = required_number(str(case))
    # Raises CannotStore where there is no such folder.
    case_names(folder)
    report = check_log(folder, proof=tuple(_heads(folder, against)) if against else ())
    events = list(AuditLog(folder).events(number))
    if as_json:
        say(_as_json(events, report))
    else:
        show("\n".join(_table(events)) or "No events.")
        tell(*report.faults, *filter(None, [unproved(report)]))
    return EXIT_FINDINGS if report.faults else 0


def _heads(folder: Path, against: Path) -> Iterator[Noted]:
    """The heads in lines of the system log, which an administrator gives."""
    is_stdin = against == Path("-")
    text = sys.stdin.read() if is_stdin else read_bytes(against).decode("utf-8", "backslashreplace")
    where = "standard input" if is_stdin else str(against)
    return (Noted(head, where, is_proof=True) for head in heads_in(folder, text))


def _table(events: Sequence[LoggedEvent]) -> Iterator[str]:
    accounts = max((len(each.account) for each in events), default=0)
    cases = max((len(each.case) for each in events), default=0)
    for each in events:
        at = f"{each.at.astimezone():%Y-%m-%d %H:%M:%S}"
        named = f"{each.account:<{accounts}}  {each.case:<{cases}}  {each.event}"
        yield f"{each.seq:>6}  {at}  {named}  {', '.join(each.fields)}".rstrip()


def _as_json(events: Sequence[LoggedEvent], report: LogReport) -> str:
    rows = [
        {
            "seq": each.seq,
            "at": each.at.isoformat(),
            "account": each.account,
            "case": each.case,
            "event": each.event,
            "fields": list(each.fields),
            "content": each.content,
        }
        for each in events
    ]
    head = report.head and {"seq": report.head.seq, "sha256": report.head.sha256}
    return json.dumps(
        {
            "schema": JSON_SCHEMA,
            "head": head,
            "faults": list(report.faults),
            "unproved_from": report.unproved_from,
            "events": rows,
        },
        indent=2,
    )
