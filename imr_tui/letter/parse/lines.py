"""The lines of a letter as other programs extract them, put together into paragraphs again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from imr_tui.letter.extract.page_furniture import Row, furniture
from imr_tui.text.plain_text import clean, clean_line

_SENTENCE_END = re.compile(r"""[.!?]["')\]]*$""")
_LINE_ENDS = ("\r\n", "\r", "\v", "\u2028", "\u2029")
_BLANKS = " \t\u00a0"
SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", "\u2011", SOFT_HYPHEN)
_LAST_PART = re.compile(r"[^\W\d_]+(?=[-\u2010\u2011\u00ad]$)")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_DOUBLED = 3
"""Blank lines that stand for one where every newline is doubled."""


@dataclass(frozen=True)
class Line:
    """One line that holds words, and what stands before it."""

    text: str
    """Its words, single-spaced."""
    gap: bool = False
    """Whether a blank line stands before it."""
    page: bool = False
    """Whether a page break stands before it, so that a gap may mean nothing."""


def read_rows(text: str) -> list[Row]:
    """Every line of `text`, cleaned; a form feed begins one, and a soft hyphen at its end stays."""
    for newline in _LINE_ENDS:
        text = text.replace(newline, "\n")
    return list(map(_row, text.replace("\f", "\n\f").split("\n")))


def _row(line: str) -> Row:
    is_page = line.startswith("\f")
    # Only blanks: what Python takes for white space besides is a control character.
    bare = line.lstrip("\f").rstrip(_BLANKS)
    words = " ".join(clean_line(bare.removesuffix(SOFT_HYPHEN)).split())
    return Row(words + SOFT_HYPHEN if words and bare.endswith(SOFT_HYPHEN) else words, is_page)


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that hold words, without page furniture.

    Form feeds, furniture and doubled newlines become marks.
    """
    rows = read_rows(text)
    passed = furniture(rows)
    doubled = _is_doubled([row.text for at, row in enumerate(rows) if at not in passed])
    lines: list[Line] = []
    blanks, page = 0, False
    for at, row in enumerate(rows):
        page = page or row.is_page or at in passed
        if at in passed:
            continue
        if not row.text:
            blanks += 1
            continue
        gap = blanks >= _DOUBLED if doubled else blanks > 0
        turned = page or (doubled and blanks > _DOUBLED)
        lines.append(Line(row.text, gap and bool(lines), turned and bool(lines)))
        blanks, page = 0, False
    return lines


def _is_doubled(rows: Sequence[str]) -> bool:
    """Whether no two lines with words follow each other, though there are many."""
    filled = [bool(row) for row in rows]
    pairs = sum(one and other for one, other in pairwise(filled))
    return sum(filled) > 3 and pairs == 0


def ends_sentence(line: str) -> bool:
    """Whether a sentence may end where `line` does."""
    return _SENTENCE_END.search(line) is not None


def join(lines: Iterable[Line], words: frozenset[str]) -> str:
    """The paragraphs of `lines`, their wraps undone; a gap begins a new paragraph.

    A gap at a page break does not, unless a sentence ends there. `words` are the words of the
    whole letter.
    """
    parts: list[str] = []
    for line in lines:
        if not parts:
            parts.append(line.text)
        elif _goes_on(parts[-1], line):
            parts[-1], joint = _joint(parts[-1], line.text, words)
            parts.append(joint + line.text)
        else:
            parts.append(f"\n\n{line.text}")
    # A soft hyphen at the end has nothing to join, and is shown as any other.
    return clean("".join(parts))


def _goes_on(above: str, line: Line) -> bool:
    """Whether `line` is of the same paragraph as the one above it."""
    return not line.gap or above.endswith(_HYPHENS) or (line.page and not ends_sentence(above))


def _joint(above: str, line: str, words: frozenset[str]) -> tuple[str, str]:
    """The line above and what stands between it and the next one.

    A hyphen at the end is a date's or a compound's and stays, unless the word stands whole
    elsewhere in the letter: then the wrap has broken it. A soft hyphen always goes from a word.
    """
    if not above.endswith(_HYPHENS) or above.endswith(" -"):
        return above, " "
    head, tail = _LAST_PART.search(above), _FIRST_PART.match(line)
    if above.endswith(SOFT_HYPHEN):
        return above[:-1] if head and tail else clean(above), ""
    is_broken = head and tail and f"{head[0]}{tail[0]}".casefold() in words
    return (above[:-1] if is_broken else above), ""


def vocabulary(text: str) -> frozenset[str]:
    """The words of a letter that stand on one line."""
    return frozenset(re.findall(r"[a-z]+", text.casefold()))
