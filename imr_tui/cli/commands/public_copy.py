"""`imr-tui public`: prints the public copy of a letter."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imr_tui.checks.report import line
from imr_tui.cli.output import say, tell
from imr_tui.cli.pager import show_exactly
from imr_tui.cli.parameters import (
    STANDARD_OUTPUT,
    CasePath,
    case_folder_option,
    output_option,
    today,
)
from imr_tui.errors import EXIT_FINDINGS, EXIT_FINE, BadInput
from imr_tui.services.open_case import resolve_case
from imr_tui.services.public_letter import EVENT, PublicLetter, public_letter
from imr_tui.services.record_events import record_of_case
from imr_tui.services.write_letter import export_bytes
from imr_tui.store.cases.letter_file import LETTER
from imr_tui.store.config.machine_policy import load_host
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.letter.public.public_copy import PublicCopy
    from imr_tui.services.open_case import Target

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""
UNKNOWN_NAMES = (
    "Names that the case does not list are not found. Read the copy before you publish it."
)
"""What every public copy is given out with."""


@click.command(epilog="Example: imr-tui public CM14-0187654 -o public.txt")
@click.argument("case", type=CasePath())
@case_folder_option
@output_option
@click.option("--json", "as_json", is_flag=True, help="Print the copy and the report as JSON.")
def public(case: Path, output: Path | None, as_json: bool) -> int:
    """Print the public copy of a letter.

    CASE is a case file, or the number of a case. The names of its parties, and identifying numbers
    and addresses, are replaced by ten blanks each. The exit code is 1 if an error blocks
    the letter, or if it may name somebody else.
    """
    target = resolve_case(case)
    tell(*target.warnings)
    if output and output.absolute() == target.path.with_suffix(LETTER).absolute():
        raise BadInput(f"{output} is the letter itself. Name another file for the public copy.")
    made = public_letter(target, today(), requires_signature=load_host().require_signature)
    if made.copy is not None:
        _give_out(target, output, made, made.copy, as_json=as_json)
    elif as_json:
        say(_as_json(target, made))
    tell(*_report(case, made))
    return EXIT_FINE if made.copy else EXIT_FINDINGS


def _give_out(
    target: Target, output: Path | None, made: PublicLetter, copy: PublicCopy, *, as_json: bool
) -> None:
    """Print or write the copy, and record that."""
    is_file = output is not None and output != STANDARD_OUTPUT
    if output is not None and is_file:
        export_bytes(output, copy.text.encode("ascii"))
    if as_json:
        say(_as_json(target, made))
    elif not is_file:
        show_exactly(copy.text)
    tell(*record_of_case(target.path, EVENT, now=datetime.now(UTC)))


def _report(case: Path, made: PublicLetter) -> list[str]:
    """What was removed, or why there is no copy, in sentences."""
    if made.errors:
        return [*(line(case, error) for error in made.errors), "No public copy was made."]
    if made.copy is None:
        return [
            *(f"{case}: {at}: {words!r} looks like {kind}." for at, kind, words in made.unresolved),
            "No public copy was made. Remove these words, or accept the warning on Review.",
        ]
    removed = made.copy.removed
    lines = [f"line {each.line}: removed {each.words!r}, {each.kind}." for each in removed]
    return [*lines, _total(len(removed)), *_limits(made)]


def _total(places: int) -> str:
    if places == 0:
        return "Nothing was removed."
    return "1 place has ten blanks now." if places == 1 else f"{places} places have ten blanks now."


def _limits(made: PublicLetter) -> list[str]:
    """What the copy may still contain."""
    says = []
    if not made.has_parties:
        says.append("The case lists no party, so no name was looked for.")
    if made.kept_alone:
        says.append(f"Where they stand alone, these words were kept: {listed(made.kept_alone)}.")
    if not made.is_checked:
        says.append("The folder's settings turn IMR501 down, so other names did not block this.")
    return [*says, UNKNOWN_NAMES]


def _as_json(target: Target, made: PublicLetter) -> str:
    copy = made.copy
    values: dict[str, Any] = {
        "schema": JSON_SCHEMA,
        "case": target.number,
        "letter": copy.text if copy else None,
        "removed": [each._asdict() for each in copy.removed] if copy else [],
        "kept_alone": list(made.kept_alone),
        "errors": [{"rule": each.rule.id, "place": str(each.place)} for each in made.errors],
        "unresolved": [each._asdict() | {"place": str(each.place)} for each in made.unresolved],
    }
    return json.dumps(values, indent=2)
