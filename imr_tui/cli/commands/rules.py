"""`imr-tui rules`: lists or explains the rules, with the severity that the site has set."""

import difflib
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from imr_tui.checks import RULES, Policy, Rule
from imr_tui.checks.precision import Counts, Measured, measured
from imr_tui.checks.report import explain
from imr_tui.cli.output import say
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import RuleName, folder_option
from imr_tui.model.value import Value
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import load_settings
from imr_tui.text.sanitize import clean_line

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""
WIDTH = 80
"""The width of an explanation in columns."""

_FIELD = re.compile(r" *[\w.\[\]]+: ")
_OFF = "off"


@click.command(epilog="Example: imr-tui rules IMR301")
@click.argument("names", type=RuleName(), nargs=-1, metavar="[RULE]...")
@click.option("--json", "as_json", is_flag=True, help="Print the rules as JSON.")
@folder_option
def rules(names: tuple[str, ...], as_json: bool, folder: Path) -> int:
    """List or explain the rules of the checks.

    RULE is an id such as IMR301, an id prefix such as IMR3, or a slug.
    """
    chosen = [RULES[each] for each in (named(names) if names else sorted(RULES))]
    policy, numbers = load_settings(Folder(folder)).policy, measured()
    if as_json:
        found = [plain(rule, policy, numbers) for rule in chosen]
        say(json.dumps({"schema": JSON_SCHEMA, "rules": found}, indent=2, default=_plain_value))
    elif names:
        show("\n\n".join(_explained(rule, policy, folder, numbers) for rule in chosen))
    else:
        show("\n".join(table(chosen, policy, numbers)))
    return 0


def plain(rule: Rule, policy: Policy, numbers: Measured) -> dict[str, Any]:
    """One rule for JSON; `severity` is the site's, `default` the rule's own."""
    counts = numbers.rules.get(rule.id, Counts())
    return {
        "id": rule.id,
        "slug": rule.slug,
        "severity": policy.severity(rule) or _OFF,
        "default": rule.severity,
        "once": rule.once,
        "summary": rule.summary,
        "details": rule.details,
        "why": rule.why,
        "source": rule.source,
        "fires": dict(rule.fires),
        "passes": dict(rule.passes),
        "measured": {"letters": numbers.letters, "date": str(numbers.on), **asdict(counts)},
    }


def _plain_value(value: object) -> object:
    """A value of an example that JSON lacks: a part of a case under its file's keys, or a date."""
    if isinstance(value, Value):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return str(value)


def table(chosen: Sequence[Rule], policy: Policy, numbers: Measured) -> Iterator[str]:
    """`IMR103  error    rationale-missing  no finding in 38 letters  An item without a ...`"""
    width = max((len(rule.slug) for rule in chosen), default=0)
    measured = {rule.id: numbers.brief(rule.id) for rule in chosen}
    wide = max(map(len, measured.values()), default=0)
    for rule in chosen:
        severity = policy.severity(rule) or _OFF
        found = measured[rule.id]
        yield f"{rule.id}  {severity:<7}  {rule.slug:<{width}}  {found:<{wide}}  {rule.summary}"


def _explained(rule: Rule, policy: Policy, folder: Path, numbers: Measured) -> str:
    text = f"{explain(rule)}\n\nMeasured: {numbers.sentence(rule.id)}"
    if (severity := policy.severity(rule) or _OFF) != rule.severity:
        text += f"\n\nIn {folder}, the settings change it to: {severity}."
    return "\n".join(part for line in text.split("\n") for part in _wrapped(line))


def _wrapped(line: str) -> Sequence[str]:
    """Wrap a line at WIDTH; further lines of a field's value are indented."""
    indent = len(line) - len(line.lstrip()) + (4 if _FIELD.match(line) else 0)
    broken = textwrap.wrap(
        line,
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return broken or [""]


def named(words: Iterable[str]) -> tuple[str, ...]:
    """The ids of the rules that `words` name, separated by commas; raises click's UsageError."""
    parts = (part.strip() for word in words for part in word.split(","))
    return tuple(dict.fromkeys(each for part in parts if part for each in _ids(part)))


def _ids(word: str) -> Iterator[str]:
    found = [
        rule.id
        for rule in RULES.values()
        if rule.id.startswith(word.upper()) or rule.slug == word.lower()
    ]
    if not found:
        name = clean_line(word)
        raise click.UsageError(f"There is no rule {name}. {_nearest(word)}")
    return iter(found)


def _nearest(word: str) -> str:
    known = [name for rule in RULES.values() for name in (rule.id, rule.slug)]
    for form in (word.upper(), word.lower()):
        if near := difflib.get_close_matches(form, known, n=1, cutoff=0.6):
            return f"Did you mean {near[0]}?"
    return "`imr-tui rules` lists the rules."
