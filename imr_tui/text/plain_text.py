"""Text on its way in and out: cleaning, wrapping, the explicit transliteration to ASCII."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, reduce

LETTER_WIDTH = 95
"""Columns at which the published letters wrap."""

_NEWLINES = ("\r\n", "\r", "\v", "\f", "\u2028", "\u2029")
_STAND_INS = {
    "\x1e": "-",  # Word's no-break hyphen
    # Bullets and the arrow of Word's Symbol and Wingdings fonts
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf0e0": "→",
}
"""Codes that word processors leave in plain text, with the character that each one shows."""
_UNSHOWN = (
    "[\x00-\x08\x0e-\x1f\x7f]"  # C0 and DEL, except tab and newline
    "|[\x80-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f]"  # C1 and invisible
    "|[\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]"
    "|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]"  # act on what follows
    "|[\u2800\U00016fe4\U00013430-\U0001343f\U0001bca0-\U0001bca3]"  # blanks, format controls
    "|[\U0001d159\U0001d173-\U0001d17a]"
    "|[\ud800-\udfff]"  # half of a pair; cannot be stored
    "|[\ue000-\uf8ff\U000e0000-\U0010ffff]"  # private use, tags, planes 15 and 16
    "|[\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)
    )
    + "]"  # no characters at all
)
_VISIBLE = re.compile(r"<U\+[0-9A-F]{4,6}>|\^\[[\[\]PX^_]")
"""What `clean` writes for them; cases of earlier versions hold `^[` and a bracket for escape."""
_COMPOSES = "\u0300-\u2001\u20d0-\u20ff\u2126-\u212b\u2329\u232a\u2adc\u2cef-\U0010ffff"
"""Every character that NFC changes, or joins to the one before it, is one of these."""
_MOST_COMPOSED = 200
"""A longer run of them is no word; the time to normalize one grows with its square."""


def clean(text: str) -> str:
    """`text` as it may be kept: composed (NFC), newlines as LF, what hides or commands visible.

    A form feed is a line end, and a code that word processors use for a hyphen, a bullet or an
    arrow becomes that character. Nothing is dropped: any other control character, and an
    invisible, bidirectional or private one, becomes its code point, `<U+202E>`. Cleaning twice
    changes nothing more.
    """
    if is_plain(text):
        return text
    lines = reduce(_with_lf, _NEWLINES, text).split("\n")
    return "\n".join(line if is_plain(line) else _cleaned(line) for line in lines)


def _cleaned(line: str) -> str:
    return _composing().sub(_composed, _unshown().sub(_shown, line))


def is_plain(text: str) -> bool:
    """Whether `text` is ASCII that a terminal shows, tabs and newlines: so nothing to clean.

    Found out a hundred times faster than by looking for what is not.
    """
    return text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()


def _with_lf(text: str, newline: str) -> str:
    return text.replace(newline, "\n")


@cache
def _unshown() -> re.Pattern[str]:
    # Compiled with the first text that may have one: most have none.
    return re.compile(_UNSHOWN)


@cache
def _composing() -> re.Pattern[str]:
    return re.compile(f"(?s:.)?[{_COMPOSES}]+")


def _composed(match: re.Match[str]) -> str:
    from unicodedata import normalize

    # Never NFKC, which makes 11/2 of 1½.
    return normalize("NFC", match[0]) if len(match[0]) <= _MOST_COMPOSED else match[0]


def clean_line(text: str) -> str:
    """`clean` for a field of one line: newlines and tabs become spaces."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def made_visible(text: str) -> tuple[int, int] | None:
    """The span of the first code point in `text` that `clean` wrote for a character, or None."""
    found = _VISIBLE.search(text)
    return found.span() if found else None


def _shown(match: re.Match[str]) -> str:
    return _STAND_INS.get(match[0]) or f"<{_code_point(match[0])}>"


def _code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


# ── To ASCII ─────────────────────────────────────────────────────────────────────────────

