"""`imr-tui new`: a new case file, from options or from an intake document."""

from pathlib import Path
from typing import Any, get_args

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import DEFAULT_FOLDER, Day, NamedPath
from imr_tui.model.limits import Priority
from imr_tui.store.cases import intake
from imr_tui.store.cases.folder import Folder


@click.command()
@click.argument("number")
@click.argument("folder", type=NamedPath(), default=DEFAULT_FOLDER)
@click.option("--from", "source", help="A TOML or JSON intake of one case; - reads standard input.")
@click.option("--priority", type=click.Choice(get_args(Priority)))
@click.option("--date-of-injury", type=Day())
@click.option("--date-assigned", type=Day())
@click.option("--ur-decision-date", type=Day())
@click.option("--application-received", type=Day())
@click.option("--records-received", type=Day())
@click.option("--item", "requests", multiple=True, help="A disputed item; may be repeated.")
def new(
    number: str, folder: Path, source: str | None, requests: tuple[str, ...], **given: Any
) -> int:
    """Make the case file of NUMBER in FOLDER (default: cases)."""
    particulars = {key: value for key, value in given.items() if value is not None}
    tables, note = intake.read(source) if source else ({}, "")
    where = intake.name(source) if source else number
    case = intake.case_of(
        tables, where, particulars={**particulars, "number": number}, requests=requests
    )
    path = Folder(folder).new(case)
    if note:
        tell(note)
    say(str(path))
    return 0
