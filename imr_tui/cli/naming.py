"""How commands name rules: an id, the beginning of one, or a slug."""

import difflib
from collections.abc import Iterable, Iterator

import click

from imr_tui.checks import RULES
from imr_tui.text import clean_line


def named(words: Iterable[str]) -> tuple[str, ...]:
    """The ids of the rules that `words` name, commas between them; raises click's UsageError."""
    parts = (part.strip() for word in words for part in word.split(","))
    return tuple(dict.fromkeys(each for part in parts if part for each in _ids(part)))


def _ids(word: str) -> Iterator[str]:
    found = [
        rule.id
        for rule in RULES.values()
        if rule.id.startswith(word.upper()) or rule.slug == word.lower()
    ]
    if not found:
        name = clean_line(word)
        raise click.UsageError(f"{name} is no rule, nor the beginning of one{_nearest(word)}.")
    return iter(found)


def _nearest(word: str) -> str:
    known = [name for rule in RULES.values() for name in (rule.id, rule.slug)]
    for form in (word.upper(), word.lower()):
        if near := difflib.get_close_matches(form, known, n=1, cutoff=0.6):
            return f", did you mean {near[0]}"
    return "; `imr-tui rules` lists them"
