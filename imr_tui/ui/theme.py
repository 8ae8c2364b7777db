"""The look: greys, one accent and three state colours, all from the palette of 256 colours."""

from textual.theme import Theme

_NIGHT, _PAPER, _ENTRY, _BAR, _MARKED = "#121212", "#262626", "#3a3a3a", "#303030", "#444444"
_LINE, _QUIET, _TEXT, _BRIGHT = "#8a8a8a", "#b2b2b2", "#dadada", "#eeeeee"
_ACCENT, _ACCENT_DEEP = "#87afd7", "#005f87"
_DONE, _OPEN, _LATE = "#87d787", "#d7af5f", "#ff8787"

THEME = Theme(
    name="imr",
    primary=_ACCENT,
    secondary=_ACCENT,
    accent=_ACCENT,
    foreground=_TEXT,
    background=_NIGHT,
    surface=_PAPER,
    panel=_BAR,
    boost=_ENTRY,
    success=_DONE,
    warning=_OPEN,
    error=_LATE,
    variables={
        "text": _TEXT,
        "text-muted": _QUIET,
        "text-disabled": _QUIET,
        "text-primary": _ACCENT,
        "text-accent": _ACCENT,
        "text-success": _DONE,
        "text-warning": _OPEN,
        "text-error": _LATE,
        "warning-muted": _BAR,
        "foreground-muted": _QUIET,
        "foreground-disabled": _QUIET,
        "border": _ACCENT,
        "border-blurred": _LINE,
        "block-cursor-background": _ACCENT_DEEP,
        "block-cursor-foreground": _BRIGHT,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": _MARKED,
        "block-cursor-blurred-foreground": _BRIGHT,
        "block-hover-background": _NIGHT,
        "input-cursor-background": _TEXT,
        "input-cursor-foreground": _NIGHT,
        "input-selection-background": _ACCENT_DEEP,
        "input-selection-foreground": _BRIGHT,
        "scrollbar": _MARKED,
        "scrollbar-hover": _MARKED,
        "scrollbar-active": _MARKED,
        "scrollbar-background": _PAPER,
        "scrollbar-background-hover": _PAPER,
        "scrollbar-background-active": _PAPER,
        "scrollbar-corner-color": _PAPER,
    },
)
"""Over SSH a terminal rarely says that it has more than 256 colours, so this uses no others.

It looks the same with 24 bits. Text has a contrast of at least 4.5 to 1 with each background.
"""
