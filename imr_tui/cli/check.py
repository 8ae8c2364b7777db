"""`imr-tui check`: what the rules find in cases."""

import json
from pathlib import Path
from typing import Any

import click

from imr_tui import checks
from imr_tui.checks import report
from imr_tui.cli.paths import entries
from imr_tui.cli.speech import say, tell
from imr_tui.errors import EXIT_FINDINGS, BadInput


@click.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--select", default="", help="Only these rules: ids or beginnings, with commas.")
@click.option("--ignore", default="", help="Not these rules.")
def check(paths: tuple[Path, ...], as_json: bool, select: str, ignore: str) -> int:
    """Check the case files and folders PATHS; exit 1 on errors or warnings."""
    policy = checks.Policy(_rules(select), _rules(ignore))
    found: list[dict[str, Any]] = []
    lines: list[str] = []
    broken: list[str] = []
    for entry in entries(paths):
        if entry.case is None:
            broken.append(entry.problem)
            continue
        for finding in checks.run(checks.Draft(entry.case), policy):
            found.append(report.plain(entry.path, finding))
            lines.append(report.line(entry.path, finding))
    if as_json:
        document = {"schema": report.JSON_SCHEMA, "findings": found, "broken": broken}
        say(json.dumps(document, indent=2))
    elif lines:
        say("\n".join(lines))
    for problem in broken:
        tell(problem)
    if broken:
        return BadInput.exit_code
    return EXIT_FINDINGS if any(each["open"] for each in found) else 0


def _rules(text: str) -> tuple[str, ...]:
    rules = tuple(part.strip().upper() for part in text.split(",") if part.strip())
    for rule in rules:
        if not any(known.startswith(rule) for known in checks.RULES):
            raise click.UsageError(f"{rule} is no rule, nor the beginning of one.")
    return rules
