"""`imr-tui import`: makes case files of published letters, text or PDF."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from imr_tui.cli.output import PageLine, say, tell
from imr_tui.cli.parameters import folder_option
from imr_tui.cli.progress import with_progress
from imr_tui.errors import BadInput
from imr_tui.services import import_letters as service
from imr_tui.services.import_letters import Imported, Options
from imr_tui.services.record_events import record_of_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking.holder import this_session


@click.command("import", epilog="Example: imr-tui import letter.pdf --report")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@folder_option
@click.option("--number", default="", help="Case number, if the letter does not contain one.")
@click.option("--replace", is_flag=True, help="Replace an existing case; the old version is kept.")
@click.option(
    "--loose", is_flag=True, help="Accept other kinds of letters, and import what can be read."
)
@click.option("--own", is_flag=True, help="You wrote the letters: recall finds their rationales.")
@click.option("--report", is_flag=True, help="Only report what would be imported; create no case.")
def import_letters(
    sources: tuple[str, ...],
    folder: Path,
    number: str,
    replace: bool,
    loose: bool,
    own: bool,
    report: bool,
) -> int:
    """Import published letters.

    FILE is a text file, a PDF, a folder of them, or - for standard input.
    """
    documents = list(service.documents(sources))
    if number and len(documents) > 1:
        raise BadInput("--number works with a single letter only.")
    target = None if report else Folder(folder)
    me = this_session(datetime.now(UTC)) if replace else None
    options = Options(number, loose=loose, replaced_by=me, own=own)
    with PageLine() as pages:
        results = service.import_letters(
            with_progress(documents, len(documents), "Importing"), target, pages, options
        )
    for result in results:
        _tell(result, report=report)
    if target is not None:
        tell(*_recorded(target, results))
    done = sum(result.letter is not None for result in results)
    tell(f"{done} of {len(results)} letters {'can be imported' if report else 'imported'}.")
    return max((result.error.exit_code for result in results if result.error), default=0)


def _recorded(target: Folder, results: Sequence[Imported]) -> Sequence[str]:
    """Record the new cases in the audit log; returns a warning if that fails."""
    now = datetime.now(UTC)
    for number in (result.letter.case.number for result in results if result.letter):
        if says := record_of_case(target.path_of(number), "imported", now=now):
            return says
    return ()


def _tell(result: Imported, *, report: bool) -> None:
    if result.letter is None:
        tell(f"{result.source}: {result.error}")
        return
    case, came = result.letter.case, result.letter.comparison
    outcomes = ", ".join(item.decision or "open" for item in case.items)
    count = f"{len(case.items)} item{'' if len(case.items) == 1 else 's'}"
    say(f"{result.source}: {case.number}, {count}: {outcomes}")
    if report:
        say(f"  citations read into fields: MTUS {_of(came.mtus)}, others {_of(came.others)}")
        say("  text: same as the letter" if came.is_equal else "  text: differs from the letter")
        for each in came.left_out:
            say(f"  skipped: line {each.line}, {each.why}: {each.text}")
    elif came.left_out:
        what = f"{_lines(len(came.left_out))} of page headers and footers"
        say(f"  skipped: {what} (--report lists them)")
    for what, words in (("missing", came.lost), ("added", came.added)):
        if words:
            say(f"  {what}: {' '.join(words[:20])}{' ...' if len(words) > 20 else ''}")


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def _of(share: tuple[int, int]) -> str:
    return f"{share[0]} of {share[1]}"
