"""IMR112: characters that a plain-text letter cannot hold."""

from collections.abc import Iterator

from imr_tui.checks.draft import Draft
from imr_tui.checks.rule import Hit, rule
from imr_tui.text import name_character, unprintable


@rule(
    "IMR112",
    "character-unprintable",
    "error",
    why="The letter is ASCII, and a character dropped from a dose or a name changes it.",
    source="The letter's form, constant in the published determinations",
    fires={"rationale": "The angle is \u2220 40."},
    passes={"rationale": "The angle is \u2265 40\u00b0."},
)
def character_unprintable(draft: Draft) -> Iterator[Hit]:
    """A printed text holds a character that has no ASCII form in the table."""
    for place, text in draft.printed:
        for at in unprintable(text):
            says = f"{name_character(text[at])} cannot be printed in the letter; write it in words."
            yield Hit(place, says, (at, at + 1))
            break
