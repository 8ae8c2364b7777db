"""A snippet of another program, and what the readers of such snippets share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Snippet:
    """A snippet as its file has it."""

    line: int
    """The line of the file at which it begins, counted from 1."""
    name: str
    """What is typed to insert it."""
    text: str
    """Its text, with the macros of its program."""
    about: str = ""
    """When to use it."""


def phrase_name(name: str) -> str:
    """The name of the phrase that a snippet becomes; it may be no valid name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:32].rstrip("-")


def translated(pattern: re.Pattern[str], text: str, each: Callable[[re.Match[str]], str]) -> str:
    """`text` with its macros replaced; braces in its words become parentheses."""
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [literal(text[end : match.start()]), each(match)]
        end = match.end()
    return "".join((*parts, literal(text[end:])))


def literal(words: str) -> str:
    """`words` without the braces that mean something in a phrase."""
    return words.replace("{", "(").replace("}", ")")
