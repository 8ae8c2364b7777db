"""The keys of Review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS: list[BindingType] = [
    bind("letter.write", "write", "Write letter", "Write the letter to <number>.txt"),
    bind(
        "letter.pdf",
        "write(True)",
        "Write PDF",
        "Write the letter as a PDF to <number>.pdf",
        show=False,
        key_display="W",
    ),
    bind(
        "case.sign",
        "sign",
        "Sign",
        "Sign the determination; nothing can be changed in it afterwards",
    ),
    bind("findings.accept", "accept", "Accept", "Accept the warning, with a reason"),
    bind("findings.withdraw", "withdraw", "Take back", "Withdraw the acceptance", show=False),
]
