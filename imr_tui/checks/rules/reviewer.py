"""IMR502 and IMR503: the reviewer's name and credentials."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.catalogue import credentials
from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.names import mention, person
from imr_tui.reading.patterns import LazyPattern, unaccented

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR502",
    "reviewer-named",
    "error",
    why="The reviewer's name is confidential and never appears in a letter.",
    source="Labor Code 4610.6(f)",
    fires={"reviewer": "Avery Sampleton", "rationale": "Signed, Avery B. Sampleton, M.D."},
    passes={"reviewer": "Avery Sampleton", "rationale": "A sample of avery was not taken."},
)
def reviewer_named(context: CheckContext) -> Iterator[Hit]:
    """The reviewer's own name, as the profile or the account has it, is in a printed text.

    Counted are the full name in either order, with or without what stands between, and the
    surname with a title, a degree or an initial; a surname alone may be the name of a clinical
    sign. Capitals count: who "drew long breaths" is no Drew Long. The name of the account
    counts where it is made of the surname and more, and has six characters.
    """
    if (who := person(context.reviewer)) is None:
        return
    login = rf"|(?<![\w.-])(?i:{re.escape(context.login)})(?!\w)" if context.login else ""
    pattern = LazyPattern(mention(who) + login)
    for place, text in context.printed:
        if match := pattern.search(unaccented(text)):
            yield Hit(
                place, "This is the reviewer's own name, which is confidential.", match.span()
            )


@rule(
    "IMR503",
    "credential-unknown",
    "warning",
    why="The letter describes the reviewer's qualifications, and a misspelled one describes none.",
    source="Labor Code 4610.6(d); a specialty was printed misspelled once in 194 letters",
    fires={"reviewer.specialties": ("Sports Medicinea",)},
    passes={"reviewer.specialties": ("Sports Medicine", "Pain Management")},
)
def credential_unknown(context: CheckContext) -> Iterator[Hit]:
    """A licence or a specialty is in no list; free text stays possible, once it is accepted."""
    reviewer = context.case.reviewer
    yield from _unknown("licenses", reviewer.licenses, credentials.states())
    yield from _unknown("specialties", reviewer.specialties, credentials.specialties())


def _unknown(field: str, given: Sequence[str], known: Sequence[str]) -> Iterator[Hit]:
    find = credentials.state if field == "licenses" else credentials.specialty
    start = 0
    for each in given:
        if each.strip() and find(each) is None:
            near = difflib.get_close_matches(each.strip(), known, 1, 0.8)
            hint = f"perhaps {near[0]} is meant" if near else "check how it is spelled"
            says = f"{each.strip()} is not in the list of {field}; {hint}."
            yield Hit(Place(f"reviewer.{field}"), says, (start, start + len(each)))
        start += len(each) + 1
