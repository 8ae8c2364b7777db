"""Counts the findings on published letters by verdict: `python -m tests.precision LETTERS`.

Prints every error and warning about the letters of a folder with its id and its verdict, writes the
totals of each rule into the package, and reports findings without a verdict. The verdicts are read
from a file of one table per letter, with a key per finding: its rule, its field, and a digest of
its message. A verdict is true, defensible or false.

    [CM00-0000001]
    "IMR301 item 1 rationale 0123abcd" = "true"
"""

import argparse
import hashlib
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import tomli_w

from imr_tui.checks import Finding, precision
from imr_tui.checks.precision import Counts
from imr_tui.checks.report import Checked
from imr_tui.services.check_files import check_files

VERDICTS = ("true", "defensible", "false")
JUDGEMENTS = Path(__file__).with_suffix(".toml")
TOTALS = Path(precision.__file__).with_name(precision.FILE)

Judgements = Mapping[str, Mapping[str, str]]
"""The verdicts by letter and finding."""


@dataclass(frozen=True)
class Found:
    """A finding about a letter."""

    letter: str
    """The case number."""
    finding: Finding
    """The finding."""

    @property
    def key(self) -> str:
        """The finding within its letter: `IMR301 item 1 rationale 0123abcd`."""
        message = self.finding.hit.message
        digest = hashlib.sha256(message.encode()).hexdigest()[:8]
        return f"{self.finding.rule.id} {self.finding.place} {digest}"


def findings(checked: Iterable[Checked]) -> Iterator[Found]:
    """All findings about letters, in their order."""
    for each in checked:
        for finding in each.findings:
            yield Found(each.case.number, finding)


def read(path: Path) -> Judgements:
    """The verdicts in a file; raises ValueError for an unknown one."""
    judged: Judgements = tomllib.loads(path.read_text(encoding="utf-8"))
    for letter, keys in judged.items():
        for key, verdict in keys.items():
            if verdict not in VERDICTS:
                raise ValueError(f"{path}: {letter}: {key}: {verdict!r} is not a verdict")
    return judged


def verdict_of(found: Found, judged: Judgements) -> str:
    """The verdict on a finding; `unjudged` if it has none."""
    return judged.get(found.letter, {}).get(found.key, "unjudged")


def totals(found: Iterable[Found], judged: Judgements) -> dict[str, Counts]:
    """The number of findings of each rule by verdict."""
    counted: dict[str, Counter[str]] = {}
    for each in found:
        counted.setdefault(each.finding.rule.id, Counter())[verdict_of(each, judged)] += 1
    return {rule_id: Counts(**counted[rule_id]) for rule_id in sorted(counted)}


def written(rules: Mapping[str, Counts], letters: int, on: date) -> str:
    """The text of the file of totals."""
    tables = {
        rule_id: {name: count for name, count in vars(counts).items() if count or name in VERDICTS}
        for rule_id, counts in rules.items()
    }
    head = (
        "# The findings of each rule on published letters; `python -m tests.precision` writes it.\n"
    )
    return head + tomli_w.dumps({"date": on, "letters": letters, "rules": tables})


def stale(found: Iterable[Found], judged: Judgements) -> list[str]:
    """The verdicts on findings that no rule reports any more."""
    current = {(each.letter, each.key) for each in found}
    return [
        f"{letter}: {key}"
        for letter, keys in judged.items()
        for key in keys
        if (letter, key) not in current
    ]


def lines(found: Iterable[Found], judged: Judgements) -> Iterator[str]:
    """Each finding as a key of the file of verdicts, with its message as a comment."""
    letter = ""
    for each in found:
        if each.letter != letter:
            letter = each.letter
            yield f"[{letter}]"
        verdict = verdict_of(each, judged)
        yield f'"{each.key}" = "{verdict}"  # {each.finding.severity}: {each.finding.hit.message}'


def main(arguments: Sequence[str]) -> int:
    """Count the findings; 1 if one has no verdict, or a verdict no finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.precision")
    parser.add_argument("letters", type=Path, help="folder of published letters (*.txt)")
    parser.add_argument("--judgements", type=Path, default=JUDGEMENTS)
    parser.add_argument("--totals", type=Path, default=TOTALS, help="file to write")
    parser.add_argument("--info", action="store_true", help="list infos, too")
    given = parser.parse_args(arguments)
    today = datetime.now(UTC).date()
    checked, broken = check_files(sorted(given.letters.glob("*.txt")), today, lambda *_: None)
    judged = read(given.judgements)
    every = list(findings(checked))
    found = [each for each in every if given.info or each.finding.severity != "info"]
    print(*lines(found, judged), sep="\n")
    given.totals.write_text(written(totals(every, judged), len(checked), today), encoding="utf-8")
    left = [each for each in found if verdict_of(each, judged) == "unjudged"]
    gone = stale(every, judged)
    print(f"{len(found)} findings in {len(checked)} letters, {len(left)} without a verdict.")
    print(*(f"No verdict: {each.letter}: {each.key}" for each in left), sep="\n")
    print(*(f"No such finding: {each}" for each in gone), sep="\n")
    print(*broken, sep="\n", file=sys.stderr)
    return 1 if left or gone or broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
