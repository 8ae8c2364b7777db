"""Reassembles the extracted lines of a letter into paragraphs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from imr_tui.letter.extract.document_rows import Row
from imr_tui.letter.extract.page_furniture import furniture
from imr_tui.text.sanitize import NEWLINES, clean, clean_line

_SENTENCE_END = re.compile(r"""[.!?]["')\]]*$""")
_LINE_ENDS = [newline for newline in NEWLINES if newline != "\f"]
_BLANKS = " \t\u00a0"
SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", "\u2011", SOFT_HYPHEN)
_LAST_PART = re.compile(r"[^\W\d_]+(?=[-\u2010\u2011\u00ad]$)")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_DOUBLED_BLANKS = 3
"""Number of blank lines that mean a single one if every newline is doubled."""


@dataclass(frozen=True)
class Line:
    """A non-blank line, and the breaks before it."""

    text: str
    """The words, single-spaced."""
    gap: bool = False
    """Whether a blank line precedes it."""
    page: bool = False
    """Whether a page break precedes it, in which case a gap may be meaningless."""


def read_rows(text: str) -> list[Row]:
    """Split `text` into clean lines, also at form feeds; a soft hyphen at a line end is kept."""
    for newline in _LINE_ENDS:
        text = text.replace(newline, "\n")
    return list(map(_row, text.replace("\f", "\n\f").split("\n")))


def _row(line: str) -> Row:
    is_page = line.startswith("\f")
    # Strip blanks only, because the other white space characters of Python are control characters.
    bare = line.lstrip("\f").rstrip(_BLANKS)
    words = " ".join(clean_line(bare.removesuffix(SOFT_HYPHEN)).split())
    return Row(words + SOFT_HYPHEN if words and bare.endswith(SOFT_HYPHEN) else words, is_page)


def read_lines(text: str) -> list[Line]:
    """Return the non-blank lines of `text` without page furniture.

    Page breaks and blank lines are recorded in the fields of the lines.
    """
    rows = read_rows(text)
    skipped = furniture(rows)
    doubled = _is_doubled([row.text for at, row in enumerate(rows) if at not in skipped])
    lines: list[Line] = []
    blanks, page = 0, False
    for at, row in enumerate(rows):
        page = page or row.is_page or at in skipped
        if at in skipped:
            continue
        if not row.text:
            blanks += 1
            continue
        gap = blanks >= _DOUBLED_BLANKS if doubled else blanks > 0
        turned = page or (doubled and blanks > _DOUBLED_BLANKS)
        lines.append(Line(row.text, gap and bool(lines), turned and bool(lines)))
        blanks, page = 0, False
    return lines


def _is_doubled(rows: Sequence[str]) -> bool:
    """Whether text lines are never adjacent, as if every newline were doubled."""
    filled = [bool(row) for row in rows]
    pairs = sum(one and other for one, other in pairwise(filled))
    return sum(filled) > 3 and pairs == 0


def ends_sentence(line: str) -> bool:
    """Whether `line` ends like a sentence."""
    return _SENTENCE_END.search(line) is not None


def join(lines: Iterable[Line], words: frozenset[str]) -> str:
    """Join `lines` into paragraphs, undoing line wraps; a gap begins a paragraph.

    A gap at a page break only counts if a sentence ends there. `words` is the vocabulary of the
    letter.
    """
    parts: list[str] = []
    for line in lines:
        if not parts:
            parts.append(line.text)
        elif _continues(parts[-1], line):
            parts[-1], separator = _separator(parts[-1], line.text, words)
            parts.append(separator + line.text)
        else:
            parts.append(f"\n\n{line.text}")
    # A soft hyphen at the very end joins nothing, and is made visible like any other.
    return clean("".join(parts))


def _continues(above: str, line: Line) -> bool:
    """Whether `line` continues the paragraph of the line above it."""
    return not line.gap or above.endswith(_HYPHENS) or (line.page and not ends_sentence(above))


def _separator(above: str, line: str, words: frozenset[str]) -> tuple[str, str]:
    """Return the line above, adjusted, and the separator before the next line.

    A hyphen at a line end belongs to a date or compound and stays, unless the joined word occurs
    elsewhere in the letter, which means that the word was hyphenated. Soft hyphens are always
    removed.
    """
    if not above.endswith(_HYPHENS) or above.endswith(" -"):
        return above, " "
    head, tail = _LAST_PART.search(above), _FIRST_PART.match(line)
    if above.endswith(SOFT_HYPHEN):
        return above[:-1] if head and tail else clean(above), ""
    is_broken = head and tail and f"{head[0]}{tail[0]}".casefold() in words
    return (above[:-1] if is_broken else above), ""


def vocabulary(text: str) -> frozenset[str]:
    """The words of a letter that are not split between lines."""
    return frozenset(re.findall(r"[a-z]+", text.casefold()))
