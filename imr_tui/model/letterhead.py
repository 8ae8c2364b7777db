"""What the organization puts on every letter."""

from dataclasses import dataclass
from pathlib import Path

from imr_tui.text.plain_text import LETTER_WIDTH


@dataclass(frozen=True)
class Letterhead:
    """What is the organization's and not the case's."""

    organization: str = "MAXIMUS Federal Services"
    """Who sends the letter."""
    label: str = "MAXIMUS"
    """What the reviewer's guideline line is called."""
    templates: Path | None = None
    """A folder whose template is used instead of the shipped one."""
    width: int = LETTER_WIDTH
    """The column at which lines wrap."""
