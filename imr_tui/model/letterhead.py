"""The organization's settings for every letter."""

from dataclasses import dataclass
from pathlib import Path

from imr_tui.text.layout import LETTER_WIDTH


@dataclass(frozen=True)
class Letterhead:
    """Settings of a letter that come from the organization, not from the case."""

    organization: str = "MAXIMUS Federal Services"
    """The sender of the letter."""
    label: str = "MAXIMUS"
    """The label of the reviewer's guideline line."""
    templates: Path | None = None
    """Folder with a template that replaces the shipped one."""
    width: int = LETTER_WIDTH
    """Column at which lines wrap."""
