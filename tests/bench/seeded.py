"""Which of the faults in the synthetic determinations the rules catch, rule by rule."""

from collections.abc import Iterator

from imr_tui.checks import RULES
from tests.seeded import bases
from tests.seeded.judging import tallies


def table() -> Iterator[str]:
    """Per rule the faults seeded, caught and missed, and the false alarms where there is none."""
    found = tallies()
    yield f"{'seeded faults':36}{'seeded':>8}{'caught':>8}{'missed':>8}{'false':>8}"
    for rule_id, tally in found.items():
        name = f"  {rule_id} {RULES[rule_id].slug}"
        counts = (tally.seeded, tally.caught, len(tally.missed), tally.false)
        yield f"{name:36}" + "".join(f"{count:>8}" for count in counts)
    totals = [
        sum(tally.seeded for tally in found.values()),
        sum(tally.caught for tally in found.values()),
        sum(len(tally.missed) for tally in found.values()),
        sum(tally.false for tally in found.values()),
    ]
    yield f"  in all, of {len(bases())} determinations".ljust(32) + "".join(
        f"{n:>8}" for n in totals
    )
