"""Phrases, and the collection in which they are found by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, get_args

from imr_tui.phrases.template import BLANK, CaseValue, Include, Part, ValueName, Words, parse

Field: TypeAlias = Literal["rationale", "summary", "note"]
FIELDS = get_args(Field)
"""The fields in which a phrase can be inserted."""
Origin: TypeAlias = Literal["shipped", "site", "own"]
"""Who wrote a phrase: the program, the site, or the reviewer."""

MAX_DEPTH = 3
"""Levels of phrases inside each other."""
MAX_INCLUDES = 20
"""Other phrases that a phrase may include directly."""
MAX_LENGTH = 20_000
"""Characters of an expanded phrase."""


@dataclass(frozen=True)
class Phrase:
    """A text under a name."""

    name: str
    """What is typed after a period."""
    text: str
    """The text, with blanks, choices, values and other phrases in it."""
    fields: tuple[Field, ...] = FIELDS
    """Where it can be inserted."""
    about: str = ""
    """When to use it, in a few words."""
    origin: Origin = "own"
    """Who wrote it."""

    @cached_property
    def searched(self) -> str:
        """Name, purpose and text as a search compares them."""
        return f"{self.name}\n{self.about}\n{self.text}".casefold()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of its text; raises ValueError if it is malformed."""
        return parse(self.text)


class Phrases:
    """Phrases by name. A later one replaces an earlier one of the same name."""

    def __init__(self, phrases: Iterable[Phrase] = ()) -> None:
        by_name = {each.name: each for each in phrases}
        self._by_name = dict(sorted(by_name.items()))
        # A phrase may be included by thousands of others.
        self._known_levels: dict[Phrase, int] = {}

    def __iter__(self) -> Iterator[Phrase]:
        """By name."""
        return iter(self._by_name.values())

    def get(self, name: str, field: Field) -> Phrase | None:
        """The phrase of that name, if it can be inserted in `field`."""
        found = self._by_name.get(name)
        return found if found is not None and field in found.fields else None

    def nearest(self, name: str, field: Field) -> list[str]:
        """Up to three names that are like `name`, the most similar first."""
        names = [each.name for each in self if field in each.fields]
        begins = [each for each in names if each.startswith(name)]
        similar = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
        return list(dict.fromkeys([*begins, *similar]))[:3]

    def search(self, words: str, field: Field | None = None) -> list[Phrase]:
        """The phrases that have every one of `words`, for `field` or for any.

        Those with the words in their name come first, then the reviewer's own and the site's.
        """
        wanted = words.casefold().split()
        found = [
            each
            for each in self
            if field in (None, *each.fields) and all(word in each.searched for word in wanted)
        ]
        order = get_args(Origin)[::-1]
        return sorted(
            found,
            key=lambda each: (
                not all(word in each.name for word in wanted),
                order.index(each.origin),
            ),
        )

    def fault(self, phrase: Phrase) -> str:
        """Why a phrase cannot be expanded, as the end of a sentence; blank if it can."""
        try:
            self._levels(phrase, ())
        except ValueError as error:
            return str(error)
        return ""

    def _levels(self, phrase: Phrase, within: tuple[str, ...]) -> int:
        """How many levels of other phrases are in `phrase`; raises ValueError for a fault."""
        if phrase in self._known_levels:
            return self._known_levels[phrase]
        if phrase.name in within:
            raise ValueError(f"includes itself, through .{within[-1]}")
        path = (*within, phrase.name)
        included = [each for each in phrase.parts if isinstance(each, Include)]
        if len(included) > MAX_INCLUDES:
            raise ValueError(f"includes more than {MAX_INCLUDES} phrases")
        levels = 0
        for part in included:
            other = self._by_name.get(part.name)
            if other is None:
                raise ValueError(f"includes .{part.name}, and there is no such phrase")
            if len(path) <= MAX_DEPTH:
                levels = max(levels, 1 + self._levels(other, path))
            if len(path) > MAX_DEPTH or levels > MAX_DEPTH:
                raise ValueError(f"includes phrases more than {MAX_DEPTH} levels deep")
        self._known_levels[phrase] = levels
        return levels

    def expand(self, phrase: Phrase, values: Mapping[ValueName, str]) -> str:
        """The text to insert. A value that is missing or blank becomes `***`.

        Choices stay as they are: they are made in the text. Raises ValueError for a phrase that has
        a fault.
        """
        if says := self.fault(phrase):
            raise ValueError(f".{phrase.name} {says}")
        parts, length = list[str](), 0
        for part in self._expanded(phrase, values):
            length += len(part)
            if length > MAX_LENGTH:
                raise ValueError(f".{phrase.name} is longer than {MAX_LENGTH:,} characters")
            parts.append(part)
        return "".join(parts)

    def _expanded(self, phrase: Phrase, values: Mapping[ValueName, str]) -> Iterator[str]:
        for part in phrase.parts:
            if isinstance(part, Words):
                yield part.text
            elif isinstance(part, CaseValue):
                yield values.get(part.name) or BLANK
            else:
                yield from self._expanded(self._by_name[part.name], values)
