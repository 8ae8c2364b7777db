"""Which classes of drugs are argued together, and against whose harm a drug is given."""

from __future__ import annotations

from collections.abc import Iterable

# Classes that are argued together, or named for each other.
_KIN = (
    {"benzodiazepine", "hypnotic", "anxiolytic"},
    {"opioid", "analgesic"},
    {"NSAID", "analgesic"},
    {"topical analgesic", "local anesthetic"},
    {"gastroprotective", "proton pump inhibitor"},
    {"gastroprotective", "H2 blocker"},
    {"anticonvulsant", "mood stabilizer"},
    {"triptan", "migraine drug", "CGRP antagonist"},
    {"opioid antagonist", "laxative"},
    {"neurotoxin", "muscle relaxant"},
    {"benzodiazepine", "muscle relaxant"},
    {"erectile dysfunction", "hormone"},
    {"anticoagulant", "antiplatelet"},
    {"antipsychotic", "antidepressant", "mood stabilizer"},
)
# Classes against whose harm a drug is given.
_AGAINST = {
    "proton pump inhibitor": {"NSAID", "corticosteroid", "anticoagulant", "antiplatelet"},
    "H2 blocker": {"NSAID", "corticosteroid", "anticoagulant", "antiplatelet"},
    "gastroprotective": {"NSAID", "corticosteroid", "anticoagulant", "antiplatelet"},
    "laxative": {"opioid"},
    "opioid antagonist": {"opioid"},
    "opioid withdrawal drug": {"opioid"},
    "antiemetic": {"opioid", "NSAID"},
    "stimulant": {"opioid"},
    "hormone": {"opioid"},
    "erectile dysfunction": {"opioid", "antidepressant"},
    "antacid": {"NSAID"},
    "urinary agent": {"opioid"},
}


def with_kin(classes: Iterable[str]) -> set[str]:
    """The classes, and those that are argued together with them."""
    own = set(classes)
    return own.union(*(kin for kin in _KIN if kin & own))


def harmful(classes: Iterable[str]) -> set[str]:
    """The classes of drugs against whose harm drugs of `classes` are given."""
    return {each for kind in classes for each in _AGAINST.get(kind, ())}
