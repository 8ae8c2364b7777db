"""Turns a text into the text of a phrase: what is true of one case only becomes a blank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imr_tui.phrases.template import BLANK, NAME
from imr_tui.reading.facts.facts import Kind, facts
from imr_tui.reading.facts.spans import replaced

if TYPE_CHECKING:
    from collections.abc import Container

_KINDS: tuple[Kind, ...] = ("date", "age", "amount", "strength")
_WORD = re.compile(r"[a-z0-9]+")
_WORDS_IN_NAME = 4


def without_facts(text: str) -> str:
    """`text` with `***` for its dates, ages, amounts and other numbers, and without braces.

    Pages and years of citations stay, and so do levels of the spine and sides.
    """
    plain = text.replace("{", "(").replace("}", ")")
    return replaced(plain, (each.span for each in facts(plain) if each.kind in _KINDS), BLANK)


def proposed_name(text: str) -> str:
    """A name made of the first words of a text; blank if it has none."""
    words = _WORD.findall(text.lower())
    return "-".join(words[:_WORDS_IN_NAME])[:32].strip("-0123456789")


def read_name(typed: str, taken: Container[str]) -> str:
    """The name that is typed for a phrase, with a period before it or not.

    Raises ValueError with the error text, also for one of the names that are `taken`.
    """
    name = typed.strip().removeprefix(".").lower()
    if not re.fullmatch(NAME, name):
        raise ValueError("Use 2 to 32 letters, digits or hyphens, a letter first.")
    if name in taken:
        raise ValueError(f"You have a phrase .{name}. Choose another name.")
    return name
