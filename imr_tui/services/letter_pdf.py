"""Makes the PDF of a letter, and writes it beside the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.services.signed_letter import DRAFT_PDF, marked_draft, without_mark
from imr_tui.services.write_letter import export_bytes
from imr_tui.store.cases.letter_file import PDF, write_pdf

if TYPE_CHECKING:
    from pathlib import Path

UNCHECKED = "DRAFT"
"""The mark on each page of a letter that was printed despite errors."""


def pdf_of_letter(letter: str, number: str, *, is_unchecked: bool = False) -> bytes:
    """The PDF of the letter of a case, each page of a draft with its mark.

    `is_unchecked`: whether errors were not looked for. Raises BadInput for a line that is too
    long, CannotStore if reportlab is not installed.
    """
    # It loads reportlab, which only a PDF needs.
    from imr_tui.letter.pdf.document import pdf_of

    text, mark = without_mark(letter)
    return pdf_of(text, number, mark=mark or (UNCHECKED if is_unchecked else ""))


def write_letter_pdf(folder: Path, number: str, letter: str, *, is_draft: bool) -> Path:
    """Write the PDF of a letter beside its case file: `<number>.pdf`, or `<number>-draft.pdf`.

    Each page of a draft says that it is not signed. Raises what `pdf_of_letter` raises, and
    CannotStore.
    """
    if is_draft:
        path = folder / f"{number}{DRAFT_PDF}"
        export_bytes(path, pdf_of_letter(marked_draft(letter), number))
    else:
        path = folder / f"{number}{PDF}"
        write_pdf(path, pdf_of_letter(letter, number))
    return path
