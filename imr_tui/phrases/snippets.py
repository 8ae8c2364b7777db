"""Reads the snippets of other programs as phrases: VS Code (JSON), TextExpander (CSV), plain text.

Nothing in them is executed. Sources: VS Code documentation, "Snippet syntax"; TextExpander
documentation, "Macros" and "Export to CSV".
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from imr_tui.phrases.phrase import MAX_LENGTH, Phrase
from imr_tui.phrases.template import BLANK, NAME, parse

MAX_SNIPPETS = 1_000
"""Snippets in one file."""

_PLAIN_NAME = re.compile(rf"\.({NAME})[ \t]*")
_SCRIPT = re.compile(
    r"\s*(?:#!|tell application\b|on run\b|do shell script\b)|.*%(?:shell|apple|java)script\b",
    re.IGNORECASE | re.DOTALL,
)
_VSCODE = re.compile(
    r"\\(?P<escaped>[$}\\])"
    r"|\$\{\d+\|(?P<choices>[^{}]*)\|\}"
    r"|\$(?:0|\{0\})(?P<end>)"
    r"|\$(?:\d+|\{\d+(?::[^{}]*)?\})(?P<blank>)"
    r"|(?P<macro>\$\{[^{}]*\}|\$[A-Z_]+)"
)
_EXPANDER = re.compile(
    r"%fillpopup:(?P<popup>[^%]*)%"
    r"|%(?:filltext|fillarea)(?::[^%]*)?%(?P<blank>)"
    r"|%snippet:\.?(?P<other>[^%]*)%"
    r"|%\|(?P<end>)"
    r"|%%(?P<percent>)"
    r"|(?P<macro>%[A-Za-z][A-Za-z0-9]*(?::[^%\n]*%)?)"
)


@dataclass(frozen=True)
class Snippets:
    """The phrases in a file."""

    phrases: tuple[Phrase, ...]
    """One for each snippet, in order."""
    remarks: tuple[str, ...] = ()
    """What was changed, one sentence each."""


@dataclass(frozen=True)
class _Snippet:
    line: int
    """The line of the file at which it begins, counted from 1."""
    name: str
    text: str
    about: str = ""


def read_snippets(text: str, suffix: str) -> Snippets:
    """The phrases in `text`; `suffix` is that of the file: `.json`, `.csv` or another.

    Raises ValueError with the line for a file that cannot be read, and for a script.
    """
    readers: dict[str, Callable[[str], Iterator[_Snippet]]] = {
        ".json": _from_vscode,
        ".code-snippets": _from_vscode,
        ".csv": _from_expander,
    }
    suffix = suffix.lower()
    translate = {".json": _vscode, ".code-snippets": _vscode, ".csv": _expander}.get(suffix, _plain)
    phrases: dict[str, Phrase] = {}
    remarks: list[str] = []
    for snippet in readers.get(suffix, _from_plain)(text):
        phrase = _phrase(snippet, translate, remarks)
        if phrase.name in phrases:
            raise ValueError(f"line {snippet.line}: .{phrase.name} is there twice")
        phrases[phrase.name] = phrase
        if len(phrases) > MAX_SNIPPETS:
            raise ValueError(f"line {snippet.line}: there are more than {MAX_SNIPPETS:,} snippets")
    if not phrases:
        raise ValueError("line 1: there is no snippet in it")
    return Snippets(tuple(phrases.values()), tuple(remarks))


def _phrase(
    snippet: _Snippet, translate: Callable[[str, list[str]], str], remarks: list[str]
) -> Phrase:
    at = f"line {snippet.line}"
    if _SCRIPT.match(snippet.text):
        raise ValueError(f"{at}: the snippet {snippet.name[:40]!r} is a script")
    name = re.sub(r"[^a-z0-9]+", "-", snippet.name.lower()).strip("-")[:32]
    if not re.fullmatch(NAME, name):
        raise ValueError(f"{at}: {snippet.name[:40]!r} cannot become the name of a phrase")
    unknown: list[str] = []
    text = translate(snippet.text, unknown).strip()
    if not text:
        raise ValueError(f"{at}: the snippet {snippet.name[:40]!r} is empty")
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{at}: the snippet {name} has more than {MAX_LENGTH:,} characters")
    try:
        parse(text)
    except ValueError as error:
        raise ValueError(f"{at}: the snippet {name} {error}") from error
    if name != snippet.name.removeprefix("."):
        remarks.append(f"{at}: {snippet.name[:40]!r} is named .{name}.")
    remarks += [f"{at}: {each} in .{name} became {BLANK}." for each in dict.fromkeys(unknown)]
    return Phrase(name, text, about=snippet.about[:200])


# ── VS Code ──────────────────────────────────────────────────────────────────────────────────


def _from_vscode(text: str) -> Iterator[_Snippet]:
    lines = ["" if line.lstrip().startswith("//") else line for line in text.splitlines()]
    try:
        found = json.loads("\n".join(lines))
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("line 1: it is nested too deeply") from error
    if not isinstance(found, dict):
        raise ValueError('line 1: it must be an object of snippets ({"name": {...}})')
    for title, snippet in found.items():
        line = _line_of(lines, json.dumps(title, ensure_ascii=False))
        if not isinstance(snippet, dict):
            raise ValueError(f"line {line}: {title[:40]!r} must be an object")
        name, words = _first(snippet.get("prefix", title)), _joined(snippet.get("body"))
        if not isinstance(name, str) or not isinstance(words, str):
            raise ValueError(f"line {line}: {title[:40]!r} needs a prefix and a body of text")
        about = snippet.get("description", "")
        yield _Snippet(line, name, words, about if isinstance(about, str) else "")


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _joined(body: Any) -> Any:
    """The body as one text, if it is a text or a list of lines."""
    if isinstance(body, list) and all(isinstance(each, str) for each in body):
        return "\n".join(body)
    return body


def _line_of(lines: list[str], key: str) -> int:
    return next((at for at, line in enumerate(lines, 1) if key in line), 1)


def _vscode(text: str, unknown: list[str]) -> str:
    def each(match: re.Match[str]) -> str:
        if match["escaped"] is not None:
            return _literal(match["escaped"])
        if match["choices"] is not None:
            return "{" + "|".join(match["choices"].split(",")) + "}"
        if match["end"] is not None:
            return ""
        if match["blank"] is None:
            unknown.append(match["macro"])
        return BLANK

    return _translated(_VSCODE, text, each)


# ── TextExpander ─────────────────────────────────────────────────────────────────────────────


def _from_expander(text: str) -> Iterator[_Snippet]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in rows:
            at, line = line, rows.line_num + 1
            if not any(row):
                continue
            if len(row) < 2:
                raise ValueError(f"line {at}: a row needs an abbreviation and a text")
            yield _Snippet(at, row[0], row[1], row[2] if len(row) > 2 else "")
    except csv.Error as error:
        raise ValueError(f"line {line}: {error}") from error


def _expander(text: str, unknown: list[str]) -> str:
    def each(match: re.Match[str]) -> str:
        if match["popup"] is not None:
            return _popup(match["popup"])
        if match["other"] is not None:
            return "{." + match["other"] + "}"
        if match["end"] is not None:
            return ""
        if match["percent"] is not None:
            return "%"
        if match["blank"] is None:
            unknown.append(match["macro"])
        return BLANK

    return _translated(_EXPANDER, text, each)


def _popup(inside: str) -> str:
    """The options of `name=side:left:default=right`."""
    parts = [each.removeprefix("default=") for each in inside.split(":")]
    options = [each for each in parts if not each.startswith(("name=", "optional="))]
    return "{" + "|".join(map(_literal, options)) + "}" if len(options) > 1 else BLANK


# ── Plain text ───────────────────────────────────────────────────────────────────────────────


def _from_plain(text: str) -> Iterator[_Snippet]:
    name, begun, lines = "", 1, list[str]()
    for at, line in enumerate(text.splitlines(), 1):
        heading = _PLAIN_NAME.fullmatch(line)
        if heading:
            if name:
                yield _Snippet(begun, name, "\n".join(lines))
            name, begun, lines = heading[1], at, []
        elif name:
            lines.append(line)
        elif line.strip():
            raise ValueError(f'line {at}: a line with a name, such as ".taper", must come first')
    if name:
        yield _Snippet(begun, name, "\n".join(lines))


def _plain(text: str, unknown: list[str]) -> str:
    return text


def _translated(pattern: re.Pattern[str], text: str, each: Callable[[re.Match[str]], str]) -> str:
    """`text` with its macros replaced; braces in its words become parentheses."""
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [_literal(text[end : match.start()]), each(match)]
        end = match.end()
    return "".join((*parts, _literal(text[end:])))


def _literal(words: str) -> str:
    return words.replace("{", "(").replace("}", ")")
