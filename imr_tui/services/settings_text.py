"""The settings as text: each with its value, and its meaning on the lines below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.store.config import machine_policy, settings as folder_settings
from imr_tui.store.safety.safe_open import OWN

if TYPE_CHECKING:
    from imr_tui.services.settings_list import Scope, Setting

_FILES: dict[Scope, str] = {
    "site": f"The machine: {machine_policy.FILE}",
    "folder": f"The folder: {OWN}/{folder_settings.FILE}",
}
_INDENT = " " * 4


def settings_text(
    settings: Sequence[Setting], width: int | None = None, *, shows_origin: bool = True
) -> Iterator[str]:
    """The lines for `settings`, in a part for each file; wrapped at `width`, if there is one."""
    for at, (scope, heading) in enumerate(_FILES.items()):
        if at:
            yield ""
        yield heading
        for each in settings:
            if each.scope == scope:
                origin = f" ({each.origin})" if shows_origin else ""
                yield from _wrapped(f"{each.name} = {each.shown}{origin}", width, "", _INDENT * 2)
                yield from _wrapped(each.meaning, width, _INDENT, _INDENT)


def _wrapped(text: str, width: int | None, first: str, rest: str) -> list[str]:
    if width is None:
        return [f"{first}{text}"]
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
