"""The grammar of what a terminal sends: where one control sequence ends and what kind it is."""

import re
from enum import Enum
from typing import NamedTuple

ESC = "\x1b"
PASTE_BEGINS = f"{ESC}[200~"
PASTE_ENDS = f"{ESC}[201~"

TEXT = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\udc80-\udc9f]+")
"""What a paste consists of as well: printable characters, tabs, line ends."""


class Kind(Enum):
    """What stands at the beginning of what was sent."""

    WHOLE = "a whole sequence of one key, one report or one mark"
    STRING = "a whole answer of the terminal, such as its colours or its name"
    HELD = "a character typed with Alt"
    ESCAPE = "Esc itself: what follows begins anew"
    CUT = "a sequence that is broken off by what follows"
    OPEN = "a sequence that goes on"
    OPEN_STRING = "an answer that goes on"
    LONE = "Esc, or the beginning of anything"


class Head(NamedTuple):
    """What stands at the beginning, and how many characters it has."""

    kind: Kind
    length: int


_WHOLE = re.compile(
    "\x1b(?:"
    r"\[\[[A-E]"  # F1 to F5 of the Linux console
    r"|\[(?:[378]|2[34])\$"  # keys with Shift of rxvt
    r"|\[(?!\[)[0-?]*[ -/]*[@-~]"  # CSI
    r"|O[0-9]*[@-~]"  # SS3
    "|[bf\x7f]"  # words back and on, and away
    ")"
)
_STRING = re.compile("\x1b[]PX^_][^\x1b\x07\x9c\udc9c]*(?:[\x07\x9c\udc9c]|\x1b\\\\)")
_OPEN_STRING = re.compile("\x1b[]PX^_][^\x1b\x07\x9c\udc9c]*\x1b?")
_OPEN = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|O[0-9]*)")

_REPORT = re.compile(
    r"\x1b\[(?:[IO]"  # the focus came, or went
    r"|\?[0-9]+;[0-9]\$y"  # whether a mode is known
    r"|48(?:;[0-9]+){4}t)"  # the size
)

_MOUSE = re.compile(r"\x1b\[<[0-9]+;-?[0-9]+;-?[0-9]+[mM]")

_KITTY = re.compile(r"\x1b\[[0-9:]+(?:;[0-9:]*){0,2}[u~ABCDEFHPQS]")

_EIGHT_BIT = {
    chr(0xDC00 + byte): char
    for byte, char in zip(
        (0x8F, 0x90, 0x98, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F), "OPX[\\]^_", strict=True
    )
}
"""Bytes that are no UTF-8 and begin sequences, by what follows Esc in their other form."""


def head(sent: str) -> Head:
    """What `sent`, which begins with Esc, begins with."""
    if whole := _STRING.match(sent):
        return Head(Kind.STRING, whole.end())
    if whole := _WHOLE.match(sent):
        return Head(Kind.WHOLE, whole.end())
    if (part := _OPEN_STRING.match(sent)) or (part := _OPEN.match(sent)):
        kind = Kind.OPEN_STRING if sent[1] in "]PX^_" else Kind.OPEN
        if part.end() == len(sent):
            return Head(kind, part.end())
        return Head(Kind.CUT, part.end() - part[0].endswith(ESC))
    if sent == ESC:
        return Head(Kind.LONE, 1)
    return Head(Kind.HELD, 2) if sent[1].isprintable() else Head(Kind.ESCAPE, 1)


def is_report(sequence: str) -> bool:
    """Whether the terminal sends `sequence` by itself, and somebody waits for it."""
    return _REPORT.fullmatch(sequence) is not None


def is_kitty(sequence: str) -> bool:
    """Whether `sequence` is a key in kitty's protocol, which an app has to ask for."""
    return _KITTY.fullmatch(sequence) is not None


def is_mouse(sequence: str) -> bool:
    """Whether `sequence` tells what the mouse does, which an app has to ask for."""
    return _MOUSE.fullmatch(sequence) is not None


def with_escape(sent: str) -> str:
    """`sent` with an 8-bit introducer at its beginning written with Esc."""
    return ESC + _EIGHT_BIT[sent[0]] + sent[1:] if sent[:1] in _EIGHT_BIT else sent


def readable(text: str) -> str:
    """`text` with bytes that are no UTF-8 as people write them: `\\xe9`."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
