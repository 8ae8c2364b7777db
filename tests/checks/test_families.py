"""Every rule fires on its cases and lets its near misses pass."""

import importlib
import pkgutil

from imr_tui.checks import RULES
from imr_tui.checks.rule import Example
from tests.checks import families
from tests.examples import example
from tests.rows import each_row
from tests.test_checks import HELD

LEAST = 3
"""Cases of either sort that every rule has."""


def tables(name: str) -> dict[str, list[Example]]:
    """The tables called `name` of all families, by rule."""
    rows: dict[str, list[Example]] = {}
    for module in pkgutil.iter_modules(families.__path__):
        family = importlib.import_module(f"{families.__name__}.{module.name}")
        for rule_id, cases in getattr(family, name).items():
            rows.setdefault(rule_id, []).extend(cases)
    return rows


def params(rows: dict[str, list[Example]]) -> list[tuple[str, Example]]:
    return [(rule_id, fields) for rule_id, cases in sorted(rows.items()) for fields in cases]


FIRES, NEAR_MISSES = tables("FIRES"), tables("NEAR_MISSES")


@each_row(("rule_id", "fields"), params(FIRES))
def test_the_rule_fires(rule_id: str, fields: Example) -> None:
    assert list(RULES[rule_id].function(example(fields)))


@each_row(("rule_id", "fields"), params(NEAR_MISSES))
def test_the_rule_lets_it_pass(rule_id: str, fields: Example) -> None:
    assert list(RULES[rule_id].function(example(fields))) == []


@each_row("rule_id", sorted(set(RULES) - HELD | {"IMR112"}))
def test_every_rule_has_its_tables(rule_id: str) -> None:
    assert len(FIRES.get(rule_id, ())) >= LEAST
    assert len(NEAR_MISSES.get(rule_id, ())) >= LEAST
