"""Finds the routes by which drugs are given, and the forms of drugs, in a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.numbers import NUMBER_WORDS, TENS
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

ROUTES = {
    "oral": r"oral(?:ly)?|by mouth|swallow\w*",
    "topical": r"topical(?:ly)?|transdermal|(?:applied|rubbed)(?: \w+){0,2} to the skin",
    "injection": r"inject(?:ed|able)|intravenous(?:ly)?|intramuscular(?:ly)?|subcutaneous(?:ly)?",
    "inhaled": r"inhaled",
    "nasal": r"intranasal(?:ly)?|nasal",
    "rectal": r"rectal(?:ly)?",
    "intrathecal": r"intrathecal(?:ly)?",
}
"""Patterns for the words that name a route, by route."""

FORMS = {
    "oral": r"tablets?|tabs|capsules?|caps|pills?",
    "topical": r"creams?|gels?|ointments?|lotions?",
    "patch": r"patch(?:es)?",
    "injection": r"injections?|injected|shots?",
    "inhaled": r"inhalers?|puffs?",
    "nasal": r"nasal sprays?",
    "rectal": r"suppositor(?:y|ies)",
    "eye": r"eye ?drops?",
}
"""Patterns for the forms of drugs, by the route that they mean."""

SKIN = frozenset(("topical", "patch"))
"""Routes through the skin."""

_MG = LazyPattern(r"\d\s*-?mg\b")


def alternatives(words: dict[str, str]) -> str:
    """A pattern for any of the words; the name of the group that matches is the route."""
    return "|".join(f"(?P<{route}>{pattern})" for route, pattern in words.items())


_FORM = LazyPattern(rf"\b(?:{alternatives(FORMS)})\b")
_ROUTE_OR_FORM = {
    route: "|".join(filter(None, (ROUTES.get(route), FORMS.get(route))))
    for route in {**ROUTES, **FORMS}
}
_REQUESTED = LazyPattern(rf"\b(?:{alternatives(_ROUTE_OR_FORM)})\b")
_NUMBER = rf"(?:\d+|{'|'.join((*NUMBER_WORDS, *TENS))})"
_WITHOUT_INJECTIONS = "|".join(FORMS[route] for route in FORMS if route != "injection")
# "eight injections match", "two patches a day", "the tablet has been", "applied it to the skin"
_FORM_USED = LazyPattern(
    rf"\b{_NUMBER} (?:daily )?(?P<counted>{'|'.join(FORMS.values())})"
    r"(?= (?:a day|daily|per|each|every|match\w*|are|is|will|would)\b)"
    rf"|\b(?:the|these|this|if|of) (?P<form>{_WITHOUT_INJECTIONS})\b(?! (?:site|trial|series|test))"
    r"|\b(?P<applied>applie[ds]|rub(?:s|bed)?|inject(?:s|ed)|inhale[ds]?|swallow(?:s|ed)?)"
    r" (?:it|them|this (?:drug|medication)|the (?:drug|medication))\b",
)
_APPLIED = {"appl": "topical", "rub": "topical", "inje": "injection", "inha": "inhaled"}


class FormUsed(NamedTuple):
    """A form of a drug, or a way to use one: "two patches", "applied it to the skin"."""

    words: str
    """The words."""
    route: str
    """The route that they mean."""
    span: tuple[int, int]
    """Offsets of the words."""


@lru_cache(maxsize=4 * CACHE_SIZE)
def requested_routes(request: str) -> frozenset[str]:
    """The routes by which the requested drugs may be given, as far as the request limits them."""
    low = lowered(request)
    stated = {match.lastgroup or "" for match in _REQUESTED.finditer(low)}
    listed = {route for mention in drugs(request) for route in mention.drug.routes}
    if stated:
        return frozenset(stated)
    if "oral" in listed and _MG.search(low):
        return frozenset(("oral",))
    return frozenset(listed)


@lru_cache(maxsize=CACHE_SIZE)
def forms_used(text: str) -> tuple[FormUsed, ...]:
    """The forms of drugs in `text` that are counted or referred to, outside of guidelines."""
    return tuple(_find_forms(text))


def _find_forms(text: str) -> Iterator[FormUsed]:
    low = lowered(text)
    for match in _FORM_USED.finditer(low):
        if match["applied"]:
            starts = (key for key in _APPLIED if match["applied"].startswith(key))
            route = _APPLIED.get(next(starts, ""), "oral")
        else:
            form = _FORM.search(match["counted"] or match["form"])
            route = (form.lastgroup if form else None) or ""
        yield FormUsed(match[0], route, match.span())


def mentions_route(text: str, route: str) -> bool:
    """Whether `text` names a route, or a form for it."""
    return any(match.lastgroup == route for match in _REQUESTED.finditer(lowered(text)))
