"""Published letters on their way into the folder of cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.letter.extract import text_of
from imr_tui.letter.parse import parse
from imr_tui.limits import is_case_number
from imr_tui.store import intake

if TYPE_CHECKING:
    from imr_tui.case import Case
    from imr_tui.letter.pdf_text import PdfTexts

SUFFIXES = (".pdf", ".txt")
"""How the files of letters end."""


@dataclass(frozen=True)
class Document:
    """A published letter that was read."""

    source: str
    """Its name."""
    text: str
    """Its text, as it was extracted."""
    case: Case
    """The case that it makes."""


def read_letter(
    source: str, number: str = "", *, loose: bool = False, pdfs: PdfTexts | None = None
) -> Document:
    """The letter at the path `source`, or on standard input for `-`; a PDF is read by `pdfs`.

    A letter that does not say its number takes `number`, or else the name of its file. Raises
    BadInput for what is no letter, CannotStore for what cannot be read.
    """
    name = intake.name(source)
    text = text_of(intake.read_source(source), name, pdfs)
    return Document(name, text, parse(text, number or _number_of(source), loose=loose))


def _number_of(source: str) -> str:
    stem = Path(source).stem
    return stem if is_case_number(stem) else ""
