"""Whether a letter came back: the words of a document against those of the case rendered again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.extract.page_furniture import LeftOut, left_out
from imr_tui.letter.parse.lines import join, read_lines, read_rows, vocabulary
from imr_tui.letter.render.renderer import Letterhead, render
from imr_tui.text.plain_text import to_ascii

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_LIST_COMMA = re.compile(r"(?<=[A-Za-z]),(?=[A-Z])")


@dataclass(frozen=True)
class Comparison:
    """What an import kept, for the report."""

    lost: tuple[str, ...]
    """Words of the document that the letter does not hold."""
    added: tuple[str, ...]
    """Words of the letter that the document does not hold."""
    mtus: tuple[int, int]
    """MTUS citations in fields, and all of them."""
    others: tuple[int, int]
    """Other citations in fields, and all of them."""
    left_out: tuple[LeftOut, ...]
    """Lines of the document that belong to its pages, and are no words of the letter."""

    @property
    def is_equal(self) -> bool:
        """Whether every word came back, and no other."""
        return not (self.lost or self.added)


def compare(text: str, case: Case, letterhead: Letterhead | None = None) -> Comparison:
    """`text`, without its header, beside the letter of `case`; wraps are undone on both sides."""
    before = Counter(_words(text))
    after = Counter(_words(render(case, letterhead, draft=True)))
    return Comparison(
        tuple((before - after).elements()),
        tuple((after - before).elements()),
        _share(case, is_mtus=True),
        _share(case, is_mtus=False),
        left_out(read_rows(text)),
    )


def _words(text: str) -> list[str]:
    """The words from the first heading on; "Texas,New York" is two states."""
    whole = to_ascii(join(read_lines(text), vocabulary(text)), "[U+{:04X}]")
    body = whole[whole.find(DIALECT.how) :] if DIALECT.how in whole else whole
    return _LIST_COMMA.sub(", ", body).split()


def _share(case: Case, *, is_mtus: bool) -> tuple[int, int]:
    citations = [
        citation
        for item in case.items
        for citation in (*item.administrator_citations, *item.citations)
        if citation.is_mtus == is_mtus
    ]
    return sum(bool(citation.title) for citation in citations), len(citations)
