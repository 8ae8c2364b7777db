"""The script of the demonstration: what is pressed, and what the screen shows then."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from imr_tui.domain.demo_case import RIGHT, WRONG
from imr_tui.store.config.demo_mark import MARK

NOW = datetime(2026, 11, 23, 14, 2, 7, tzinfo=UTC)
"""The moment at which the demonstration is played."""
SIZE = (80, 24)
"""Columns and rows of the terminal."""
STILL = 2
"""The scene that is shown where nothing may move."""
CONCLUSION = (" Therefore,", " the MRI", " is medically necessary.")
"""What is typed at the end of the rationale, in parts."""


class Scene(NamedTuple):
    """Keys, and the screen that they lead to."""

    keys: tuple[str, ...]
    """Their names, as `tests/terminal/keys.py` has them."""
    shows: tuple[str, ...]
    """What the screen shows once the keys and the checks have had their effect."""
    seconds: float = 3.0
    """How long the animation shows it."""

    def is_shown(self, text: str) -> bool:
        """Whether a screen with this text shows it."""
        return all(words in text for words in self.shows)


def scene(*keys: str, shows: tuple[str, ...], seconds: float) -> Scene:
    return Scene(keys, shows, seconds)


def typed(text: str, *shows: str, seconds: float) -> Scene:
    """A scene in which a text is typed."""
    return Scene(tuple("space" if char == " " else char for char in text), shows, seconds)


def script() -> Iterator[Scene]:
    """All scenes, in order."""
    first, second, last = CONCLUSION
    yield scene(shows=("step 1 of 6", "half finished"), seconds=4)
    yield scene("enter", shows=("step 2 of 6", "! Review"), seconds=6)
    yield scene("o", shows=("step 3 of 6", "? Review", "Saved 14:02"), seconds=4)
    yield scene("i", "ctrl+end", shows=("TYPING", "Type: Therefore"), seconds=3)
    yield typed(first, f"{WRONG}.{first}", "45 words", seconds=0.4)
    yield typed(second, f"{WRONG}.{first}{second}", "47 words", seconds=0.4)
    yield typed(last, "step 4 of 6", "50 words", "Review 2 warnings", seconds=3)
    yield scene("ctrl+n", shows=("searches the guidelines",), seconds=4)
    yield scene("a", shows=("Cite a guideline", "Enter takes the first"), seconds=2)
    yield typed("knee", "superseded", seconds=3)
    yield scene("enter", shows=("The form is filled in",), seconds=3)
    yield scene("ctrl+s", shows=("step 5 of 6", "Review 1 warning", "IMR402"), seconds=3)
    yield scene("ctrl+n", shows=("goes to the words", "IMR308 warning", MARK), seconds=5)
    yield scene("f9", shows=("are selected.",), seconds=4)
    yield scene("i", shows=(f"Backspace removes {WRONG}",), seconds=3)
    yield scene("backspace", shows=("effusion of the .", "49 words"), seconds=0.6)
    yield typed(RIGHT, f"effusion of the {RIGHT}.", "step 6 of 6", seconds=2)
    yield scene("escape", shows=("step 6 of 6 (T", "KEYS"), seconds=3)
    yield scene("f12", shows=("writes the letter to", "Nothing is missing", MARK), seconds=5)
    yield scene("w", shows=("the tour is over", "letter written"), seconds=6)
