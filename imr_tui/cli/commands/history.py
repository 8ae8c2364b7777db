"""`imr-tui history`: the earlier versions of a case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.cli.output import tell
from imr_tui.cli.pager import show, show_exactly
from imr_tui.cli.parameters import CasePath, case_folder_option
from imr_tui.domain.changed_fields import changed_fields
from imr_tui.errors import BadInput, ImrError
from imr_tui.model.diff import differences, lines
from imr_tui.services.open_case import resolve_case
from imr_tui.services.record_events import record_of_case
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.locking.holder import this_session
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.history.versions import Version

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command(epilog="Example: imr-tui history CM26-0190442 --diff 3")
@click.argument("case", type=CasePath(may_be_gone=True))
@case_folder_option
@click.option("--show", "shown", type=int, metavar="N", help="Print version N.")
@click.option("--diff", type=int, metavar="N", help="Print the changes since version N.")
@click.option(
    "--restore", "back_to", type=int, metavar="N", help="Replace the case with version N."
)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def history(
    case: Path, shown: int | None, diff: int | None, back_to: int | None, as_json: bool
) -> int:
    """List, compare or restore earlier versions.

    CASE is a case file, or the number of a case. The newest version comes first. --restore keeps
    the current case as a new version.
    """
    if sum(given is not None for given in (shown, diff, back_to)) > 1:
        raise BadInput("Use only one of --show, --diff and --restore.")
    target = resolve_case(case, may_be_gone=True)
    folder, number = target.folder, target.number
    versions = folder.versions(number)
    if back_to is None:
        tell(*target.warnings)
    if shown is not None:
        show_exactly(read_bytes(versions.find(shown).path))
    elif diff is not None:
        version = versions.find(diff)
        before = decode(read_bytes(version.path), version.path)
        show("\n".join(lines(differences(before, target.open()))) or "No changes.")
    elif back_to is not None:
        _restore(folder, number, versions.find(back_to))
    else:
        show(_as_json(versions.all()) if as_json else _table(number, versions.all()))
    return 0


def _restore(folder: Folder, number: str, version: Version) -> None:
    now = datetime.now(UTC)
    before = folder.restore(number, version, this_session(now))
    tell(f"Restored {number} to version {version.number}.")
    if before is not None:
        tell(f"The previous state was kept as version {before}.")
    fields = _changed(folder, number, before)
    tell(*record_of_case(folder.path_of(number), "edited", fields, now=now))


def _changed(folder: Folder, number: str, before: int | None) -> tuple[str, ...]:
    """The fields that the restored case has otherwise; none if the old text cannot be read."""
    try:
        kept = folder.versions(number).find(before or 0).path
        return changed_fields(decode(read_bytes(kept), kept), folder.open(number).case)
    except ImrError:
        return ()


def _table(number: str, versions: Sequence[Version]) -> str:
    if not versions:
        return f"No earlier version of {number} yet."
    return "\n".join(
        f"{version.number:>6}  {version.at.astimezone():%Y-%m-%d %H:%M:%S}  {version.event}"
        for version in versions
    )


def _as_json(versions: Sequence[Version]) -> str:
    rows = [
        {
            "number": version.number,
            "at": version.at.isoformat(),
            "event": str(version.event),
            "path": str(version.path),
        }
        for version in versions
    ]
    return json.dumps({"schema": JSON_SCHEMA, "versions": rows}, indent=2)
