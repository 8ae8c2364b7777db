"""Tells whether a heading of a guideline is about another treatment or drug class than an item."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.drugs.class_kin import harmful, with_kin
from imr_tui.reading.drugs.drug_routes import SKIN, requested_routes
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.treatments import services, treatment_kinds
from imr_tui.reading.treatments.results import is_study
from imr_tui.reading.treatments.services import Service, service

if TYPE_CHECKING:
    from imr_tui.reading.drugs.drug_table import Drug

_HEADING_CACHE_SIZE = 256
FOR_ANY_TREATMENT = frozenset(
    (
        *("assistant", "consultation", "functional evaluation", "heart study", "home care"),
        *("hospital care", "laboratory test", "transport", "visit"),
    )
)
"""Kinds of services that the guideline on any treatment may call for."""
_AROUND_TREATMENT = FOR_ANY_TREATMENT | {
    *("anesthesia", "image guidance", "interpreter", "intraoperative monitoring", "lodging"),
    *("medical clearance", "nurse case manager", "nursing facility", "psychological evaluation"),
    *("sedation", "urinalysis"),
}
_WITH_DRUGS = frozenset(
    (
        *("botulinum toxin", "detoxification", "drug screen", "functional restoration"),
        *("genetic testing", "iontophoresis", "ketamine infusion", "medical cannabis"),
        *("medical food", "pain pump", "viscosupplementation", "weight loss program"),
        "wound care",
    )
)
"""Kinds that serve to give a drug, to watch over it or to stop it."""
# Sections of ACOEM's chapters on treatment without an operation, and on any treatment.
_PHYSICAL = LazyPattern(r"\s*physical methods\s*")
_GENERAL = LazyPattern(
    r"\s*(?:special studies|summary|initial care|diagnostic criteria|surgical considerations?)\s*"
)


class _Subject(NamedTuple):
    """What a heading or a request is about."""

    kinds: frozenset[str]
    """Its kinds of treatment, without forms of drugs and words that fit any."""
    classes: frozenset[str]
    """Its drug classes."""


@lru_cache(maxsize=_HEADING_CACHE_SIZE)
def is_about_another(heading: str, request: str) -> bool:
    """Whether a heading clearly names a treatment, study or drug class that a request is not.

    Services that may go with any treatment are never another one, such as a consultation.
    """
    low = lowered(heading)
    if _GENERAL.fullmatch(low):
        return False
    own = service(request)
    if own.kinds & _AROUND_TREATMENT:
        return False
    if _PHYSICAL.fullmatch(low):
        return bool(own.kinds) and all(map(is_study, own.kinds))
    return _differ(own, request, service(heading), heading)


def is_of_operation(heading: str) -> bool:
    """Whether a heading names an operation, whose guideline also serves the care around it."""
    return service(heading).is_operation


def _differ(own: Service, request: str, named: Service, heading: str) -> bool:
    if _are_related(own, named):
        return False
    mine, theirs = _subject(own, request), _subject(named, heading)
    if mine.kinds and theirs.kinds:
        return not theirs.classes & mine.classes
    if own.words & named.words:
        return False
    if mine.classes and theirs.classes:
        return not (with_kin(mine.classes) | harmful(mine.classes)) & theirs.classes
    alone, classes = (mine.kinds, theirs.classes) if mine.kinds else (theirs.kinds, mine.classes)
    return bool(alone and classes) and not _broader(alone) & _WITH_DRUGS


def _are_related(own: Service, named: Service) -> bool:
    if services.shares_drug(own, named) or treatment_kinds.any_related(own.kinds, named.kinds):
        return True
    shared = _broader(own.kinds) & _broader(named.kinds)
    if "injection" in shared:
        return False
    # A guideline on one form of these serves to decide on the other.
    if shared & {"imaging", "psychological treatment"}:
        return True
    return treatment_kinds.any_argued_together(own.kinds, named.kinds)


def _broader(kinds: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(treatment_kinds.broader_kinds, kinds))


def _subject(named: Service, text: str) -> _Subject:
    kinds = named.kinds - services.FORMS - services.VAGUE
    return _Subject(kinds, named.classes | _classes(named.drugs, text))


def _classes(drugs: Iterable[Drug], text: str) -> frozenset[str]:
    """The classes of drugs; what is put on the skin is a topical analgesic, too.

    An opioid with acetaminophen is argued as an opioid, not as an analgesic.
    """
    found = frozenset(each for drug in drugs for each in drug.classes)
    if found and ("%" in text or requested_routes(text) & SKIN):
        return found | {"topical analgesic"}
    return found - {"analgesic"} or found
