"""The six steps of the tour: what to press in each place, and what happened then.

Which step is next depends on the case and on what is shown, never on the time or on keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain import demo_case
from imr_tui.domain.demo_case import OPEN_ITEM, RIGHT, WRONG

if TYPE_CHECKING:
    from imr_tui.checks import Finding
    from imr_tui.model.case import Case, Item


class Seen(NamedTuple):
    """What the tour can observe."""

    place: str
    """`worklist`, the kind of a stage, or the class of a dialog."""
    item: int | None = None
    """The 0-based item of the stage, if it is about one."""
    is_dialog: bool = False
    """Whether the place is a dialog."""
    is_typing: bool = False
    """Whether a key is text for the focused widget."""
    case: Case | None = None
    """The open case."""
    findings: tuple[Finding, ...] | None = None
    """The findings in it, if it was checked."""
    is_written: bool = False
    """Whether its letter was written, and the case not changed since."""


class Advice(NamedTuple):
    """What to press in a place; `{walk.next}` stands for the key of the binding with this id."""

    place: str
    """The place as in `Seen`; blank for any stage or the worklist."""
    says: str
    """One or two sentences."""
    is_typing: bool | None = None
    """Whether it is for typing, or for outside a text; None for both."""

    def fits(self, seen: Seen) -> bool:
        """Whether it is for what is seen."""
        if self.is_typing not in (None, seen.is_typing):
            return False
        if not self.place:
            return not seen.is_dialog
        return self.place == seen.place and seen.item in (None, OPEN_ITEM)


class Step(NamedTuple):
    """A step of the tour."""

    is_done: Callable[[Seen], bool]
    """Whether the reviewer has done it."""
    happened: str
    """What happened then, as a sentence; shown with the next step."""
    advice: tuple[Advice, ...]
    """What to press; the first that fits is shown."""


class Shown(NamedTuple):
    """What the tour shows."""

    title: str
    """Which step it is."""
    happened: str
    """What happened last, as a sentence."""
    says: str
    """What to press; blank where the tour has nothing to say."""
    is_over: bool = False
    """Whether all steps are done."""


def shown(seen: Seen, *, is_over: bool = False) -> Shown:
    """What the tour says about what is seen: the first step that is not done.

    `is_over`: whether all were done before, so that no step is shown again.
    """
    happened = BEGINNING
    for number, step in enumerate(STEPS, 1):
        if not (is_over or step.is_done(seen)):
            title = f"DEMO: step {number} of {len(STEPS)}"
            return Shown(title, happened, _advice(step.advice, seen))
        happened = step.happened
    return Shown("DEMO: the tour is over", happened, _advice(END, seen), is_over=True)


def _advice(listed: tuple[Advice, ...], seen: Seen) -> str:
    return next((each.says for each in listed if each.fits(seen)), "")


# ── What the reviewer has done ───────────────────────────────────────────────────────────────

_CONCLUDED = re.compile(r"\bnecessary\b[^.]*\.")


def _item(seen: Seen) -> Item | None:
    """The item that the tour finishes; None without the case, or if it was removed."""
    if seen.case is None or len(seen.case.items) <= OPEN_ITEM:
        return None
    return seen.case.items[OPEN_ITEM]


def _is_open(seen: Seen) -> bool:
    return seen.case is not None and seen.case.number == demo_case.NUMBER


def _is_decided(seen: Seen) -> bool:
    item = _item(seen)
    return item is not None and item.decision is not None


def _is_concluded(seen: Seen) -> bool:
    item = _item(seen)
    return item is not None and _CONCLUDED.search(item.rationale) is not None


def _is_cited(seen: Seen) -> bool:
    item = _item(seen)
    return item is not None and (item.cites or bool(item.uncited.strip()))


def _is_clean(seen: Seen) -> bool:
    return seen.findings is not None and not any(each.is_open for each in seen.findings)


# ── What it says ─────────────────────────────────────────────────────────────────────────────

BEGINNING = "Nothing here is kept, and every letter says DEMO."
"""Said with the first step."""

STEPS = (
    Step(
        _is_open,
        "The case opened at its first open field: item 2 has no decision.",
        (
            Advice("worklist", "This case is half finished. {worklist.open} opens it."),
            Advice("", "{walk.leave}, pressed twice, goes back to the worklist."),
        ),
    ),
    Step(
        _is_decided,
        "The decision is saved. You never have to save.",
        (
            Advice(
                "decision",
                "The reasons so far support the request. {decision.overturn} overturns the denial.",
                is_typing=False,
            ),
            Advice("", "{walk.leave} leaves the text.", is_typing=True),
            Advice("", "{walk.go-to} lists the stages. Choose Decision 2."),
        ),
    ),
    Step(
        _is_concluded,
        "The rationale has its conclusion, and what you typed is saved already.",
        (
            Advice(
                "decision", "The rationale lacks a conclusion. {text.enter} enters the text.", False
            ),
            Advice(
                "decision",
                "{text.end} goes to the end. Type: Therefore, the MRI is medically necessary.",
            ),
            Advice("", "{walk.go-to} lists the stages. Choose Decision 2."),
        ),
    ),
    Step(
        _is_cited,
        "The citation is in the case. The letter prints it as the form showed it.",
        (
            Advice("decision", "{walk.next} goes to the citations of this item."),
            Advice("citations", "{citations.add} searches the guidelines."),
            Advice("Picker", "Type knee. {picker.cite} takes the first guideline of the list."),
            Advice("CitationForm", "The form is filled in. {citation.finish} puts it in the case."),
            Advice("", "{walk.go-to} lists the stages. Choose Citations 2."),
        ),
    ),
    Step(
        _is_clean,
        "The checks ran again and find nothing. The letter can be written.",
        (
            Advice(
                "decision",
                f"The words {WRONG} are selected. {{text.enter}} enters the text.",
                is_typing=False,
            ),
            Advice(
                "decision",
                f"Backspace removes {WRONG}. Type {RIGHT}, and press {{walk.leave}}.",
            ),
            Advice("review", "One side is wrong. {findings.next} goes to the words."),
            Advice("", "{walk.next} goes to Review, which shows what the checks found."),
        ),
    ),
    Step(
        lambda seen: seen.is_written,
        "The letter is written. Its first line says DEMO, as do the pages of a PDF.",
        (
            Advice("review", "{letter.write} writes the letter to the demo folder."),
            Advice("", "{findings.review} goes to Review."),
        ),
    ),
)
"""The steps, in order."""

END = (Advice("", "Look around as you like. {app.quit} quits and removes the folder."),)
"""Said after the last step."""
