"""`imr-tui shared import` and `export`: copy cases between a folder and the shared store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.cli.output import tell
from imr_tui.cli.parameters import in_named_folder, today
from imr_tui.cli.progress import with_progress
from imr_tui.errors import Unreachable
from imr_tui.services.open_case import folder_warnings
from imr_tui.services.shared.store import database
from imr_tui.services.shared.transfer import Transfer, export_folder, import_folder
from imr_tui.store.config.machine_policy import load_host

if TYPE_CHECKING:
    from imr_tui.store.shared.connection.database import Database
    from imr_tui.store.shared.transfer.outcome import Outcome


@click.command("import", epilog="Example: imr-tui shared import cases --reviewer alice")
@in_named_folder
@click.option("--reviewer", default="", metavar="ROLE", help="Give the cases to this role.")
def import_cases(folder: Path, reviewer: str) -> int:
    """Copy the cases of a folder into the shared store.

    Cases that the shared store has already are left alone. The exit code is 5 if one differs, and
    3 if one cannot be read.
    """
    tell(*folder_warnings(folder))
    with _store("imported") as store:
        done = import_folder(store, folder, today(), _importing, reviewer)
    return _told(done, "imported")


@click.command("export", epilog="Example: imr-tui shared export copies")
@in_named_folder
def export_cases(folder: Path) -> int:
    """Copy all cases of the shared store into a folder.

    Files that are there already are left alone. The exit code is 5 if one differs.
    """
    with _store("exported") as store:
        done = export_folder(store, folder, _exporting)
    return _told(done, "exported")


@contextmanager
def _store(what: str) -> Iterator[Database]:
    """The shared store; says what to do if it is lost in the middle."""
    store = database(load_host())
    try:
        yield store
    except Unreachable as error:
        says = f"What was {what} before stays. Repeat the command for the rest."
        raise Unreachable(f"{error} {says}") from error
    finally:
        store.close()


def _importing(outcomes: Iterable[Outcome], count: int) -> Iterator[Outcome]:
    return with_progress(outcomes, count, "Importing")


def _exporting(outcomes: Iterable[Outcome], count: int) -> Iterator[Outcome]:
    return with_progress(outcomes, count, "Exporting")


def _told(done: Transfer, what: str) -> int:
    """Report what became of the cases; returns the exit code."""
    tell(*map(str, done.errors))
    refused = f", {len(done.errors):,} not {what}" if done.errors else ""
    tell(f"{done.copied:,} {what}, {done.same:,} there already{refused}.")
    return max((error.exit_code for error in done.errors), default=0)
