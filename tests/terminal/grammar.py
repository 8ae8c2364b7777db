"""What the program may send to a terminal: a list of what is allowed, and all else is reported."""

import re
from collections.abc import Callable, Iterator

from imr_tui.terminal.capabilities import Colours
from imr_tui.text.sanitize import UNPAINTABLE

CONTEXT = 24
"""Bytes that a report shows on either side."""

_PIECE = re.compile(
    r"\x1b\[(?P<intro>[<=>?]?)(?P<numbers>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b(?P<other>[^\[]?)"
    r"|(?P<text>[^\x1b]+)",
    re.DOTALL,
)
_SET = {"1049", "25", "1004", "2004", "7", "2026"}
"""Modes: the second screen, the cursor, the focus, pastes, wrapping, painting in one go."""
_RESET = _SET | {"2048", "1000", "1003", "1015", "1006", "1016"}
"""Those that may be taken back, too: the reports of the size, which are asked for, the mouse."""
_ASKED = {"2026", "2048"}
_ATTRIBUTES = {"0", "1", "4", "7", ""}
_ANSI = {str(number) for first in (30, 40, 90, 100) for number in range(first, first + 8)}
_ANSI |= {"39", "49"}
_PRINTED: dict[str, Callable[[str], bool]] = {
    "UTF-8": lambda char: not re.match(UNPAINTABLE, char),
    "ASCII": lambda char: " " <= char <= "~",
}


def violations(raw: bytes, *, colours: Colours = "256", characters: str = "UTF-8") -> Iterator[str]:
    """Everything in `raw` that is not on the list, each with what stands around it."""
    text = raw.decode("utf-8", "surrogateescape")
    for match in _PIECE.finditer(text):
        if match["text"] is not None:
            is_printed = _PRINTED[characters]
            for at, char in enumerate(match["text"], match.start()):
                if char not in "\r\n" and not is_printed(char):
                    yield _report(text, at, f"character {ord(char):#x}")
        elif not _is_allowed(match, colours):
            yield _report(text, match.start(), f"sequence {match[0]!r}")


def _is_allowed(match: re.Match[str], colours: Colours) -> bool:
    if match["other"] is not None:
        return False
    numbers = match["numbers"]
    match match["intro"], match["between"], match["final"]:
        case "", "", "H":
            return re.fullmatch(r"\d+(;\d+)?", numbers) is not None
        case "", "", "A" | "B" | "C" | "D" | "X":
            return re.fullmatch(r"\d*", numbers) is not None
        case "", "", "m":
            return _is_style(numbers, colours)
        case "?", "", "h":
            return numbers in _SET
        case "?", "", "l":
            return numbers in _RESET
        case "?", "$", "p":
            return numbers in _ASKED
        case "<", "", "u":  # the keys of before, at the end
            return numbers == ""
    return False


def _is_style(numbers: str, colours: Colours) -> bool:
    """Whether a style has nothing but attributes, and colours of the kind there are."""
    numbers = re.sub(r"[34]8;5;\d{1,3}" if colours in ("256", "full") else r"(?!)", "", numbers)
    numbers = re.sub(r"[34]8;2;\d+;\d+;\d+" if colours == "full" else r"(?!)", "", numbers)
    rest = set(numbers.split(";")) - _ATTRIBUTES
    return rest <= (set() if colours == "none" else _ANSI)


def _report(text: str, at: int, what: str) -> str:
    around = text[max(at - CONTEXT, 0) : at + CONTEXT]
    return f"{what} at {at}: {around!r}"