_WORDS = {
    # quotes, dashes, spaces, bullets: what word processors put in
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "“": '"', "”": '"', "„": '"',
    "‟": '"', "″": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "‐": "-", "‑": "-", "‒": "-",
    "–": "-", "—": "-", "―": "-", "−": "-", "…": "...", "\u00a0": " ", "\u2002": " ",
    "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ", "\u2007": " ", "\u2008": " ",
    "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u205f": " ", "\u3000": " ", "•": "-",
    "‣": "-", "▪": "-", "●": "-", "◦": "-", "■": "-", "·": "-", "⁃": "-", "→": "->", "←": "<-",
    # measures: a dose must not change its value
    "µ": "mu", "μ": "mu", "±": "+/-", "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    "≈": "~", "°": " degrees", "º": " degrees", "℃": " degrees C", "℉": " degrees F",
    "²": "2", "³": "3", "¹": "1", "⁰": "0", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7",
    "⁸": "8", "⁹": "9", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "⁄": "/", "∕": "/",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "⅜": "3/8",
    "⅝": "5/8", "⅞": "7/8", "‰": " per mille", "α": "alpha", "β": "beta", "γ": "gamma",
    "δ": "delta", "Δ": "Delta", "κ": "kappa", "λ": "lambda", "\u03a9": "Ohm", "\u2126": "Ohm",
    # signs
    "§": "Section ", "¶": "Paragraph ", "®": "(R)", "™": "(TM)", "©": "(C)", "№": "No. ",
    "†": "(+)", "‡": "(++)", "¢": " cents", "£": "GBP ", "€": "EUR ", "✓": "[x]", "✔": "[x]",
    "☐": "[ ]", "☑": "[x]", "☒": "[x]",
    # letters of names
    "ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L",
    "ł": "l", "Đ": "D", "đ": "d", "Þ": "Th", "þ": "th", "Ð": "D", "ð": "d", "ı": "i", "ſ": "s",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip

_LETTERS = {
    "A": "ÀÁÂÃÄÅĀĂĄ", "C": "ÇĆĈĊČ", "D": "Ď", "E": "ÈÉÊËĒĔĖĘĚ", "G": "ĜĞĠĢ", "H": "Ĥ",
    "I": "ÌÍÎÏĨĪĬĮİ", "J": "Ĵ", "K": "Ķ", "L": "ĹĻĽ", "N": "ÑŃŅŇ", "O": "ÒÓÔÕÖŌŎŐ", "R": "ŔŖŘ",
    "S": "ŚŜŞŠȘ", "T": "ŢŤȚ", "U": "ÙÚÛÜŨŪŬŮŰŲ", "W": "Ŵ", "Y": "ÝŶŸ", "Z": "ŹŻŽ",
    "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥ",
    "i": "ìíîïĩīĭį", "j": "ĵ", "k": "ķ", "l": "ĺļľ", "n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř",
    "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýŷÿ", "z": "źżž",
}  # fmt: skip

TRANSLITERATION = (
    _WORDS
    | {mark: plain for plain, marks in _LETTERS.items() for mark in marks}
    | {code: _WORDS[char] for code, char in _STAND_INS.items() if char in _WORDS}
)
"""Every character outside ASCII that a letter may hold, with the words that stand for it."""

_IN_CONTEXT = (
    # 1½ is one and a half, not eleven halves; 98.6°F has no word "degreesF".
    ("(?<=[0-9])(?=[½¼¾⅓⅔⅛⅜⅝⅞])|(?<=[°º])(?=[A-Za-z])", " "),
    # 10¹² is one power. A superscript that follows nothing is only a number.
    (r"(?<=[\w)\]])(?=[⁰¹²³⁴-⁹])(?<![⁰¹²³⁴-⁹])", "^"),
    # µ before a unit is micro, which prescribers write "mc"; else it is the Greek letter.
    (r"[µμ](?=(?:g|[lL]|m|M|mol|Ci|Eq|U|V|A|W|s|kat)\b)", "mc"),
)
_KEPT = re.compile("[\n\t\x20-\x7e]*")


def to_ascii(text: str, unknown: str | None = None) -> str:
    """`text` in printable ASCII, by `TRANSLITERATION` alone; `1½` becomes `1 1/2`.

    A character that the table lacks raises `UnprintableError`, or becomes `unknown` formatted
    with its code point where that is given (`"[U+{:04X}]"` in a draft).
    """
    if _KEPT.fullmatch(text):
        return text
    if unknown is None and (at := next(unprintable(text), None)) is not None:
        raise UnprintableError(text, at)
    for pattern, words in _IN_CONTEXT:
        text = re.sub(pattern, words, text)
    return "".join(_plain(char, unknown or "") for char in text)


def unprintable(text: str) -> Iterator[int]:
    """Where `text` holds characters that `to_ascii` cannot write, as offsets."""
    if text.isascii() and _KEPT.fullmatch(text):
        return
    for at, char in enumerate(text):
        if not _KEPT.fullmatch(char) and char not in TRANSLITERATION:
            yield at


def _plain(char: str, unknown: str) -> str:
    if _KEPT.fullmatch(char):
        return char
    return TRANSLITERATION.get(char) or unknown.format(ord(char))


class UnprintableError(ValueError):
    """A character without an ASCII form, with its place: `line` and `column` count from 1."""

    def __init__(self, text: str, at: int) -> None:
        self.char = text[at]
        self.line, self.column = line_and_column(text, at)
        super().__init__(f"line {self.line}, column {self.column}: {name_character(self.char)}")


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Where the character at the offset `at` of `text` stands, both counted from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def name_character(char: str) -> str:
    """`char` and its code point, for a sentence: `漢 (U+6F22)`."""
    return f"{char} ({_code_point(char)})"


# ── Lines ────────────────────────────────────────────────────────────────────────────────


def one_line(text: str) -> str:
    """`text` on one line: every run of white space is one space, none at the ends."""
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """The writer's lines, single-spaced inside, with at most one blank line between two."""
    lines = [one_line(line) for line in text.strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


_SPACED = re.compile(r"^ |  |[^\S ]")
"""White space that takes more than to look for the last space."""


def wrap(text: str, width: int = LETTER_WIDTH) -> str:
    """`text` with every line of over `width` columns broken at spaces, and nowhere else.

    A single word that is longer stays whole, so that no word of a letter is ever changed.
    """
    broken = (_wrap_line(line, width) for line in text.split("\n"))
    return "\n".join(broken)


def _wrap_line(line: str, width: int) -> str:
    if len(line.expandtabs()) <= width:
        return line.rstrip()
    if _SPACED.search(line):
        import textwrap

        return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(_lines_of(line.rstrip(), width))


def _lines_of(line: str, width: int) -> Iterator[str]:
    """What `textwrap` makes of words with one space between them, ten times faster."""
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
    """Words as a word processor counts them: runs between white space."""
    return len(text.split())


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`parts` as a sentence lists them: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
