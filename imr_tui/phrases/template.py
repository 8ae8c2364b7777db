"""The text of a phrase: words, blanks, choices, values of the case and other phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

NAME = r"[a-z][a-z0-9-]{1,31}"
"""A pattern for the name of a phrase."""
BLANK = "***"
"""Stands for words that the reviewer fills in; the letter is blocked while one is left."""

ValueName: TypeAlias = Literal["request", "primary", "age", "injury-date", "ur-date", "decision"]
VALUE_NAMES = get_args(ValueName)
"""The values that a phrase can take from the case."""

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_NAME = re.compile(NAME)
_QUOTED = 40
"""Characters of a phrase that a message quotes."""


@dataclass(frozen=True)
class Words:
    """Text that is inserted as it is, blanks and choices included."""

    text: str


@dataclass(frozen=True)
class CaseValue:
    """A value of the case, such as `{age}`."""

    name: ValueName


@dataclass(frozen=True)
class Include:
    """The text of another phrase, such as `{.weaning}`."""

    name: str


Part: TypeAlias = Words | CaseValue | Include


def parse(text: str) -> tuple[Part, ...]:
    """The parts of the text of a phrase; raises ValueError for other braces."""
    parts: list[Part] = []
    end = 0
    for match in _BRACES.finditer(text):
        if match[1] is None:
            raise ValueError(f'has a "{match[0]}" without its counterpart')
        if "|" in match[1]:
            # A choice is inserted as it is, and made in the text.
            if "\n" in match[1]:
                raise ValueError(f'has a choice of several lines: "{_quoted(match[0])}"')
            continue
        parts += _words(text[end : match.start()])
        parts.append(_part(match[1]))
        end = match.end()
    return (*parts, *_words(text[end:]))


def _words(text: str) -> tuple[Words, ...]:
    return (Words(text),) if text else ()


def _part(inside: str) -> Part:
    if inside.startswith(".") and _NAME.fullmatch(inside[1:]):
        return Include(inside[1:])
    if inside in VALUE_NAMES:
        return CaseValue(cast("ValueName", inside))
    known = ", ".join(f"{{{name}}}" for name in VALUE_NAMES)
    shown = _quoted(f"{{{inside}}}")
    raise ValueError(f'has "{shown}", which is not {known}, {{a|b}} or {{.name}}')


def _quoted(words: str) -> str:
    """The beginning of `words` as one line, for a message."""
    words = words.replace("\n", " ")
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}..."
