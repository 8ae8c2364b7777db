"""Cleans text: normalizes it, and makes unsafe characters visible."""

import re
from functools import cache, reduce
from unicodedata import normalize

NEWLINES = ("\r\n", "\r", "\v", "\f", "\u2028", "\u2029")
"""What `clean` replaces by a line feed, in this order."""
WORD_PROCESSOR_CODES = {
    "\x1e": "-",  # Word's no-break hyphen
    # Bullets and the arrow of Word's Symbol and Wingdings fonts
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf0e0": "→",
}
"""Code points that word processors leave in plain text, and the character each one displays."""
_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters except white space: C0, DEL, C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # invisible, bidirectional
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # act on what follows
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # format controls
    "\ud800-\udfff"  # surrogates; cannot be stored
    "\ue000-\uf8ff\U000e0000-\U0010ffff"  # private use, tags, planes 15 and 16
)
"""The unsafe characters, as the body of a character class; the only table of them."""
_BLANK = (
    "\u2800\U00016fe4\U0001d159"  # printed as blanks
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)
    )
)
"""Further ones that no text should contain, but that do a terminal no harm."""
UNPAINTABLE = f"[{_HIDDEN}\t-\r\u2028\u2029]"
"""A pattern for the characters that must not be sent to a terminal as text."""
_NOTATION = re.compile(r"<U\+[0-9A-F]{4,6}>|\^\[[\[\]PX^_]")
"""Notations that `clean` writes; cases of earlier versions have `^[` and a bracket for escape."""
_COMPOSING = "\u0300-\u2001\u20d0-\u20ff\u2126-\u212b\u2329\u232a\u2adc\u2cef-\U0010ffff"
"""Every character that NFC changes or joins to its predecessor is in this range."""
_MAX_COMPOSED = 200
"""Longest run to normalize; a longer one is no word, and normalizing takes quadratic time."""


def clean(text: str) -> str:
    """Normalize `text` for storage: NFC, LF newlines, unsafe characters made visible.

    A form feed becomes a line end. A word processor's code for a hyphen, a bullet or an arrow
    becomes that character. Nothing is dropped: any other control character, and every invisible,
    bidirectional or private-use one, is written as its code point, `<U+202E>`. Idempotent.
    """
    if is_plain(text):
        return text
    lines = reduce(_with_lf, NEWLINES, text).split("\n")
    return "\n".join(line if is_plain(line) else _clean_unicode(line) for line in lines)


def _clean_unicode(line: str) -> str:
    return _composing_pattern().sub(_to_nfc, _unsafe_pattern().sub(_visible_form, line))


def is_plain(text: str) -> bool:
    """Whether `text` is printable ASCII with tabs and newlines, which `clean` does not change.

    A fast path: about a hundred times faster than searching for unsafe characters.
    """
    return text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()


def _with_lf(text: str, newline: str) -> str:
    return text.replace(newline, "\n")


@cache
def _unsafe_pattern() -> re.Pattern[str]:
    # Compiled on first use, because most texts do not need it.
    return re.compile(f"[{_HIDDEN}{_BLANK}]")


@cache
def _composing_pattern() -> re.Pattern[str]:
    return re.compile(f"(?s:.)?[{_COMPOSING}]+")


def _to_nfc(match: re.Match[str]) -> str:
    # Not NFKC, which would turn 1½ into 11/2.
    return normalize("NFC", match[0]) if len(match[0]) <= _MAX_COMPOSED else match[0]


def clean_line(text: str) -> str:
    """`clean` for a single-line field: newlines and tabs also become spaces."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def find_code_point(text: str) -> tuple[int, int] | None:
    """Return the bounds of the first code point notation in `text` that `clean` wrote, or None."""
    found = _NOTATION.search(text)
    return found.span() if found else None


def _visible_form(match: re.Match[str]) -> str:
    return WORD_PROCESSOR_CODES.get(match[0]) or f"<{code_point(match[0])}>"


def code_point(char: str) -> str:
    """The code point of `char` in its usual notation: `U+202E`."""
    return f"U+{ord(char):04X}"
