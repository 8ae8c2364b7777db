"""Transliterates text to ASCII by an explicit table."""

import re
from collections.abc import Iterator

from imr_tui.text.sanitize import WORD_PROCESSOR_CODES, code_point

_SYMBOLS = {
    # quotes, dashes, spaces and bullets that word processors insert
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "“": '"', "”": '"', "„": '"',
    "‟": '"', "″": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "‐": "-", "‑": "-", "‒": "-",
    "–": "-", "—": "-", "―": "-", "−": "-", "…": "...", "\u00a0": " ", "\u2002": " ",
    "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ", "\u2007": " ", "\u2008": " ",
    "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u205f": " ", "\u3000": " ", "•": "-",
    "‣": "-", "▪": "-", "●": "-", "◦": "-", "■": "-", "·": "-", "⁃": "-", "→": "->", "←": "<-",
    # measures: the value of a dose must not change
    "µ": "mu", "μ": "mu", "±": "+/-", "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    "≈": "~", "°": " degrees", "º": " degrees", "℃": " degrees C", "℉": " degrees F",
    "²": "2", "³": "3", "¹": "1", "⁰": "0", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7",
    "⁸": "8", "⁹": "9", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "⁄": "/", "∕": "/",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "⅜": "3/8",
    "⅝": "5/8", "⅞": "7/8", "‰": " per mille", "α": "alpha", "β": "beta", "γ": "gamma",
    "δ": "delta", "Δ": "Delta", "κ": "kappa", "λ": "lambda", "\u03a9": "Ohm", "\u2126": "Ohm",
    # symbols
    "§": "Section ", "¶": "Paragraph ", "®": "(R)", "™": "(TM)", "©": "(C)", "№": "No. ",
    "†": "(+)", "‡": "(++)", "¢": " cents", "£": "GBP ", "€": "EUR ", "✓": "[x]", "✔": "[x]",
    "☐": "[ ]", "☑": "[x]", "☒": "[x]",
    # letters that occur in names
    "ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L",
    "ł": "l", "Đ": "D", "đ": "d", "Þ": "Th", "þ": "th", "Ð": "D", "ð": "d", "ı": "i", "ſ": "s",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
_ACCENTED = {
    "A": "ÀÁÂÃÄÅĀĂĄ", "C": "ÇĆĈĊČ", "D": "Ď", "E": "ÈÉÊËĒĔĖĘĚ", "G": "ĜĞĠĢ", "H": "Ĥ",
    "I": "ÌÍÎÏĨĪĬĮİ", "J": "Ĵ", "K": "Ķ", "L": "ĹĻĽ", "N": "ÑŃŅŇ", "O": "ÒÓÔÕÖŌŎŐ", "R": "ŔŖŘ",
    "S": "ŚŜŞŠȘ", "T": "ŢŤȚ", "U": "ÙÚÛÜŨŪŬŮŰŲ", "W": "Ŵ", "Y": "ÝŶŸ", "Z": "ŹŻŽ",
    "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥ",
    "i": "ìíîïĩīĭį", "j": "ĵ", "k": "ķ", "l": "ĺļľ", "n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř",
    "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýŷÿ", "z": "źżž",
}  # fmt: skip
TRANSLITERATION = (
    _SYMBOLS
    | {mark: plain for plain, marks in _ACCENTED.items() for mark in marks}
    | {code: _SYMBOLS[char] for code, char in WORD_PROCESSOR_CODES.items() if char in _SYMBOLS}
)
"""Every non-ASCII character that a letter may contain, with its ASCII replacement."""
_CONTEXT_RULES = (
    # Without the space, 1½ would read as eleven halves, and 98.6°F as "98.6 degreesF".
    ("(?<=[0-9])(?=[½¼¾⅓⅔⅛⅜⅝⅞])|(?<=[°º])(?=[A-Za-z])", " "),
    # 10¹² is one power: only the first superscript gets a caret, and none at the start of a word.
    (r"(?<=[\w)\]])(?=[⁰¹²³⁴-⁹])(?<![⁰¹²³⁴-⁹])", "^"),
    # µ before a unit means micro, abbreviated "mc" as prescribers do; otherwise it is the Greek
    # letter.
    (r"[µμ](?=(?:g|[lL]|m|M|mol|Ci|Eq|U|V|A|W|s|kat)\b)", "mc"),
)
_PRINTABLE = re.compile("[\n\t\x20-\x7e]*")


def to_ascii(text: str, unknown: str | None = None) -> str:
    """Transliterate `text` to printable ASCII with `TRANSLITERATION`; `1½` becomes `1 1/2`.

    For a character that the table lacks, format `unknown` with its code point (`"[U+{:04X}]"` in a
    draft), or raise `UnprintableError` if `unknown` is None.
    """
    if _PRINTABLE.fullmatch(text):
        return text
    if unknown is None and (at := next(unprintable(text), None)) is not None:
        raise UnprintableError(text, at)
    for pattern, words in _CONTEXT_RULES:
        text = re.sub(pattern, words, text)
    return "".join(_transliterate(char, unknown or "") for char in text)


def unprintable(text: str) -> Iterator[int]:
    """Yield the offsets of the characters that `to_ascii` cannot write."""
    if text.isascii() and _PRINTABLE.fullmatch(text):
        return
    for at, char in enumerate(text):
        if not _PRINTABLE.fullmatch(char) and char not in TRANSLITERATION:
            yield at


def _transliterate(char: str, unknown: str) -> str:
    if _PRINTABLE.fullmatch(char):
        return char
    return TRANSLITERATION.get(char) or unknown.format(ord(char))


class UnprintableError(ValueError):
    """A character without an ASCII form, and its position: `line` and `column`, counted from 1."""

    def __init__(self, text: str, at: int) -> None:
        self.char = text[at]
        self.line, self.column = line_and_column(text, at)
        super().__init__(f"line {self.line}, column {self.column}: {name_character(self.char)}")


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Return line and column of the character at offset `at`, both counted from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def name_character(char: str) -> str:
    """`char` and its code point, for use in a message: `漢 (U+6F22)`."""
    return f"{char} ({code_point(char)})"
