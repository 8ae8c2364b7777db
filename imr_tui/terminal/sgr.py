"""SGR state (the pen) and the shortest sequence between two of them."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rich.color import Color, ColorSystem

if TYPE_CHECKING:
    from rich.style import Style


class Pen(NamedTuple):
    """SGR parameters: attributes in ascending order, and colours."""

    attributes: tuple[str, ...] = ()
    foreground: str = "39"
    background: str = "49"


_LEVELS = (0, 95, 135, 175, 215, 255)
"""The amounts of red, green and blue in the palette of 256 colours."""
_PALETTE: dict[tuple[int, ...], int] = {
    **{rgb: 16 + at for at, rgb in enumerate(product(_LEVELS, repeat=3))},
    **{(8 + 10 * at,) * 3: 232 + at for at in range(24)},
}
"""The numbers of the colours of the palette; the first 16, which users choose, are left out."""

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
        foreground = ";".join(_reduced(style.color, colours).get_ansi_codes())
    if style.bgcolor is not None:
        background = ";".join(_reduced(style.bgcolor, colours).get_ansi_codes(foreground=False))
    return Pen(attributes, foreground, background)


def _reduced(color: Color, colours: ColorSystem) -> Color:
    """`color` in these colours: itself, if the palette of 256 has it, else a near one.

    Rich shifts a light grey to its darker neighbour, also where the palette has that very grey.
    """
    if colours is ColorSystem.EIGHT_BIT and color.triplet is not None:
        number = _PALETTE.get(color.triplet)
        if number is not None:
            return Color.from_ansi(number)
    return color.downgrade(colours)


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
