"""Text as the man macros of groff take it (groff_man(7), groff_man_style(7))."""

import re
from collections.abc import Iterable, Iterator

_ESCAPES = {
    "\\": r"\e",
    # As typed: groff would print a hyphen, an accent and typographic quotes.
    "-": r"\-",
    "^": r"\(ha",
    "~": r"\(ti",
    "`": r"\(ga",
    "'": r"\(aq",
    '"': r"\(dq",
}
_MARKED = re.compile(r"``(.+?)``|`([^`]+)`|(?<!\*)\*\*(?!\*)(.+?)\*\*(?!\*)")
"""Code, and emphasis."""
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]+)\)")


def plain(text: str) -> str:
    """`text` with every character as it is typed."""
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)


def bold(text: str) -> str:
    """`text` in bold, as typed."""
    return rf"\fB{plain(text)}\fR"


def italic(text: str) -> str:
    """`text` in italics, as typed."""
    return rf"\fI{plain(text)}\fR"


def prose(markdown: str) -> str:
    """A paragraph of Markdown on one line, with code and emphasis in bold."""
    text = " ".join(_LINK.sub(r"\1", markdown).split())
    parts, end = [], 0
    for match in _MARKED.finditer(text):
        marked = next(part for part in match.groups() if part is not None)
        parts += [plain(text[end : match.start()]), bold(marked)]
        end = match.end()
    return "".join((*parts, plain(text[end:])))


def line(escaped: str) -> str:
    """A text line, protected if it begins like a request."""
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


def paragraph(markdown: str) -> Iterator[str]:
    """A paragraph, one sentence a line, so that a diff shows which one changed."""
    yield ".PP"
    yield from sentences(markdown)


def sentences(markdown: str) -> Iterator[str]:
    """The sentences of a text, each on a line."""
    for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z0-9`])", " ".join(markdown.split())):
        yield line(prose(sentence))


def section(title: str) -> str:
    """The heading of a section."""
    return f".SH {plain(title.upper())}"


def subsection(title: str) -> str:
    """The heading of a part of a section."""
    return f".SS {prose(title)}"


def entry(term: str, *body: str) -> Iterator[str]:
    """A term, already escaped, and its description in Markdown below it."""
    yield ".TP"
    yield line(term)
    for at, part in enumerate(body):
        if at:
            yield ".IP"
        yield from sentences(part) if part else [r"\&"]


def example(lines: Iterable[str]) -> Iterator[str]:
    """Lines that are shown as they are, in a column of their own width."""
    yield ".PP"
    yield ".in +4n"
    yield ".EX"
    yield from (line(plain(each)) for each in lines)
    yield ".EE"
    yield ".in"


def page(name: str, number: int, summary: str, body: Iterable[str]) -> str:
    """A manual page; `name` is what `man` is asked for."""
    kind = {1: "User Commands", 5: "File Formats"}[number]
    head = [
        r".\" Made by `make man` from the program itself; changes here are lost.",
        f'.TH {plain(name.upper())} {number} "" imr\\-tui "{kind}"',
        # Words are not divided, and lines are not stretched.
        ".nh",
        ".ad l",
        section("Name"),
        rf"{plain(name)} \- {prose(summary)}",
    ]
    return "\n".join((*head, *body)) + "\n"
