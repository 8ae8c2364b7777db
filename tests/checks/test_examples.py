"""The examples that explain a rule are true: one fires, the other is let pass."""

from imr_tui import checks
from imr_tui.checks import RULES, Rule
from tests.examples import base, example
from tests.rows import each_row

ALL = [rule for _, rule in sorted(RULES.items())]


def test_nothing_is_found_in_the_base() -> None:
    found = [
        finding
        for finding in checks.run(checks.CheckContext(base()))
        if finding.rule.id != "IMR206"
    ]
    assert [(finding.rule.id, finding.hit.message) for finding in found] == []


@each_row("rule", ALL)
def test_the_example_fires(rule: Rule) -> None:
    hits = list(rule.function(example(rule.fires)))
    assert hits
    assert all(hit.message.endswith((".", "?")) for hit in hits)


@each_row("rule", ALL)
def test_the_near_miss_is_let_pass(rule: Rule) -> None:
    assert list(rule.function(example(rule.passes))) == []
