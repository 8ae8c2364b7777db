"""IMR502: the reviewer's own name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.lazy_pattern import LazyPattern
from imr_tui.reading.names import mention, person
from imr_tui.reading.normalize import unaccented

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
