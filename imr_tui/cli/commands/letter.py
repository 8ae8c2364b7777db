"""`imr-tui letter`: prints the letter of one case, or writes its PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.checks.report import line
from imr_tui.cli.output import require_pipe, tell
from imr_tui.cli.pager import show_exactly
from imr_tui.cli.parameters import (
    STANDARD_OUTPUT,
    CasePath,
    NamedPath,
    case_folder_option,
    output_option,
    template_option,
    today,
    width_option,
)
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.services.letter_pdf import pdf_of_letter, write_letter_pdf
from imr_tui.services.open_case import resolve_case
from imr_tui.services.record_events import record_of_case
from imr_tui.services.write_letter import export_bytes, export_letter, letter_of, write_letter
from imr_tui.store.cases.letter_file import LETTER, PDF
from imr_tui.store.config.machine_policy import load_host

if TYPE_CHECKING:
    from imr_tui.services.open_case import Target
    from imr_tui.services.write_letter import Letter
    from imr_tui.signing.events import EventName


@click.command(epilog="Example: imr-tui letter CM26-0190442 --draft -o draft.txt")
@click.argument("case", type=CasePath())
@case_folder_option
@output_option
@click.option(
    "--pdf",
    type=NamedPath(),
    help="Write the letter as a PDF to this file, replacing it. - is standard output.",
)
@click.option(
    "--draft", is_flag=True, help="Print the letter despite errors, and mark what is missing."
)
@template_option
@width_option
def letter(
    case: Path,
    output: Path | None,
    pdf: Path | None,
    draft: bool,
    template: Path | None,
    width: int | None,
) -> int:
    """Print the determination letter of a case.

    With --pdf, the letter is printed only if -o asks for it, too.

    CASE is a case file, or the number of a case.
    """
    if pdf == STANDARD_OUTPUT:
        require_pipe("--pdf -", is_other=output == STANDARD_OUTPUT)
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
    is_draft = draft or (requires and not made.is_signed)
    if pdf is not None:
        _write_pdf(target, pdf, made, is_draft=is_draft)
    if output == STANDARD_OUTPUT or (output is None and pdf is None):
        show_exactly(made.text)
    elif output is not None:
        _write(target, output, made, is_draft=is_draft)
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
    tell(*record_of_case(target.path, event, now=now))


def _write_pdf(target: Target, output: Path, made: Letter, *, is_draft: bool) -> None:
    is_own = output.absolute() == target.path.with_suffix(PDF).absolute()
    if is_own and not is_draft:
        write_letter_pdf(target.folder.path, target.number, made.text, is_draft=False)
    else:
        data = pdf_of_letter(made.text, target.number, is_unchecked=is_draft and not made.is_signed)
        if output == STANDARD_OUTPUT:
            click.echo(data, nl=False)
        else:
            export_bytes(output, data)
    tell(*record_of_case(target.path, "exported", now=datetime.now(UTC)))


def _blocked(errors: int) -> str:
    what = "1 error blocks" if errors == 1 else f"{errors} errors block"
    return f"{what} the letter. --draft prints it anyway, with marks."
