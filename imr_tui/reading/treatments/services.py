"""Compares what a text names with a requested item: treatment, drug, region and other words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.body import anatomy
from imr_tui.reading.drugs.drugs import classes_named, drugs, same
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.treatments import treatment_kinds

if TYPE_CHECKING:
    from imr_tui.reading.drugs.drug_table import Drug

_SERVICE_CACHE_SIZE = 1024
ASSOCIATED = (
    r"(?:associated|related) (?:surgical|post-?\s?operative|procedure)?\s*"
    r"(?:services?|items?|requests?)"
)
"""A pattern for the words in front of a request that goes with another."""
_PREFIX = LazyPattern(
    r"\s*(?:(?:retrospective|prospective) (?:request for )?(?:an? |the )?"
    rf"|{ASSOCIATED}\s*[:-]?\s*)"
)
_AFTER_HEAD = LazyPattern(r" (?:of|for|to|with|under|at|in|on) ")
_WORD = re.compile(r"[a-z][a-z'-]{2,}")
_STEM = 6
"""Letters by which forms of a word are recognized as the same: arthroscopy, arthroscopic."""
_COMMON = frozenset(
    _WORD.findall(
        "additional also and another any are associated based bilateral both capsule capsules "
        "current daily date day days device dos dose each eight for four from further her his "
        "hour hours initial intervention item left medical medication modality month monthly "
        "months more necessary need needed non not number one original outpatient pair patient "
        "per post-op postoperative pre-op preoperative procedure prospective purchase quantity "
        "refill refills remaining rental repeat request requested requests retrospective right "
        "series service services session sessions seven six study supplies supply surgical "
        "tablet tablets ten test testing that the therapy this three times total treatment "
        "treatments trial twelve twice two unit unknown unspecified use visit visits was week "
        "weekly weeks with without worker"
    )
)
"""Words that do not tell one request from another."""
VAGUE = frozenset(("drug", "equipment", "imaging", "visit"))
"""Kinds whose names any item may go by."""


class Service(NamedTuple):
    """What a text names: a requested item, or the subject of a sentence."""

    kinds: frozenset[str]
    """Kinds of treatment and study."""
    head: frozenset[str]
    """Those of its first words, up to "of" or "for"; all if these name none."""
    drugs: tuple[Drug, ...]
    """Drugs."""
    classes: frozenset[str]
    """Classes of drugs, named directly."""
    regions: frozenset[str]
    """Body regions."""
    words: frozenset[str]
    """Stems of the words that tell it from other requests, regions included."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing tells it from another request, as in "the requested treatment"."""
        return not (self.kinds - VAGUE or self.drugs or self.classes or self.words)

    @property
    def is_operation(self) -> bool:
        """Whether it is a surgical procedure."""
        return any("surgery" in treatment_kinds.broader_kinds(kind) for kind in self.kinds)


@lru_cache(maxsize=_SERVICE_CACHE_SIZE)
def service(text: str) -> Service:
    """The treatment that `text` names; "associated surgical service" in front is left out."""
    prefix = _PREFIX.match(lowered(text))
    body = text[prefix.end() :] if prefix else text
    words = {word[:_STEM] for word in _WORD.findall(lowered(body)) if word not in _COMMON}
    kinds = treatment_kinds.kinds(body)
    return Service(
        kinds,
        _head(treatment_kinds.kinds(_AFTER_HEAD.split(body, most=1)[0]), kinds),
        tuple(mention.drug for mention in drugs(body)),
        classes_named(body),
        anatomy.names(body),
        frozenset(words),
    )


def _head(first: frozenset[str], kinds: frozenset[str]) -> frozenset[str]:
    """The kinds of the first words; all kinds if a later word makes one of the first specific."""
    return first if first and first <= kinds else kinds


def shares_drug(one: Service, other: Service) -> bool:
    """Whether both name the same drug, or one names a class of a drug of the other."""
    if any(same(each, drug) for each in one.drugs for drug in other.drugs):
        return True
    return any(set(drug.classes) & other.classes for drug in one.drugs) or any(
        set(drug.classes) & one.classes for drug in other.drugs
    )


def other_treatment(own: Service, named: Service) -> str:
    """The treatment or drug that `named` is and `own` is not; blank if they may be the same."""
    kinds = named.head - VAGUE
    if shares_drug(own, named):
        return ""
    if own.drugs and named.drugs:
        return named.drugs[0].generic
    if treatment_kinds.any_related(own.kinds, named.head):
        return ""
    if kinds and own.kinds:
        return f"the {min(kinds)}"
    if own.words & named.words:
        return ""
    if own.kinds and named.drugs and not own.kinds & _GIVEN:
        return named.drugs[0].generic
    if kinds - FORMS and own.drugs:
        return f"the {min(kinds)}"
    return ""


FORMS = frozenset(("topical", "compound", "injection", "joint injection", "infusion"))
"""Forms in which a drug is given, by which a request of the drug may be called."""
_GIVEN = FORMS | {"viscosupplementation", "botulinum toxin", "pain pump", "drug"}


def other_region(own: Service, named: Service) -> str:
    """The region that `named` is about and `own` is not; blank if they may agree."""
    if own.regions and named.regions and not anatomy.any_related(own.regions, named.regions):
        return f"the {min(named.regions)}"
    return ""


def is_named(own: Service, text: Service) -> bool:
    """Whether a text names the requested treatment: its kind, drug or class, or else its words."""
    if own.kinds or own.drugs:
        related = treatment_kinds.any_related(own.kinds, text.kinds)
        return related or shares_drug(own, text)
    return bool(own.words & text.words)


def fits(named: Service, item: Service) -> float:
    """The part of the words of `named` that `item` has, 0 to 1; 1 for the same drug."""
    if shares_drug(named, item):
        return 1.0
    return len(named.words & item.words) / len(named.words) if named.words else 0.0
