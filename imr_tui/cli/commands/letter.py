"""`imr-tui letter`: prints the letter of one case."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.checks.report import line
from imr_tui.cli.output import tell
from imr_tui.cli.parameters import NamedPath
from imr_tui.cli.paths import folder_and_number, today, warn_of
from imr_tui.errors import EXIT_FINDINGS, BadInput
from imr_tui.letter.render.renderer import render
from imr_tui.services.check_case import errors_of, load_setup
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.config.settings import load_settings
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import OWN, SUFFIX

if TYPE_CHECKING:
    from imr_tui.letter.dialects.dialect import Letterhead

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
    folder, number = folder_and_number(case)
    if not number:
        raise BadInput(f"{case} is not a case file; name one, such as {case}/CM14-0187654.toml.")
    warn_of(folder.path)
    opened = open_case(case).case
    settings = load_settings(folder)
    setup = None if draft else load_setup(folder, today(), settings, needs_profile=True).setup
    if setup is not None and (errors := errors_of(opened, setup)):
        for error in errors:
            tell(line(case, error))
        tell("the letter is held back; --draft shows it as it is.")
        return EXIT_FINDINGS
    head = _letterhead(settings.letterhead, template, width)
    text = render(opened, head, draft=draft)
    if output is None or output == STANDARD_OUTPUT:
        click.echo(text, nl=False)
    else:
        _write(output, text)
    return 0


def _write(output: Path, text: str) -> None:
    """Write the letter over an older one, but never over a case file or through a link."""
    if output.suffix == SUFFIX or OWN in output.absolute().parts:
        raise BadInput(f"{output} is named like a case file, so no letter was written there.")
    if os.path.lexists(output) and (output.is_symlink() or not output.is_file()):
        raise BadInput(f"{output} is not a regular file, so no letter was written there.")
    atomic.write(output, text.encode("ascii"))


def _letterhead(head: Letterhead, template: Path | None, width: int | None) -> Letterhead:
    if template is not None and not template.is_dir():
        raise BadInput(f"--template names {template}, which is not a folder.")
    return replace(head, templates=template or head.templates, width=width or head.width)
