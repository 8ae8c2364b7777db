"""The grammar of what a terminal sends: where one control sequence ends and what kind it is."""

import re
from enum import Enum
from typing import NamedTuple

ESC = "\x1b"
PASTE_START = f"{ESC}[200~"
PASTE_END = f"{ESC}[201~"

TEXT = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\udc80-\udc9f]+")
"""What a paste consists of as well: printable characters, tabs, line ends."""


class Kind(Enum):
    """What stands at the beginning of what was sent."""

    COMPLETE = "a whole sequence of one key, one report or one mark"
    CONTROL_STRING = "a whole answer of the terminal, such as its colours or its name"
    ALT = "a character typed with Alt"
    ESCAPE = "Esc itself: what follows begins anew"
    INTERRUPTED = "a sequence that is broken off by what follows"
    INCOMPLETE = "a sequence that goes on"
    INCOMPLETE_STRING = "an answer that goes on"
    LONE_ESCAPE = "Esc, or the beginning of anything"


class Head(NamedTuple):
    """What stands at the beginning, and how many characters it has."""

    kind: Kind
    length: int


_COMPLETE = re.compile(
    "\x1b(?:"
    r"\[\[[A-E]"  # F1 to F5 of the Linux console
    r"|\[(?:[378]|2[34])\$"  # keys with Shift of rxvt
    r"|\[(?!\[)[0-?]*[ -/]*[@-~]"  # CSI
    r"|O[0-9]*[@-~]"  # SS3
    "|[bf\x7f]"  # words back and on, and away
    ")"
)
_CONTROL_STRING = re.compile("\x1b[]PX^_][^\x1b\x07\x9c\udc9c]*(?:[\x07\x9c\udc9c]|\x1b\\\\)")
_INCOMPLETE_STRING = re.compile("\x1b[]PX^_][^\x1b\x07\x9c\udc9c]*\x1b?")
_INCOMPLETE = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|O[0-9]*)")

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


def parse_head(sent: str) -> Head:
    """What `sent`, which begins with Esc, begins with."""
    if whole := _CONTROL_STRING.match(sent):
        return Head(Kind.CONTROL_STRING, whole.end())
    if whole := _COMPLETE.match(sent):
        return Head(Kind.COMPLETE, whole.end())
    if (part := _INCOMPLETE_STRING.match(sent)) or (part := _INCOMPLETE.match(sent)):
        kind = Kind.INCOMPLETE_STRING if sent[1] in "]PX^_" else Kind.INCOMPLETE
        if part.end() == len(sent):
            return Head(kind, part.end())
        return Head(Kind.INTERRUPTED, part.end() - part[0].endswith(ESC))
    if sent == ESC:
        return Head(Kind.LONE_ESCAPE, 1)
    return Head(Kind.ALT, 2) if sent[1].isprintable() else Head(Kind.ESCAPE, 1)


def is_report(sequence: str) -> bool:
    """Whether the terminal sends `sequence` by itself, and somebody waits for it."""
    return _REPORT.fullmatch(sequence) is not None


def is_kitty(sequence: str) -> bool:
    """Whether `sequence` is a key in kitty's protocol, which an app has to ask for."""
    return _KITTY.fullmatch(sequence) is not None


def is_mouse(sequence: str) -> bool:
    """Whether `sequence` tells what the mouse does, which an app has to ask for."""
    return _MOUSE.fullmatch(sequence) is not None


def to_seven_bit(sent: str) -> str:
    """`sent` with an 8-bit introducer at its beginning written with Esc."""
    return ESC + _EIGHT_BIT[sent[0]] + sent[1:] if sent[:1] in _EIGHT_BIT else sent


def escape_invalid(text: str) -> str:
    """`text` with bytes that are no UTF-8 as people write them: `\\xe9`."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
