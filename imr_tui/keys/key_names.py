"""The names of keys: those that people read and write, and those of Textual."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache

_SHOWN = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "space": "Space",
    "full_stop": ".",
    "enter": "Enter",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "insert": "Ins",
    "delete": "Del",
    "tab": "Tab",
    "backspace": "Backspace",
}
_SHOWN_AFTER_CTRL = {
    "right_square_bracket": "]",
    "backslash": "\\",
    "circumflex_accent": "^",
    **dict.fromkeys(("@", "space"), "Space"),
    # Terminals send Ctrl+_ for Ctrl+/.
    "underscore": "/",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}
_CHARACTERS = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's names of characters, where Unicode has others."""
_WORDS = {
    "esc": "escape",
    "return": "enter",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "ins": "insert",
    "del": "delete",
    "dot": "full_stop",
}
"""Other names of keys that people write."""
_NAMED = (
    *("escape", "enter", "tab", "backspace", "delete", "insert", "space"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *(f"f{number}" for number in range(1, 13)),
)
_WITH_CTRL = {
    **{letter: letter for letter in "abcdefgklnopqrstuvwxyz"},
    **{name: name for name in ("up", "down", "left", "right", "home", "end")},
    **{name: name for name in ("pageup", "pagedown")},
    **dict.fromkeys(("space", "@", "at"), "@"),
    **dict.fromkeys(("]", "right_square_bracket"), "right_square_bracket"),
    **dict.fromkeys(("\\", "backslash"), "backslash"),
    **dict.fromkeys(("^", "circumflex_accent", "6"), "circumflex_accent"),
    **dict.fromkeys(("_", "underscore", "/", "slash"), "underscore"),
}
"""What terminals send together with Ctrl, by the names that people write."""
_SENT_AS = {
    **dict.fromkeys(("ctrl+i",), "Tab"),
    **dict.fromkeys(("ctrl+j", "ctrl+m", "ctrl+enter"), "Enter"),
    **dict.fromkeys(("ctrl+h", "ctrl+backspace"), "Backspace"),
    **dict.fromkeys(("ctrl+[", "ctrl+left_square_bracket"), "esc"),
}
"""Keys that terminals send for another one."""
_MODIFIED = r"(?:(?:ctrl|shift|alt|meta|super|hyper|cmd|option)\+)+[^+]+\+?"
"""A key that is held with others, as a pattern; compiled only for a faulty key map."""


def key_name(key: str) -> str:
    """A key as people read it: `^n`, `esc`, `a`. `key` is Textual's name."""
    if key.startswith("ctrl+"):
        name = key.removeprefix("ctrl+")
        return f"^{_SHOWN_AFTER_CTRL.get(name, name)}"
    return _SHOWN.get(key) or _character(key) or key


def is_printable(key: str) -> bool:
    """Whether a text inserts the character of a key, given by Textual's name."""
    return key == "space" or (key not in _NAMED and bool(_character(key)))


def read_keys(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Textual's names of the keys in `text`, which has commas between them.

    Names in `known` are taken as they are. Raises ValueError with a phrase that says what is
    wrong, such as "names no key".
    """
    names = [name.strip() for name in text.split(",")]
    if not any(names):
        raise ValueError("names no key")
    if not all(names):
        raise ValueError('has a comma too many; the key of the comma is called "comma"')
    keys = (key for name in names for key in ((name,) if name in known else _read(name)))
    return tuple(dict.fromkeys(keys))


def _read(name: str) -> tuple[str, ...]:
    """Textual's names of what terminals send for a key; raises ValueError."""
    if len(name) == 1:
        if key := _key_of(name):
            return (key,)
        raise ValueError("names a character that is not printed")
    word = name.lower()
    if word.startswith("^"):
        word = f"ctrl+{word[1:]}"
    word = _WORDS.get(word, word)
    if word in _NAMED:
        return (word,)
    if len(word) > 1 and (key := _key_of(_character(word))):
        return (key,)
    modifier, _, rest = word.partition("+")
    if modifier == "ctrl" and (held := _WITH_CTRL.get(_WORDS.get(rest, rest))):
        # With the keyboard protocol of kitty, terminals send the second one.
        return ("ctrl+@", "ctrl+space") if held == "@" else (f"ctrl+{held}",)
    raise ValueError(_why_not(word, name))


def _why_not(word: str, name: str) -> str:
    if sent := _SENT_AS.get(word):
        return f"cannot be {name}: terminals send it as {sent}"
    if re.fullmatch(_MODIFIED, word):
        return f"cannot be {name}: many terminals do not send it"
    return (
        f"cannot be {name!r}, which is not the name of a key (names are such as a, A, ?, ctrl+n, "
        "f5, enter, esc, pgdn)"
    )


def _key_of(character: str) -> str:
    """Textual's name of a printable character, or blank."""
    if not character or not character.isprintable():
        return ""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _CHARACTERS.get(name, name)


def _character(key: str) -> str:
    """The character that a key prints, or blank."""
    if len(key) == 1:
        return key
    if key in (ascii_keys := _ascii_keys()):
        return ascii_keys[key]
    try:
        character = unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return ""
    # Unicode also names what is not printed, such as "tab".
    return character if len(character) == 1 and character.isprintable() else ""


@cache
def _ascii_keys() -> Mapping[str, str]:
    """The characters of ASCII by Textual's names, which leave open where a hyphen was."""
    characters = map(chr, range(0x21, 0x7F))
    return {_key_of(character): character for character in characters}
