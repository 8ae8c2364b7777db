"""`imr-tui check`: the findings of the rules in cases and published letters."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from imr_tui.checks import report, statistics
from imr_tui.checks.report import Checked
from imr_tui.cli.commands.check_sources import entries
from imr_tui.cli.commands.rules import named
from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import NamedPath
from imr_tui.cli.paths import DEFAULT, today, warn_of
from imr_tui.errors import EXIT_FINDINGS, BadInput
from imr_tui.services.check_case import check_case, load_setup
from imr_tui.store.cases.folder import Folder
from imr_tui.store.safety.safe_open import SUFFIX


@click.command()
@click.argument("paths", type=NamedPath(), nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, accepted findings too.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of that JSON.")
@click.option("--statistics", "counted", is_flag=True, help="Print how often each rule fires.")
@click.option("--concise", is_flag=True, help="Print one line for each finding, without its words.")
@click.option("--all", "everything", is_flag=True, help="Print accepted findings too.")
@click.option(
    "--select", multiple=True, help="Only these rules: ids, beginnings or slugs, with commas."
)
@click.option("--ignore", multiple=True, help="Not these rules.")
def check(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    schema: bool,
    **form: bool,
) -> int:
    """Check PATHS: case files, letters (text or PDF), folders of either, or - (default: cases).

    Exit 1 on errors, or on warnings that nobody accepted.
    """
    if schema:
        say(report.schema().rstrip())
        return 0
    checked, broken = _check(paths or (DEFAULT,), named(select), named(ignore))
    if text := "\n".join(_output(checked, broken, **form)):
        say(text)
    for problem in broken:
        tell(problem)
    tell(statistics.summary(checked))
    if broken:
        return BadInput.exit_code
    is_open = any(finding.is_open for each in checked for finding in each.findings)
    return EXIT_FINDINGS if is_open else 0


def _check(
    paths: Sequence[Path], select: Sequence[str], ignore: Sequence[str]
) -> tuple[list[Checked], list[str]]:
    """The checked cases, and error texts for those that could not be read."""
    for folder in dict.fromkeys(_of_cases(paths)):
        warn_of(folder)
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    sites = {path: load_setup(Folder(path), today()) for path in folders}
    broken = [problem for site in sites.values() for problem in site.problems]
    checked = []
    for entry in entries(paths):
        if entry.case is None:
            broken.append(entry.problem)
            continue
        setup = sites[entry.path.parent].setup
        policy = replace(setup.policy, select=select, ignore=ignore)
        found = check_case(entry.case, replace(setup, policy=policy))
        checked.append(Checked(entry.path, entry.case, found))
    return checked, broken


def _of_cases(paths: Sequence[Path]) -> Iterator[Path]:
    """The folders of cases among `paths`; published letters are not confidential."""
    for path in paths:
        if path.suffix == SUFFIX and not path.is_dir():
            yield path.parent
        elif path.is_dir() and any(path.glob(f"*{SUFFIX}")):
            yield path


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
