"""Cleans, wraps and transliterates text."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, reduce

LETTER_WIDTH = 95
"""Columns at which the published letters wrap."""

_NEWLINES = ("\r\n", "\r", "\v", "\f", "\u2028", "\u2029")
_WORD_PROCESSOR_CODES = {
    "\x1e": "-",  # Word's no-break hyphen
    # Bullets and the arrow of Word's Symbol and Wingdings fonts
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf0e0": "→",
}
"""Code points that word processors leave in plain text, and the character each one displays."""
_UNSAFE = (
    "[\x00-\x08\x0e-\x1f\x7f]"  # C0 and DEL, except tab and newline
    "|[\x80-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f]"  # C1 and invisible
    "|[\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]"
    "|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]"  # act on what follows
    "|[\u2800\U00016fe4\U00013430-\U0001343f\U0001bca0-\U0001bca3]"  # blanks, format controls
    "|[\U0001d159\U0001d173-\U0001d17a]"
    "|[\ud800-\udfff]"  # surrogates; cannot be stored
    "|[\ue000-\uf8ff\U000e0000-\U0010ffff]"  # private use, tags, planes 15 and 16
    "|[\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)
    )
    + "]"  # noncharacters
)
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
    lines = reduce(_with_lf, _NEWLINES, text).split("\n")
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
    return re.compile(_UNSAFE)


@cache
def _composing_pattern() -> re.Pattern[str]:
    return re.compile(f"(?s:.)?[{_COMPOSING}]+")


def _to_nfc(match: re.Match[str]) -> str:
    from unicodedata import normalize

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
    return _WORD_PROCESSOR_CODES.get(match[0]) or f"<{_code_point(match[0])}>"


def _code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


# ── To ASCII ─────────────────────────────────────────────────────────────────────────────

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
    | {code: _SYMBOLS[char] for code, char in _WORD_PROCESSOR_CODES.items() if char in _SYMBOLS}
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
    return f"{char} ({_code_point(char)})"


# ── Lines ────────────────────────────────────────────────────────────────────────────────


def one_line(text: str) -> str:
    """`text` on one line, with every run of white space replaced by one space."""
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Collapse white space inside lines, and runs of blank lines to a single one."""
    lines = [one_line(line) for line in text.strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


_IRREGULAR_SPACE = re.compile(r"^ |  |[^\S ]")
"""White space that the fast path of `wrap` does not handle."""


def wrap(text: str, width: int = LETTER_WIDTH) -> str:
    """Wrap lines longer than `width` columns, at spaces only.

    A longer word stays whole, because no word of a letter may be changed.
    """
    broken = (_wrap_line(line, width) for line in text.split("\n"))
    return "\n".join(broken)


def _wrap_line(line: str, width: int) -> str:
    if len(line.expandtabs()) <= width:
        return line.rstrip()
    if _IRREGULAR_SPACE.search(line):
        import textwrap

        return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(_wrap_words(line.rstrip(), width))


def _wrap_words(line: str, width: int) -> Iterator[str]:
    """Wrap single-spaced words as `textwrap` does, ten times faster."""
    start = 0
    while len(line) - start > width:
        cut = line.rfind(" ", start, start + width + 1)
        cut = line.find(" ", start) if cut < 0 else cut
        if cut < 0:
            break
        yield line[start:cut]
        start = cut + 1
    yield line[start:]


def count_words(text: str) -> int:
    """Number of words, counted as a word processor does: runs between white space."""
    return len(text.split())


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Join `parts` for a sentence: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
