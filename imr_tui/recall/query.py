"""Queries of SQLite's full-text search, in which each typed word is quoted.

The query language has operators: `AND`, `NEAR(`, `*`, `-`, `:` and quotation marks are errors or
mean something else unless they are quoted (https://sqlite.org/fts5.html, 3.1).
"""

from __future__ import annotations

from collections.abc import Iterable

MAX_WORDS = 16
"""Words of a search that count; a longer query would exceed SQLite's depth."""
MAX_LENGTH = 64
"""Characters of a word that count."""


def typed_words(typed: str) -> tuple[str, ...]:
    """The words of a search that have a letter or a digit, without control characters."""
    parts = ("".join(filter(str.isprintable, each))[:MAX_LENGTH] for each in typed.split())
    return tuple(each for each in parts if any(map(str.isalnum, each)))[:MAX_WORDS]


def quoted(word: str) -> str:
    """A word as a string of the query language."""
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def beginnings(columns: Iterable[str], words: Iterable[str]) -> str:
    """The query for a word with each of these beginnings, in any of `columns`."""
    return _in(columns, " AND ".join(f"{quoted(word)} *" for word in words))


def one_of_each(columns: Iterable[str], sets: Iterable[Iterable[str]]) -> str:
    """The query for at least one word of each set, in any of `columns`."""
    return _in(
        columns, " AND ".join(f"({' OR '.join(map(quoted, sorted(each)))})" for each in sets)
    )


def both(*queries: str) -> str:
    """The query for what matches all of `queries`; blank ones match everything."""
    return " AND ".join(f"({each})" for each in queries if each)


def _in(columns: Iterable[str], query: str) -> str:
    return f"{{{' '.join(columns)}}} : ({query})" if query else ""
