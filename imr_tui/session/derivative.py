"""Decides an item like the one that it depends on, with the phrase for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.store.cases.folder import Folder

PHRASES = {"upheld": "derivative", "overturned": "derivative-supported"}
"""The phrase for each decision; the reviewer's or the site's takes the place of the shipped one."""


class DecidedLike(NamedTuple):
    """A case in which an item was decided like another one."""

    case: Case
    """The case."""
    gained: int
    """How many characters the rationale of the item has gained."""


def no_decision_yet(at: int) -> str:
    """Says that the 0-based item that another one follows is not decided."""
    return f"Item {at + 1}, which this item follows, has no decision yet."


def decided_like(case: Case, index: int, at: int, folder: Folder) -> DecidedLike:
    """The case with the 0-based item `index` decided like the decided item `at`.

    Raises BadInput or CannotStore if the phrase cannot be had.
    """
    # Loaded with the first use: they read phrases and texts.
    from imr_tui.model import edits
    from imr_tui.phrases.case_values import case_values
    from imr_tui.store.config.phrase_files import load_phrases

    phrases = load_phrases(folder)
    name = PHRASES[case.items[at].decision or "upheld"]
    phrase = phrases.get(name, "rationale")
    if phrase is None:
        raise BadInput(f"The phrase .{name} cannot be used in a rationale. Nothing was changed.")
    decided = edits.decide_like(case, index, at + 1)
    try:
        words = phrases.expand(phrase, case_values(decided, index))
    except ValueError as error:
        raise BadInput(f"{error}. Nothing was changed.") from error
    after = edits.append_to_rationale(decided, index, words)
    gained = len(after.items[index].rationale) - len(case.items[index].rationale)
    return DecidedLike(after, gained)
