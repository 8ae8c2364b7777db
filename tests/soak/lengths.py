"""The lengths campaign: no rule takes more than its share of time for a text that is longer."""

from collections.abc import Iterator

from tests.checks.test_engine import REPEATED, slow_rules

EACH = 8
"""Of so many patterns a short campaign tries one."""


def campaign(short: bool) -> Iterator[str]:
    """Every pattern that could make a rule slow, and the rules that it does make slow."""
    patterns = REPEATED[::EACH] if short else REPEATED
    for pattern in patterns:
        yield from (f"  fault: {rule} over {pattern!r}" for rule in slow_rules(pattern))
    yield f"patterns over all rules           {len(patterns)}"
