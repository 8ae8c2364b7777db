"""`imr-tui cover`: prints the letter that goes out with the determination of one case."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from imr_tui.checks.report import line
from imr_tui.cli.output import tell
from imr_tui.cli.pager import show_exactly
from imr_tui.cli.parameters import (
    STANDARD_OUTPUT,
    CasePath,
    Day,
    case_folder_option,
    output_option,
    template_option,
    today,
    width_option,
)
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.services.covering_letter import covering_letter_of, gaps
from imr_tui.services.open_case import resolve_case
from imr_tui.services.record_events import record_of_case
from imr_tui.services.write_letter import export_letter
from imr_tui.store.config.machine_policy import load_host


@click.command(epilog="Example: imr-tui cover CM14-0187654 -o cover.txt")
@click.argument("case", type=CasePath())
@case_folder_option
@output_option
@click.option("--date", "day", type=Day(), help="The date of the letter (default: today).")
@template_option
@width_option
def cover(
    case: Path, output: Path | None, day: date | None, template: Path | None, width: int | None
) -> int:
    """Print the covering letter of a decided case.

    CASE is a case file, or the number of a case. The letter states the overall determination, the
    decisions, the dates, the addressees and the time for an appeal.
    """
    target = resolve_case(case)
    tell(*target.warnings)
    made = covering_letter_of(
        target,
        today(),
        day or today(),
        template=template,
        width=width,
        requires_signature=load_host().require_signature,
    )
    if made.errors:
        tell(*(line(case, error) for error in made.errors))
        tell("While an error blocks the letter, there is no covering letter. Nothing was written.")
        return EXIT_FINDINGS
    tell(*gaps(target))
    if output is None or output == STANDARD_OUTPUT:
        show_exactly(made.text)
    else:
        export_letter(output, made)
    tell(*record_of_case(target.path, "exported", now=datetime.now(UTC)))
    return 0
