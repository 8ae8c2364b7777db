"""Reads published letters, text or PDF, as cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.letter.extract.document import text_of
from imr_tui.letter.extract.page_furniture import LeftOut, left_out
from imr_tui.letter.parse.lines import read_rows
from imr_tui.letter.parse.parser import parse
from imr_tui.model.limits import is_case_number
from imr_tui.model.size import Scale, require_allowed
from imr_tui.store.cases import intake

if TYPE_CHECKING:
    from imr_tui.letter.extract.pdf_text import PdfTexts
    from imr_tui.model.case import Case

SUFFIXES = (".pdf", ".txt")
"""The suffixes of letters."""


@dataclass(frozen=True)
class Document:
    """A published letter that was read."""

    source: str
    """Its name."""
    text: str
    """Its text, as it was extracted."""
    case: Case
    """The case parsed from it."""

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Its page headers and footers, which are not part of the case."""
        return left_out(read_rows(self.text))


def read_letter(
    source: str, number: str = "", *, loose: bool = False, pdfs: PdfTexts | None = None
) -> Document:
    """Read the letter at the path `source`, or from standard input for `-`; `pdfs` reads PDFs.

    A letter without a case number takes `number`, or else the name of its file. Raises BadInput
    if it is not an IMR letter or too large for a case, CannotStore if it cannot be read.
    """
    name = intake.name(source)
    text = text_of(intake.read_source(source), name, pdfs)
    case = parse(text, number or _number_of(source), loose=loose)
    require_allowed(Scale().size(case))
    return Document(name, text, case)


def _number_of(source: str) -> str:
    stem = Path(source).stem
    return stem if is_case_number(stem) else ""
