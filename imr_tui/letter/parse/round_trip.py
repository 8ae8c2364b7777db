"""Compares an imported document with the letter rendered from its case."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.extract.page_furniture import LeftOut, left_out
from imr_tui.letter.parse.lines import join, read_lines, read_rows, vocabulary
from imr_tui.letter.render.renderer import Letterhead, render
from imr_tui.text.transliteration import to_ascii

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_LIST_COMMA = re.compile(r"(?<=[A-Za-z]),(?=[A-Z])")
# A public copy may have blanks before the colon of a title.
_COLON = re.compile(r"\s+:")


@dataclass(frozen=True)
class Comparison:
    """The differences between a document and its imported case, for the report."""

    lost: tuple[str, ...]
    """Words of the document that are missing from the letter."""
    added: tuple[str, ...]
    """Words of the letter that are missing from the document."""
    mtus: tuple[int, int]
    """Number of MTUS citations parsed into fields, and of all MTUS citations."""
    others: tuple[int, int]
    """Number of other citations parsed into fields, and of all other citations."""
    left_out: tuple[LeftOut, ...]
    """Page furniture of the document, which is not part of the letter."""

    @property
    def is_equal(self) -> bool:
        """Whether document and letter have the same words."""
        return not (self.lost or self.added)


def compare(text: str, case: Case, letterhead: Letterhead | None = None) -> Comparison:
    """Compare `text` without its header to the letter of `case`, ignoring line wraps."""
    before = Counter(_words(text))
    after = Counter(_words(render(case, letterhead, draft=True)))
    return Comparison(
        tuple((before - after).elements()),
        tuple((after - before).elements()),
        _count_in_fields(case, is_mtus=True),
        _count_in_fields(case, is_mtus=False),
        left_out(read_rows(text)),
    )


def _words(text: str) -> list[str]:
    """The words from the first heading on; "Texas,New York" counts as two states."""
    whole = to_ascii(join(read_lines(text), vocabulary(text)), "[U+{:04X}]")
    body = whole[whole.find(DIALECT.how) :] if DIALECT.how in whole else whole
    return _COLON.sub(":", _LIST_COMMA.sub(", ", body)).split()


def _count_in_fields(case: Case, *, is_mtus: bool) -> tuple[int, int]:
    citations = [
        citation
        for item in case.items
        for citation in (*item.administrator_citations, *item.citations)
        if citation.is_mtus == is_mtus
    ]
    return sum(bool(citation.title) for citation in citations), len(citations)
