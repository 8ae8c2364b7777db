"""The lines of a letter as other programs extract them, put together into paragraphs again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SENTENCE_END = re.compile(r"""[.!?]["')\]]*$""")
_LAST_PART = re.compile(r"[A-Za-z]+(?=-$)")
_FIRST_PART = re.compile(r"[A-Za-z]+")
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


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that hold words; form feeds and doubled newlines become marks."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f").split("\n")
    doubled = _is_doubled(raw)
    lines: list[Line] = []
    blanks, page = 0, False
    for row in raw:
        page = page or row.startswith("\f")
        words = " ".join(row.split())
        if not words:
            blanks += 1
            continue
        gap = blanks >= _DOUBLED if doubled else blanks > 0
        turned = page or (doubled and blanks > _DOUBLED)
        lines.append(Line(words, gap and bool(lines), turned and bool(lines)))
        blanks, page = 0, False
    return lines


def _is_doubled(rows: Sequence[str]) -> bool:
    """Whether no two lines with words follow each other, though there are many."""
    filled = [bool(row.strip()) for row in rows]
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
    return "".join(parts)


def _goes_on(above: str, line: Line) -> bool:
    """Whether `line` is of the same paragraph as the one above it."""
    return not line.gap or above.endswith("-") or (line.page and not ends_sentence(above))


def _joint(above: str, line: str, words: frozenset[str]) -> tuple[str, str]:
    """The line above and what stands between it and the next one.

    A hyphen at the end is a date's or a compound's and stays, unless the word stands whole
    elsewhere in the letter: then the wrap has broken it.
    """
    if not above.endswith("-") or above.endswith(" -"):
        return above, " "
    head, tail = _LAST_PART.search(above), _FIRST_PART.match(line)
    is_broken = head and tail and f"{head[0]}{tail[0]}".casefold() in words
    return (above[:-1] if is_broken else above), ""


def vocabulary(text: str) -> frozenset[str]:
    """The words of a letter that stand on one line."""
    return frozenset(re.findall(r"[a-z]+", text.casefold()))
