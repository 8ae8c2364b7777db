"""`imr-tui cover`: prints the letter that goes out with the determination of one case."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from imr_tui.checks.report import line
from imr_tui.cli.output import tell
from imr_tui.cli.parameters import Day, NamedPath, today
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.services.covering_letter import covering_letter_of, gaps
from imr_tui.services.open_case import resolve_case
from imr_tui.services.record_events import content_of, record_or_tell
from imr_tui.services.write_letter import export_letter
from imr_tui.store.config.machine_policy import load_host

STANDARD_OUTPUT = Path("-")


@click.command()
@click.argument("case", type=NamedPath())
@click.option(
    "-o",
    "--output",
    type=NamedPath(),
    help="Write to this file, replacing it. Links are refused. - is standard output.",
)
@click.option("--date", "day", type=Day(), help="The date of the letter (default: today).")
@click.option("--template", type=NamedPath(), help="Use the template in this folder.")
@click.option(
    "--width", type=click.IntRange(60, 200), help="Wrap lines at this column (default: 95)."
)
def cover(
    case: Path, output: Path | None, day: date | None, template: Path | None, width: int | None
) -> int:
    """Print the covering letter of a decided case.

    CASE is a case file, such as cases/CM14-0187654.toml. The letter states the overall
    determination, the decisions, the dates, the addressees and the time for an appeal.
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
        click.echo(made.text, nl=False)
    else:
        export_letter(output, made)
    folder, content, now = target.folder.path, content_of(target.path), datetime.now(UTC)
    tell(*record_or_tell(folder, target.number, "exported", content=content, now=now))
    return 0
