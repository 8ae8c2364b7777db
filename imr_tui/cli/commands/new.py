"""`imr-tui new`: a new case file, from options or from an intake document."""

from pathlib import Path
from typing import Any, get_args

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import Day, in_folder
from imr_tui.model.limits import Priority
from imr_tui.store.cases import intake
from imr_tui.store.cases.folder import Folder
from imr_tui.store.intake.headings import read_names


@click.command(epilog='Example: imr-tui new CM26-0100001 --item "MRI of the lumbar spine"')
@click.argument("number")
@in_folder
@click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Read the case from this TOML, JSON or CSV file; - is standard input.",
)
@click.option("--priority", type=click.Choice(get_args(Priority)), help="Priority of the review.")
@click.option("--date-of-injury", type=Day(), help="Date of injury.")
@click.option("--date-assigned", type=Day(), help="Date of the assignment.")
@click.option("--ur-decision-date", type=Day(), help="Date of the UR decision.")
@click.option("--application-received", type=Day(), help="Date of the application.")
@click.option("--records-received", type=Day(), help="Date of the records.")
@click.option(
    "--item", "requests", multiple=True, help="Add a disputed item. Repeat it for more items."
)
def new(
    number: str, folder: Path, source: str | None, requests: tuple[str, ...], **given: Any
) -> int:
    """Create a case.

    Writes the case file of NUMBER, such as CM14-0187654, to the folder DIR (default: cases).
    """
    particulars = {key: value for key, value in given.items() if value is not None}
    tables, note = intake.read(source, read_names(folder)) if source else ({}, "")
    where = intake.name(source) if source else number
    case = intake.case_of(
        tables, where, particulars={**particulars, "number": number}, requests=requests
    )
    path = Folder(folder).new(case)
    if note:
        tell(note)
    say(str(path))
    return 0
