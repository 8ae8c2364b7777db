"""`imr-tui letter`: prints the letter of one case."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.checks.report import line
from imr_tui.cli.output import tell
from imr_tui.cli.parameters import NamedPath, today
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.services.open_case import resolve_case
from imr_tui.services.record_events import content_of, record_or_tell
from imr_tui.services.write_letter import export_letter, letter_of, write_letter
from imr_tui.store.cases.letter_file import LETTER
from imr_tui.store.config.machine_policy import load_host

if TYPE_CHECKING:
    from imr_tui.services.open_case import Target
    from imr_tui.services.write_letter import Letter
    from imr_tui.signing.events import EventName

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
    requires = load_host().require_signature
    made = letter_of(
        target,
        today(),
        draft=draft,
        template=template,
        width=width,
        requires_signature=requires,
    )
    if made.errors:
        tell(*(line(case, error) for error in made.errors))
        tell(_blocked(len(made.errors)))
        return EXIT_FINDINGS
    if output is None or output == STANDARD_OUTPUT:
        click.echo(made.text, nl=False)
    else:
        _write(target, output, made, is_draft=draft or (requires and not made.is_signed))
    return 0


def _write(target: Target, output: Path, made: Letter, *, is_draft: bool) -> None:
    is_own = not is_draft and output.absolute() == target.path.with_suffix(LETTER).absolute()
    event: EventName = "letter written" if is_own else "exported"
    now = datetime.now(UTC)
    if is_own:
        # As `w` in the app does, so that the worklist shows the case as written.
        write_letter(target.folder, target.open(), made, now)
    else:
        export_letter(output, made)
    content = content_of(target.path)
    tell(*record_or_tell(target.folder.path, target.number, event, content=content, now=now))


def _blocked(errors: int) -> str:
    what = "1 error blocks" if errors == 1 else f"{errors} errors block"
    return f"{what} the letter. --draft prints it anyway, with marks."
