"""Determines how the matches of a pattern can begin, so that few patterns need to be tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

LENGTH = 3
"""Number of characters that are determined."""
_ANY = "*"
"""Stands for characters that a pattern leaves open, to the end of the beginning."""
_OPEN_CLASS = re.compile(r"[\\ ^]")
_RANGE = re.compile(r"(\w)-(\w)")
_ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
# Most patterns begin with letters and have no alternatives outside of groups.
_PLAIN = re.compile(rf"[a-z]{{{LENGTH}}}(?![?*+{{])(?:[^|()\\]|\\.|\((?:[^()\\]|\\.)*\))*\Z")


def beginnings(pattern: str) -> frozenset[str]:
    """The beginnings of `LENGTH` characters that matches of `pattern` can have.

    A shorter one that ends in "*" stands for all beginnings with the same characters before it. The
    pattern may consist of letters, groups, classes of letters, and the quantifiers `?`, `*`, `+`.
    """
    if _PLAIN.match(pattern):
        return frozenset((pattern[:LENGTH],))
    found = frozenset[str]()
    for part in _alternatives(pattern):
        found |= _of_sequence(part)
    return found


def _of_sequence(part: str) -> frozenset[str]:
    known = {""}
    for atom, is_optional, repeats in _atoms(part):
        nexts = _of_atom(atom)
        longer = {_join(one, other) for one in known for other in nexts}
        if repeats:
            longer |= {each if each.endswith(_ANY) else f"{each}{_ANY}" for each in longer}
        known = known | longer if is_optional else longer
        if all(map(_is_full, known)):
            break
    return frozenset(each if _is_full(each) else f"{each}{_ANY}" for each in map(_cut, known))


def _of_atom(atom: str) -> frozenset[str]:
    if atom.startswith("(?:"):
        return beginnings(atom[3:-1])
    if atom == r"\d":
        return frozenset("0123456789")
    if atom.startswith("[") and not _OPEN_CLASS.search(atom):
        return frozenset(_RANGE.sub(_all_between, atom[1:-1]))
    return frozenset((_ANY,)) if atom[0] in "[\\( ." else frozenset((atom,))


def _all_between(ends: re.Match[str]) -> str:
    return "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1)))


def _join(one: str, other: str) -> str:
    return one if _is_full(one) else _cut(one + other)


def _cut(words: str) -> str:
    at = words.find(_ANY)
    return words[:LENGTH] if at < 0 or at >= LENGTH else words[: at + 1]


def _is_full(words: str) -> bool:
    return len(words) == LENGTH or words.endswith(_ANY)


def _alternatives(pattern: str) -> Iterator[str]:
    depth = start = at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "|" and not depth:
            yield pattern[start:at]
            start = at + 1
        at += 1
    yield pattern[start:]


def _atoms(part: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield each atom, whether it may be missing, and whether it may be repeated."""
    at = 0
    while at < len(part):
        end = _atom_end(part, at)
        atom, at = part[at:end], end
        quantifier = part[at] if at < len(part) and part[at] in "?*+" else ""
        at += len(quantifier)
        if not atom.startswith(_ZERO_WIDTH) and atom != "\\b":
            yield atom, quantifier in ("?", "*"), quantifier in ("*", "+")


def _atom_end(part: str, at: int) -> int:
    if part[at] == "\\":
        return at + 2
    if part[at] not in "([":
        return at + 1
    depth, end = 0, at
    while end < len(part):
        if part[end] == "\\":
            end += 1
        elif part[end] in "([":
            depth += 1
        elif part[end] in ")]":
            depth -= 1
            if not depth:
                return end + 1
        end += 1
    return end
