"""The dialogs that list the phrases for a text, and that ask for the name of a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.phrases.template import BLANK
from imr_tui.session.open_drafts import IN_FOLDER
from imr_tui.ui.dialogs.ask import Ask, Question
from imr_tui.ui.dialogs.pick import Choices, Pick, Row, search_keys
from imr_tui.ui.widgets.key_line import cut_words

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.phrases.phrase import Field, Phrase, Phrases

_FILLED_IN = "Dates, ages and amounts became ***, to be filled in each time."
_ORIGINS = {"shipped": "", "site": "  (site)", "own": "  (yours)"}


class PhraseScreen(Pick["Phrase"]):
    """Answers with a phrase."""

    BINDINGS = search_keys("phrases", "Insert", "Insert this phrase at the cursor")

    def __init__(self, phrases: Phrases, field: Field) -> None:
        def rows(words: str, width: int) -> Iterator[Row[Phrase]]:
            for phrase in phrases.search(words, field):
                yield Row.of(_shown(phrase, width), phrase)

        super().__init__(Choices("Phrases", rows, search="opioid, surgery, therapy, ..."))


def _shown(phrase: Phrase, width: int) -> Content:
    """The name with what the phrase is for, and the beginning of its text below."""
    head = f".{phrase.name}{_ORIGINS[phrase.origin]}  {phrase.about}".rstrip()
    text = " ".join(phrase.text.split())
    room = max(width - 6, 20)
    return Content(f"{cut_words(head, width - 2)}\n    {cut_words(text, room)}")


class NameScreen(Ask[str]):
    """Asks for the name of a phrase made of selected words; shows what it will hold."""

    def __init__(self, text: str, proposed: str, taken: frozenset[str]) -> None:
        # Reads the words of texts, which the list of phrases does without.
        from imr_tui.phrases.from_text import read_name

        super().__init__(
            Question(
                heading="Keep as a phrase",
                label="Name",
                hint=_FILLED_IN if BLANK in text else "Type .name and Tab to insert it later.",
                id="phrase-name",
                path=f"{IN_FOLDER}phrase",
                read=lambda typed: read_name(typed, taken),
                value=proposed,
            )
        )
        self._text = text

    def above(self) -> Iterable[Widget]:
        yield Static(Content(cut_words(" ".join(self._text.split()), 300)), classes="hint")
