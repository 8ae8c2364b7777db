"""Reads a TextExpander export (CSV). Source: its documentation, "Macros" and "Export to CSV"."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from imr_tui.phrases.snippet import Snippet, literal, phrase_name, translated
from imr_tui.phrases.template import BLANK

_MACRO = re.compile(
    r"%fillpopup:(?P<popup>[^%]*)%"
    r"|%(?:filltext|fillarea)(?::[^%]*)?%(?P<blank>)"
    r"|%snippet:(?P<other>[^%]*)%"
    r"|%\|(?P<end>)"
    r"|%%(?P<percent>)"
    r"|(?P<macro>%[A-Za-z][A-Za-z0-9]*(?::[^%\n]*%)?)"
)


def read(text: str) -> Iterator[Snippet]:
    """The snippets in `text`; raises ValueError with the line."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in rows:
            at, line = line, rows.line_num + 1
            if not any(row):
                continue
            if len(row) < 2:
                raise ValueError(f"line {at}: a row needs an abbreviation and a text")
            yield Snippet(at, row[0], row[1], row[2] if len(row) > 2 else "")
    except csv.Error as error:
        raise ValueError(f"line {line}: {error}") from error


def translate(text: str, unknown: list[str]) -> str:
    """The text of a phrase; appends the macros that it does not know."""

    def each(match: re.Match[str]) -> str:
        if match["popup"] is not None:
            return _popup(match["popup"])
        if match["other"] is not None:
            return "{." + phrase_name(match["other"]) + "}"
        if match["end"] is not None:
            return ""
        if match["percent"] is not None:
            return "%"
        if match["blank"] is None:
            unknown.append(match["macro"])
        return BLANK

    return translated(_MACRO, text, each)


def _popup(inside: str) -> str:
    """The options of `name=side:left:default=right`."""
    parts = [each.removeprefix("default=") for each in inside.split(":")]
    options = [each for each in parts if not each.startswith(("name=", "optional="))]
    return "{" + "|".join(map(literal, options)) + "}" if len(options) > 1 else BLANK
