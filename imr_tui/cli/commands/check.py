"""`imr-tui check`: the findings of the rules in cases and published letters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imr_tui.checks import report, statistics
from imr_tui.cli.commands.rules import named
from imr_tui.cli.output import PageLine, say, tell
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import CasePath, RuleName, folder_option, today
from imr_tui.errors import EXIT_FINDINGS, BadInput
from imr_tui.services.check_files import check_files, privacy_warnings

if TYPE_CHECKING:
    from imr_tui.checks.report import Checked


@click.command(epilog="Example: imr-tui check CM26-0190442 --concise --ignore IMR7")
@click.argument("paths", type=CasePath(), nargs=-1, metavar="[PATH]...")
@folder_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, including accepted findings.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the --json output.")
@click.option(
    "--statistics", "counted", is_flag=True, help="Print the number of findings per rule."
)
@click.option("--concise", is_flag=True, help="Print one line for each finding, without excerpts.")
@click.option("--all", "everything", is_flag=True, help="Print accepted findings as well.")
@click.option(
    "--select",
    type=RuleName(),
    multiple=True,
    help="Run only these rules: ids, id prefixes or slugs, separated by commas.",
)
@click.option("--ignore", type=RuleName(), multiple=True, help="Skip these rules.")
def check(
    paths: tuple[Path, ...],
    folder: Path,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    schema: bool,
    **form: bool,
) -> int:
    """Check case files and letters.

    PATH is a case file, the number of a case, a letter (text or PDF), a folder of either, or - for
    standard input. The default is the folder of cases. The exit code is 1 if errors or unaccepted
    warnings are found.
    """
    if schema:
        say(report.schema().rstrip())
        return 0
    paths, chosen, ignored = paths or (folder,), named(select), named(ignore)
    tell(*privacy_warnings(paths))
    with PageLine() as pages:
        checked, broken = check_files(paths, today(), pages, select=chosen, ignore=ignored)
    if text := "\n".join(_output(checked, broken, **form)):
        show(text)
    for problem in broken:
        tell(problem)
    tell(statistics.summary(checked))
    if broken:
        return BadInput.exit_code
    is_open = any(finding.is_open for each in checked for finding in each.findings)
    return EXIT_FINDINGS if is_open else 0


def _output(
    checked: Sequence[Checked],
    broken: Sequence[str],
    *,
    as_json: bool,
    counted: bool,
    concise: bool,
    everything: bool,
) -> Iterator[str]:
    if as_json:
        yield json.dumps(_document(checked, counted) | {"broken": broken}, indent=2)
    elif counted:
        yield from statistics.table(statistics.tallies(checked))
    else:
        for each in checked:
            for finding in each.findings:
                if everything or not finding.accepted:
                    yield report.line(each.path, finding)
                    yield from () if concise else report.excerpts(each.case, finding)


def _document(checked: Sequence[Checked], counted: bool) -> dict[str, Any]:
    head = {"schema": report.JSON_SCHEMA, "checked": len(checked)}
    if counted:
        return head | {"statistics": list(map(statistics.plain, statistics.tallies(checked)))}
    findings = [report.plain(each, finding) for each in checked for finding in each.findings]
    return head | {"findings": findings}
