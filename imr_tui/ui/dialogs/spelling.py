"""The dialog that lists what a misspelled word may have meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from textual.content import Content

from imr_tui.session.misspelled import NO_SUGGESTION
from imr_tui.spelling.answers import MAX_SUGGESTIONS
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.pick import Choices, Pick, Row

if TYPE_CHECKING:
    from imr_tui.spelling.protocol import Suggestions


@dataclass(frozen=True)
class Add:
    """Add the word to those of the reviewer."""


@dataclass(frozen=True)
class Next:
    """Leave the word as it is, and go to the next one."""


Answer: TypeAlias = "str | Add | Next | None"
"""The word to write, or what else to do; None to leave the text as it is."""


class SpellingScreen(Pick["str | Add | Next"]):
    """Answers with a suggestion, with Add or with Next."""

    BINDINGS = [  # noqa: RUF012
        *(
            bind(
                f"spelling.{number}",
                f"take({number - 1})",
                "Replace",
                "Replace the word by this suggestion",
                show=number == 1,
                key_display=f"1-{MAX_SUGGESTIONS}",
            )
            for number in range(1, MAX_SUGGESTIONS + 1)
        ),
        bind("spelling.add", "add", "Add", "Add the word to your words"),
        bind(
            "spelling.next",
            "next",
            "Next",
            "Leave the word, and go to the next one",
            key_display="n",
        ),
    ]

    def __init__(self, word: str, suggestions: Suggestions, unfit: str = "") -> None:
        """`unfit`: why the word cannot be added, as a sentence; blank if it can."""

        def rows(_: str, width: int) -> Iterator[Row[str | Add | Next]]:
            for number, meant in enumerate(suggestions, 1):
                key = self.app.keys.name(f"spelling.{number}")
                yield Row.of(Content(f"{key}  {meant}"), meant)
            if not suggestions:
                yield Row(Content(NO_SUGGESTION))

        super().__init__(Choices(f"Not in the dictionary: {word}", rows))
        self._suggestions = suggestions
        self._unfit = unfit

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action == "add":
            return self._unfit
        if action == "take" and parameters[0] not in range(len(self._suggestions)):
            return "There is no such suggestion."
        return super().why_not(action, parameters)

    def action_take(self, at: int) -> None:
        self.dismiss(self._suggestions[at])

    def action_add(self) -> None:
        self.dismiss(Add())

    def action_next(self) -> None:
        self.dismiss(Next())
