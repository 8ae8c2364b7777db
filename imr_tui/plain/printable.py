"""Turns text into lines of printable characters, which a terminal or a screen reader can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.text.sanitize import clean, code_point

if TYPE_CHECKING:
    from collections.abc import Iterator


def printable_lines(text: str) -> Iterator[str]:
    """The lines of `text`, with unsafe characters made visible, and blanks for tabs."""
    for line in clean(text).split("\n"):
        if line.isprintable():
            yield line
        else:
            yield "".join(map(_printable, line))


def _printable(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() else f"<{code_point(char)}>"


def encodable(text: str, encoding: str) -> str:
    """`text` with other characters for those that the encoding of a terminal lacks."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        # Loads tables that most terminals do without.
        from imr_tui.text.transliteration import to_ascii

        return to_ascii(text, "[U+{:04X}]")
    return text
