"""Reads the snippets of other programs as phrases: VS Code (JSON), TextExpander (CSV), plain text.

Nothing in them is executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from imr_tui.phrases import textexpander_snippets, vscode_snippets
from imr_tui.phrases.phrase import MAX_LENGTH, Phrase
from imr_tui.phrases.snippet import Snippet, phrase_name
from imr_tui.phrases.template import BLANK, NAME, parse
from imr_tui.text.sanitize import clean, clean_line

MAX_SNIPPETS = 1_000
"""Snippets in one file."""
MAX_ABOUT = 200
"""Characters of the purpose of a phrase."""

_PLAIN_NAME = re.compile(rf"\.({NAME})[ \t]*")
_SCRIPT = re.compile(
    r"\s*(?:#!|tell application\b|on run\b|do shell script\b)|.*%(?:shell|apple|java)script\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Snippets:
    """The phrases in a file."""

    phrases: tuple[Phrase, ...]
    """One for each snippet, in order."""
    remarks: tuple[str, ...] = ()
    """What was changed, one sentence each."""
    lines: dict[str, int] = field(default_factory=dict, compare=False)
    """The line at which each begins, by name."""


def read_snippets(text: str, suffix: str) -> Snippets:
    """The phrases in `text`; `suffix` is that of the file: `.json`, `.csv` or another.

    Raises ValueError with the line for a file that cannot be read, and for a script.
    """
    read, translate = _READERS.get(suffix.lower(), (_read_plain, _as_it_is))
    phrases: dict[str, Phrase] = {}
    lines: dict[str, int] = {}
    remarks: list[str] = []
    for snippet in read(text.replace("\r\n", "\n").replace("\r", "\n")):
        phrase = _phrase(snippet, translate, remarks)
        if phrase.name in phrases:
            raise ValueError(f"line {snippet.line}: .{phrase.name} is there twice")
        phrases[phrase.name], lines[phrase.name] = phrase, snippet.line
        if len(phrases) > MAX_SNIPPETS:
            raise ValueError(f"line {snippet.line}: there are more than {MAX_SNIPPETS:,} snippets")
    if not phrases:
        raise ValueError("line 1: there is no snippet in it")
    return Snippets(tuple(phrases.values()), tuple(remarks), lines)


def _phrase(
    snippet: Snippet, translate: Callable[[str, list[str]], str], remarks: list[str]
) -> Phrase:
    at = f"line {snippet.line}"
    if _SCRIPT.match(snippet.text):
        raise ValueError(f"{at}: the snippet {snippet.name[:40]!r} is a script")
    name = phrase_name(snippet.name)
    if not re.fullmatch(NAME, name):
        raise ValueError(f"{at}: {snippet.name[:40]!r} cannot become the name of a phrase")
    _require_length(snippet.text, at, name)
    unknown: list[str] = []
    # As the file of phrases will be read.
    text = clean(translate(snippet.text, unknown)).strip()
    if not text:
        raise ValueError(f"{at}: the snippet {snippet.name[:40]!r} is empty")
    _require_length(text, at, name)
    try:
        parse(text)
    except ValueError as error:
        raise ValueError(f"{at}: the snippet {name} {error}") from error
    if name != snippet.name.removeprefix("."):
        remarks.append(f"{at}: {snippet.name[:40]!r} is named .{name}.")
    remarks += [f"{at}: {each[:40]} in .{name} became {BLANK}." for each in dict.fromkeys(unknown)]
    return Phrase(name, text, about=clean_line(snippet.about)[:MAX_ABOUT])


def _require_length(text: str, at: str, name: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{at}: the snippet {name} has more than {MAX_LENGTH:,} characters")


# ── Plain text ───────────────────────────────────────────────────────────────────────────────


def _read_plain(text: str) -> Iterator[Snippet]:
    name, begun, lines = "", 1, list[str]()
    for at, line in enumerate(text.split("\n"), 1):
        heading = _PLAIN_NAME.fullmatch(line)
        if heading:
            if name:
                yield Snippet(begun, name, "\n".join(lines))
            name, begun, lines = heading[1], at, []
        elif name:
            lines.append(line)
        elif line.strip():
            raise ValueError(f'line {at}: a line with a name, such as ".taper", must come first')
    if name:
        yield Snippet(begun, name, "\n".join(lines))


def _as_it_is(text: str, unknown: list[str]) -> str:
    return text


_VSCODE = (vscode_snippets.read, vscode_snippets.translate)
_READERS = {
    ".json": _VSCODE,
    ".code-snippets": _VSCODE,
    ".csv": (textexpander_snippets.read, textexpander_snippets.translate),
}
