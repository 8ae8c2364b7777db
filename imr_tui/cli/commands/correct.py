"""`imr-tui correct`: begins a correction of a signed determination."""

from pathlib import Path

import click

from imr_tui.cli.output import tell
from imr_tui.cli.parameters import CasePath, case_folder_option
from imr_tui.cli.signing_setup import claimed, local_now, settle_folder, trust_of
from imr_tui.services.correct_case import begin_correction
from imr_tui.services.open_case import resolve_case


@click.command(epilog='Example: imr-tui correct CM14-0187654 --reason "A date was mistyped."')
@click.argument("case", type=CasePath())
@case_folder_option
@click.option("--reason", required=True, help="Why the letter is corrected; not printed.")
def correct(case: Path, reason: str) -> int:
    """Correct the printed words of a signed case.

    CASE is a signed case. It can be edited again, except for decisions, requests and the
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
