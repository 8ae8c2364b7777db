"""`imr-tui letter`: prints the letter of one case."""

from datetime import UTC, datetime
from pathlib import Path

import click

from imr_tui.checks.report import line
from imr_tui.cli.output import tell
from imr_tui.cli.parameters import NamedPath, today
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.services.open_case import resolve_case
from imr_tui.services.write_letter import export_letter, letter_of, write_letter
from imr_tui.store.cases.letter_file import LETTER

STANDARD_OUTPUT = Path("-")


@click.command()
@click.argument("case", type=NamedPath())
@click.option(
    "-o",
    "--output",
    type=NamedPath(),
    help="Write to this file, over what it holds; never through a link. - is standard output.",
)
@click.option("--draft", is_flag=True, help="Mark what is missing instead of refusing.")
@click.option("--template", type=NamedPath(), help="Use this folder's template.")
@click.option("--width", type=click.IntRange(60, 200), help="Wrap at this column (default 95).")
def letter(
    case: Path, output: Path | None, draft: bool, template: Path | None, width: int | None
) -> int:
    """Print the determination letter of CASE, a case file."""
    target = resolve_case(case)
    tell(*target.warnings)
    made = letter_of(target, today(), draft=draft, template=template, width=width)
    if made.errors:
        tell(*(line(case, error) for error in made.errors))
        tell("the letter is held back; --draft shows it as it is.")
        return EXIT_FINDINGS
    if output is None or output == STANDARD_OUTPUT:
        click.echo(made.text, nl=False)
    elif not draft and output.absolute() == target.path.with_suffix(LETTER).absolute():
        # As `w` in the app does, so that the worklist shows the case as written.
        write_letter(target.folder, target.open(), made, datetime.now(UTC))
    else:
        export_letter(output, made)
    return 0
