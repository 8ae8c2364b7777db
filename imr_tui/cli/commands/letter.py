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
    help="Write to this file, replacing it. Links are refused. - is standard output.",
)
@click.option(
    "--draft", is_flag=True, help="Print the letter despite errors, and mark what is missing."
)
@click.option("--template", type=NamedPath(), help="Use the template in this folder.")
@click.option(
    "--width", type=click.IntRange(60, 200), help="Wrap lines at this column (default: 95)."
)
def letter(
    case: Path, output: Path | None, draft: bool, template: Path | None, width: int | None
) -> int:
    """Print the determination letter of a case.

    CASE is a case file, such as cases/CM14-0187654.toml.
    """
    target = resolve_case(case)
    tell(*target.warnings)
    made = letter_of(target, today(), draft=draft, template=template, width=width)
    if made.errors:
        tell(*(line(case, error) for error in made.errors))
        tell(_blocked(len(made.errors)))
        return EXIT_FINDINGS
    if output is None or output == STANDARD_OUTPUT:
        click.echo(made.text, nl=False)
    elif not draft and output.absolute() == target.path.with_suffix(LETTER).absolute():
        # As `w` in the app does, so that the worklist shows the case as written.
        write_letter(target.folder, target.open(), made, datetime.now(UTC))
    else:
        export_letter(output, made)
    return 0


def _blocked(errors: int) -> str:
    what = "1 error blocks" if errors == 1 else f"{errors} errors block"
    return f"{what} the letter. --draft prints it anyway, with marks."
