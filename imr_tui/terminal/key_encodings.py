"""Decodes keys in the CSI u form or that of xterm's modifyOtherKeys.

tmux with `extended-keys` encodes the control characters of a paste in this way: a line end as
`ESC[106;5u` (Ctrl+J) or `ESC[27;5;106~`.
"""

import re
import sys
from collections.abc import Callable, Mapping

from imr_tui.terminal.escape_sequences import TEXT

_SHIFT, _ALT, _CONTROL = 1, 2, 4
_LOCK_KEYS = 64 + 128
"""The modifier bits of Caps Lock and Num Lock."""
_RELEASE_EVENT = "3"

_KEY = re.compile(
    r"\x1b\[(?:"
    r"(?P<code>[0-9]{1,7})(?::(?P<shifted>[0-9]{0,7}))?(?::[0-9]{0,7})?"
    r"(?:;(?P<held>[0-9]{0,3})(?::(?P<event>[123]))?)?(?:;(?P<text>[0-9:]*))?u"
    r"|27;(?P<other_held>[0-9]{1,3});(?P<other_code>[0-9]{1,7})~)"
)
_KEYPAD: Mapping[int, str] = {
    **{57399 + digit: str(digit) for digit in range(10)},
    **dict(zip(range(57409, 57414), "./*-+", strict=True)),
    57414: "\r",
    57415: "=",
    57416: ",",
}
"""Keypad keys in the kitty protocol."""
_NOT_CHARACTERS = range(0xD800, 0xF900)
"""Surrogates, and the private use code points that kitty assigns to keys such as F13."""


def decode_keys(text: str) -> str:
    """Replace each encoded key that produces characters by these."""
    return _KEY.sub(_characters, text) if "\x1b[" in text else text


def decode_text_keys(sent: str, is_known: Callable[[str], bool]) -> str:
    """Replace encoded keys that produce text, such as Shift+Space, by the text.

    Sequences that `is_known` recognizes stay, and so do control keys such as Ctrl+Q.
    """

    def plain(match: re.Match[str]) -> str:
        chars = _characters(match)
        is_text = TEXT.fullmatch(chars) is not None and not is_known(match[0])
        return chars if is_text else match[0]

    return _KEY.sub(plain, sent) if "\x1b[" in sent else sent


def _characters(match: re.Match[str]) -> str:
    """The characters of an encoded key; the sequence itself if it has none."""
    if match["event"] == _RELEASE_EVENT:
        return ""
    if match["text"]:
        return "".join(map(_character, match["text"].split(":"))) or match[0]
    code = match["code"] or match["other_code"]
    held = max(int(match["held"] or match["other_held"] or 1) - 1, 0) & ~_LOCK_KEYS
    char = _character(code)
    if not char or held > _SHIFT + _ALT + _CONTROL:
        return match[0]
    if held & _SHIFT:
        char = _character(match["shifted"] or "") or _upper(char)
    if held & _CONTROL:
        char = _control(char) or char
    return f"\x1b{char}" if held & _ALT else char


def _character(code: str) -> str:
    number = int(code or _NOT_CHARACTERS[0])
    if number in _KEYPAD:
        return _KEYPAD[number]
    return "" if number in _NOT_CHARACTERS or number > sys.maxunicode else chr(number)


def _upper(char: str) -> str:
    return upper if len(upper := char.upper()) == 1 else char


def _control(char: str) -> str:
    """The control character for Ctrl+`char`, or empty."""
    if char == " ":
        return "\0"
    return chr(ord(char) & 0x1F) if "@" <= char <= "~" else ""
