"""Replaces what identifies somebody in a letter by blanks, and wraps the letter again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.checks.rules.wording.privacy import names_of_parties, words_not_alone
from imr_tui.letter.public.blocks import SOFT_BREAK, Block, blocks, width_of
from imr_tui.letter.public.identifying_words import Found, identifying_words
from imr_tui.text.layout import one_line, wrap
from imr_tui.text.transliteration import to_ascii

if TYPE_CHECKING:
    from imr_tui.model.case import Parties
    from imr_tui.reading.people.party_names import PartyNames

BLANKS = 10
"""The number of blanks in the place of a name, which tells nothing about its length."""
_GAP = "\x00" * BLANKS
_JOIN = "\x01"
"""Stands for a blank at which no line may end."""


class Removed(NamedTuple):
    """Words that were removed from a letter."""

    line: int
    """The line of the letter in which they begin, from 1."""
    kind: str
    """What they are, with its article: "a party's name"."""
    words: str
    """The words, on one line."""


class PublicCopy(NamedTuple):
    """A letter without what identifies somebody."""

    text: str
    """The letter, in which each place has ten blanks."""
    removed: tuple[Removed, ...]
    """What was removed, in the order of the letter."""


def public_copy(letter: str, parties: Parties) -> PublicCopy:
    """Replace the names of `parties` and identifying numbers in a `letter`, which is ASCII.

    Only changed paragraphs are wrapped again, at the width of the letter. Names that are not in
    `parties` stay. A copy of a copy is the same text.
    """
    names = names_of_parties(_in_ascii(parties))
    width = width_of(letter.split("\n"))
    copy = _once(letter, names, width)
    last = copy
    while last.removed:
        # A removal may bring words together that are another form of a name.
        last = _once(copy.text, names, width)
        copy = PublicCopy(last.text, copy.removed + last.removed)
    return copy


def not_found_alone(parties: Parties) -> tuple[str, ...]:
    """Words of the parties' names that stay in a copy where they stand alone, such as Young."""
    return words_not_alone(_in_ascii(parties))


def _in_ascii(parties: Parties) -> Parties:
    """The parties with their names as a letter prints them."""
    providers = tuple(to_ascii(name, "") for name in parties.providers)
    others = {field: to_ascii(name, "") for field, name in parties if isinstance(name, str)}
    return parties.but(**others, providers=providers)


def _once(letter: str, names: PartyNames, width: int) -> PublicCopy:
    lines = letter.split("\n")
    result, end = list[str](), 0
    removed: list[Removed] = []
    for block in blocks(lines):
        text = block.joined(width)
        found = _found_in(block, text, names)
        start = block.line - 1
        result += lines[end:start]
        result += _replaced(text, found, width) if found else block.lines
        removed += (_removed(block, text, each) for each in found)
        end = start + len(block.lines)
    return PublicCopy("\n".join((*result, *lines[end:])), tuple(removed))


def _found_in(block: Block, text: str, names: PartyNames) -> list[Found]:
    if block.kind == "fixed":
        return []
    is_names_only = block.kind == "names only"
    return identifying_words(text.replace(SOFT_BREAK, " "), names, names_only=is_names_only)


def _removed(block: Block, text: str, found: Found) -> Removed:
    above = text[: found.start]
    line = block.line + above.count("\n") + above.count(SOFT_BREAK)
    return Removed(line, found.kind, one_line(text[found.start : found.end]))


def _replaced(text: str, found: list[Found], width: int) -> list[str]:
    """The lines of a block with a gap in each place."""
    parts, end = list[str](), 0
    for each in found:
        parts += text[end : each.start], _GAP
        end = each.end
    whole = "".join((*parts, text[end:]))
    return [line for paragraph in whole.split("\n") for line in _lines(paragraph, width)]


def _lines(paragraph: str, width: int) -> list[str]:
    """The lines of a paragraph, which is wrapped again only if it has a gap."""
    if _GAP not in paragraph:
        return paragraph.split(SOFT_BREAK)
    words = paragraph.replace(SOFT_BREAK, " ").split(" ")
    wrapped = wrap(_kept_together(words, width // 2), width)
    return wrapped.replace(_GAP, " " * BLANKS).replace(_JOIN, " ").split("\n")


def _kept_together(words: Sequence[str], most: int) -> str:
    """Words with blanks between them, of which those beside a gap are no place for a line end.

    At the end of a line nobody would see the gap. A gap and the words beside it are kept together
    if they have up to `most` characters.
    """
    between = [" "] * (len(words) - 1)
    free = 0
    for at, word in enumerate(words):
        if _GAP not in word:
            continue
        first, last = max(at - 1, free), min(at + 1, len(words) - 1)
        if len(" ".join(words[first : last + 1])) <= most:
            between[first:last] = [_JOIN] * (last - first)
            free = last + 1
    return words[0] + "".join(
        f"{mark}{word}" for mark, word in zip(between, words[1:], strict=True)
    )
