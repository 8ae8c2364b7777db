"""Which actions can be reached by a key at the same time: those of a screen, with those around it.

A key may have only one meaning in each of these places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imr_tui.keys.default_keys import DEFAULT_KEYS

_APP = ("app.",)
_STAGE = (
    *_APP,
    *("walk.", "text.", "reading.", "findings.next", "findings.review"),
)
_DIALOG = ("dialog.", "app.help", "app.answer", "app.lock", "app.quit", "app.redraw")
_CHOICE = ("choice.next", "choice.previous")
_FORM = (*_DIALOG, *_CHOICE, "form.")

PLACES: Mapping[str, tuple[str, ...]] = {
    "the worklist": (*_APP, "worklist."),
    "the summary": _STAGE,
    "the credentials": (*_STAGE, "credentials."),
    "a decision": (*_STAGE, "decision.", "item.edit"),
    "the citations": (*_STAGE, "citations."),
    "Review": (*_STAGE, "letter.write", "letter.pdf", "case.", "findings."),
    # It has the keyboard to itself, and hides keys of the stage below it.
    "the find bar": (*_APP, "bar."),
    "a form": _FORM,
    "the profile": (*_FORM, "profile."),
    "the record": (*_FORM, "records."),
    "the citation form": (*_FORM, "citation."),
    "the weighing": (*_FORM, "weighing."),
    "the list of stages": (*_DIALOG, "stages."),
    "the catalogue": (*_DIALOG, "picker."),
    "the list of phrases": (*_DIALOG, "phrases."),
    "the list of rationales": (*_DIALOG, "recall."),
    "the items": (*_DIALOG, "items.", "app.undo"),
    "the spelling": (*_DIALOG, "spelling."),
    "the earlier versions": (*_DIALOG, "versions."),
    "the two texts": (*_DIALOG, "choice.mine", "choice.theirs"),
    "the request": (*_DIALOG, "request."),
    "the offer": (*_DIALOG, "offer."),
    "the open warnings": (*_DIALOG, "unresolved."),
    "the signature": (*_DIALOG, "sign."),
    "the new facts": (*_DIALOG, "facts."),
    "the letter": (*_DIALOG, "letter.close"),
    "the statistics": (*_DIALOG, "statistics."),
    "the locked screen": ("app.quit", "app.redraw"),
}
"""The actions of each place, as ids or as the beginning of ids with a dot at the end."""


def actions_of(place: str) -> tuple[str, ...]:
    """The ids of the actions in a place."""
    return tuple(matching(PLACES[place]))


def matching(patterns: Iterable[str]) -> Iterable[str]:
    """The ids that are among `patterns` or begin with one that ends with a dot."""
    for action in DEFAULT_KEYS:
        area = f"{action.partition('.')[0]}."
        if action in patterns or area in patterns:
            yield action
