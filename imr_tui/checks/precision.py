"""The measured precision of each rule, on the published letters that were judged by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import tomli

FILE = "precision.toml"
"""The file with the numbers, which `python -m tests.precision` writes."""


@dataclass(frozen=True)
class Counts:
    """The findings of a rule by verdict."""

    true: int = 0
    """The letter has the fault."""
    defensible: int = 0
    """A careful colleague might ask, and the letter might still be right."""
    false: int = 0
    """The letter has no such fault."""
    unjudged: int = 0
    """Nobody has judged them yet."""

    @property
    def judged(self) -> int:
        """The number of findings with a verdict."""
        return self.true + self.defensible + self.false

    @property
    def precision(self) -> float | None:
        """The part of the judged findings that is not false, 0 to 1; None if none is judged."""
        return (self.judged - self.false) / self.judged if self.judged else None


@dataclass(frozen=True)
class Measured:
    """The counts of all rules on the same letters."""

    on: date
    """The day of the measurement."""
    letters: int
    """The number of letters."""
    rules: Mapping[str, Counts]
    """The counts by rule id; rules without a finding are left out."""

    def brief(self, rule_id: str) -> str:
        """The precision of a rule in a few words: `92% of 12 findings`."""
        counts = self.rules.get(rule_id)
        if counts is None:
            return f"no finding in {self.letters} letters"
        if counts.precision is None:
            return f"{_findings(counts.unjudged)}, not judged"
        return f"{counts.precision:.0%} of {_findings(counts.judged)}"

    def sentence(self, rule_id: str) -> str:
        """The counts of a rule, with the letters and the day."""
        counts = self.rules.get(rule_id, Counts())
        found = (
            _findings(counts.judged + counts.unjudged) if rule_id in self.rules else "no finding"
        )
        verdicts = {
            "true": counts.true,
            "defensible": counts.defensible,
            "false": counts.false,
            "not judged": counts.unjudged,
        }
        listed = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items() if count)
        where = f"{found} in {self.letters} letters"
        return f"{where} ({self.on}){': ' if listed else ''}{listed}."


def _findings(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"


def measured() -> Measured:
    """The shipped numbers; raises on errors, because the file is part of the package."""
    data = tomli.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    rules = {rule_id: Counts(**counts) for rule_id, counts in data["rules"].items()}
    return Measured(data["date"], data["letters"], rules)
