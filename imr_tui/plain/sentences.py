"""A text as numbered sentences: each can be replaced, removed, or followed by another one.

Everything else of the text stays as it is, byte for byte. Sentences are those of
`reading.language.sentences`, so abbreviations such as "Dr." do not end one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from imr_tui.reading.language.sentences import sentences
from imr_tui.text.layout import one_line

_RANGE = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?")


class Numbers(NamedTuple):
    """Sentences in a row, counted from 1."""

    first: int
    """The first one."""
    last: int
    """The last one; the same as the first one for one sentence."""

    def __str__(self) -> str:
        """`sentence 4`, `sentences 4 to 6`."""
        if self.first == self.last:
            return f"sentence {self.first}"
        return f"sentences {self.first} to {self.last}"


def count(text: str) -> int:
    """The number of sentences of `text`."""
    return len(sentences(text))


def counted(text: str) -> str:
    """`no sentence`, `1 sentence`, `12 sentences`."""
    many = count(text)
    return f"{many or 'no'} sentence{'s' if many > 1 else ''}"


def numbered(text: str) -> tuple[str, ...]:
    """Each sentence on one line, with its number; a blank line before each further paragraph."""
    lines: list[str] = []
    end = 0
    for number, sentence in enumerate(sentences(text), 1):
        if number > 1 and _is_break(text[end : sentence.start]):
            lines.append("")
        lines.append(f"{number}. {one_line(sentence.text)}")
        end = sentence.span[1]
    return tuple(lines)


def read_numbers(typed: str, text: str) -> Numbers:
    """The sentences of `text` that `4` or `4-6` names.

    Raises ValueError with a sentence for the user.
    """
    found, many = _RANGE.fullmatch(typed.strip()), count(text)
    if not many:
        raise ValueError("The text has no sentence yet.")
    if found is None:
        raise ValueError(f"Type the number of a sentence, 1 to {many}, or several as 2-4.")
    numbers = Numbers(int(found[1]), int(found[2] or found[1]))
    if not 1 <= numbers.first <= numbers.last <= many:
        raise ValueError(f"The text has {counted(text)}, so there is no {typed.strip()}.")
    return numbers


def words_of(text: str, numbers: Numbers) -> str:
    """The characters of these sentences, with what is between them."""
    return text[slice(*_span(text, numbers))]


def parts_around(text: str, numbers: Numbers) -> tuple[str, str]:
    """The text before and behind these sentences."""
    start, end = _span(text, numbers)
    return text[:start], text[end:]


def replaced(text: str, numbers: Numbers, new: str) -> str:
    """`text` with `new` in place of these sentences."""
    before, behind = parts_around(text, numbers)
    return before + new + behind


def parts_after(text: str, number: int) -> tuple[str, str]:
    """The text before and behind what is inserted after a sentence, with the space between them.

    0 is the place before the first sentence. A new sentence continues the paragraph of the one
    that it follows.
    """
    found = sentences(text)
    if not found:
        return "", ""
    if number == 0:
        return text[: found[0].start], f" {text[found[0].start :]}"
    end = found[number - 1].span[1]
    return f"{text[:end]} ", text[end:]


def inserted(text: str, number: int, new: str) -> str:
    """`text` with `new` after a sentence, or before the first one for 0."""
    before, behind = parts_after(text, number)
    return before + new + behind


def without(text: str, numbers: Numbers) -> str:
    """`text` without these sentences; of the gaps around them, one stays.

    It is the one that divides paragraphs, if one does; at an end of the text, neither is needed.
    """
    found = sentences(text)
    start, end = _span(text, numbers)
    is_first, is_last = numbers.first == 1, numbers.last == len(found)
    if is_first and is_last:
        return ""
    if is_first:
        return text[:start] + text[found[numbers.last].start :]
    before = found[numbers.first - 2].span[1]
    if is_last:
        return text[:before] + text[end:]
    behind = found[numbers.last].start
    gaps = text[end:behind], text[before:start]
    return text[:before] + max(gaps, key=lambda gap: gap.count("\n")) + text[behind:]


def _span(text: str, numbers: Numbers) -> tuple[int, int]:
    found = sentences(text)
    return found[numbers.first - 1].start, found[numbers.last - 1].span[1]


def _is_break(gap: str) -> bool:
    """Whether white space between two sentences begins a paragraph."""
    return gap.count("\n") > 1
