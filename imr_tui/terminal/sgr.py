"""SGR state (the pen) and the shortest sequence between two of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.style import Style


class Pen(NamedTuple):
    """SGR parameters: attributes in ascending order, and colours."""

    attributes: tuple[str, ...] = ()
    foreground: str = "39"
    background: str = "49"


DEFAULT_PEN = Pen()
"""The pen after a reset."""

_ATTRIBUTES = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("blink", "5"),
    ("reverse", "7"),
    ("conceal", "8"),
    ("strike", "9"),
)


@lru_cache(4096)
def pen_of(style: Style | None, colours: ColorSystem | None) -> Pen:
    """The pen of a style; without colours if `colours` is None."""
    if style is None:
        return DEFAULT_PEN
    attributes = tuple(code for name, code in _ATTRIBUTES if getattr(style, name))
    if colours is None:
        return Pen(attributes)
    foreground, background = "39", "49"
    if style.color is not None:
        foreground = ";".join(style.color.downgrade(colours).get_ansi_codes())
    if style.bgcolor is not None:
        background = ";".join(style.bgcolor.downgrade(colours).get_ansi_codes(foreground=False))
    return Pen(attributes, foreground, background)


@lru_cache(4096)
def sgr_change(old: Pen | None, new: Pen) -> str:
    """The shortest sequence that changes the pen from `old` (None: unknown) to `new`."""
    if old == new:
        return ""
    if old is not None and set(old.attributes) <= set(new.attributes):
        codes = [code for code in new.attributes if code not in old.attributes]
        codes += [new.foreground] if new.foreground != old.foreground else []
        codes += [new.background] if new.background != old.background else []
        return f"\x1b[{';'.join(codes)}m"
    codes = list(new.attributes)
    codes += [new.foreground] if new.foreground != DEFAULT_PEN.foreground else []
    codes += [new.background] if new.background != DEFAULT_PEN.background else []
    return f"\x1b[{';'.join(['0', *codes])}m" if codes else "\x1b[m"
