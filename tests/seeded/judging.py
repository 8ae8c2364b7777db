"""Which of the seeded faults the rules notice, and what they say of what has no fault."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from imr_tui import checks
from imr_tui.checks import CheckContext, Finding
from imr_tui.model.case import Case
from tests.seeded import REVIEWER, Fault, bases
from tests.seeded.kinds import KINDS, pasting

CONFIRMATIONS = frozenset(("IMR206",))
"""Rules that ask for a confirmation and find no fault."""


@dataclass
class Tally:
    """How a rule fared."""

    seeded: int = 0
    """Faults that it is about."""
    missed: list[str] = field(default_factory=list)
    """The names of those that no rule noticed which should have."""
    false: int = 0
    """Its errors and warnings about determinations without a fault."""

    @property
    def caught(self) -> int:
        """Faults that were noticed."""
        return self.seeded - len(self.missed)


def faults() -> Iterator[Fault]:
    """Every kind of fault in every determination that can have it."""
    clean = bases()
    for kind in KINDS:
        for name, case in clean.items():
            broken = kind.seed(case)
            if broken is not None and broken != case:
                yield Fault(name, kind, broken)
    for name, kind, case in pasting(clean):
        yield Fault(name, kind, case)


def alarms(case: Case) -> list[Finding]:
    """The errors and warnings about a case, but for confirmations."""
    findings = checks.run(CheckContext(case, case.particulars.decision_date, reviewer=REVIEWER))
    return [
        each
        for each in findings
        if each.severity != "info" and each.rule.id not in CONFIRMATIONS and each.is_open
    ]


def is_caught(fault: Fault) -> bool:
    """Whether one of the rules that should notice a fault does; an info may do, too."""
    findings = checks.run(
        CheckContext(fault.case, fault.case.particulars.decision_date, reviewer=REVIEWER)
    )
    return any(finding.rule.id in fault.kind.rules for finding in findings)


def tallies() -> dict[str, Tally]:
    """How each rule fared that a fault was seeded for, or that gave a false alarm."""
    found: dict[str, Tally] = {}
    for fault in faults():
        tally = found.setdefault(fault.kind.rules[0], Tally())
        tally.seeded += 1
        if not is_caught(fault):
            tally.missed.append(fault.name)
    false = Counter(finding.rule.id for case in bases().values() for finding in alarms(case))
    for rule_id, count in false.items():
        found.setdefault(rule_id, Tally()).false = count
    return dict(sorted(found.items()))
