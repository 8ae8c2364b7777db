"""`imr-tui correct`: begins a correction of a signed determination."""

from pathlib import Path

import click

from imr_tui.cli.output import tell
from imr_tui.cli.parameters import NamedPath
from imr_tui.cli.signing_setup import claimed, local_now, settle_folder, trust_of
from imr_tui.services.correct_case import begin_correction
from imr_tui.services.open_case import resolve_case


@click.command()
@click.argument("case", type=NamedPath())
@click.option("--reason", required=True, help="Why the letter is corrected; not printed.")
def correct(case: Path, reason: str) -> int:
    """Correct the printed words of a signed case.

    CASE is a signed case file. It can be edited again, except for decisions, requests and the
    order of the items. Then sign it as the next revision. What was signed before stays in place.
    """
    target = resolve_case(case)
    settle_folder(target.folder.path)
    with claimed(target):
        begun = begin_correction(target.path, reason, trust_of(target.folder), local_now())
    tell(
        f"{case} can be corrected. Edit it in the app, then sign it as revision "
        f"{begun.revision + 1}.",
        f"Revision {begun.revision} is kept. `imr-tui sign --restore {case}` puts it back.",
    )
    return 0
