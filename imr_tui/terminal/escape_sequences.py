"""The grammar of terminal input: where a control sequence ends, and of what kind it is."""

import re
from enum import Enum
from typing import NamedTuple

ESC = "\x1b"
PASTE_START = f"{ESC}[200~"
PASTE_END = f"{ESC}[201~"

TEXT = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\udc80-\udc9f]+")
"""Printable characters, tabs and line ends: the characters of a paste."""


class Kind(Enum):
    """The kinds of sequence that input can start with."""

    COMPLETE = "a complete sequence: a key, a report, or the start or end of a paste"
    CONTROL_STRING = "a complete control string, such as the reply to a query for colours"
    ALT = "a character typed with Alt"
    ESCAPE = "the Esc key, followed by other input"
    INTERRUPTED = "a sequence that other input has cut off"
    INCOMPLETE = "an incomplete sequence"
    INCOMPLETE_STRING = "an incomplete control string"
    LONE_ESCAPE = "Esc without anything after it yet"


class Head(NamedTuple):
    """The kind and the length, in characters, of the sequence at the start of the input."""

    kind: Kind
    length: int


_COMPLETE = re.compile(
    "\x1b(?:"
    r"\[\[[A-E]"  # F1 to F5, Linux console
    r"|\[(?:[378]|2[34])\$"  # keys with Shift, rxvt
    r"|\[(?!\[)[0-?]*[ -/]*[@-~]"  # CSI
    r"|O[0-9]*[@-~]"  # SS3
    "|[bf\x7f]"  # Meta+b, Meta+f and Meta+Backspace
    ")"
)
_CONTROL_STRING = re.compile("\x1b[]PX^_][^\x1b\x07\x9c\udc9c]*(?:[\x07\x9c\udc9c]|\x1b\\\\)")
_INCOMPLETE_STRING = re.compile("\x1b[]PX^_][^\x1b\x07\x9c\udc9c]*\x1b?")
_INCOMPLETE = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|O[0-9]*)")

_REPORT = re.compile(
    r"\x1b\[(?:[IO]"  # focus in, focus out
    r"|\?[0-9]+;[0-9]\$y"  # DECRPM, reply to a mode query
    r"|48(?:;[0-9]+){4}t)"  # in-band resize
)

_MOUSE = re.compile(r"\x1b\[<[0-9]+;-?[0-9]+;-?[0-9]+[mM]")

_KITTY = re.compile(r"\x1b\[[0-9:]+(?:;[0-9:]*){0,2}[u~ABCDEFHPQS]")

_EIGHT_BIT = {
    chr(0xDC00 + byte): char
    for byte, char in zip(
        (0x8F, 0x90, 0x98, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F), "OPX[\\]^_", strict=True
    )
}
"""Raw 8-bit C1 introducers (as surrogate escapes), and the character after Esc in 7-bit form."""


def parse_head(sent: str) -> Head:
    """Classify the sequence at the start of `sent`, which begins with Esc."""
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
    """Whether `sequence` is a report that the app has requested."""
    return _REPORT.fullmatch(sequence) is not None


def is_kitty(sequence: str) -> bool:
    """Whether `sequence` is a key in the kitty keyboard protocol."""
    return _KITTY.fullmatch(sequence) is not None


def is_mouse(sequence: str) -> bool:
    """Whether `sequence` is an SGR mouse report."""
    return _MOUSE.fullmatch(sequence) is not None


def to_seven_bit(sent: str) -> str:
    """Replace an 8-bit C1 introducer at the start by its 7-bit form."""
    return ESC + _EIGHT_BIT[sent[0]] + sent[1:] if sent[:1] in _EIGHT_BIT else sent


def escape_invalid(text: str) -> str:
    """Write bytes that are not valid UTF-8 as `\\xe9`."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
