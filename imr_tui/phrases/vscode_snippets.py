"""Reads VS Code snippets: JSON with comments. Source: its documentation, "Snippet syntax"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from imr_tui.phrases.snippet import Snippet, literal, translated
from imr_tui.phrases.template import BLANK

_MACRO = re.compile(
    r"\\(?P<escaped>[$}\\])"
    r"|\$\{\d+\|(?P<choices>[^{}]*)\|\}"
    r"|\$(?:0|\{0\})(?P<end>)"
    # A field may have another one in its default.
    r"|\$(?:\d+|\{\d+(?::(?:[^{}]++|\{[^{}]*+\})*+)?\})(?P<blank>)"
    r"|(?P<macro>\$\{[^{}]*\}|\$[A-Z_]+)"
)
# What is left open ends with the text, so that no character is read twice.
_STRING = r'"(?:[^"\\\n]++|\\.)*+"?'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?", re.DOTALL)
_LAST_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_SPACE = re.compile(r"[ \t\n\r]*")


class _Member(NamedTuple):
    line: int
    title: str
    value: Any


def read(text: str) -> Iterator[Snippet]:
    """The snippets in `text`; raises ValueError with the line."""
    for line, title, value in _members(_plain_json(text)):
        if not isinstance(value, dict):
            raise ValueError(f"line {line}: {title[:40]!r} must be an object")
        name, words = _first(value.get("prefix", title)), _joined(value.get("body"))
        if not isinstance(name, str) or not isinstance(words, str):
            raise ValueError(f"line {line}: {title[:40]!r} needs a prefix and a body of text")
        about = value.get("description", "")
        yield Snippet(line, name, words, about if isinstance(about, str) else "")


def translate(text: str, unknown: list[str]) -> str:
    """The text of a phrase; appends the macros that it does not know."""

    def each(match: re.Match[str]) -> str:
        if match["escaped"] is not None:
            return literal(match["escaped"])
        if match["choices"] is not None:
            return _choice(match["choices"])
        if match["end"] is not None:
            return ""
        if match["blank"] is None:
            unknown.append(match["macro"])
        return BLANK

    return translated(_MACRO, text, each)


def _choice(inside: str) -> str:
    options = [re.sub(r"\\([,|\\])", r"\1", each) for each in re.split(r"(?<!\\),", inside)]
    return "{" + "|".join(options) + "}" if len(options) > 1 else options[0] or BLANK


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _joined(body: Any) -> Any:
    if isinstance(body, list) and all(isinstance(line, str) for line in body):
        return "\n".join(body)
    return body


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────


def _plain_json(text: str) -> str:
    """`text` without comments and commas before a closing bracket; its lines stay."""
    without = _COMMENT.sub(lambda match: match[1] or "\n" * match[0].count("\n") or " ", text)
    return _LAST_COMMA.sub(lambda match: match[1] or "", without)


def _members(text: str) -> Iterator[_Member]:
    """The members of the object in `text`, each with its line; json knows no lines of values."""
    at = _expect(text, 0, "{", 'it must be an object of snippets ({"name": {...}})')
    line, counted, titles = 1, 0, set[str]()
    while not text.startswith("}", at):
        line, counted = line + text.count("\n", counted, at), at
        title, at = _value(text, at, line)
        if not isinstance(title, str):
            raise ValueError(f"line {line}: a snippet needs a name in quotes")
        if title in titles:
            raise ValueError(f"line {line}: {title[:40]!r} is there twice")
        titles.add(title)
        at = _expect(text, _space(text, at), ":", f"{title[:40]!r} needs a colon")
        value, at = _value(text, at, line)
        yield _Member(line, title, value)
        at = _space(text, at)
        if not text.startswith("}", at):
            at = _expect(text, at, ",", "a comma or a closing brace is missing")
    if (rest := _space(text, at + 1)) < len(text):
        raise ValueError(f"line {_line(text, rest)}: there is more behind the closing brace")


def _value(text: str, at: int, line: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError(f"line {line}: it is nested too deeply") from error
    except ValueError as error:
        raise ValueError(f"line {line}: {error}") from error


def _expect(text: str, at: int, char: str, says: str) -> int:
    """The offset of what follows `char`, which must come first."""
    at = _space(text, at)
    if not text.startswith(char, at):
        raise ValueError(f"line {_line(text, at)}: {says}")
    return _space(text, at + 1)


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = set[str]()
    for key, _ in pairs:
        if key in keys:
            raise ValueError(f"{key[:40]!r} is there twice")
        keys.add(key)
    return dict(pairs)


def _no_number(_: str) -> None:
    """Numbers mean nothing here, and converting very long ones fails."""


_DECODER = json.JSONDecoder(
    object_pairs_hook=_each_once,
    parse_int=_no_number,
    parse_float=_no_number,
    parse_constant=_no_number,
)
