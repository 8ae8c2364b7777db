"""Which faults of the written determinations the rules name: `python -m tests.seeded.caught`.

With the names of kinds, lists the faults of these kinds that nothing names.
"""

import sys
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from imr_tui import checks
from imr_tui.checks import CheckContext, Finding
from imr_tui.model.case import Case
from tests.seeded.written import bases, broken, entries

RULES = Path(__file__).with_name("rules.toml")
CONFIRMATIONS = frozenset(("IMR206",))
"""Rules that ask for a confirmation and find no fault."""


@dataclass
class Result:
    """How the faults of one kind fared."""

    seeded: int = 0
    """Faults of the kind."""
    missed: list[tuple[str, str]] = field(default_factory=list)
    """The determination and the changed words of each fault that no rule names."""

    @property
    def share(self) -> float:
        """The part of the faults that a rule names, 0 to 1."""
        return 1 - len(self.missed) / self.seeded


def rules() -> dict[str, frozenset[str]]:
    """The rules that name a fault of each kind."""
    listed = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return {kind: frozenset(named) for kind, named in listed.items()}


def findings(case: Case) -> tuple[Finding, ...]:
    """What the rules find on the day of the decision."""
    return checks.run(CheckContext(case, case.particulars.decision_date))


def said(case: Case) -> frozenset[tuple[str, str, str]]:
    """Each finding by its rule, its field and its message."""
    return frozenset((each.rule.id, str(each.place), each.hit.message) for each in findings(case))


def results(only: Collection[str] = ()) -> dict[str, Result]:
    """How the faults of each kind, or only of some, fared; one is named by a new finding."""
    clean = bases()
    before = {name: said(case) for name, case in clean.items()}
    naming = rules()
    found: dict[str, Result] = {}
    for kind, entry in entries():
        if only and kind not in only:
            continue
        result = found.setdefault(kind, Result())
        result.seeded += 1
        base = entry["base"]
        new = said(broken(clean[base], entry)) - before[base]
        if not any(rule_id in naming[kind] for rule_id, _, _ in new):
            result.missed.append((base, _changed(entry)))
    return found


def alarms() -> Iterator[tuple[str, Finding]]:
    """The errors and warnings about determinations without a fault."""
    for name, case in bases().items():
        for finding in findings(case):
            if finding.severity != "info" and finding.rule.id not in CONFIRMATIONS:
                yield name, finding


def _changed(entry: dict[str, object]) -> str:
    changed = ("where", "find", "replace", "before", "after", "insert", "append", "value", "blank")
    return ", ".join(f"{key}: {entry[key]}" for key in changed if key in entry)


def table(found: dict[str, Result]) -> Iterator[str]:
    """One line per kind, and one for all."""
    yield f"{'kind of fault':24}{'seeded':>8}{'named':>8}{'share':>8}"
    for kind, result in found.items():
        yield _row(kind, result.seeded, result.seeded - len(result.missed))
    seeded = sum(result.seeded for result in found.values())
    missed = sum(len(result.missed) for result in found.values())
    yield _row("in all", seeded, seeded - missed)


def _row(name: str, seeded: int, named: int) -> str:
    return f"{name:24}{seeded:>8}{named:>8}{named / seeded:>8.0%}"


def main(kinds: list[str]) -> None:
    found = results(kinds)
    print(*table(found), sep="\n")
    for kind in kinds:
        print(f"\n{kind}: not named")
        print(*(f"  {base}: {changed}" for base, changed in found[kind].missed), sep="\n")
    if not kinds:
        print("\nwithout a fault")
        for name, finding in alarms():
            print(f"  {name}: {finding.place}: {finding.rule.id} {finding.hit.message}")


if __name__ == "__main__":
    main(sys.argv[1:])
