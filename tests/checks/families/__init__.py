"""For each family of rules, cases that fire and near misses that must be let pass."""

from collections.abc import Mapping, Sequence

from imr_tui.checks.rule import Example

Table = Mapping[str, Sequence[Example]]
"""Cases by the rule that they are about, each made of a few fields."""
